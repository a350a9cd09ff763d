"""Fill in a form, one section a page, keep it at every step, look it over and file it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId, AgencyKind, UnknownAgency
from motcua.domain.cases import commands as deeds
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import ApplicantKind, DraftChanged, MissingPapers, NoAgency, WrongApplicant
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import BadAnswers, Channel, Section
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import NotRepresentative, OrganisationView
from motcua.interfaces.design import places, refusals
from motcua.interfaces.design.access import ActedRequest, for_people
from motcua.interfaces.design.answers import shown
from motcua.interfaces.design.deadlines import sentences
from motcua.interfaces.design.definition_forms import PREFIX, AnswerForm, answers_of, form_for
from motcua.interfaces.design.parts import Progress
from motcua.interfaces.design.places import COMMUNE_CODE
from motcua.interfaces.portal.answers import shown_sections
from motcua.interfaces.portal.filing import forms
from motcua.interfaces.portal.filing.drafts import OpenDraft, on_open_draft, open_draft
from motcua.interfaces.portal.filing.progress import FOR_WHOM
from motcua.interfaces.portal.procedures.pages import offices_for
from motcua.interfaces.portal.templatetags.portal import language
from motcua.kernel.clock import local_date, now

UNPROCESSABLE, CONFLICT = 422, 409
LONGEST_PLACE: Final = 100  #: characters of a place looked up while typing
MOST_PLACES: Final = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that was changed here and elsewhere at the same time."""

    label: str
    here: str
    elsewhere: str


@for_people
@require_POST
def start(request: ActedRequest, code: str) -> HttpResponse:
    """Open a form, or take up the one begun before."""
    draft = deeds.start_draft(code, actor=request.actor, at=now())
    return redirect("portal:draft", draft.id)


@for_people
@never_cache
@require_safe
@on_open_draft
def tasks(request: ActedRequest, draft: OpenDraft) -> HttpResponse:
    """Show what there is to fill in and what is done."""
    lines = draft.progress.lines(reverse("portal:check", args=[draft.view.id]))
    return render(request, "portal/filing/tasks.html", _facts(draft) | {"lines": lines})


@for_people
@require_POST
@on_open_draft
def discard(request: ActedRequest, draft: OpenDraft) -> HttpResponse:
    """Throw the draft away."""
    deeds.discard_draft(draft.view.id, actor=request.actor, at=now())
    messages.success(request, _("Đã bỏ bản nháp."))
    return redirect("portal:dossiers")


@for_people
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_open_draft
def section(request: ActedRequest, draft: OpenDraft, key: str) -> HttpResponseBase:
    """Ask the questions of one section; keep what was sent, whatever is wrong with it."""
    asked = next((one for one in draft.definition.sections if one.key == key), None)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _keep(request, draft, asked)
    return _ask(request, draft, asked, _form(draft, asked, None))


@for_people
@require_safe
def communes(request: ActedRequest) -> JsonResponse:
    """Suggest communes for what is being typed, by their present and former names."""
    words = request.GET.get("q", "")[:LONGEST_PLACE].replace("\x00", "").replace(",", " ")
    found = [unit for unit in agencies.find_units(words, limit=30) if COMMUNE_CODE.match(unit.code)]
    own = {office.province_code for office in agencies.agencies_of_kind(AgencyKind.COMMUNE)}
    found.sort(key=lambda unit: unit.parent_code not in own)
    provinces = agencies.units({unit.parent_code for unit in found})
    rows = [
        {
            "value": f"{unit.name}, {provinces[unit.parent_code].name}",
            "label": _("trước đây: %(names)s") % {"names": ", ".join(unit.formerly[:3])}
            if unit.formerly
            else "",
        }
        for unit in found[:MOST_PLACES]
        if unit.parent_code in provinces
    ]
    return JsonResponse({"communes": rows})


