"""Files on their way in: whole in one request, or piece by piece over a connection that breaks.

The pieces follow tus 1.0 (headers ``Upload-Offset`` and ``Upload-Checksum``). A file belongs to whoever handed
it in until it is laid into a draft or dossier.
"""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from ninja import File as FileParam
from ninja import Header, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from motcua.interfaces.api.doors import admits
from motcua.interfaces.api.problems import WrongMediaType
from motcua.interfaces.api.schema import located
from motcua.interfaces.design.access import ActedRequest
from motcua.kernel import clock
from motcua.kernel.actors import Actor, NotPermitted, Role
from motcua.platform.files import commands, queries
from motcua.platform.files.types import (
    PAPERS,
    FileId,
    FileView,
    UnknownFile,
    UnknownUpload,
    UploadId,
    UploadView,
)

router = Router(tags=["Files"])

HANDING_IN: Final = (Role.CITIZEN, Role.CLERK)
PIECE: Final = "application/offset+octet-stream"
ENVELOPE_BYTES: Final = 64 * 1024  #: what a multipart body adds to its file
_PIECE_BODY: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": {PIECE: {"schema": {"type": "string", "format": "binary"}}}}
}


class Announced(Schema):
    """A file that will come piece by piece."""

    name: str = Field(min_length=1, max_length=300)
    size_bytes: int = Field(ge=1, le=2**53)


class Upload(Schema):
    id: UUID
    name: str
    size_bytes: int
    offset: int = Field(description="Bytes stored so far; the next piece starts here.")
    expires_at: datetime
    file_id: UUID | None


class StoredFile(Schema):
    id: UUID
    name: str
    size_bytes: int
    media_type: str
    sha256: str
    is_readable: bool = Field(description="False while a scanner looks at it, and for good if it found harm.")


@router.post("/uploads", response={201: Upload}, operation_id="begin_upload")
@admits(*HANDING_IN)
def begin_upload(request: ActedRequest, response: HttpResponse, announced: Announced) -> UploadView:
    """Announce a file. Pieces may come in any number of requests, at most two days apart."""
    view = commands.begin_upload(
        name=announced.name,
        size_bytes=announced.size_bytes,
        owner=person(request.actor),
        actor=request.actor,
        at=clock.now(),
        accepts=PAPERS,
    )
    located(response, "uploads", view.id)
    return _told(response, view)


@router.get("/uploads/{uuid:upload_id}", response=Upload, operation_id="get_upload")
@admits(*HANDING_IN)
def get_upload(request: ActedRequest, response: HttpResponse, upload_id: UUID) -> UploadView:
    """Return how far an upload has come; HEAD tells it in ``Upload-Offset`` alone."""
    return _told(response, _own(upload_id, request.actor))


@router.patch(
    "/uploads/{uuid:upload_id}", response=Upload, operation_id="append_piece", openapi_extra=_PIECE_BODY
)
@admits(*HANDING_IN, body_limit=settings.FILES_CHUNK_BYTES)
def append_piece(
    request: ActedRequest,
    response: HttpResponse,
    upload_id: UUID,
    offset: Annotated[
        int, Header(..., alias="Upload-Offset", ge=0, le=2**53, description="Where the piece starts.")
    ],
    checksum: Annotated[
        str | None, Header(None, alias="Upload-Checksum", max_length=200, description="sha256 <base64>")
    ],
) -> UploadView:
    """Add one piece. A piece sent twice is refused with the offset to go on from."""
    _own(upload_id, request.actor)
    if request.content_type != PIECE:
        raise WrongMediaType(accepts=PIECE)
    view = commands.append_chunk(
        upload_id, request.body, offset=offset, checksum=checksum, actor=request.actor, at=clock.now()
    )
    return _told(response, view)


@router.post("/uploads/{uuid:upload_id}/finish", response={201: StoredFile}, operation_id="finish_upload")
@admits(*HANDING_IN)
def finish_upload(request: ActedRequest, response: HttpResponse, upload_id: UUID) -> StoredFile:
    """Make the pieces one file, once every byte is there. May be repeated."""
    _own(upload_id, request.actor)
    view = commands.finish_upload(upload_id, actor=request.actor, at=clock.now())
    located(response, "files", view.id)
    return _stored(view)


@router.delete("/uploads/{uuid:upload_id}", response={204: None}, operation_id="cancel_upload")
@admits(*HANDING_IN)
def cancel_upload(request: ActedRequest, upload_id: UUID) -> None:
    """Forget an upload and its pieces. A finished file stays."""
    _own(upload_id, request.actor)
    commands.cancel_upload(upload_id, actor=request.actor, at=clock.now())


@router.post("/files", response={201: StoredFile}, operation_id="hand_in_file")
@admits(*HANDING_IN, body_limit=settings.FILES_CHUNK_BYTES + ENVELOPE_BYTES)
def hand_in_file(
    request: ActedRequest, response: HttpResponse, file: Annotated[UploadedFile, FileParam(...)]
) -> StoredFile:
    """Hand in a small file in one request; larger ones come piece by piece."""
    view = commands.store(
        file.chunks(),
        name=file.name or "",
        owner=person(request.actor),
        actor=request.actor,
        at=clock.now(),
        accepts=PAPERS,
    )
    located(response, "files", view.id)
    return _stored(view)


@router.get("/files/{uuid:file_id}", response=StoredFile, operation_id="get_file")
@admits(*HANDING_IN)
def get_file(request: ActedRequest, file_id: UUID) -> StoredFile:
    """Return what is known of a file the caller handed in."""
    view = queries.file(FileId(file_id))
    if view.owner != person(request.actor):
        raise UnknownFile(file=str(file_id))
    return _stored(view)


def person(actor: Actor) -> UUID:
    """Return the person who acts. Raises NotPermitted for an account without one."""
    if actor.person_id is None:
        raise NotPermitted(role=actor.role)
    return actor.person_id


def _own(upload_id: UUID, actor: Actor) -> UploadView:
    view = queries.upload(UploadId(upload_id), at=clock.now())
    if view.owner != person(actor):
        raise UnknownUpload(upload=str(upload_id))
    return view


def _told(response: HttpResponse, view: UploadView) -> UploadView:
    response["Upload-Offset"] = str(view.offset)
    response["Upload-Length"] = str(view.size_bytes)
    return view


def _stored(view: FileView) -> StoredFile:
    return StoredFile(
        id=view.id,
        name=view.name,
        size_bytes=view.size_bytes,
        media_type=view.media_type,
        sha256=view.sha256,
        is_readable=view.state.is_readable,
    )
