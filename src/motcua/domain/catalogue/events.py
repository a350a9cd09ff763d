"""What the catalogue announces."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.domain.catalogue.types import ProcedureId, VersionId
from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedurePublished(Event):
    procedure_id: ProcedureId
    version_id: VersionId
    code: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsImported(Event):
    """A file of public records was brought in."""

    file_sha256: str
    created: int
    amended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnnounced(Event):
    """One public record was announced or amended by hand."""

    procedure_id: ProcedureId
    code: str
    content_hash: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureAbolished(Event):
    """A procedure ends on a day; dossiers already filed run on."""

    procedure_id: ProcedureId
    code: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRuleChanged(Event):
    """An agency laid changes of its own over a procedure, or took them back."""

    procedure_id: ProcedureId
    code: str
    agency_id: UUID
    valid_from: date
