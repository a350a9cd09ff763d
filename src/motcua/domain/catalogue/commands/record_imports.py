"""Bring public records in from a file: at once, or through the console in two steps.

One transaction: either the whole file took effect or nothing of it, and readers never see half. One leaf of the
ledger for the whole import: it binds the file and every record written by their hashes, and the records themselves
stand in their versions; 2,642 leaves that say the same would only make the tree longer.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from hashlib import file_digest, sha256
from io import BytesIO
from typing import IO, Final
from uuid import UUID

from django.db import connection, transaction

from motcua.domain.catalogue.events import RecordsImported
from motcua.domain.catalogue.models import Procedure, RecordImport, RecordVersion
from motcua.domain.catalogue.queries.imports import Planned, planned, preview_import
from motcua.domain.catalogue.rules.records import completeness, levels
from motcua.domain.catalogue.types.record import RECORD_SCHEMA, Action, Record
from motcua.domain.catalogue.types.record_views import (
    ImportCounts,
    ImportId,
    ImportState,
    Origin,
    RowOutcome,
    Verdict,
)
from motcua.domain.catalogue.types.refusals import ImportRunning, NotPreviewed, UnknownImport, UnreadableFile
from motcua.kernel import clock
from motcua.kernel.actors import Actor, Role
from motcua.kernel.ids import uuid7
from motcua.kernel.text import fold
from motcua.platform.jobs import commands as jobs
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox

PREVIEW: Final = "catalogue.preview_import"
WRITE: Final = "catalogue.write_import"
LARGEST_UPLOAD: Final = 64 << 20  #: bytes, as sent
REFUSED_SHOWN: Final = 100

#: Only one import writes at a time in a database.
_LOCK: Final = 0x72_65_63_01


@transaction.atomic
def import_records(
    stream: IO[bytes],
    *,
    tell: Callable[[RowOutcome], None] = lambda _row: None,
    progress: Callable[[int], None] = lambda _rows: None,
    origin: Origin = Origin.IMPORTED,
    actor: Actor,
    at: datetime,
) -> ImportCounts:
    """Import every record of a file that can be read; tell row by row what was done. May be repeated.

    ``stream`` can seek. A row refused costs only itself. Raises UnreadableFile, ImportRunning. Announces
    RecordsImported if anything was written.
    """
    actor.require(Role.ADMIN, Role.SYSTEM)
    _lock()
    file_sha256 = file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # any binary stream
    stream.seek(0)
    counts, digest = ImportCounts(), sha256()
    for chunk in planned(stream, on=clock.local_date(at)):
        written = [row for row in chunk if row.outcome.verdict in {Verdict.CREATED, Verdict.AMENDED}]
        write(written, origin=origin, actor=actor, at=at)
        for row in chunk:
            counts.count(row.outcome)
            tell(row.outcome)
        for row in written:
            digest.update(f"{row.outcome.code} {row.content_hash}\n".encode())
        progress(counts.rows)
    if counts.created or counts.amended:
        facts = {"created": counts.created, "amended": counts.amended, "records_sha256": digest.hexdigest()}
        ledger.append("catalogue.import_records", file_sha256, actor=actor, at=at, facts=facts)
        outbox.announce(
            RecordsImported(at=at, file_sha256=file_sha256, created=counts.created, amended=counts.amended)
        )
    return counts


@transaction.atomic
def write(rows: Iterable[Planned], *, origin: Origin, actor: Actor, at: datetime) -> list[RecordVersion]:
    """Write planned versions and close those they follow. Part of a deed: the caller leaves the trace."""
    actor.require(Role.ADMIN, Role.SYSTEM)
    rows = list(rows)
    ids = _procedures({row.outcome.code for row in rows})
    for valid_from, closing in _by_date(rows):
        RecordVersion.objects.filter(pk__in=closing).update(valid_to=valid_from)
    return RecordVersion.objects.bulk_create(_version(row, ids[row.outcome.code], origin, at) for row in rows)


@transaction.atomic
def begin_import(packed: bytes, *, name: str, actor: Actor, at: datetime) -> ImportId:
    """Keep an uploaded file and have it read in the background. Raises UnreadableFile if it is too large."""
    actor.require(Role.ADMIN)
    if len(packed) > LARGEST_UPLOAD or not packed:
        raise UnreadableFile(why="too_large" if packed else "empty", at=len(packed))
    row = RecordImport.objects.create(
        packed=packed,
        name=name[:255],
        state=ImportState.PREVIEWING,
        by_person_id=actor.person_id,
        by_agency_id=actor.agency_id,
        by_seat_id=actor.seat_id,
        started_at=at,
        changed_at=at,
    )
    facts = {"file_sha256": sha256(packed).hexdigest()}
    ledger.append("catalogue.begin_import", row.pk, actor=actor, at=at, facts=facts)
    jobs.defer(PREVIEW, import_id=str(row.pk))
    return ImportId(row.pk)


@transaction.atomic
def confirm_import(import_id: ImportId, *, actor: Actor, at: datetime) -> None:
    """Have a previewed file written in the background, in the name of who confirms. Raises NotPreviewed."""
    actor.require(Role.ADMIN)
    row = _locked(import_id)
    if row.state != ImportState.PREVIEWED:
        raise NotPreviewed(import_id=import_id, state=row.state)
    row.state, row.changed_at = ImportState.WRITING, at
    row.by_person_id, row.by_agency_id, row.by_seat_id = actor.person_id, actor.agency_id, actor.seat_id
    row.save(update_fields=["state", "changed_at", "by_person_id", "by_agency_id", "by_seat_id"])
    ledger.append("catalogue.confirm_import", import_id, actor=actor, at=at, facts={})
    jobs.defer(WRITE, import_id=str(import_id))


@transaction.atomic
def read_upload(import_id: ImportId, *, actor: Actor, at: datetime) -> None:
    """Read a kept file and write down what importing it would do. May be repeated."""
    actor.require(Role.SYSTEM)
    row = _locked(import_id)
    if row.state == ImportState.PREVIEWING:
        refused: list[RowOutcome] = []
        try:
            counts = preview_import(
                BytesIO(bytes(row.packed)), on=clock.local_date(at), tell=_keeping_refused(refused)
            )
        except UnreadableFile as fault:
            _fail(row, fault, at)
        else:
            _note(row, counts, refused, ImportState.PREVIEWED, at)


@transaction.atomic
def write_upload(import_id: ImportId, *, actor: Actor, at: datetime) -> None:
    """Import a kept file that was confirmed, as the person who confirmed it. May be repeated.

    Raises ImportRunning, after which the job is tried again.
    """
    actor.require(Role.SYSTEM)
    row = _locked(import_id)
    if row.state == ImportState.WRITING:
        refused: list[RowOutcome] = []
        confirmed_by = Actor(row.by_person_id, Role.ADMIN, row.by_agency_id, row.by_seat_id)
        counts = import_records(
            BytesIO(bytes(row.packed)), tell=_keeping_refused(refused), actor=confirmed_by, at=at
        )
        row.packed = b""
        _note(row, counts, refused, ImportState.DONE, at)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        (mine,) = cursor.fetchone()
    if not mine:
        raise ImportRunning


def _procedures(codes: set[str]) -> dict[str, UUID]:
    """Return the ids of procedures, known or new now."""
    Procedure.objects.bulk_create([Procedure(code=code) for code in sorted(codes)], ignore_conflicts=True)
    return dict(Procedure.objects.filter(code__in=codes).values_list("code", "id"))


def _by_date(rows: Iterable[Planned]) -> Iterable[tuple[date, list[UUID]]]:
    closing: dict[date, list[UUID]] = {}
    for row in rows:
        if row.standing and row.valid_from:
            closing.setdefault(row.valid_from, []).append(row.standing.id)
    return closing.items()


def _version(row: Planned, procedure_id: UUID, origin: Origin, at: datetime) -> RecordVersion:
    said = row.record
    if said is None or row.valid_from is None:
        raise ValueError("only a row with a record can be written")
    return RecordVersion(
        id=uuid7(),
        procedure_id=procedure_id,
        number=row.standing.number + 1 if row.standing else 1,
        origin=origin,
        action=_action(said, row),
        schema_version=RECORD_SCHEMA,
        content=row.stored,
        content_hash=row.content_hash,
        valid_from=row.valid_from,
        announced_at=at,
        code=said.code,
        name=said.name,
        search_name=fold(said.name),
        ministry=said.ministry,
        field=said.field,
        levels=[level.value for level in said.levels],
        online_level=levels.online_level(said),
        missing=[part.value for part in completeness.missing(said)],
    )


def _action(said: Record, row: Planned) -> Action:
    """What the decision says it did; where it does not say, whether there was a record before."""
    return said.announcement.action or (Action.AMENDED if row.standing else Action.NEW)


def _keeping_refused(refused: list[RowOutcome]) -> Callable[[RowOutcome], None]:
    def keep(row: RowOutcome) -> None:
        if row.verdict is Verdict.REFUSED and len(refused) < REFUSED_SHOWN:
            refused.append(row)

    return keep


def _locked(import_id: ImportId) -> RecordImport:
    row = RecordImport.objects.select_for_update().filter(pk=import_id).first()
    if row is None:
        raise UnknownImport(import_id=import_id)
    return row


def _fail(row: RecordImport, fault: UnreadableFile, at: datetime) -> None:
    row.state, row.packed, row.changed_at = ImportState.FAILED, b"", at
    row.why = {name: str(value) for name, value in fault.facts.items()}
    row.save()


def _note(
    row: RecordImport, counts: ImportCounts, refused: list[RowOutcome], state: ImportState, at: datetime
) -> None:
    row.state, row.rows, row.changed_at = state, counts.rows, at
    row.counts = {
        "created": counts.created,
        "amended": counts.amended,
        "unchanged": counts.unchanged,
        "refused": counts.refused,
        "remarks": counts.remarks,
    }
    row.refused = [
        {
            "row": each.row,
            "code": each.code,
            "faults": [{"field": f.field, "code": f.code, "value": f.value} for f in each.faults],
        }
        for each in refused
    ]
    row.save()
