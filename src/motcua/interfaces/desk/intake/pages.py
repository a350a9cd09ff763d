"""Intake at the counter, keyboard first: scan the card, choose the procedure, fill the form, print the receipt.

A clerk finds people by card or number only, never by leafing through names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId
from motcua.domain.cases import commands
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import (
    ApplicantKind,
    DocumentKind,
    DossierId,
    DossierView,
    MissingPapers,
    Step,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel, Definition, ProcedureView
from motcua.domain.identity import commands as people
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import (
    NotRepresentative,
    OrganisationId,
    OrganisationView,
    PersonId,
    PersonView,
    Sex,
)
from motcua.interfaces.design import refusals
from motcua.interfaces.design.access import ActedRequest, for_officers
from motcua.interfaces.design.definition_forms import AnswerForm, answers_of, form_for
from motcua.interfaces.desk.intake.forms import Accompanying, Newcomer, Scan
from motcua.interfaces.desk.lines import lines
from motcua.interfaces.desk.uploads import kept
from motcua.kernel import clock
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import local_date
from motcua.kernel.errors import Refusal
from motcua.platform.files.types import FileId
from motcua.platform.idempotency import commands as idempotency
from motcua.platform.idempotency.types import Answer

FOR: Final = "cho"  #: in the address and the form: the organisation the person at the counter files for
EARLIER: Final = 6  #: dossiers of the same person shown beside the choice


@dataclass(frozen=True, slots=True)
class Party:
    """Who stands at the counter, and in whose affair."""

    person: PersonView
    choices: tuple[OrganisationView, ...]  #: those the person may file this procedure for
    organisation: OrganisationView | None
    may_be_own: bool  #: the procedure is open to persons too

    @property
    def organisation_id(self) -> OrganisationId | None:
        return self.organisation.id if self.organisation else None

    @property
    def name(self) -> str:
        return self.organisation.name if self.organisation else self.person.full_name


@for_officers(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: ActedRequest) -> HttpResponseBase:
    """Take a scan: go on with the person it names, or with what the card tells about a newcomer.

    The card is posted, never put into an address, so that numbers stay out of histories and logs.
    """
    form = Scan(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/intake/scan.html", {"form": form}, status=422 if form.errors else 200)
    number = form.cleaned_data["scanned"]
    person = identity.person_by_personal_id(number)
    if person is not None:
        return redirect("desk:choose", person.id)
    context = {"form": Newcomer(initial=Newcomer.told_by(form.card, number)), "card": form.card}
    return render(request, "desk/intake/newcomer.html", context)


@for_officers(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def newcomer(request: ActedRequest) -> HttpResponseBase:
    """Enter somebody the node does not know."""
    form = Newcomer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        known = identity.person_by_personal_id(told["number"])
        if known is not None:
            return redirect("desk:choose", known.id)
        try:
            person = people.register_person(
                told["full_name"],
                personal_id=told["number"],
                born_on=told["born_on"],
                sex=Sex(told["sex"]),
                phone=told["phone"],
                actor=request.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusals.sentence(refusal.code, refusal.facts))
        else:
            return redirect("desk:choose", person.id)
    return render(request, "desk/intake/newcomer.html", {"form": form}, status=422 if form.errors else 200)


@for_officers(Role.CLERK)
@require_safe
def choose(request: ActedRequest, person_id: UUID) -> HttpResponse:
    """Choose the procedure; beside it what the same person filed here before."""
    at, actor = clock.now(), request.actor
    person = identity.person(PersonId(person_id))
    sought = request.GET.get("q", "").strip()[:200]
    on = local_date(at)
    found = catalogue.search_definitions(sought, on=on) if sought else catalogue.procedures(on=on)
    earlier = (
        cases.office_dossiers(actor=actor, at=at, words=person.personal_id, size=EARLIER).items
        if person.personal_id
        else ()
    )
    context = {
        "person": person,
        "sought": sought,
        "procedures": [(p, p.definition.name.to(get_language())) for p in found if _taken_here(p)],
        "lines": lines(earlier, actor=actor, at=at, language=get_language()),
    }
    return render(request, "desk/intake/choose.html", context)


@for_officers(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: ActedRequest, person_id: UUID, code: str) -> HttpResponseBase:
    """Fill the form for the person at the counter and take the dossier in."""
    at, actor = clock.now(), request.actor
    person = identity.person(PersonId(person_id))
    definition = catalogue.procedure(code, on=local_date(at)).definition
    party = _party(request, definition, person, on=local_date(at))
    answers = _answer_form(request, definition, party, at=at)
    beside = Accompanying(
        definition, data=request.POST or None, files=request.FILES if request.method == "POST" else None
    )
    context: dict[str, Any] = {
        "person": person,
        "party": party,
        "procedure": definition.name.to(get_language()),
    }
    status = 200
    next(iter(answers.fields.values())).widget.attrs["autofocus"] = request.method == "GET"
    if request.method == "POST" and answers.is_row_pressed:
        answers = _answer_form(request, definition, party, at=at, typed=answers_of(answers))
    elif request.method == "POST":
        fine = answers.is_valid() & beside.is_valid()
        try:
            _keep_scans(beside, actor=actor, at=at)
            if fine:
                return _taken_in(request, definition, party, answers, beside, at=at)
        except MissingPapers as refusal:
            _mark_missing(beside, refusal)
        except Refusal as refusal:
            beside.add_error(None, refusals.sentence(refusal.code, refusal.facts))
        status = 422
    context |= {
        "answers": answers,
        "sections": list(answers.in_sections(get_language())),
        "beside": beside,
        "fees": definition.fees,
    }
    return render(request, "desk/intake/register.html", context, status=status)


@for_officers(Role.CLERK)
@require_safe
def registered(request: ActedRequest, dossier_id: UUID) -> HttpResponse:
    """Show what was taken in: code, appointment, the receipt to print, and the next person."""
    view = cases.dossier(DossierId(dossier_id), actor=request.actor, at=clock.now())
    receipt = next((one for one in view.documents if one.kind is DocumentKind.RECEIPT), None)
    context = {
        "view": view,
        "receipt": receipt,
        "procedure": catalogue.version(view.version_id).definition.name.to(get_language()),
        "may_forward": Step.FORWARD in cases.steps_open(view, actor=request.actor),
    }
    return render(request, "desk/intake/registered.html", context)


def _taken_here(procedure: ProcedureView) -> bool:
    return bool({Channel.COUNTER, Channel.POST} & set(procedure.definition.channels))


def _party(request: ActedRequest, definition: Definition, person: PersonView, *, on: date) -> Party:
    """Return in whose affair the person files: as chosen, else the only one possible.

    Raises NotRepresentative for an organisation the person does not represent today.
    """
    may_be_own = ApplicantKind.CITIZEN in definition.subjects
    takes_organisations = ApplicantKind.ORGANISATION in definition.subjects
    choices = identity.organisations_of(person.id, on=on) if takes_organisations else ()
    wanted = (request.POST if request.method == "POST" else request.GET).get(FOR, "")
    chosen = next((one for one in choices if str(one.id) == wanted), None)
    if wanted and chosen is None:
        raise NotRepresentative(organisation_id=wanted)
    if chosen is None and not may_be_own and choices:
        chosen = choices[0]
    return Party(person, choices, chosen, may_be_own)


def _answer_form(
    request: ActedRequest,
    definition: Definition,
    party: Party,
    *,
    at: datetime,
    typed: Mapping[str, object] | None = None,
) -> AnswerForm:
    """Return the form as it was sent; with ``typed``, as it stands after a row was added or taken away."""
    known = cases.known_answers(definition, party.person.id, organisation_id=party.organisation_id)
    office = agencies.agency(AgencyId(request.actor.agency_id)) if request.actor.agency_id else None
    return form_for(
        definition,
        None,
        {key: fact.value for key, fact in known.items()} | dict(typed or {}),
        get_language(),
        today=local_date(at),
        data=request.POST if request.method == "POST" and typed is None else None,
        sources={key: fact.source for key, fact in known.items()},
        province_code=office.province_code if office else "",
    )


def _keep_scans(beside: Accompanying, *, actor: Actor, at: datetime) -> None:
    """Store what was scanned, so that a mistake elsewhere in the form does not lose it."""
    if actor.person_id is None:
        return
    data = cast("QueryDict", beside.data).copy()
    for spec in beside.definition.papers:
        name = f"kept_{spec.key}"
        ids = [*beside.kept(spec.key)]
        ids += kept(beside.scans(spec.key), spec, owner=actor.person_id, actor=actor, at=at)
        data[beside.add_prefix(name)] = beside.cleaned_data[name] = " ".join(map(str, ids))
    beside.data = data


def _taken_in(
    request: ActedRequest,
    definition: Definition,
    party: Party,
    answers: AnswerForm,
    beside: Accompanying,
    *,
    at: datetime,
) -> HttpResponseBase:
    """Register once, however often the button was pressed; collect the fee if it was paid at once."""
    actor = request.actor
    files = {spec.key: [FileId(one) for one in beside.kept(spec.key)] for spec in definition.papers}

    def deed() -> Answer:
        view = commands.register(
            definition.code,
            answers_of(answers),
            {key: ids for key, ids in files.items() if ids},
            applicant_id=party.person.id,
            organisation_id=party.organisation_id,
            actor=actor,
            at=at,
            channel=Channel(beside.cleaned_data["channel"]),
            papers_seen=beside.on_paper,
            wants_paper=beside.cleaned_data["wants_paper"],
        )
        view = _collected(view, beside.cleaned_data.get("receipt_no", ""), actor=actor, at=at)
        return Answer(200, {}, str(view.id).encode())

    done = idempotency.once(
        f"desk:{actor.seat_id}",
        beside.cleaned_data["token"],
        fingerprint=f"{definition.code}:{party.organisation_id or party.person.id}",
        at=at,
        deed=deed,
    )
    messages.success(request, _("Đã tiếp nhận hồ sơ của %(name)s.") % {"name": party.name})
    return redirect("desk:registered", UUID(done.body.decode()))


def _collected(view: DossierView, receipt_no: str, *, actor: Actor, at: datetime) -> DossierView:
    if not receipt_no or not view.fee_dong:
        return view
    return commands.collect_fee(view.id, receipt_no, actor=actor, at=at, seen=view.version)


def _mark_missing(beside: Accompanying, refusal: MissingPapers) -> None:
    missing = refusal.facts.get("papers")
    for key in missing if isinstance(missing, list) else []:
        beside.add_error(f"on_paper_{key}", _("Đánh dấu đã nhận bản giấy, hoặc gửi bản quét."))
