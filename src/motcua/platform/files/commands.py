"""Take files in, whole or piece by piece. No permissions here: the owning app has checked them.

Bytes are written to the storage before the transaction commits; should it fail, what is left behind is a
content nobody knows, under the hash it would get again.
"""

import base64
import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from motcua.kernel.actors import Actor, Role
from motcua.platform.files.events import ContentFoundInfected
from motcua.platform.files.models import Content, FileRecord, Upload
from motcua.platform.files.queries import file_view, upload_view
from motcua.platform.files.queries.wiring import content_key, limits, scanner, storage
from motcua.platform.files.rules import kinds, names
from motcua.platform.files.rules.inspection import inspect, refuse_kind
from motcua.platform.files.types import (
    ANY,
    ChunkTooLarge,
    Empty,
    FileView,
    Kind,
    State,
    Storage,
    TooLarge,
    TooManyUploads,
    Unfinished,
    UnknownUpload,
    UploadView,
    Verdict,
    WrongChecksum,
    WrongOffset,
)
from motcua.platform.jobs import commands as jobs
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox

SCAN = "files.scan"


@transaction.atomic
def store(
    chunks: Iterable[bytes],
    *,
    name: str,
    owner: UUID,
    actor: Actor,
    at: datetime,
    accepts: frozenset[Kind] = ANY,
) -> FileView:
    """Take in one file, hashing as it streams; at most one chunk and 1 MiB are in memory.

    The record is new each time; equal bytes are stored once. Raises BadName, Empty, TooLarge (as soon as the
    limit is passed), WrongType, TypeMismatch, Bomb, HasMacros, Encrypted, Broken.
    """
    tidy = names.tidy(name)
    with _received(chunks) as (body, sha256):
        return _keep(body, sha256, name=tidy, owner=owner, accepts=accepts, actor=actor, at=at)


@transaction.atomic
def store_bytes(
    body: bytes,
    *,
    name: str,
    owner: UUID,
    actor: Actor,
    at: datetime,
    accepts: frozenset[Kind] = ANY,
) -> FileView:
    """Take in one file that is in memory already, such as a document just printed."""
    return store([body], name=name, owner=owner, actor=actor, at=at, accepts=accepts)


@transaction.atomic
def begin_upload(
    *,
    name: str,
    size_bytes: int,
    owner: UUID,
    actor: Actor,
    at: datetime,
    accepts: frozenset[Kind] = ANY,
) -> UploadView:
    """Announce a file that will come piece by piece; pieces may meet any process of the node.

    Raises BadName, Empty, TooLarge, TypeMismatch (the ending belongs to no accepted kind), TooManyUploads.
    """
    allowed = limits()
    tidy = names.tidy(name)
    if size_bytes < 1:
        raise Empty
    if size_bytes > allowed.file_bytes:
        raise TooLarge(size=size_bytes, limit=allowed.file_bytes)
    pending = Upload.objects.pending(owner, at)
    announced = pending.aggregate(total=Sum("size_bytes"))["total"] or 0
    if pending.count() >= allowed.pending_uploads or announced + size_bytes > allowed.pending_bytes:
        raise TooManyUploads(pending_bytes=announced, limit=allowed.pending_bytes)
    upload = Upload.objects.create(
        name=tidy,
        owner=owner,
        accepts=sorted(accepts),
        size_bytes=size_bytes,
        begun_at=at,
        expires_at=at + allowed.upload_life,
    )
    return upload_view(upload)


@transaction.atomic
def append_chunk(
    upload_id: UUID, chunk: bytes, *, offset: int, checksum: str | None = None, actor: Actor, at: datetime
) -> UploadView:
    """Add one piece at ``offset``; durable on return, and only then counted.

    ``checksum`` is ``sha256 <base64>`` as in tus 1.0. Whoever repeats a piece that was stored is told the
    offset to go on from. Raises UnknownUpload, WrongOffset, ChunkTooLarge, TooLarge (more than announced),
    WrongChecksum, and WrongType from the very first piece.
    """
    allowed = limits()
    if len(chunk) > allowed.chunk_bytes:
        raise ChunkTooLarge(limit=allowed.chunk_bytes)
    upload = _locked(upload_id, at)
    if offset != upload.offset_bytes:
        raise WrongOffset(offset=upload.offset_bytes)
    if offset + len(chunk) > upload.size_bytes:
        raise TooLarge(size=offset + len(chunk), limit=upload.size_bytes)
    if checksum is not None and checksum != _checksum(chunk):
        raise WrongChecksum(offset=offset)
    if not chunk:
        return upload_view(upload)
    if offset == 0:
        _refuse_early(chunk, upload)
    with tempfile.NamedTemporaryFile(prefix="motcua-piece-") as piece:
        piece.write(chunk)
        piece.flush()
        storage().put(_piece_key(upload, offset), Path(piece.name))
    upload.pieces = [*upload.pieces, offset]
    upload.offset_bytes = offset + len(chunk)
    upload.expires_at = at + allowed.upload_life
    upload.save(update_fields=["pieces", "offset_bytes", "expires_at"])
    return upload_view(upload)


