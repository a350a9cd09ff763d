"""What the catalogue announces."""

from dataclasses import dataclass
from datetime import date

from motcua.domain.catalogue.types import ProcedureId, VersionId
from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedurePublished(Event):
    procedure_id: ProcedureId
    version_id: VersionId
    code: str
    valid_from: date
