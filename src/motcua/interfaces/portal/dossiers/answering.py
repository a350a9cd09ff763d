"""Answer a request for more: exactly the items asked for, each with its reason beside it.

Papers come with the form, or before it piece by piece. The page carries what came in along as a signed token: it
is laid into the dossier by the answer alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.domain.cases import commands as deeds
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import (
    DossierId,
    DossierView,
    State,
    SupplementView,
    TooManyFiles,
    UnknownPaper,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition, FileKind, PaperSpec
from motcua.interfaces.design import refusals
from motcua.interfaces.design.access import ActedRequest, for_people
from motcua.interfaces.design.definition_forms import AnswerForm, form_for
from motcua.interfaces.portal.filing.uploads import (
    UNPROCESSABLE,
    accept_attribute,
    accepted,
    begun,
    bounded,
    continued,
    own_upload,
    refused,
)
from motcua.interfaces.portal.templatetags.portal import language
from motcua.kernel.clock import local_date, now
from motcua.kernel.errors import Refusal
from motcua.platform.files import commands as files
from motcua.platform.files import queries as stored
from motcua.platform.files.types import FileId

KEPT_S: Final = 24 * 3600  #: how long files sent with an answer that had a fault are carried along


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper asked for, with what came in so far."""

    spec: PaperSpec
    need: str
    accept: str
    kept: tuple[tuple[FileId, str], ...]  #: (id, name) of files sent with an answer that had a fault
    token: str  #: stands for ``kept`` when the form is sent
    takes_photos: bool
    wrong: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, read through the definition."""

    supplement: SupplementView
    fields: tuple[str, ...]  #: keys
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
    definition = catalogue.version(view.version_id).definition
    asked = _open_request(view, definition)
    if asked is None:
        return redirect("portal:dossier", dossier_id)
    if request.method != "POST":
        return _page(request, view, asked, _form(view, definition, asked, None), kept={}, wrong={})
    form = _form(view, definition, asked, request.POST)
    kept, wrong = _take_files(request, view, asked)
    if form.is_valid() and not wrong:
        deeds.supplement(
            view.id, form.cleaned_data, kept, actor=request.actor, at=now(), seen=_seen(request.POST)
        )
        messages.success(request, _("Đã gửi bổ sung. Thời hạn được tính tiếp từ bây giờ."))
        return redirect("portal:dossier", view.id)
    return _page(request, view, asked, form, kept=kept, wrong=wrong)


@for_people
@require_POST
def begin(request: ActedRequest, dossier_id: UUID, paper: str) -> JsonResponse:
    """Begin to take a paper in piece by piece."""
    _view, spec = _asked_paper(request, dossier_id, paper)
    return begun(request, spec, owner=cases.person_of(request.actor))


@for_people
@require_http_methods(["GET", "PUT"])
def piece(request: ActedRequest, dossier_id: UUID, upload_id: UUID) -> JsonResponse:
    """Tell how far an upload has come, or add the piece that starts there."""
    cases.dossier(DossierId(dossier_id), actor=request.actor)
    return continued(request, upload_id)


@for_people
@require_POST
def finish(request: ActedRequest, dossier_id: UUID, paper: str, upload_id: UUID) -> JsonResponse:
    """Make the pieces one file and carry it along with those the page holds already."""
    view, spec = _asked_paper(request, dossier_id, paper)
    held = _kept(request.POST.get("kept", ""), view)
    try:
        upload = own_upload(upload_id, request.actor)
        if len(held) >= spec.max_files:
            raise TooManyFiles(paper=paper, most=spec.max_files)
        file = files.finish_upload(upload.id, actor=request.actor, at=now())
    except Refusal as refusal:
        return refused(refusal)
    return JsonResponse({"kept": _token(list(dict.fromkeys([*held, file.id])), view)})


def _asked_paper(request: ActedRequest, dossier_id: UUID, paper: str) -> tuple[DossierView, PaperSpec]:
    """Return the dossier and a paper it waits for. Raises UnknownDossier, UnknownPaper."""
    view = cases.dossier(DossierId(dossier_id), actor=request.actor)
    asked = _open_request(view, catalogue.version(view.version_id).definition)
    spec = next((one for one in asked.papers if one.key == paper), None) if asked else None
    if spec is None:
        raise UnknownPaper(paper=paper)
    return view, spec


def _open_request(view: DossierView, definition: Definition) -> Request | None:
    """Return what the dossier waits for; None if it waits for nothing.

    A dossier and its requests are read one after the other: an answer sent from the same page in between leaves
    one that seems to wait with no request open.
    """
    latest = next((one for one in reversed(view.supplements) if one.answered_at is None), None)
    if view.state is not State.SUPPLEMENT_REQUESTED or latest is None:
        return None
    keys = {key for key, _need in latest.items}
    fields = tuple(field.key for field in definition.fields if field.key in keys)
    return Request(latest, fields, tuple(paper for paper in definition.papers if paper.key in keys))


def _form(view: DossierView, definition: Definition, asked: Request, data: QueryDict | None) -> AnswerForm:
    return form_for(
        definition,
        None,
        view.answers,
        language(),
        today=local_date(now()),
        data=data,
        keys=asked.fields,
    )


def _take_files(
    request: ActedRequest, view: DossierView, asked: Request
) -> tuple[dict[str, list[FileId]], dict[str, str]]:
    """Return the files of each paper, those sent before included, and what was refused, in words."""
    taken: dict[str, list[FileId]] = {}
    wrong: dict[str, str] = {}
    for spec in asked.papers:
        taken[spec.key] = _kept(request.POST.get(f"kept_{spec.key}", ""), view)
        for sent in [*request.FILES.getlist(spec.key), *request.FILES.getlist(f"{spec.key}-photo")]:
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
                wrong[spec.key] = refusals.sentence(refusal.code, refusal.facts)
            else:
                taken[spec.key].append(file.id)
        if not taken[spec.key] and spec.key not in wrong:
            wrong[spec.key] = _("Hãy gửi tệp được yêu cầu.")
    return taken, wrong


def _kept(token: str, view: DossierView) -> list[FileId]:
    """Return the files a page carried along; nothing if the token is not ours, or not of this dossier."""
    if not token:
        return []
    try:
        ids = signing.loads(token, salt=_salt(view), max_age=KEPT_S)
    except signing.BadSignature:
        return []
    return [FileId(UUID(one)) for one in ids]


def _token(ids: list[FileId], view: DossierView) -> str:
    return signing.dumps([str(one) for one in ids], salt=_salt(view)) if ids else ""


def _salt(view: DossierView) -> str:
    return f"supplement {view.id} {view.version}"


def _seen(data: QueryDict) -> int | None:
    sent = data.get("seen", "")
    return int(sent) if sent.isdecimal() else None


def _page(
    request: ActedRequest,
    view: DossierView,
    asked: Request,
    form: AnswerForm,
    *,
    kept: Mapping[str, list[FileId]],
    wrong: Mapping[str, str],
) -> HttpResponse:
    known = stored.files([one for ids in kept.values() for one in ids])
    needs = asked.needs
    facts = {
        "dossier": view,
        "definition": catalogue.version(view.version_id).definition,
        "supplement": asked.supplement,
        "form": form,
        "questions": [(field, needs[field.name]) for field in form],
        "papers": [
            AskedPaper(
                spec,
                needs[spec.key],
                accept_attribute(spec),
                tuple((one, known[one].name) for one in kept.get(spec.key, ()) if one in known),
                _token(list(kept.get(spec.key, ())), view),
                FileKind.IMAGE in spec.accepts,
                wrong.get(spec.key, ""),
            )
            for spec in asked.papers
        ],
        "wrong": bool(wrong),
        "largest": settings.FILES_MAX_BYTES,
        "piece": settings.FILES_CHUNK_BYTES,
    }
    status = UNPROCESSABLE if form.errors or wrong else None
    return render(request, "portal/dossiers/supplement.html", facts, status=status)
