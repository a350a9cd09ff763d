"""The papers of a draft: sent whole by a plain form, or piece by piece by a script, which survives a lost line."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.domain.cases import commands as deeds
from motcua.domain.cases.types import AttachmentView, UnknownDocument, UnknownPaper
from motcua.domain.catalogue.types import FileKind, PaperSpec
from motcua.interfaces.design import errors, refusals
from motcua.interfaces.design.access import ActedRequest, for_people
from motcua.interfaces.portal.filing.drafts import OpenDraft, on_open_draft
from motcua.kernel.actors import Actor
from motcua.kernel.clock import now
from motcua.kernel.errors import Refusal
from motcua.platform.files import commands as files
from motcua.platform.files import queries as stored
from motcua.platform.files.types import (
    PHOTOS,
    Empty,
    FileView,
    Kind,
    UnknownUpload,
    UploadId,
    UploadView,
)

P = ParamSpec("P")
KINDS: Final = {FileKind.PDF: frozenset({Kind.PDF}), FileKind.IMAGE: PHOTOS | {Kind.TIFF}}
ACCEPT: Final = {FileKind.PDF: "application/pdf,.pdf", FileKind.IMAGE: "image/*"}
BESIDE_THE_FILES: Final = 1024 * 1024  #: bytes of a form beside its files
LONGEST_SIZE: Final = 15  #: digits of a number of bytes
UNPROCESSABLE: Final = 422


def bounded(view: Callable[Concatenate[Any, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse a form that announces more than the files it may carry, or not how long it is, before a byte is read."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if _hides_its_length(request):
            return errors.page(request, 411)
        if _number(request.META.get("CONTENT_LENGTH") or "") > settings.FILES_MAX_BYTES + BESIDE_THE_FILES:
            return errors.page(request, 413)
        return protected(request, *args, **kwargs)

    return entered


@for_people
@never_cache
@require_safe
@on_open_draft
def papers(request: ActedRequest, draft: OpenDraft) -> HttpResponse:
    """Ask for the papers, component by component."""
    return _page(request, draft)


@bounded
@for_people
@require_POST
@on_open_draft
def send(request: ActedRequest, draft: OpenDraft, paper: str) -> HttpResponse:
    """Take the files of a plain form in; what is refused is said beside its component."""
    spec = _spec(draft, paper)
    sent = [*request.FILES.getlist("files"), *request.FILES.getlist("photo")]
    try:
        if not sent:
            raise Empty
        for each in sent:
            file = files.store(
                each.chunks(),
                name=each.name or "tep",
                owner=draft.view.person_id,
                actor=request.actor,
                at=now(),
                accepts=accepted(spec),
            )
            _attach(draft, spec, file, request.actor)
    except Refusal as refusal:
        return _page(request, draft, wrong=paper, words=refusals.sentence(refusal.code, refusal.facts))
    return redirect(f"{_address(draft)}#{paper}")


@for_people
@require_POST
@on_open_draft
def remove(request: ActedRequest, draft: OpenDraft, attachment_id: UUID) -> HttpResponse:
    """Take a file out again."""
    deeds.detach_from_draft(draft.view.id, attachment_id, actor=request.actor, at=now())
    return redirect(_address(draft))


@for_people
@require_safe
@on_open_draft
def show(request: ActedRequest, draft: OpenDraft, attachment_id: UUID) -> StreamingHttpResponse:
    """Show a file of one's own draft."""
    return answered(_attachment(draft, attachment_id))


@for_people
@require_POST
@on_open_draft
def begin(request: ActedRequest, draft: OpenDraft, paper: str) -> JsonResponse:
    """Begin to take a file in piece by piece."""
    return begun(request, _spec(draft, paper), owner=draft.view.person_id)


@for_people
@require_http_methods(["GET", "PUT"])
@on_open_draft
def piece(request: ActedRequest, draft: OpenDraft, upload_id: UUID) -> JsonResponse:
    """Tell how far an upload has come, or add the piece that starts there."""
    return continued(request, upload_id)


@for_people
@require_POST
@on_open_draft
def finish(request: ActedRequest, draft: OpenDraft, paper: str, upload_id: UUID) -> JsonResponse:
    """Make the pieces one file of the component. Repeating it attaches the file once."""
    spec = _spec(draft, paper)
    upload = own_upload(upload_id, request.actor)
    try:
        file = files.finish_upload(upload.id, actor=request.actor, at=now())
        if file.id not in {one.file_id for one in draft.view.attachments}:
            _attach(draft, spec, file, request.actor)
    except Refusal as refusal:
        return refused(refusal)
    return JsonResponse({"next": f"{_address(draft)}#{paper}"})


# ── parts, also for other pages that take papers in ──────────────────────────────────────────────────


