"""How seats end, whoever ends them."""

from datetime import date, datetime

from django.db.models import Q

from motcua.domain.agencies import events
from motcua.domain.agencies.models import DatedQuerySet, Seat
from motcua.domain.agencies.types import AgencyId, OutOfOrder, SeatId
from motcua.kernel.actors import Actor
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox


def end_seats(rows: DatedQuerySet[Seat], *, last_day: date, actor: Actor, at: datetime) -> None:
    """End seats, and those acting for them, with ``last_day``; each leaves its own trace.

    Raises OutOfOrder for a seat that begins later.
    """
    later = Q(valid_to=None) | Q(valid_to__gt=last_day)
    ending = rows.filter(later) | Seat.objects.filter(later, acting_for__in=rows)
    for seat in ending.order_by("pk").select_for_update(of=("self",), no_key=True):
        if seat.valid_from > last_day:
            raise OutOfOrder(seat=str(seat.pk), last_day=last_day.isoformat())
        seat.valid_to = last_day
        seat.save(update_fields=["valid_to"])
        facts = {"person": str(seat.person_id), "last_day": last_day.isoformat()}
        ledger.append("agencies.end_seat", seat.pk, actor=actor, at=at, facts=facts)
        outbox.announce(
            events.SeatEnded(
                at=at,
                seat_id=SeatId(seat.pk),
                agency_id=AgencyId(seat.agency_id),
                person_id=seat.person_id,
                last_day=last_day,
            )
        )
