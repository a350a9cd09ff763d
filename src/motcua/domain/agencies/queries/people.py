"""Who sits where, and the counters of a desk."""

from datetime import date

from motcua.domain.agencies.models import Counter, DatedQuerySet, Seat
from motcua.domain.agencies.queries._sql import today
from motcua.domain.agencies.types import AgencyId, CounterId, CounterView, SeatId, SeatView, UnknownSeat
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import Role

_FIELDS = ("id", "agency_id", "person_id", "role", "title", "valid_from", "valid_to", "acting_for_id")


def _views(found: DatedQuerySet[Seat]) -> list[SeatView]:
    return [
        SeatView(SeatId(i), AgencyId(a), person, Role(role), title, begun, end, SeatId(f) if f else None)
        for i, a, person, role, title, begun, end, f in found.values_list(*_FIELDS)
    ]


def seat(seat_id: SeatId) -> SeatView:
    """Return one seat, whether or not it is held now. Raises UnknownSeat."""
    found = _views(Seat.objects.filter(pk=seat_id))
    if not found:
        raise UnknownSeat(id=str(seat_id))
    return found[0]


def seats_of(person_id: PersonId, on: date | None = None) -> list[SeatView]:
    """Return the seats a person holds on that day, those of their own before those they act for."""
    held = Seat.objects.on(today(on)).filter(person=person_id)
    return sorted(
        _views(held.order_by("valid_from", "pk")), key=lambda seat: (seat.acting_for is not None, seat.id)
    )


def seats(agency_id: AgencyId, *, role: Role | None = None, on: date | None = None) -> list[SeatView]:
    """Return the seats held in an agency on that day, of one role or of all."""
    held = Seat.objects.on(today(on)).filter(agency=agency_id)
    if role is not None:
        held = held.filter(role=role.value)
    return _views(held.order_by("role", "valid_from", "pk"))


def counters(agency_id: AgencyId, *, on: date | None = None) -> list[CounterView]:
    """Return the counters of an agency on that day, in order of their numbers."""
    found = Counter.objects.on(today(on)).filter(agency=agency_id).order_by("number")
    fields = found.values_list("id", "agency_id", "number", "name")
    return [CounterView(CounterId(i), AgencyId(a), number, name) for i, a, number, name in fields]