def accepted(spec: PaperSpec) -> frozenset[Kind]:
    """Return the kinds of file a component may be."""
    return frozenset().union(*(KINDS[kind] for kind in spec.accepts))


def begun(request: ActedRequest, spec: PaperSpec, *, owner: UUID) -> JsonResponse:
    """Begin an upload of one component, or say why not."""
    try:
        upload = files.begin_upload(
            name=request.POST.get("name", ""),
            size_bytes=_number(request.POST.get("size", "")),
            owner=owner,
            actor=request.actor,
            at=now(),
            accepts=accepted(spec),
        )
    except Refusal as refusal:
        return refused(refusal)
    return _told(upload)


def continued(request: ActedRequest, upload_id: UUID) -> JsonResponse:
    """Tell how far the visitor's upload has come; for PUT, add the piece that starts there."""
    upload = own_upload(upload_id, request.actor)
    if _hides_its_length(request):
        return JsonResponse({"offset": upload.offset}, status=411)
    if request.method == "PUT":
        offset = request.GET.get("offset", "")
        try:
            upload = files.append_chunk(
                upload.id,
                request.body,
                offset=int(offset) if offset.isdecimal() else -1,
                actor=request.actor,
                at=now(),
            )
        except Refusal as refusal:
            return refused(refusal)
    return _told(upload)


def refused(refusal: Refusal) -> JsonResponse:
    """Say to a script why a file is not taken, in words for people."""
    facts = {"words": refusals.sentence(refusal.code, refusal.facts), "offset": refusal.facts.get("offset")}
    return JsonResponse(json.loads(json.dumps(facts)), status=errors.status_of(refusal))


def accept_attribute(spec: PaperSpec) -> str:
    """Return what the file dialogue offers."""
    return ",".join(ACCEPT[kind] for kind in spec.accepts)


def own_upload(upload_id: UUID, actor: Actor) -> UploadView:
    """Return an upload of the actor's. Raises UnknownUpload."""
    upload = stored.upload(UploadId(upload_id), at=now())
    if upload.owner != actor.person_id:
        raise UnknownUpload(upload=str(upload_id))
    return upload


def answered(attachment: AttachmentView) -> StreamingHttpResponse:
    """Return the answer that carries a file whose reader has been checked."""
    file = stored.file(attachment.file_id)
    return StreamingHttpResponse(
        stored.read(attachment.file_id), headers=stored.answer_headers(file, inline=True)
    )


def _hides_its_length(request: HttpRequest) -> bool:
    """Tell whether a body comes in chunks of undeclared number (RFC 9112 § 7.1); it would be read as empty."""
    return "Transfer-Encoding" in request.headers and not request.META.get("CONTENT_LENGTH")


def _number(said: str) -> int:
    """Read a number of bytes; what is none, or longer than any file, counts as nothing."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= LONGEST_SIZE else 0


def _spec(draft: OpenDraft, paper: str) -> PaperSpec:
    spec = next((one for one in draft.progress.papers if one.key == paper), None)
    if spec is None:
        raise UnknownPaper(paper=paper)
    return spec


def _attach(draft: OpenDraft, spec: PaperSpec, file: FileView, actor: Actor) -> None:
    deeds.attach_to_draft(draft.view.id, spec.key, file.id, actor=actor, at=now())


def _attachment(draft: OpenDraft, attachment_id: UUID) -> AttachmentView:
    found = next((one for one in draft.view.attachments if one.id == attachment_id), None)
    if found is None:
        raise UnknownDocument(attachment_id=attachment_id)
    return found


def _address(draft: OpenDraft) -> str:
    return f"/nop-ho-so/{draft.view.id}/giay-to"


def _page(request: ActedRequest, draft: OpenDraft, *, wrong: str = "", words: str = "") -> HttpResponse:
    progress = draft.progress
    facts = {
        "draft": draft.view,
        "definition": draft.definition,
        "progress": progress,
        "key": "papers",
        "papers": [
            {
                "spec": spec,
                "accept": accept_attribute(spec),
                "takes_photos": FileKind.IMAGE in spec.accepts,
                "files": (mine := [one for one in draft.view.attachments if one.paper == spec.key]),
                "is_full": len(mine) >= spec.max_files,
                "wrong": words if spec.key == wrong else "",
            }
            for spec in progress.papers
        ],
        "wrong": wrong,
        "words": words,
        "next": progress.after("papers"),
        "largest": settings.FILES_MAX_BYTES,
        "piece": settings.FILES_CHUNK_BYTES,
    }
    return render(request, "portal/filing/papers.html", facts, status=UNPROCESSABLE if wrong else None)


def _told(upload: UploadView) -> JsonResponse:
    return JsonResponse({"id": str(upload.id), "offset": upload.offset, "size": upload.size_bytes})
