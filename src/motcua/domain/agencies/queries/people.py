"""Who sits where, and the counters of a desk."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from motcua.domain.agencies.models import Counter
from motcua.domain.agencies.queries._sql import rows, today
from motcua.domain.agencies.types import AgencyId, CounterId, CounterView, SeatId, SeatView, UnknownSeat
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import Role

# A seat with the name its agency has on a day; for every page of an officer, so its text is fixed.
_VIEW: Final = """
    SELECT s.id, s.agency_id, s.person_id, s.role, s.title, s.valid_from, s.valid_to, s.acting_for_id,
           coalesce(n.name, '')
      FROM agencies_seat s
      LEFT JOIN agencies_agencyname n ON n.agency_id = s.agency_id
           AND n.valid_from <= %(on)s AND (n.valid_to IS NULL OR n.valid_to >= %(on)s)
"""
_HELD: Final = "s.valid_from <= %(on)s AND (s.valid_to IS NULL OR s.valid_to >= %(on)s)"
_OLDEST_FIRST: Final = "s.valid_from, s.id"


def _views(where: str, order: str, facts: Mapping[str, object]) -> list[SeatView]:
    return [
        SeatView(id_, agency, person, Role(role), title, begun, end, acting_for, name)
        for id_, agency, person, role, title, begun, end, acting_for, name in rows(
            f"{_VIEW} WHERE {where} ORDER BY {order}", facts
        )
    ]


def seat(seat_id: SeatId) -> SeatView:
    """Return one seat, whether or not it is held now. Raises UnknownSeat."""
    found = _views("s.id = %(id)s", _OLDEST_FIRST, {"id": seat_id, "on": today(None)})
    if not found:
        raise UnknownSeat(id=str(seat_id))
    return found[0]


def seats_of(person_id: PersonId, on: date | None = None) -> list[SeatView]:
    """Return the seats a person holds on that day, those of their own before those they act for."""
    own_first = "s.acting_for_id IS NOT NULL, s.id"
    return _views(f"s.person_id = %(id)s AND {_HELD}", own_first, {"id": person_id, "on": today(on)})


def seats(agency_id: AgencyId, *, role: Role | None = None, on: date | None = None) -> list[SeatView]:
    """Return the seats held in an agency on that day, of one role or of all."""
    where = f"s.agency_id = %(id)s AND {_HELD}"
    facts: dict[str, object] = {"id": agency_id, "on": today(on)}
    if role is not None:
        where, facts["role"] = f"{where} AND s.role = %(role)s", role.value
    return _views(where, f"s.role, {_OLDEST_FIRST}", facts)


def seats_ever(agency_id: AgencyId) -> list[SeatView]:
    """Return every seat of an agency, held, ended or still to begin; the latest to begin first."""
    facts = {"id": agency_id, "on": today(None)}
    return _views("s.agency_id = %(id)s", "s.valid_from DESC, s.id DESC", facts)


def counters(agency_id: AgencyId, *, on: date | None = None) -> list[CounterView]:
    """Return the counters of an agency on that day, in order of their numbers."""
    found = Counter.objects.on(today(on)).filter(agency=agency_id).order_by("number")
    fields = found.values_list("id", "agency_id", "number", "name")
    return [CounterView(CounterId(i), AgencyId(a), number, name) for i, a, number, name in fields]
