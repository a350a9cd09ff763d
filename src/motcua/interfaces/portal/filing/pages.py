"""Fill in a form, one section a page, keep it at every step, look it over and file it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId, UnknownAgency
from motcua.domain.cases import commands as deeds
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import DraftChanged, MissingPapers, NoAgency
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import BadAnswers, FieldType, Section
from motcua.interfaces.design import refusals
from motcua.interfaces.design.access import ActedRequest, for_people
from motcua.interfaces.design.deadlines import sentences
from motcua.interfaces.portal import answers as said
from motcua.interfaces.portal.filing import forms
from motcua.interfaces.portal.filing.drafts import OpenDraft, on_open_draft, open_draft
from motcua.interfaces.portal.filing.progress import Standing, missing_in
from motcua.interfaces.portal.procedures.pages import offices_for
from motcua.kernel.clock import local_date, now

UNPROCESSABLE, CONFLICT = 422, 409


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
    return render(request, "portal/filing/tasks.html", _facts(draft))


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
    return _ask(request, draft, asked, faults={})


@for_people
@require_safe
def communes(request: ActedRequest) -> JsonResponse:
    """Suggest communes for what is being typed, by their present and former names."""
    found = forms.communes_called(request.GET.get("q", "").replace("\x00", ""))
    places = said.place_names({unit.code for unit in found})
    rows = [
        {
            "value": places[unit.code],
            "label": _("trước đây: %(names)s") % {"names": ", ".join(unit.formerly[:3])}
            if unit.formerly
            else "",
        }
        for unit in found
    ]
    return JsonResponse({"communes": rows})


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
            except (BadAnswers, MissingPapers, NoAgency) as refusal:
                faults = _unfinished(draft) or [("", refusals.sentence(refusal.code, refusal.facts))]
            else:
                return redirect("portal:filed", filed.id)
    return _look_over(request, draft, faults)


# ── parts ────────────────────────────────────────────────────────────────────────────────────────────


def _facts(draft: OpenDraft) -> dict[str, object]:
    return {"draft": draft.view, "definition": draft.definition, "progress": draft.progress}


def _keep(request: ActedRequest, draft: OpenDraft, asked: Section) -> HttpResponseBase:
    sent = forms.typed(asked, request.POST)
    merged = {**draft.view.answers, **sent}
    today = local_date(now())
    clean, _faults = catalogue.partly_checked_answers(draft.definition, merged, today=today)
    try:
        saved = deeds.save_draft(
            draft.view.id,
            {key: clean.get(key, value) for key, value in sent.items()},
            actor=request.actor,
            at=now(),
            revision=_revision(request),
        )
    except DraftChanged:
        return _tell_of_change(request, draft, asked, sent)
    if _is_autosave(request):
        return JsonResponse({"revision": saved.revision})
    if request.POST.get("then") == "later":
        messages.success(request, _("Đã lưu. Bạn có thể làm tiếp lúc khác."))
        return redirect("portal:draft", saved.id)
    return _go_on(request, open_draft(saved), asked, sent)


def _go_on(
    request: ActedRequest, draft: OpenDraft, asked: Section, sent: Mapping[str, object]
) -> HttpResponse:
    """Lead to the next page, or ask again for what is wrong, or for what the answers called up."""
    progress = draft.progress
    wrong = missing_in(draft.definition, asked, progress.clean, progress.faults)
    if wrong and not wrong.keys() & sent.keys():  # new questions came up that were not on the page
        return _ask(request, draft, asked, faults={}, is_new=True)
    if wrong:
        return _ask(request, draft, asked, faults=wrong)
    following = progress.after(asked.key)
    if request.GET.get("ve") == "kiem-tra" or not following:
        return redirect("portal:check", draft.view.id)
    return redirect(following)


def _ask(
    request: ActedRequest,
    draft: OpenDraft,
    asked: Section,
    *,
    faults: Mapping[str, str],
    is_new: bool = False,
) -> HttpResponse:
    progress = draft.progress
    form = forms.SectionForm(
        asked, draft.view.answers, sources=draft.view.sources, faults=faults, clean=progress.clean
    )
    has_address = any(field.type is FieldType.ADDRESS for field in asked.fields)
    facts = _facts(draft) | {
        "section": asked,
        "key": asked.key,
        "form": form,
        "is_new": is_new,
        "has_conditions": any(field.show_when for field in asked.fields),
        "communes": _communes_here(draft) if has_address else (),
    }
    return render(request, "portal/filing/section.html", facts, status=UNPROCESSABLE if faults else None)


def _communes_here(draft: OpenDraft) -> list[str]:
    """Return the names of the communes whose offices perform the procedure, to choose from while typing."""
    return sorted(
        said.place_names(
            {one.commune_code for one in offices_for(draft.definition) if one.commune_code}
        ).values()
    )


def _tell_of_change(
    request: ActedRequest, draft: OpenDraft, asked: Section, sent: Mapping[str, object]
) -> HttpResponse:
    """Show both: what was saved elsewhere meanwhile and what was typed here. Nothing is lost."""
    newest = open_draft(cases.draft(draft.view.id, actor=request.actor))
    if _is_autosave(request):
        return JsonResponse({"revision": newest.view.revision}, status=CONFLICT)
    places = said.place_names(said.codes_in([*sent.values(), *newest.view.answers.values()]))
    language = get_language() or "vi"
    differences = [
        Difference(
            field.label.to(language),
            said.in_words(field, sent[field.key], places),
            said.in_words(field, newest.view.answers.get(field.key), places),
        )
        for field in asked.fields
        if field.key in sent and sent[field.key] != newest.view.answers.get(field.key)
    ]
    facts = _facts(newest) | {
        "section": asked,
        "differences": differences,
        "typed": [
            (name, request.POST[name])
            for name in request.POST
            if name not in {"csrfmiddlewaretoken", "revision", "then"}
        ],
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
        if task.standing is not Standing.DONE
    ]


def _look_over(request: ActedRequest, draft: OpenDraft, faults: list[tuple[str, str]]) -> HttpResponse:
    progress, at = draft.progress, now()
    receiving = agencies.agency(draft.view.agency_id) if draft.view.agency_id else None
    promise = cases.promise(draft.definition, receiving.id, at=at) if receiving else None
    facts = _facts(draft) | {
        "sections": said.shown(draft.definition, {**draft.view.answers, **progress.clean}),
        "papers": [
            (spec, [a for a in draft.view.attachments if a.paper == spec.key]) for spec in progress.papers
        ],
        "fees": catalogue.fee_lines(draft.definition, progress.clean),
        "fee_dong": catalogue.total_fee_dong(draft.definition, progress.clean),
        "office": receiving,
        "promise": promise,
        "because": sentences(promise.due, get_language() or "vi") if promise else [],
        "faults": faults,
        "unfinished": [] if faults else _unfinished(draft),
        "wants_paper": request.POST.get("paper") == "yes",
        "truth": request.POST.get("truth") == "yes",
        "key": "check",
    }
    return render(request, "portal/filing/check.html", facts, status=UNPROCESSABLE if faults else None)
