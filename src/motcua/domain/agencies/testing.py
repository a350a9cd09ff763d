"""The test kit of agencies: bodies, seats and units made by real commands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from motcua.domain.agencies import commands
from motcua.domain.agencies.types import AgencyId, AgencyKind, AgencyView, SeatView
from motcua.domain.identity.testing import a_person
from motcua.domain.identity.types import PersonView
from motcua.kernel.actors import SYSTEM, Actor, Assurance, Role

LONG_AGO = datetime(2026, 1, 5, 1, tzinfo=UTC)
SINCE = date(2025, 7, 1)

_numbers: Iterator[int] = count(1)


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody in a seat, ready to act."""

    person: PersonView
    seat: SeatView

    @property
    def actor(self) -> Actor:
        return actor_of(self.seat)


def actor_of(seat: SeatView) -> Actor:
    """Return the holder of a seat, acting in it."""
    return Actor(
        person_id=seat.person_id,
        role=seat.role,
        agency_id=seat.agency_id,
        seat_id=seat.id,
        assurance=Assurance.SUBSTANTIAL,
    )


def an_agency(
    name: str = "Phòng Tổng hợp",
    *,
    kind: AgencyKind = AgencyKind.UNIT,
    under: AgencyId | None = None,
    code: str = "",
    commune_code: str = "",
    province_code: str = "",
    since: date = SINCE,
    at: datetime = LONG_AGO,
) -> AgencyView:
    """Return an open agency of any kind."""
    return commands.open_agency(
        name,
        kind,
        since=since,
        parent_id=under,
        code=code,
        commune_code=commune_code,
        province_code=province_code,
        actor=SYSTEM,
        at=at,
    )


def a_province(
    name: str = "Ủy ban nhân dân tỉnh Gia Lai", *, code: str = "H21", province_code: str = "52"
) -> AgencyView:
    """Return the People's Committee of a province, a root of the tree."""
    return an_agency(name, kind=AgencyKind.PROVINCE, code=code, province_code=province_code)


def a_department(
    name: str = "Sở Tư pháp", *, under: AgencyId | None = None, code: str | None = None
) -> AgencyView:
    """Return a department of a province (of a fresh one unless told); its code is made up unless given."""
    parent = under or a_province(code=_fresh_level_one()).id
    made = f"{_fresh_level_one()}.15" if code is None else code
    return an_agency(name, kind=AgencyKind.DEPARTMENT, under=parent, code=made, province_code="52")


def a_commune(
    name: str = "Ủy ban nhân dân phường Pleiku",
    *,
    under: AgencyId | None = None,
    code: str | None = None,
    commune_code: str = "23575",
) -> AgencyView:
    """Return the People's Committee of a commune (in a fresh province unless told)."""
    parent = under or a_province(code=_fresh_level_one()).id
    made = f"{_fresh_level_one()}.61" if code is None else code
    return an_agency(
        name,
        kind=AgencyKind.COMMUNE,
        under=parent,
        code=made,
        commune_code=commune_code,
        province_code="52",
    )


def a_seat(
    role: Role = Role.CLERK,
    *,
    agency: AgencyId | None = None,
    person: PersonView | None = None,
    title: str = "",
    since: date = SINCE,
    until: date | None = None,
    at: datetime = LONG_AGO,
) -> SeatView:
    """Return a filled seat: a fresh person in a fresh commune unless told."""
    holder = person or a_person("Trần Văn Bình")
    where = agency or a_commune(commune_code="").id
    return commands.appoint(
        where, holder.id, role, title=title, since=since, until=until, actor=SYSTEM, at=at
    )


def an_officer(
    role: Role = Role.CLERK, *, agency: AgencyId | None = None, full_name: str = "Trần Văn Bình"
) -> Officer:
    """Return a person in a seat, with the actor they are there."""
    person = a_person(full_name)
    return Officer(person, a_seat(role, agency=agency, person=person))


def an_administrator(*, agency: AgencyId | None = None, full_name: str = "Rơ Châm H'Yến") -> Officer:
    """Return somebody who runs the node."""
    return an_officer(Role.ADMIN, agency=agency, full_name=full_name)


def _fresh_level_one() -> str:
    """Return a level-one code no decision has given out: Y00, Y01 … then X99 and so on."""
    letter, number = divmod(next(_numbers), 100)
    return f"{'YXWVUTSRQPONMLJI'[letter % 16]}{number:02d}"