@for_people
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_open_draft
def applicant(request: ActedRequest, draft: OpenDraft) -> HttpResponse:
    """Ask in whose name the dossier is filed: one's own, or that of an organisation one represents."""
    form = forms.ApplicantForm(
        request.POST if request.method == "POST" else None,
        draft.organisations,
        own_name=identity.person(draft.view.person_id).full_name,
        may_be_own=ApplicantKind.CITIZEN in draft.definition.subjects,
        chosen=str(draft.view.organisation_id or ""),
    )
    if request.method == "POST" and form.is_valid():
        saved = deeds.name_applicant(draft.view.id, form.organisation_id, actor=request.actor, at=now())
        following = "" if request.GET.get("ve") == "kiem-tra" else open_draft(saved).progress.after(FOR_WHOM)
        return redirect(following or reverse("portal:check", args=[saved.id]))
    facts = _facts(draft) | {"form": form, "key": FOR_WHOM}
    status = UNPROCESSABLE if form.errors else None
    return render(request, "portal/filing/applicant.html", facts, status=status)


@for_people
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_open_draft
def office(request: ActedRequest, draft: OpenDraft) -> HttpResponse:
    """Ask which office shall receive the dossier; that of the address given is suggested."""
    offices = offices_for(draft.definition)
    suggested = _suggested_office(draft)
    chosen = str(draft.view.agency_id or suggested or "")
    form = forms.OfficeForm(request.POST if request.method == "POST" else None, offices, suggested=chosen)
    if request.method == "POST" and form.is_valid():
        agency_id = AgencyId(UUID(form.cleaned_data["office"]))
        deeds.save_draft(draft.view.id, {}, actor=request.actor, at=now(), agency_id=agency_id)
        return redirect("portal:check", draft.view.id)
    facts = _facts(draft) | {"form": form, "suggested": suggested, "offices": offices, "key": "office"}
    return render(request, "portal/filing/office.html", facts, status=UNPROCESSABLE if form.errors else None)


@for_people
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_open_draft
def check(request: ActedRequest, draft: OpenDraft) -> HttpResponse:
    """Show everything once more; file it when its truth is declared."""
    faults: list[tuple[str, str]] = []
    if request.method == "POST":
        if request.POST.get("truth") != "yes":
            faults = [("#truth", _("Hãy đánh dấu lời cam đoan trước khi nộp."))]
        else:
            try:
                filed = deeds.submit(
                    draft.view.id,
                    actor=request.actor,
                    at=now(),
                    wants_paper=request.POST.get("paper") == "yes",
                )
            except (BadAnswers, MissingPapers, NoAgency, WrongApplicant, NotRepresentative) as refusal:
                faults = _unfinished(draft) or [("", refusals.sentence(refusal.code, refusal.facts))]
            else:
                return redirect("portal:filed", filed.id)
    return _look_over(request, draft, faults)


# ── parts ────────────────────────────────────────────────────────────────────────────────────────────


def _facts(draft: OpenDraft) -> dict[str, object]:
    return {"draft": draft.view, "definition": draft.definition, "progress": draft.progress}


def _keep(request: ActedRequest, draft: OpenDraft, asked: Section) -> HttpResponseBase:
    form = _form(draft, asked, request.POST)
    sent = answers_of(form)
    clean, _faults = catalogue.partly_checked_answers(
        draft.definition, {**draft.view.answers, **sent}, today=local_date(now())
    )
    try:
        saved = deeds.save_draft(
            draft.view.id,
            sent if form.is_row_pressed else {key: clean.get(key, value) for key, value in sent.items()},
            actor=request.actor,
            at=now(),
            revision=_revision(request),
        )
    except DraftChanged:
        return _tell_of_change(request, draft, asked, sent)
    if _is_autosave(request):
        return JsonResponse({"revision": saved.revision})
    if form.is_row_pressed:
        return redirect(f"{request.get_full_path()}#{form.pressed_id}")
    for said in form.renamed:
        messages.info(request, said)
    return _lead_on(request, open_draft(saved), asked)


def _lead_on(request: ActedRequest, kept: OpenDraft, asked: Section) -> HttpResponseBase:
    """Go on to the next page; stay where something is wrong, unless the rest is left for later."""
    if request.POST.get("then") == "later":
        messages.success(request, _("Đã lưu. Bạn có thể làm tiếp lúc khác."))
        return redirect("portal:draft", kept.view.id)
    form = _form(kept, asked, request.POST)
    if not form.is_valid():
        return _ask(request, kept, asked, form)
    following = kept.progress.after(asked.key)
    if request.GET.get("ve") == "kiem-tra" or not following:
        return redirect("portal:check", kept.view.id)
    return redirect(following)


