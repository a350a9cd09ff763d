"""Appoint people to seats, let them act for one another, open counters at a desk."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.domain.agencies import events, queries
from motcua.domain.agencies.commands._rows import KEEPERS, end_rows, eve, hold_name, key, locked
from motcua.domain.agencies.commands._seats import end_seats
from motcua.domain.agencies.models import Counter, Seat
from motcua.domain.agencies.types import (
    AgencyId,
    BadPeriod,
    CounterId,
    CounterTaken,
    CounterView,
    NotASeatRole,
    OutOfOrder,
    SeatId,
    SeatTaken,
    SeatView,
    UnknownCounter,
    UnknownSeat,
)
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import OFFICERS, Actor, Role
from motcua.kernel.clock import local_date
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox

SEATED = OFFICERS | {Role.ADMIN, Role.AUDITOR}  #: roles that are held in a seat


@transaction.atomic
def appoint(
    agency_id: AgencyId,
    person_id: PersonId,
    role: Role,
    *,
    title: str = "",
    since: date,
    until: date | None = None,
    actor: Actor,
    at: datetime,
) -> SeatView:
    """Give a person a role in an agency from a day on, to a last day if one is known.

    Raises UnknownPerson, AgencyClosed, SeatTaken, NotASeatRole, BadPeriod. Announces SeatFilled.
    """
    actor.require(*KEEPERS)
    identity.person(person_id)
    if role not in SEATED:
        raise NotASeatRole(role=role.value)
    locked(agency_id, since=since)
    hold_name(f"seat {agency_id} {person_id} {role}")
    held = [
        seat for seat in _held(agency_id, person_id, role) if seat.valid_to is None or seat.valid_to >= since
    ]
    if held:
        raise SeatTaken(seat=str(held[0].pk))
    seat = Seat(agency_id=agency_id, person_id=person_id, role=role.value, title=title)
    return _fill(seat, since=since, until=until, actor=actor, at=at)


def _held(agency_id: AgencyId, person_id: PersonId, role: Role) -> list[Seat]:
    return list(Seat.objects.filter(agency=agency_id, person=person_id, role=role.value, acting_for=None))


def _fill(seat: Seat, *, since: date, until: date | None, actor: Actor, at: datetime) -> SeatView:
    if until is not None and until < since:
        raise BadPeriod(since=since.isoformat(), until=until.isoformat())
    seat.valid_from, seat.valid_to = since, until
    seat.save(force_insert=True)
    view = queries.seat(SeatId(seat.pk))
    facts = {
        "agency": str(view.agency_id),
        "person": str(view.person_id),
        "role": view.role.value,
        "since": since.isoformat(),
        "until": until.isoformat() if until else "",
        "acting_for": key(view.acting_for),
    }
    ledger.append("agencies.fill_seat", view.id, actor=actor, at=at, facts=facts)
    outbox.announce(
        events.SeatFilled(
            at=at,
            seat_id=view.id,
            agency_id=view.agency_id,
            person_id=view.person_id,
            role=view.role,
            acting_for=view.acting_for,
        )
    )
    return view


@transaction.atomic
def delegate(
    seat_id: SeatId,
    person_id: PersonId,
    *,
    since: date,
    until: date | None = None,
    title: str = "",
    actor: Actor,
    at: datetime,
) -> SeatView:
    """Let another person act for the holder of a seat, never longer than the seat itself is held.

    Raises UnknownPerson, UnknownSeat when nobody holds it then or it is itself an acting one, SeatTaken when
    the person acts for it then or later already, BadPeriod. Announces SeatFilled.
    """
    actor.require(*KEEPERS)
    identity.person(person_id)
    principal = (
        Seat.objects.on(since).filter(pk=seat_id, acting_for=None).select_for_update(no_key=True).first()
    )
    if principal is None or principal.person_id == person_id:
        raise UnknownSeat(id=str(seat_id), on=since.isoformat())
    still = Q(valid_to=None) | Q(valid_to__gte=since)
    if taken := Seat.objects.filter(still, acting_for=principal, person=person_id).first():
        raise SeatTaken(seat=str(taken.pk))
    ends = [day for day in (until, principal.valid_to) if day is not None]
    seat = Seat(
        agency_id=principal.agency_id,
        person_id=person_id,
        role=principal.role,
        title=title or principal.title,
        acting_for=principal,
    )
    return _fill(seat, since=since, until=min(ends, default=None), actor=actor, at=at)


@transaction.atomic
def end_seat(seat_id: SeatId, *, last_day: date, actor: Actor, at: datetime) -> SeatView:
    """Let a seat be held no longer than ``last_day``; whoever acts for it ends with it.

    What was done in a seat was done by right, so its past stays: the earliest last day is yesterday, which ends
    the seat at once. Raises UnknownSeat, OutOfOrder for an earlier day or a seat that begins later. Announces
    SeatEnded. May be repeated.
    """
    actor.require(*KEEPERS)
    queries.seat(seat_id)
    if last_day < eve(local_date(at)):
        raise OutOfOrder(seat=str(seat_id), last_day=last_day.isoformat())
    end_seats(Seat.objects.filter(pk=seat_id), last_day=last_day, actor=actor, at=at)
    return queries.seat(seat_id)


@transaction.atomic
def open_counter(
    agency_id: AgencyId, number: int, name: str, *, since: date, actor: Actor, at: datetime
) -> CounterView:
    """Open a counter at an agency's desk. Raises CounterTaken, AgencyClosed. Announces nothing."""
    actor.require(*KEEPERS)
    locked(agency_id, since=since)
    if Counter.objects.open().filter(agency=agency_id, number=number).exists():
        raise CounterTaken(number=number)
    counter = Counter.objects.create(agency_id=agency_id, number=number, name=name, valid_from=since)
    facts = {"counter": str(counter.pk), "number": number, "since": since.isoformat()}
    ledger.append("agencies.open_counter", agency_id, actor=actor, at=at, facts=facts)
    return CounterView(CounterId(counter.pk), agency_id, number, name)


@transaction.atomic
def close_counter(counter_id: CounterId, *, since: date, actor: Actor, at: datetime) -> None:
    """Close a counter from a day on. Raises UnknownCounter, OutOfOrder. Announces nothing."""
    actor.require(*KEEPERS)
    rows = Counter.objects.open().filter(pk=counter_id)
    if not rows.exists():
        raise UnknownCounter(id=str(counter_id))
    end_rows(rows, since=since)
    facts = {"since": since.isoformat()}
    ledger.append("agencies.close_counter", counter_id, actor=actor, at=at, facts=facts)
