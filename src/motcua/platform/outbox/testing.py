"""Look into the outbox from a test."""

from typing import Any

from motcua.kernel.events import Event, kind_of
from motcua.platform.outbox.models import Message


def announced(event: type[Event]) -> list[dict[str, Any]]:
    """Return the bodies of the stored events of one kind, oldest first."""
    return list(Message.objects.filter(kind=kind_of(event)).order_by("pk").values_list("body", flat=True))
