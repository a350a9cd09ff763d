"""What agencies announce."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.domain.agencies.types import AgencyId, DayKind, LineageKind, SeatId
from motcua.kernel.actors import Role
from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyOpened(Event):
    agency_id: AgencyId
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRenamed(Event):
    agency_id: AgencyId
    name: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMoved(Event):
    agency_id: AgencyId
    parent_id: AgencyId | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeGiven(Event):
    agency_id: AgencyId
    agency_code: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyClosed(Event):
    """The agency no longer exists from ``since`` on."""

    agency_id: AgencyId
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySucceeded(Event):
    """What belonged to the predecessor is the successor's from ``since`` on."""

    predecessor_id: AgencyId
    successor_id: AgencyId
    kind: LineageKind
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFilled(Event):
    seat_id: SeatId
    agency_id: AgencyId
    person_id: UUID
    role: Role
    acting_for: SeatId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatEnded(Event):
    seat_id: SeatId
    agency_id: AgencyId
    person_id: UUID
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHoursSet(Event):
    agency_id: AgencyId | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDaySet(Event):
    """A day means something else now; ``kind`` None: it is an ordinary day again."""

    agency_id: AgencyId | None
    on_date: date
    kind: DayKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryLoaded(Event):
    """Provinces and communes were loaded or corrected."""

    opened: int
    corrected: int
