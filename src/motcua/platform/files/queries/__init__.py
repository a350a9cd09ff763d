"""Read files. Returns frozen views and bytes; who may see them is for the caller to have checked."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from motcua.platform.files.models import Content, FileRecord, Upload
from motcua.platform.files.queries.wiring import content_key, limits, storage
from motcua.platform.files.rules.names import answer_headers
from motcua.platform.files.types import (
    Corruption,
    FileId,
    FileView,
    Kind,
    Missing,
    Quarantined,
    State,
    UnknownFile,
    UnknownUpload,
    UploadId,
    UploadView,
)

__all__ = [
    "answer_headers",
    "corrupted",
    "file",
    "file_view",
    "files",
    "limits",
    "read",
    "upload",
    "upload_view",
    "waiting",
]


def file(file_id: UUID) -> FileView:
    """Return one file. Raises UnknownFile."""
    record = FileRecord.objects.select_related("content").filter(pk=file_id).first()
    if record is None:
        raise UnknownFile(file=str(file_id))
    return file_view(record)


def files(file_ids: Iterable[UUID]) -> Mapping[FileId, FileView]:
    """Return the files there are among ``file_ids``, in one statement."""
    records = FileRecord.objects.select_related("content").filter(pk__in=set(file_ids))
    return {FileId(record.pk): file_view(record) for record in records}


def read(file_id: UUID, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """Return the bytes of a file from ``start`` up to before ``stop``, in pieces of at most 1 MiB.

    Checks no permission: the owning app has done so. Raises UnknownFile, and Quarantined while the content
    waits for the scanner or has failed it; both before the first byte.
    """
    view = file(file_id)
    if not view.state.is_readable:
        raise Quarantined(state=view.state.value)
    return storage().read(content_key(view.sha256), start=start, stop=stop)


def upload(upload_id: UUID, *, at: datetime) -> UploadView:
    """Return how far an upload has come. Raises UnknownUpload, also once it has expired."""
    found = Upload.objects.filter(pk=upload_id, expires_at__gt=at).first()
    if found is None:
        raise UnknownUpload(upload=str(upload_id))
    return upload_view(found)


def waiting(*, before: datetime, at_most: int = 1_000) -> list[str]:
    """Return the hashes of contents that have been in quarantine since before an instant, oldest first."""
    late = Content.objects.filter(state=State.WAITING, stored_at__lt=before)
    return list(late.order_by("stored_at").values_list("pk", flat=True)[:at_most])


def corrupted(*, sample: int | None = None) -> Iterator[Corruption]:
    """Hash stored contents again and yield those that are not what was handed in.

    All of them, or ``sample`` at random. Reads every byte: minutes per 100 GB.
    """
    contents = Content.objects.order_by("?")[:sample] if sample else Content.objects.order_by("pk")
    store = storage()
    for sha256 in contents.values_list("pk", flat=True).iterator():
        found = hashlib.sha256()
        try:
            for piece in store.read(content_key(sha256)):
                found.update(piece)
        except Missing:
            yield Corruption(sha256, "missing")
        else:
            if found.hexdigest() != sha256:
                yield Corruption(sha256, found.hexdigest())


def file_view(record: FileRecord) -> FileView:
    content = record.content
    kind = Kind(content.kind)
    return FileView(
        id=FileId(record.pk),
        name=record.name,
        size_bytes=content.size_bytes,
        media_type=kind.media_type,
        sha256=content.pk,
        state=State(content.state),
        kind=kind,
        owner=record.owner,
        uploaded_at=record.uploaded_at,
    )


def upload_view(found: Upload) -> UploadView:
    return UploadView(
        id=UploadId(found.pk),
        name=found.name,
        owner=found.owner,
        size_bytes=found.size_bytes,
        offset=found.offset_bytes,
        expires_at=found.expires_at,
        file_id=FileId(found.file_id) if found.file_id else None,
    )
