"""Announce events and deliver them. Delivery happens after commit; its effect happens exactly once."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from pydantic import TypeAdapter, ValidationError

from motcua.kernel.actors import Actor, Role
from motcua.kernel.events import Event, kind_of
from motcua.kernel.ids import uuid7
from motcua.platform.jobs import commands as jobs
from motcua.platform.jobs.types import Failure
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox.models import Delivery, Message
from motcua.platform.outbox.types import (
    FINAL,
    HANDLERS,
    UPGRADES,
    WAITING_FOR_A_PERSON,
    DeliveryId,
    DeliveryState,
    Handler,
    NotDead,
    UnknownDelivery,
    handler_named,
)

DELIVER = "outbox.deliver"  #: the task that calls ``deliver``

_INSERT: Final = (
    "INSERT INTO outbox_message (id, kind, version, body, announced_at) VALUES (%s, %s, %s, %s, %s)"
)
_ERROR_KEPT = 1000  #: characters
_ADAPTERS: Final[dict[type[Event], TypeAdapter[Event]]] = {}  #: building one costs milliseconds


class Undeliverable(Exception):
    """This code cannot deliver the message, however often it tries."""


def announce(event: Event) -> None:
    """Store ``event`` for delivery after the current transaction commits.

    Must be called inside a transaction, so that fact and announcement stand or fall together. It is
    delivered to the handlers known now; one added to the code later does not hear it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("announce() outside a transaction")
    kind = kind_of(type(event))
    body = _adapter(type(event)).dump_json(event).decode()
    message_id = uuid7()
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [message_id, kind, event.version, body, event.at])
    handlers = HANDLERS.get(kind)
    if handlers:
        jobs.defer_many(DELIVER, [{"message": str(message_id), "handler": h.name} for h in handlers])


def deliver(message_id: UUID, handler_name: str, *, at: datetime) -> None:
    """Run one handler on one message, unless that has been done; may be repeated and may run twice at a time.

    The handler's writes and the word that it has run are one transaction. What it raises is raised again.
    """
    try:
        with transaction.atomic():
            if _claim(message_id, handler_name, at=at):
                message = Message.objects.get(pk=message_id)
                handler = _handler(message, handler_name)
                handler.react(_event(message, handler))
    except Undeliverable as why:
        with transaction.atomic():
            _write_down(message_id, handler_name, DeliveryState.PARKED, error=str(why), attempts=0, at=at)


@transaction.atomic
def write_down_failure(failure: Failure, /, *, message: str, handler: str) -> None:
    """Keep what went wrong with a delivery, and whether it will be tried again."""
    _write_down(
        UUID(message),
        handler,
        DeliveryState.DEAD if failure.next_at is None else DeliveryState.RETRYING,
        error=f"{type(failure.error).__name__}: {failure.error}"[:_ERROR_KEPT].replace("\0", ""),
        attempts=failure.attempt,
        at=failure.at,
    )


@transaction.atomic
def replay(delivery: DeliveryId, *, actor: Actor, at: datetime) -> None:
    """Try a dead or parked delivery again, with all its attempts."""
    actor.require(Role.ADMIN)
    row = _waiting_for_a_person(delivery)
    row.state, row.attempts, row.decided_by, row.changed_at = DeliveryState.RETRYING, 0, actor.person_id, at
    row.save(update_fields=["state", "attempts", "decided_by", "changed_at"])
    jobs.defer(DELIVER, message=str(row.message_id), handler=row.handler)
    _leave_trace("outbox.replay", row, actor=actor, at=at)


@transaction.atomic
def discard(delivery: DeliveryId, *, reason: str, actor: Actor, at: datetime) -> None:
    """Decide that a dead or parked delivery shall not be delivered; the message itself stays."""
    actor.require(Role.ADMIN)
    row = _waiting_for_a_person(delivery)
    row.state, row.reason, row.decided_by, row.changed_at = (
        DeliveryState.DISCARDED,
        reason,
        actor.person_id,
        at,
    )
    row.save(update_fields=["state", "reason", "decided_by", "changed_at"])
    _leave_trace("outbox.discard", row, actor=actor, at=at)


def _leave_trace(deed: str, row: Delivery, *, actor: Actor, at: datetime) -> None:
    ledger.append(deed, row.id, actor=actor, at=at, facts={"message": row.message_id, "handler": row.handler})


def _claim(message_id: UUID, handler: str, *, at: datetime) -> bool:
    """Say in this transaction that the delivery is done; False if it already was.

    A second run meets the first at the unique constraint, waits for it to commit or fail, and then knows.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO outbox_delivery (id, message_id, handler, state, attempts, error, reason, changed_at)
            VALUES (%s, %s, %s, %s, 1, '', '', %s)
            ON CONFLICT (message_id, handler) DO NOTHING
            """,
            [uuid7(), message_id, handler, DeliveryState.DELIVERED, at],
        )
        if cursor.rowcount == 1:
            return True
    row = Delivery.objects.select_for_update().get(message=message_id, handler=handler)
    if row.state in FINAL:
        return False
    row.state, row.attempts, row.error, row.changed_at = DeliveryState.DELIVERED, row.attempts + 1, "", at
    row.save(update_fields=["state", "attempts", "error", "changed_at"])
    return True


def _write_down(
    message_id: UUID, handler: str, state: DeliveryState, *, error: str, attempts: int, at: datetime
) -> None:
    row, new = Delivery.objects.select_for_update().get_or_create(
        message_id=message_id,
        handler=handler,
        defaults={"state": state, "error": error, "attempts": attempts, "changed_at": at},
    )
    if new or row.state in FINAL:
        return
    row.state, row.error, row.attempts, row.changed_at = state, error, attempts, at
    row.save(update_fields=["state", "error", "attempts", "changed_at"])


def _waiting_for_a_person(delivery: DeliveryId) -> Delivery:
    row = Delivery.objects.select_for_update().filter(pk=delivery).first()
    if row is None:
        raise UnknownDelivery(delivery=delivery)
    if row.state not in WAITING_FOR_A_PERSON:
        raise NotDead(delivery=delivery, state=row.state)
    return row


def _handler(message: Message, name: str) -> Handler:
    handler = handler_named(message.kind, name)
    if handler is None:
        raise Undeliverable(f"no handler {name} hears {message.kind}")
    return handler


def _event(message: Message, handler: Handler) -> Event:
    """Read a stored body as the event of today, upgrading it version by version."""
    body, version = message.body, message.version
    while version != handler.event.version:
        upgrade = UPGRADES.get((message.kind, version))
        if upgrade is None:
            raise Undeliverable(f"no way from version {version} of {message.kind} to {handler.event.version}")
        body, version = upgrade(body), version + 1
    try:
        return _adapter(handler.event).validate_python(body)
    except ValidationError as error:
        raise Undeliverable(f"{message.kind} has another shape: {error}"[:_ERROR_KEPT]) from error


def _adapter(event: type[Event]) -> TypeAdapter[Event]:
    adapter = _ADAPTERS.get(event)
    if adapter is None:
        adapter = _ADAPTERS[event] = TypeAdapter(event)
    return adapter
