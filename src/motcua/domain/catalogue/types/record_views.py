"""What the catalogue tells about records: one record on a day, a line of a list, the outcome of an import."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import IO, NewType, Protocol
from uuid import UUID

from motcua.domain.catalogue.types.record import (
    Action,
    Level,
    OnlineLevel,
    Part,
    Record,
    RecordState,
    Subject,
)
from motcua.domain.catalogue.types.views import ProcedureId

RecordId = NewType("RecordId", UUID)
ImportId = NewType("ImportId", UUID)


class Origin(StrEnum):
    """Where a record came from."""

    IMPORTED = "imported"  #: a file of another system
    WRITTEN = "written"  #: an administrator, here
    DERIVED = "derived"  #: computed from the definition in force; never stored


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as it stands on a day."""

    procedure_id: ProcedureId
    id: RecordId | None  #: None: derived from a definition
    number: int
    code: str
    record: Record
    action: Action
    state: RecordState
    origin: Origin
    content_hash: str
    valid_from: date
    valid_to: date | None
    announced_at: datetime | None
    online_level: OnlineLevel
    missing: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record in a list."""

    code: str
    name: str
    ministry: str
    field: str
    levels: tuple[Level, ...]
    online_level: OnlineLevel
    missing: tuple[Part, ...]
    state: RecordState
    number: int
    valid_from: date
    has_definition: bool


@dataclass(frozen=True, slots=True)
class RecordVersionRow:
    """One version in the history of a record."""

    id: RecordId
    number: int
    action: Action
    decision: str
    decided_on: date | None
    valid_from: date
    valid_to: date | None
    announced_at: datetime
    content_hash: str


@dataclass(frozen=True, slots=True)
class SearchRow:
    """What a search may look at in one procedure in force."""

    code: str
    name: str
    keywords: tuple[str, ...]
    description: str
    ministry: str
    field: str
    levels: tuple[Level, ...]
    subjects: tuple[Subject, ...]
    online_level: OnlineLevel
    performers: tuple[str, ...]
    result_names: tuple[str, ...]
    component_names: tuple[str, ...]
    legal_numbers: tuple[str, ...]
    life_event: str  #: of the definition in force; empty without one
    has_definition: bool


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """How the records in force stand on a day."""

    total: int
    complete: int
    by_missing: Mapping[Part, int]
    by_online_level: Mapping[OnlineLevel, int]
    with_definition: int


class Verdict(StrEnum):
    """What an import did, or would do, with a row."""

    CREATED = "created"
    AMENDED = "amended"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong or odd: where, a stable code, and the value as found (shortened)."""

    field: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of a file: a record, or why there is none."""

    row: int  #: counted from 1
    record: Record | None = None
    code: str = ""  #: as far as it could be read
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What happened to one row."""

    row: int
    code: str
    verdict: Verdict
    faults: tuple[Fault, ...] = ()  #: why it was refused
    remarks: tuple[Fault, ...] = ()  #: what is odd in a row that was taken as it is


@dataclass(slots=True)
class ImportCounts:
    """Counts by outcome."""

    created: int = 0
    amended: int = 0
    unchanged: int = 0
    refused: int = 0
    remarks: dict[str, int] = field(default_factory=dict)  #: oddities by code

    def count(self, row: RowOutcome) -> None:
        setattr(self, row.verdict, getattr(self, row.verdict) + 1)
        for code in {remark.code for remark in row.remarks}:
            self.remarks[code] = self.remarks.get(code, 0) + 1

    @property
    def rows(self) -> int:
        return self.created + self.amended + self.unchanged + self.refused


class ImportState(StrEnum):
    """Where an import that was started in the console stands."""

    PREVIEWING = "previewing"  #: the file is being read; nothing is written
    PREVIEWED = "previewed"  #: read; waits for a person to confirm
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"  #: the file was refused as a whole


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import of the console."""

    id: ImportId
    name: str
    state: ImportState
    rows: int  #: read so far
    counts: ImportCounts
    refused: tuple[RowOutcome, ...]  #: the first rows refused
    why: Mapping[str, str]  #: of a file refused as a whole
    started_at: datetime
    changed_at: datetime


class Reader(Protocol):
    """Reads rows from an open binary stream, a few at a time. Raises UnreadableFile for the whole file."""

    def __call__(self, stream: IO[bytes], /) -> Iterator[ReadRow]: ...