def _form(draft: OpenDraft, asked: Section, data: QueryDict | None) -> AnswerForm:
    return form_for(
        draft.definition,
        asked.key,
        draft.view.answers,
        language(),
        today=local_date(now()),
        data=data,
        sources=draft.view.sources,
        on_record={key: told.known for key, told in draft.view.disputed.items()},
        province_code=next((one.province_code for one in offices_for(draft.definition)), ""),
        channel=Channel.ONLINE,
    )


def _ask(request: ActedRequest, draft: OpenDraft, asked: Section, form: AnswerForm) -> HttpResponse:
    facts = _facts(draft) | {"section": asked, "key": asked.key, "form": form}
    status = UNPROCESSABLE if form.errors else None
    return render(request, "portal/filing/section.html", facts, status=status)


def _tell_of_change(
    request: ActedRequest, draft: OpenDraft, asked: Section, sent: Mapping[str, object]
) -> HttpResponse:
    """Show both: what was saved elsewhere meanwhile and what was typed here. Nothing is lost."""
    newest = open_draft(cases.draft(draft.view.id, actor=request.actor))
    if _is_autosave(request):
        return JsonResponse({"revision": newest.view.revision}, status=CONFLICT)
    names = places.names([sent, newest.view.answers])
    differences = [
        Difference(field.label.to(language()), here, elsewhere)
        for field in asked.fields
        if field.key in sent
        and (here := shown(field, sent[field.key], language(), places=names))
        != (elsewhere := shown(field, newest.view.answers.get(field.key), language(), places=names))
    ]
    facts = _facts(newest) | {
        "section": asked,
        "differences": differences,
        "typed": [(name, value) for name, value in request.POST.items() if name.startswith(f"{PREFIX}-")],
    }
    return render(request, "portal/filing/conflict.html", facts, status=CONFLICT)


def _revision(request: HttpRequest) -> int | None:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdecimal() else None


def _is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _suggested_office(draft: OpenDraft) -> AgencyId | None:
    """Return the office of the first address among the answers, if it has one that performs the procedure."""
    if "commune" not in draft.definition.levels:
        return None
    for field in draft.definition.fields:
        answer = draft.view.answers.get(field.key)
        if isinstance(answer, Mapping) and answer.get("commune_code"):
            try:
                return agencies.commune_agency(str(answer["commune_code"])).id
            except UnknownAgency:
                continue
    return None


def _unfinished(draft: OpenDraft) -> list[tuple[str, str]]:
    """Return address and words of every page that still lacks something."""
    return [
        (task.address, _("%(part)s: còn thiếu hoặc chưa đúng") % {"part": task.title})
        for task in draft.progress.tasks
        if task.standing is not Progress.DONE
    ]


def _organisation(draft: OpenDraft) -> OrganisationView | None:
    return next((one for one in draft.organisations if one.id == draft.view.organisation_id), None)


def _look_over(request: ActedRequest, draft: OpenDraft, faults: list[tuple[str, str]]) -> HttpResponse:
    progress, at = draft.progress, now()
    receiving = agencies.agency(draft.view.agency_id) if draft.view.agency_id else None
    promise = cases.promise(progress.form, receiving.id, at=at) if receiving else None
    facts = _facts(draft) | {
        "sections": shown_sections(
            draft.definition,
            {**draft.view.answers, **progress.clean},
            language(),
            today=local_date(at),
        ),
        "papers": [
            (spec, [a for a in draft.view.attachments if a.paper == spec.key]) for spec in progress.papers
        ],
        "fees": catalogue.fee_lines(progress.form),
        "fee_dong": catalogue.total_fee_dong(progress.form),
        "office": receiving,
        "organisation": _organisation(draft),
        "promise": promise,
        "because": sentences(promise.due, language()) if promise else [],
        "faults": faults,
        "unfinished": [] if faults else _unfinished(draft),
        "wants_paper": request.POST.get("paper") == "yes",
        "truth": request.POST.get("truth") == "yes",
        "key": "check",
    }
    return render(request, "portal/filing/check.html", facts, status=UNPROCESSABLE if faults else None)
