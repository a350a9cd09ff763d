"""Look into the outbox from a test, and deliver what waits there."""

from typing import Any

from motcua.kernel.events import Event, kind_of
from motcua.platform.jobs.testing import run_waiting
from motcua.platform.outbox.commands import DELIVER
from motcua.platform.outbox.models import Message


def announced(event: type[Event]) -> list[dict[str, Any]]:
    """Return the bodies of the stored events of one kind, oldest first."""
    return list(Message.objects.filter(kind=kind_of(event)).order_by("pk").values_list("body", flat=True))


def deliver_all() -> int:
    """Run every delivery that waits, and those it causes; return how many. An error is raised to the test."""
    return run_waiting(DELIVER)
