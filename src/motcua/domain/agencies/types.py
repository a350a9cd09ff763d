"""Vocabulary of agencies: the dated tree of bodies, their codes, seats and hours."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

from motcua.kernel.actors import Role
from motcua.kernel.errors import Conflict, Invalid, Unknown

AgencyId = NewType("AgencyId", UUID)
SeatId = NewType("SeatId", UUID)


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
    RENAMED = "renamed"  #: tổ chức lại dưới tên mới


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


@dataclass(frozen=True, slots=True)
class AdminUnitView:
    """A province or commune as territory – đơn vị hành chính."""

    code: str
    name: str
    kind: str  #: tỉnh, thành phố, quận, huyện, xã, phường, đặc khu …
    parent_code: str
    valid_from: date | None
    valid_to: date | None


class UnknownAgency(Unknown):
    """No agency with this id or code on that date."""

    code = "agencies.unknown_agency"


class UnknownUnit(Unknown):
    """No province or commune with this code."""

    code = "agencies.unknown_unit"


class UnknownSeat(Unknown):
    """No such seat, or nobody holds it now."""

    code = "agencies.unknown_seat"


class CodeTaken(Conflict):
    """Another agency carries this code at that time."""

    code = "agencies.code_taken"


class BadAgencyCode(Invalid):
    """The code does not follow the grammar of Decision 20/2020/QĐ-TTg, article 4."""

    code = "agencies.bad_code"