@transaction.atomic
def finish_upload(upload_id: UUID, *, actor: Actor, at: datetime) -> FileView:
    """Make the pieces one file. Repeatable: a finished upload answers with the same file.

    Raises UnknownUpload, Unfinished, and whatever ``store`` raises; a refused upload is best cancelled.
    """
    upload = _locked(upload_id, at)
    if upload.file is not None:
        return file_view(upload.file)
    if upload.offset_bytes < upload.size_bytes:
        raise Unfinished(offset=upload.offset_bytes, size=upload.size_bytes)
    store_ = storage()
    accepts = frozenset(Kind(kind) for kind in upload.accepts)
    with _received(_pieces(upload, store_)) as (body, sha256):
        view = _keep(body, sha256, name=upload.name, owner=upload.owner, accepts=accepts, actor=actor, at=at)
    upload.file_id = view.id
    upload.save(update_fields=["file"])
    transaction.on_commit(lambda: _remove_pieces(upload, store_))
    return view


@transaction.atomic
def cancel_upload(upload_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Forget an unfinished upload and its pieces. Raises UnknownUpload."""
    _forget(_locked(upload_id, at))


@transaction.atomic
def expire_uploads(*, actor: Actor, at: datetime) -> int:
    """Forget the uploads nobody went on with; return how many."""
    actor.require(Role.SYSTEM)
    expired = list(Upload.objects.expired(at).select_for_update(skip_locked=True)[:1_000])
    for upload in expired:
        _forget(upload)
    return len(expired)


@transaction.atomic
def record_verdict(sha256: str, verdict: Verdict, *, actor: Actor, at: datetime) -> None:
    """Let a content out of quarantine, or keep it there for good. Announces ContentFoundInfected."""
    actor.require(Role.SYSTEM)
    Content.objects.filter(pk=sha256).update(state=verdict.state, threat=verdict.threat[:200], scanned_at=at)
    if verdict.state is State.INFECTED:
        ledger.append("files.quarantine", sha256, actor=actor, at=at, facts={"threat": verdict.threat})
        outbox.announce(ContentFoundInfected(at=at, sha256=sha256, threat=verdict.threat))


@contextmanager
def _received(chunks: Iterable[bytes]) -> Iterator[tuple[BinaryIO, str]]:
    """Write ``chunks`` to a temporary file within the limit; yield it with the hash of its bytes."""
    bound, size, digest = limits().file_bytes, 0, hashlib.sha256()
    with tempfile.NamedTemporaryFile(prefix="motcua-file-") as body:
        for chunk in chunks:
            size += len(chunk)
            if size > bound:
                raise TooLarge(limit=bound)
            digest.update(chunk)
            body.write(chunk)
        body.flush()
        yield cast("BinaryIO", body.file), digest.hexdigest()


def _keep(
    body: BinaryIO,
    sha256: str,
    *,
    name: str,
    owner: UUID,
    accepts: frozenset[Kind],
    actor: Actor,
    at: datetime,
) -> FileView:
    kind = inspect(body, accepts=accepts, limits=limits())
    name = names.named_as(kind, name)
    content = _content(body, sha256, kind, at)
    record = FileRecord.objects.create(
        content=content, name=name, owner=owner, uploaded_by=actor.person_id, uploaded_at=at
    )
    facts = {"sha256": sha256, "size_bytes": content.size_bytes, "kind": kind.value, "owner": str(owner)}
    ledger.append("files.store", record.pk, actor=actor, at=at, facts=facts)
    return file_view(record)


def _content(body: BinaryIO, sha256: str, kind: Kind, at: datetime) -> Content:
    """Return the row of a content, storing its bytes if they are new. Two hand-ins at once make one row."""
    store_, key, size = storage(), content_key(sha256), body.seek(0, 2)
    if store_.size(key) != size:
        store_.put(key, Path(body.name))
    state = scanner().initial
    fresh = Content(pk=sha256, size_bytes=size, kind=kind, state=state, stored_at=at)
    Content.objects.bulk_create([fresh], ignore_conflicts=True)
    content = Content.objects.get(pk=sha256)
    if content.state == State.WAITING and content.stored_at == at:
        jobs.defer(SCAN, sha256=sha256)
    return content


def _locked(upload_id: UUID, at: datetime) -> Upload:
    upload = Upload.objects.select_for_update().filter(pk=upload_id, expires_at__gt=at).first()
    if upload is None:
        raise UnknownUpload(upload=str(upload_id))
    return upload


def _refuse_early(chunk: bytes, upload: Upload) -> None:
    """Spare people a long upload of something that will be refused."""
    head = chunk[: kinds.HEAD_BYTES]
    if not head.startswith(kinds.ZIP):
        kind = kinds.of_head(head)
        refuse_kind(kind, head, frozenset(Kind(kind) for kind in upload.accepts))
        names.named_as(kind or Kind.TEXT, upload.name)


def _checksum(chunk: bytes) -> str:
    return "sha256 " + base64.b64encode(hashlib.sha256(chunk).digest()).decode()


def _piece_key(upload: Upload, offset: int) -> str:
    return f"pieces/{upload.pk.hex}/{offset:012d}"


def _pieces(upload: Upload, store_: Storage) -> Iterator[bytes]:
    for offset in upload.pieces:
        yield from store_.read(_piece_key(upload, offset))


def _remove_pieces(upload: Upload, store_: Storage) -> None:
    for offset in upload.pieces:
        store_.remove(_piece_key(upload, offset))


def _forget(upload: Upload) -> None:
    store_ = storage()
    transaction.on_commit(lambda: _remove_pieces(upload, store_))
    Upload.objects.filter(pk=upload.pk).delete()
