"""Vocabulary of agencies: the dated tree of bodies, their codes, seats and hours, and the territory.

Dates are inclusive on both sides: ``valid_to`` is the last day on which a thing holds, None while it does.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NewType
from uuid import UUID

from motcua.kernel.actors import Role
from motcua.kernel.errors import Conflict, Invalid, Unknown

AgencyId = NewType("AgencyId", UUID)
SeatId = NewType("SeatId", UUID)
CounterId = NewType("CounterId", UUID)


class AgencyKind(StrEnum):
    MINISTRY = "ministry"  #: bộ, cơ quan ngang bộ
    PROVINCE = "province"  #: Ủy ban nhân dân tỉnh, thành phố
    DEPARTMENT = "department"  #: sở, ban, ngành
    COMMUNE = "commune"  #: Ủy ban nhân dân xã, phường, đặc khu
    CENTRE = "centre"  #: Trung tâm Phục vụ hành chính công
    UNIT = "unit"  #: phòng, bộ phận within any of the above


class CodeGrammar(StrEnum):
    CURRENT = "current"  #: H21.15.03, level 1 first; Decision 20/2020/QĐ-TTg, art. 4
    LEGACY = "legacy"  #: 000.03.15.H21, level 1 last; QCVN 102:2016/BTTTT


class LineageKind(StrEnum):
    MERGED = "merged"  #: sáp nhập, hợp nhất
    SPLIT = "split"  #: chia, tách
    RENAMED = "renamed"  #: tổ chức lại: one body takes the place of another


class DayKind(StrEnum):
    HOLIDAY = "holiday"  #: nghỉ lễ, tết, kể cả nghỉ bù
    SWAP_OFF = "swap_off"  #: ngày làm việc được hoán đổi thành ngày nghỉ
    SWAP_WORK = "swap_work"  #: ngày nghỉ làm bù


class UnitLevel(StrEnum):
    PROVINCE = "province"  #: two digits
    DISTRICT = "district"  #: three digits; none since 2025-07-01
    COMMUNE = "commune"  #: five digits


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency as it stands on one day; as it last stood, if it is closed by then."""

    id: AgencyId
    code: str  #: e-identification code of Decision 20/2020, e.g. H21.15.03
    name: str
    short_name: str
    kind: AgencyKind
    parent_id: AgencyId | None
    commune_code: str  #: five digits of the commune it serves; empty unless it serves one
    province_code: str  #: two digits; empty for central bodies
    address: str
    phone: str
    email: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class CodeView:
    agency_id: AgencyId
    code: str
    grammar: CodeGrammar
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class NameView:
    agency_id: AgencyId
    name: str
    short_name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class LineageView:
    predecessor_id: AgencyId
    successor_id: AgencyId
    kind: LineageKind
    since: date
    basis: str  #: the decision that says so


@dataclass(frozen=True, slots=True)
class SeatView:
    """Who holds which role where, from when to when – vị trí."""

    id: SeatId
    agency_id: AgencyId
    person_id: UUID
    role: Role
    title: str
    valid_from: date
    valid_to: date | None
    acting_for: SeatId | None
    agency_name: str  #: on the day asked for


@dataclass(frozen=True, slots=True)
class CounterView:
    """A counter at a one-stop desk – quầy."""

    id: CounterId
    agency_id: AgencyId
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class OfficeHoursView:
    """When an agency is open: the same stretches on each of its working weekdays."""

    agency_id: AgencyId | None  #: whose row it is: the agency's own, an ancestor's, or None for the country's
    weekdays: frozenset[int]  #: ISO: Monday 1 … Sunday 7
    intervals: tuple[tuple[time, time], ...]
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class CalendarDayView:
    on_date: date
    kind: DayKind
    name: str
    source: str
    agency_id: AgencyId | None  #: None: the whole country


@dataclass(frozen=True, slots=True)
class AdminUnitView:
    """A province or commune as territory – đơn vị hành chính."""

    code: str
    name: str
    kind: str  #: tỉnh, thành phố, quận, huyện, xã, phường, đặc khu …
    parent_code: str
    valid_from: date | None  #: None: before our records begin
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class FoundUnit(AdminUnitView):
    """A unit found by its own name or by that of a unit it took over."""

    formerly: tuple[str, ...] = ()  #: names of old units that answered the search; empty if its own name did


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row of the shipped table of territory."""

    code: str
    level: UnitLevel
    kind: str
    name: str
    parent_code: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class UnitLink:
    """An old unit lives on in a newer one; each is told by its code and its first day."""

    old: tuple[str, date | None]
    new: tuple[str, date | None]
    is_partial: bool  #: only part of the old unit went there


@dataclass(frozen=True, slots=True)
class TerritoryPlan:
    """What loading the shipped tables would change."""

    to_open: tuple[UnitRow, ...]
    to_correct: tuple[UnitRow, ...]
    lineage: int  #: old → new links not stored yet
    provinces: int  #: in force today in the shipped table
    communes: int
    former_units: int


@dataclass(frozen=True, slots=True)
class LevelOneRow:
    """A ministry or province of the shipped table of level-one codes."""

    code: str
    kind: AgencyKind
    first_name: str
    name: str  #: since ``renamed_on``; the first name if it never changed
    renamed_on: date | None
    valid_from: date  #: when the code entered our sources, not when the body was founded
    province_code: str
    merged_into: str  #: code of the body it became part of on ``merged_on``; empty if it lives on
    merged_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; running it again does nothing."""

    opened: int
    corrected: int
    unchanged: int
    skipped: int = 0


class UnknownAgency(Unknown):
    """No agency with this id or code on that date."""

    code = "agencies.unknown_agency"


class UnknownUnit(Unknown):
    """No province or commune with this code."""

    code = "agencies.unknown_unit"


class UnknownSeat(Unknown):
    """No such seat, or nobody holds it now."""

    code = "agencies.unknown_seat"


class UnknownCounter(Unknown):
    """No such counter, or it is closed."""

    code = "agencies.unknown_counter"


class CodeTaken(Conflict):
    """Another agency carries this code at that time."""

    code = "agencies.code_taken"


class SeatTaken(Conflict):
    """The person holds this role in this agency already."""

    code = "agencies.seat_taken"


class CounterTaken(Conflict):
    """The agency has an open counter with this number."""

    code = "agencies.counter_taken"


class AgencyClosed(Conflict):
    """The agency does not exist on that day: not opened yet, or closed."""

    code = "agencies.agency_closed"


class OutOfOrder(Conflict):
    """A later change is on record already; history is written forwards."""

    code = "agencies.out_of_order"


class StillHasChildren(Conflict):
    """Bodies stand under the agency; move or close them first."""

    code = "agencies.still_has_children"


class BelowItself(Conflict):
    """The new parent stands, now or later, under the agency that would move."""

    code = "agencies.below_itself"


class BadAgencyCode(Invalid):
    """The code does not follow the grammar of Decision 20/2020/QĐ-TTg, article 4."""

    code = "agencies.bad_code"


class BadHours(Invalid):
    """Weekdays are missing or unknown, or stretches are empty, overlap or run backwards."""

    code = "agencies.bad_hours"


class BadPeriod(Invalid):
    """The last day comes before the first."""

    code = "agencies.bad_period"


class BadRow(Invalid):
    """A row of an imported table cannot be read."""

    code = "agencies.bad_row"


class NotASeatRole(Invalid):
    """Citizens and the system hold no seats."""

    code = "agencies.not_a_seat_role"
