"""Who sits where, who acts for whom, and until when."""

from datetime import UTC, date, datetime

import pytest

from motcua.domain.agencies import commands, events, queries
from motcua.domain.agencies.testing import a_commune, a_seat, an_administrator
from motcua.domain.agencies.types import (
    AgencyClosed,
    BadPeriod,
    CounterTaken,
    NotASeatRole,
    OutOfOrder,
    SeatTaken,
    UnknownSeat,
)
from motcua.domain.identity.testing import a_person
from motcua.domain.identity.types import PersonId, UnknownPerson
from motcua.kernel.actors import SYSTEM, NotPermitted, Role
from motcua.kernel.ids import uuid7
from motcua.platform.outbox.testing import announced

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
MARCH, END_OF_MARCH, APRIL = date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)

pytestmark = pytest.mark.django_db


def test_a_person_may_hold_several_seats() -> None:
    person = a_person()
    clerk, leader = a_seat(Role.CLERK, person=person), a_seat(Role.LEADER, person=person)
    assert [seat.id for seat in queries.seats_of(person.id)] == [clerk.id, leader.id]
    assert len(announced(events.SeatFilled)) == 2


def test_the_same_seat_is_not_given_twice() -> None:
    seat = a_seat(Role.CLERK)
    with pytest.raises(SeatTaken):
        commands.appoint(
            seat.agency_id, PersonId(seat.person_id), Role.CLERK, since=MARCH, actor=SYSTEM, at=NOON
        )


def test_a_seat_ends_on_its_last_day_and_may_be_taken_again() -> None:
    seat = a_seat(Role.CLERK)
    commands.end_seat(seat.id, last_day=END_OF_MARCH, actor=SYSTEM, at=NOON)
    assert [s.id for s in queries.seats(seat.agency_id, on=END_OF_MARCH)] == [seat.id]
    assert queries.seats(seat.agency_id, on=APRIL) == []
    commands.appoint(seat.agency_id, PersonId(seat.person_id), Role.CLERK, since=APRIL, actor=SYSTEM, at=NOON)
    with pytest.raises(OutOfOrder):
        commands.end_seat(seat.id, last_day=date(2020, 1, 1), actor=SYSTEM, at=NOON)


def test_a_deputy_acts_no_longer_than_the_seat_is_held() -> None:
    leader, deputy = a_seat(Role.LEADER, until=END_OF_MARCH), a_person("Phó")
    acting = commands.delegate(leader.id, deputy.id, since=MARCH, actor=SYSTEM, at=NOON)
    assert (acting.role, acting.acting_for, acting.valid_to) == (Role.LEADER, leader.id, END_OF_MARCH)
    assert [seat.id for seat in queries.seats_of(deputy.id, MARCH)] == [acting.id]

    commands.end_seat(leader.id, last_day=date(2026, 3, 10), actor=SYSTEM, at=NOON)

    assert queries.seat(acting.id).valid_to == date(2026, 3, 10)
    assert len(announced(events.SeatEnded)) == 2


def test_an_acting_seat_is_not_handed_on() -> None:
    leader = a_seat(Role.LEADER)
    acting = commands.delegate(leader.id, a_person("Phó").id, since=MARCH, actor=SYSTEM, at=NOON)
    with pytest.raises(UnknownSeat):
        commands.delegate(acting.id, a_person("Khác").id, since=MARCH, actor=SYSTEM, at=NOON)
    with pytest.raises(UnknownSeat):
        commands.delegate(leader.id, PersonId(leader.person_id), since=MARCH, actor=SYSTEM, at=NOON)


def test_appointments_that_make_no_sense_are_refused() -> None:
    commune, person = a_commune(commune_code=""), a_person()
    with pytest.raises(NotASeatRole):
        commands.appoint(commune.id, person.id, Role.CITIZEN, since=MARCH, actor=SYSTEM, at=NOON)
    with pytest.raises(UnknownPerson):
        commands.appoint(commune.id, PersonId(uuid7()), Role.CLERK, since=MARCH, actor=SYSTEM, at=NOON)
    with pytest.raises(AgencyClosed):
        commands.appoint(commune.id, person.id, Role.CLERK, since=date(2020, 1, 1), actor=SYSTEM, at=NOON)
    with pytest.raises(BadPeriod):
        commands.appoint(commune.id, person.id, Role.CLERK, since=APRIL, until=MARCH, actor=SYSTEM, at=NOON)


def test_only_administrators_appoint() -> None:
    chief = an_administrator()
    person = a_person()
    seat = commands.appoint(
        chief.seat.agency_id, person.id, Role.CLERK, since=MARCH, actor=chief.actor, at=NOON
    )
    with pytest.raises(NotPermitted):
        commands.end_seat(seat.id, last_day=APRIL, actor=type(chief.actor)(person.id, Role.LEADER), at=NOON)


def test_counters_are_numbered_once_while_open() -> None:
    commune = a_commune(commune_code="")
    counter = commands.open_counter(commune.id, 1, "Quầy hộ tịch", since=MARCH, actor=SYSTEM, at=NOON)
    with pytest.raises(CounterTaken):
        commands.open_counter(commune.id, 1, "Quầy đất đai", since=MARCH, actor=SYSTEM, at=NOON)
    commands.close_counter(counter.id, since=APRIL, actor=SYSTEM, at=NOON)
    commands.open_counter(commune.id, 1, "Quầy đất đai", since=APRIL, actor=SYSTEM, at=NOON)
    assert [c.name for c in queries.counters(commune.id, on=END_OF_MARCH)] == ["Quầy hộ tịch"]
    assert [c.name for c in queries.counters(commune.id, on=APRIL)] == ["Quầy đất đai"]


def test_the_agency_of_a_commune_is_found_by_its_territory() -> None:
    commune = a_commune(commune_code="23575")
    assert queries.commune_agency("23575").id == commune.id
