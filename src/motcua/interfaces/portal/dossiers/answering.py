"""Answer a request for more: exactly the items asked for, each with its reason beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.domain.cases import commands as deeds
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import DossierId, DossierView, State, SupplementView
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import BadAnswers, Definition, FormField, PaperSpec, Section, Words
from motcua.interfaces.design import refusals
from motcua.interfaces.design.access import ActedRequest, for_people
from motcua.interfaces.portal.filing import forms
from motcua.interfaces.portal.filing.uploads import (
    UNPROCESSABLE,
    accept_attribute,
    accepted,
    bounded,
)
from motcua.kernel.clock import local_date, now
from motcua.kernel.errors import Refusal
from motcua.platform.files import commands as files
from motcua.platform.files import queries as stored
from motcua.platform.files.types import FileId

KEPT_S: Final = 24 * 3600  #: how long files sent with an answer that had a fault are carried along
_TITLE: Final = Words(vi="Bổ sung", en="Supplement")


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper asked for, with what came in so far."""

    spec: PaperSpec
    need: str
    accept: str
    kept: tuple[tuple[FileId, str], ...]  #: (id, name) of files sent with an answer that had a fault
    wrong: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, read through the definition."""

    supplement: SupplementView
    section: Section | None
    papers: tuple[PaperSpec, ...]

    @property
    def needs(self) -> dict[str, str]:
        return dict(self.supplement.items)


@bounded
@for_people
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: ActedRequest, dossier_id: UUID) -> HttpResponse:
    """Show what is asked for and take the answer in."""
    view = cases.dossier(DossierId(dossier_id), actor=request.actor)
    if view.state is not State.SUPPLEMENT_REQUESTED:
        return redirect("portal:dossier", dossier_id)
    definition = catalogue.version(view.version_id).definition
    asked = _read_request(view, definition)
    if request.method != "POST":
        return _page(request, view, asked, view.answers, kept={}, faults={})
    sent = forms.typed(asked.section, request.POST) if asked.section else {}
    merged = {**view.answers, **sent}
    clean, wrong = catalogue.partly_checked_answers(definition, merged, today=local_date(now()))
    kept, refused = _take_files(request, view, asked)
    faults = {key: code for key, code in wrong.items() if key in sent} | {
        field.key: "required"
        for field in (asked.section.fields if asked.section else ())
        if field.required and field.key not in clean and field.key not in wrong
    }
    if not faults and not refused:
        try:
            deeds.supplement(
                view.id,
                {key: clean.get(key, "") for key in sent},
                kept,
                actor=request.actor,
                at=now(),
                seen=_seen(request.POST),
            )
        except BadAnswers as refusal:
            found = refusal.facts.get("fields")
            faults = dict(found) if isinstance(found, Mapping) else {}
        else:
            messages.success(request, _("Đã gửi bổ sung. Thời hạn được tính tiếp từ bây giờ."))
            return redirect("portal:dossier", view.id)
    return _page(request, view, asked, merged, kept=kept, faults=faults, refused=refused)


def _read_request(view: DossierView, definition: Definition) -> Request:
    latest = next(one for one in reversed(view.supplements) if one.answered_at is None)
    keys = [key for key, _need in latest.items]
    fields = tuple(_always(field) for field in definition.fields if field.key in keys)
    section = Section(key="asked", title=_TITLE, fields=fields) if fields else None
    return Request(latest, section, tuple(paper for paper in definition.papers if paper.key in keys))


def _always(field: FormField) -> FormField:
    """Return a question without its case: what the office asks for is asked."""
    return field.model_copy(update={"show_when": None})


def _take_files(
    request: ActedRequest, view: DossierView, asked: Request
) -> tuple[dict[str, list[FileId]], dict[str, str]]:
    """Return the files of each paper, those sent before included, and what was refused, in words."""
    taken: dict[str, list[FileId]] = {}
    refused: dict[str, str] = {}
    for spec in asked.papers:
        taken[spec.key] = _kept(request.POST.get(f"kept_{spec.key}", ""), view)
        for sent in request.FILES.getlist(spec.key):
            try:
                file = files.store(
                    sent.chunks(),
                    name=sent.name or "tep",
                    owner=view.applicant_id,
                    actor=request.actor,
                    at=now(),
                    accepts=accepted(spec),
                )
            except Refusal as refusal:
                refused[spec.key] = refusals.sentence(refusal.code, refusal.facts)
            else:
                taken[spec.key].append(file.id)
        if not taken[spec.key] and spec.key not in refused:
            refused[spec.key] = _("Hãy gửi tệp được yêu cầu.")
    return taken, refused


def _kept(token: str, view: DossierView) -> list[FileId]:
    """Return the files a page carried along; nothing if the token is not ours, or not of this dossier."""
    if not token:
        return []
    try:
        ids = signing.loads(token, salt=_salt(view), max_age=KEPT_S)
    except signing.BadSignature:
        return []
    return [FileId(UUID(one)) for one in ids]


def _salt(view: DossierView) -> str:
    return f"supplement {view.id} {view.version}"


def _seen(data: QueryDict) -> int | None:
    sent = data.get("seen", "")
    return int(sent) if sent.isdecimal() else None


def _page(
    request: ActedRequest,
    view: DossierView,
    asked: Request,
    answers: Mapping[str, object],
    *,
    kept: Mapping[str, list[FileId]],
    faults: Mapping[str, str],
    refused: Mapping[str, str] | None = None,
) -> HttpResponse:
    refused = refused or {}
    known = stored.files([one for ids in kept.values() for one in ids])
    form = (
        forms.SectionForm(asked.section, answers, sources={}, faults=faults, clean=answers)
        if asked.section
        else None
    )
    needs, language = asked.needs, get_language() or "vi"
    facts = {
        "dossier": view,
        "definition": catalogue.version(view.version_id).definition,
        "supplement": asked.supplement,
        "form": form,
        "questions": [(one, needs[one.bound.name]) for one in form.questions()] if form else [],
        "papers": [
            AskedPaper(
                spec,
                needs[spec.key],
                accept_attribute(spec),
                tuple((one, known[one].name) for one in kept.get(spec.key, ()) if one in known),
                refused.get(spec.key, ""),
            )
            for spec in asked.papers
        ],
        "tokens": {
            key: signing.dumps([str(one) for one in ids], salt=_salt(view))
            for key, ids in kept.items()
            if ids
        },
        "wrong": [(key, words) for key, words in refused.items()],
        "names": {spec.key: spec.name.to(language) for spec in asked.papers},
    }
    status = UNPROCESSABLE if faults or refused else None
    return render(request, "portal/dossiers/supplement.html", facts, status=status)
