"""Public reads of the outbox: what waits for a person."""

from uuid import UUID

from motcua.platform.database.queries import page
from motcua.platform.database.types import Key, Page
from motcua.platform.outbox.models import Delivery
from motcua.platform.outbox.types import DeadLetter, DeliveryId, DeliveryState, UnknownDelivery

_NEWEST_FIRST = (Key("id", descending=True),)
_COLUMNS = (
    "id",
    "message__kind",
    "message__version",
    "message__body",
    "handler",
    "state",
    "attempts",
    "error",
    "message__announced_at",
    "changed_at",
)


def dead_letters(*, after: str | None = None, size: int = 50) -> Page[DeadLetter]:
    """Return deliveries that wait for a person, newest first, behind the cursor ``after``. One query."""
    rows = Delivery.objects.waiting_for_a_person().values_list(*_COLUMNS, named=True)
    return page(rows, order=_NEWEST_FIRST, after=after, size=size, view=_dead_letter)


def dead_letter(delivery: DeliveryId) -> DeadLetter:
    """Return one delivery, whatever became of it; raise UnknownDelivery."""
    row = Delivery.objects.filter(pk=delivery).values_list(*_COLUMNS).first()
    if row is None:
        raise UnknownDelivery(delivery=delivery)
    return _dead_letter(row)


def dead_letter_count() -> int:
    """Return how many deliveries wait for a person."""
    return Delivery.objects.waiting_for_a_person().count()


def state_of(message: UUID, handler: str) -> DeliveryState | None:
    """Return what became of a message at a handler; None if it was not tried yet."""
    state = Delivery.objects.filter(message=message, handler=handler).values_list("state", flat=True).first()
    return None if state is None else DeliveryState(state)


def _dead_letter(row: tuple[object, ...]) -> DeadLetter:
    ident, kind, version, body, handler, state, *rest = row
    return DeadLetter(DeliveryId(ident), kind, version, body, handler, DeliveryState(state), *rest)  # type: ignore[arg-type]  # columns in the order of the fields
