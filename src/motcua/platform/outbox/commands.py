"""Announce events. Delivery happens after commit, at least once."""

from django.db import connection
from pydantic import TypeAdapter

from motcua.kernel.events import Event, kind_of
from motcua.platform.outbox.models import Message


def announce(event: Event) -> None:
    """Store ``event`` for delivery after the current transaction commits.

    Must be called inside a transaction, so that fact and announcement stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("announce() outside a transaction")
    body = TypeAdapter(type(event)).dump_python(event, mode="json")
    Message.objects.create(kind=kind_of(type(event)), body=body, announced_at=event.at)
