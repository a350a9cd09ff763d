"""One dossier at the desk: everything on one screen, and the deeds the officer may do now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from motcua.domain.cases import commands
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import (
    AttachmentView,
    DocumentId,
    DossierId,
    DossierView,
    HistoryView,
    MovedOn,
    Step,
    SupplementView,
    UnknownDossier,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition, FieldType, FormField, PaperSpec
from motcua.domain.identity import queries as identity
from motcua.interfaces.design import deadlines, errors, formats, places, refusals, sources
from motcua.interfaces.design.access import ActedRequest, for_officers
from motcua.interfaces.design.answers import Rows, rows_shown, shown
from motcua.interfaces.desk import words
from motcua.interfaces.desk.checks import checks
from motcua.interfaces.desk.dossiers.deeds import BESIDE, DEEDS, Deed
from motcua.interfaces.desk.dossiers.forms import StepForm
from motcua.interfaces.desk.inbox.pages import next_in_line
from motcua.interfaces.desk.lines import urgency
from motcua.interfaces.desk.telling import Teller
from motcua.kernel import clock
from motcua.kernel.errors import Refusal, Unknown
from motcua.platform.files import queries as files
from motcua.platform.files.types import FileId

#: after these the dossier is looked at again, although it may be somebody else's turn
STAYS: Final = frozenset({Step.CLAIM, Step.REAPPOINT, Step.COLLECT_FEE})
#: a PDF is drawn by the browser's own viewer, which a sandbox would switch off; nothing in it runs on our pages
PDF_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


@dataclass(frozen=True, slots=True)
class Action:
    """A deed the officer may do now, with its form."""

    step: Step
    title: str
    form: StepForm
    deed: Deed
    is_open: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class Answer:
    label: str
    value: str
    is_asked: bool  #: it was asked to be corrected
    rows: Rows | None = None  #: of a table
    differs: str = ""  #: what a source of the node says instead
    source: str = ""  #: which source


@dataclass(frozen=True, slots=True)
class Paper:
    """One component of the dossier with what was handed in for it."""

    spec: PaperSpec
    name: str
    files: tuple[AttachmentView, ...]
    is_missing: bool


@for_officers()
@require_safe
def dossier(request: ActedRequest, dossier_id: UUID) -> HttpResponse:
    """Show a dossier whole."""
    view = cases.dossier(DossierId(dossier_id), actor=request.actor, at=clock.now())
    return _page(request, view)


@for_officers()
@require_safe
def sheet(request: ActedRequest, dossier_id: UUID) -> HttpResponse:
    """Show a dossier as a sheet to print: facts, answers, papers, and who had it from when until when."""
    view = cases.dossier(DossierId(dossier_id), actor=request.actor, at=clock.now())
    return render(request, "desk/dossiers/sheet.html", _told(request, view))


@for_officers()
@require_POST
def take(request: ActedRequest, dossier_id: UUID, step: str) -> HttpResponseBase:
    """Do one deed; then on to the next dossier. What is refused is said beside the form, with all that was typed."""
    at, actor = clock.now(), request.actor
    view = cases.dossier(DossierId(dossier_id), actor=actor, at=at)
    wanted = next((one for one in DEEDS if one == step), None)
    if wanted is None:
        raise UnknownDossier(dossier_id=dossier_id)
    form = DEEDS[wanted].form(view, wanted, language=get_language(), data=request.POST, files=request.FILES)
    if form.is_valid():
        try:
            after = DEEDS[wanted].run(form, actor, at)
        except Refusal as refusal:
            return _refused(request, form, refusal)
        return _go_on(request, wanted, after, at=at)
    if form["seen"].value() != str(view.version):
        return _refused(request, form, MovedOn(version=view.version))
    return _page(request, view, bound=form, status=422)


@for_officers()
@require_safe
@xframe_options_sameorigin
def paper(request: ActedRequest, dossier_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """Show or, with ``?tai``, save a paper that was handed in."""
    found = cases.attachment(DossierId(dossier_id), attachment_id, actor=request.actor)
    return _file(found.file_id, inline="tai" not in request.GET)


@for_officers()
@require_safe
@xframe_options_sameorigin
def document(request: ActedRequest, dossier_id: UUID, document_id: UUID) -> HttpResponseBase:
    """Show or, with ``?tai``, save an issued document, printing it the first time."""
    at = clock.now()
    printed = commands.printed(DocumentId(document_id), DossierId(dossier_id), actor=request.actor, at=at)
    return _file(printed, inline="tai" not in request.GET)


def _file(file_id: FileId, *, inline: bool) -> HttpResponseBase:
    file = files.file(file_id)
    head = files.answer_headers(file, inline=inline)
    if inline and file.media_type == "application/pdf":
        head["Content-Security-Policy"] = PDF_POLICY
    return StreamingHttpResponse(files.read(file_id), headers=head)


def _go_on(request: ActedRequest, step: Step, after: DossierView, *, at: datetime) -> HttpResponseBase:
    """Say what was done and go where work goes on."""
    here = reverse("desk:dossier", args=[after.id])
    words_of_link = format_html('<a href="{}">{}</a>', here, after.code)
    messages.success(
        request,
        format_html(
            "{} · {} · {}",
            words.done(step),
            words_of_link,
            words.step_of(after.state, after.with_role),
        ),
    )
    if request.POST.get("ve") == "hop-viec":
        return redirect("desk:inbox")
    if step in STAYS or after.with_role is request.actor.role:
        return redirect(here)
    following = next_in_line(request.actor, at=at, other_than=after.id)
    return redirect("desk:dossier", following.id) if following else redirect("desk:inbox")


def _refused(request: ActedRequest, form: StepForm, refusal: Refusal) -> HttpResponse:
    """Show the dossier as it is now, with the refusal in words and nothing lost."""
    if isinstance(refusal, Unknown):
        raise refusal
    view = cases.dossier(form.view.id, actor=request.actor, at=clock.now())
    seen = str(form["seen"].value() or "")
    moved = tuple(row for row in view.history if seen.isdecimal() and row.number > int(seen))
    if form.step not in cases.steps_open(view, actor=request.actor):
        return _page(request, view, moved=moved, lost=form, status=errors.status_of(refusal))
    if moved:
        data = request.POST.copy()
        data[form.add_prefix("seen")] = str(view.version)
        form = DEEDS[form.step].form(view, form.step, language=form.language, data=data, files=request.FILES)
        form.is_valid()
    else:
        field = BESIDE.get(refusal.code)
        form.add_error(
            field if field in form.fields else None, refusals.sentence(refusal.code, refusal.facts)
        )
    return _page(request, view, bound=form, moved=moved, status=errors.status_of(refusal))


def _page(
    request: ActedRequest,
    view: DossierView,
    *,
    bound: StepForm | None = None,
    moved: tuple[HistoryView, ...] = (),
    lost: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = _told(request, view)
    teller: Teller = context["teller"]
    context |= {
        "actions": _actions(request, view, bound),
        "moved": teller.told(moved),
        "lost": lost,
        "lost_words": lost.typed() if lost else [],
    }
    return render(request, "desk/dossiers/dossier.html", context, status=status)


def _actions(request: ActedRequest, view: DossierView, bound: StepForm | None) -> list[Action]:
    steps = [step for step in cases.steps_open(view, actor=request.actor) if step in DEEDS]
    if Step.COLLECT_FEE in steps and Step.HAND_OVER in steps:
        steps.remove(Step.HAND_OVER)  # the fee comes first; handing over is offered once it is paid
    steps.sort(key=lambda step: bool(DEEDS[step].tone))
    wanted = request.GET.get("lam", "")
    actions = []
    for place, step in enumerate(steps):
        deed = DEEDS[step]
        mine = bound if bound is not None and bound.step is step else None
        form = mine or deed.form(view, step, language=get_language())
        is_open = mine is not None or wanted == step or (place == 0 and not (wanted or bound))
        actions.append(Action(step, words.deed(step), form, deed, is_open, place == 0))
    return actions


def _told(request: ActedRequest, view: DossierView) -> dict[str, Any]:
    """Return what both the page and the sheet show."""
    language, at = get_language(), clock.now()
    definition = catalogue.version(view.version_id).definition
    people = identity.persons({view.applicant_id} | Teller.people([view]))
    applicant = people.get(view.applicant_id)
    teller = Teller(view, people)
    asked = {key for one in view.supplements for key, _need in one.items}
    return {
        "view": view,
        "procedure": definition.name.to(language),
        "definition": definition,
        "applicant": applicant,
        "organisation": identity.organisation(view.organisation_id) if view.organisation_id else None,
        "step": words.step_of(view.state, view.with_role),
        "urgency": urgency(view, actor=request.actor, at=at),
        "channel": words.channel(view.channel),
        "checks": checks(view, definition, applicant),
        "sections": _sections(view, definition, language, asked),
        "papers": _papers(view, definition, language),
        "teller": teller,
        "history": teller.history(),
        "turns": teller.turns(),
        "clock": _clock(view, language),
        "supplements": _supplements(view, definition, language),
        "fee_lines": catalogue.fee_lines(cases.form_of(view)),
        "at": at,
    }


def _sections(
    view: DossierView, definition: Definition, language: str, asked: set[str]
) -> list[tuple[str, list[Answer]]]:
    names = places.names([view.answers, {key: told.known for key, told in view.disputed.items()}])
    applies = {field.key for field in cases.form_of(view).shown}
    told = [
        (
            section.title.to(language),
            [
                _answer(view, field, language, names, is_asked=field.key in asked)
                for field in section.fields
                if field.key in applies
            ],
        )
        for section in definition.sections
    ]
    return [(title, answers) for title, answers in told if answers]


def _answer(
    view: DossierView, field: FormField, language: str, names: Mapping[str, str], *, is_asked: bool
) -> Answer:
    value, disputed = view.answers.get(field.key), view.disputed.get(field.key)
    return Answer(
        field.label.to(language),
        shown(field, value, language, places=names),
        is_asked,
        rows=rows_shown(field, value, language, places=names) if field.type is FieldType.TABLE else None,
        differs=shown(field, disputed.known, language, places=names) if disputed else "",
        source=sources.said(disputed.source) if disputed else "",
    )


def _papers(view: DossierView, definition: Definition, language: str) -> list[Paper]:
    form = cases.form_of(view)
    missing = {spec.key for spec in form.missing_papers(a.paper for a in view.attachments)}
    shown = {spec.key for spec in form.papers}
    return [
        Paper(spec, spec.name.to(language), handed_in, spec.key in missing)
        for spec in definition.papers
        for handed_in in [tuple(one for one in view.attachments if one.paper == spec.key)]
        if spec.key in shown or handed_in
    ]


def _clock(view: DossierView, language: str) -> list[str]:
    """Return how the appointment came about, sentence by sentence."""
    promised = [row for row in view.history if row.step is Step.REAPPOINT and row.promised_at]
    if promised and promised[-1].promised_at:
        return [
            _("Đã xin lỗi và hẹn lại ngày %(day)s; hẹn đầu là %(first)s.")
            % {
                "day": formats.instant(promised[-1].promised_at),
                "first": formats.instant(view.first_due_at) if view.first_due_at else "—",
            }
        ]
    due = cases.appointment(view)
    return deadlines.sentences(due, language) if due else []


def _supplements(
    view: DossierView, definition: Definition, language: str
) -> list[tuple[SupplementView, list[tuple[str, str]]]]:
    names = {field.key: field.label.to(language) for field in definition.fields}
    names |= {spec.key: spec.name.to(language) for spec in definition.papers}
    return [(one, [(names.get(key, key), need) for key, need in one.items]) for one in view.supplements]
