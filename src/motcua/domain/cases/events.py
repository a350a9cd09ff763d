"""What cases announces: ids and facts, in the past tense."""

from dataclasses import dataclass
from uuid import UUID

from motcua.domain.cases.types import DossierId, State, Step
from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMoved(Event):
    """A step was taken. ``came_from`` is None for the first."""

    dossier_id: DossierId
    code: str
    procedure_code: str
    agency_id: UUID
    applicant_id: UUID
    step: Step
    came_from: State | None
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFollowed(Event):
    """An unfinished dossier goes on under a later version of its procedure."""

    dossier_id: DossierId
    code: str
    procedure_version: int
