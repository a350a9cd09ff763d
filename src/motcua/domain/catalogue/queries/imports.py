"""What an import would do, row by row: the same plan is shown in a dry run and carried out by the command."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Final
from uuid import UUID

from motcua.domain.catalogue.models import RecordImport, RecordVersion
from motcua.domain.catalogue.rules.records import content, oddities, reading
from motcua.domain.catalogue.types.record import Action, Record
from motcua.domain.catalogue.types.record_views import (
    Fault,
    ImportCounts,
    ImportId,
    ImportState,
    ImportView,
    ReadRow,
    RowOutcome,
    Verdict,
)
from motcua.domain.catalogue.types.refusals import UnknownImport

CHUNK: Final = 250  #: rows read, compared and written at a time

Tell = Callable[[RowOutcome], None]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Standing:
    """The last version of a record, as far as an import compares with it."""

    id: UUID
    procedure_id: UUID
    number: int
    action: Action
    content_hash: str
    content_hash_before: str  #: of the version before, where this one abolishes
    valid_from: date


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what is to be done with it."""

    outcome: RowOutcome
    record: Record | None = None
    stored: dict[str, Any] | None = None
    content_hash: str = ""
    valid_from: date | None = None
    standing: Standing | None = None


def preview_import(
    stream: IO[bytes],
    *,
    on: date,
    tell: Tell = lambda _row: None,
    progress: Progress = lambda _rows: None,
) -> ImportCounts:
    """Return what importing the file would do, told row by row; nothing is written. Raises UnreadableFile."""
    counts = ImportCounts()
    for chunk in planned(stream, on=on):
        for row in chunk:
            counts.count(row.outcome)
            tell(row.outcome)
        progress(counts.rows)
    return counts


def planned(stream: IO[bytes], *, on: date) -> Iterator[list[Planned]]:
    """Yield the rows of a file with what is to be done with each, a chunk at a time. Raises UnreadableFile.

    A record without a date of its own takes effect on ``on``.
    """
    rows_of: dict[str, int] = {}
    for chunk in _chunks(reading.reader_of(stream)(stream)):
        standing = _standing({row.record.code for row in chunk if row.record})
        yield [_plan(row, rows_of, standing, on) for row in chunk]


def record_import(import_id: ImportId) -> ImportView:
    """Return an import of the console. Raises UnknownImport."""
    row = RecordImport.objects.defer("packed").filter(pk=import_id).first()
    if row is None:
        raise UnknownImport(import_id=import_id)
    return _import_view(row)


def record_imports(*, limit: int = 10) -> list[ImportView]:
    """Return the last imports of the console, newest first."""
    return [_import_view(row) for row in RecordImport.objects.defer("packed").order_by("-id")[:limit]]


def _chunks(rows: Iterable[ReadRow]) -> Iterator[list[ReadRow]]:
    chunk: list[ReadRow] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _standing(codes: set[str]) -> dict[str, Standing]:
    columns = ("code", "id", "procedure_id", "number", "action", "content_hash", "valid_from")
    rows = list(RecordVersion.objects.open().filter(code__in=codes).values_list(*columns))
    ended = {code: number for code, _id, _procedure, number, action, *_ in rows if action == Action.ABOLISHED}
    before = RecordVersion.objects.filter(code__in=ended).values_list("code", "number", "content_hash")
    last = {code: hash_ for code, number, hash_ in before if number == ended[code] - 1}
    return {
        code: Standing(pk, procedure, number, Action(action), hash_, last.get(code, ""), valid_from)
        for code, pk, procedure, number, action, hash_, valid_from in rows
    }


def _plan(row: ReadRow, rows_of: dict[str, int], standing: dict[str, Standing], on: date) -> Planned:
    said = row.record
    if said is None:
        return Planned(RowOutcome(row.row, row.code, Verdict.REFUSED, row.faults))
    if said.code in rows_of:
        fault = Fault("code", "duplicate_code", f"row {rows_of[said.code]}")
        return Planned(RowOutcome(row.row, said.code, Verdict.REFUSED, (fault,)))
    rows_of[said.code] = row.row
    stored = content.stored(said)
    content_hash = content.content_hash(stored)
    valid_from = said.announcement.valid_from or on
    before = standing.get(said.code)
    verdict, faults, remarks = _verdict(content_hash, valid_from, before)
    outcome = RowOutcome(row.row, said.code, verdict, faults, (*oddities.found(said), *remarks))
    return Planned(outcome, said, stored, content_hash, valid_from, before)


def _verdict(
    content_hash: str, valid_from: date, before: Standing | None
) -> tuple[Verdict, tuple[Fault, ...], tuple[Fault, ...]]:
    if before is None:
        return Verdict.CREATED, (), ()
    if content_hash == before.content_hash:
        return Verdict.UNCHANGED, (), ()
    if content_hash == before.content_hash_before:
        return Verdict.UNCHANGED, (), (Fault("code", "abolished_since", before.valid_from.isoformat()),)
    if valid_from < before.valid_from:
        return Verdict.REFUSED, (Fault("valid_from", "not_later", before.valid_from.isoformat()),), ()
    return Verdict.AMENDED, (), ()


def _import_view(row: RecordImport) -> ImportView:
    counts = ImportCounts(**row.counts) if row.counts else ImportCounts()
    return ImportView(
        id=ImportId(row.pk),
        name=row.name,
        state=ImportState(row.state),
        rows=row.rows,
        counts=counts,
        refused=tuple(_told(each) for each in row.refused),
        why=row.why,
        started_at=row.started_at,
        changed_at=row.changed_at,
    )


def _told(row: dict[str, Any]) -> RowOutcome:
    faults = tuple(Fault(**fault) for fault in row["faults"])
    return RowOutcome(row["row"], row["code"], Verdict.REFUSED, faults)
