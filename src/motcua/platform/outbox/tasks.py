"""Entry points of the worker: deliver one message to one handler, and forget old ones."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.kernel import clock
from motcua.platform.jobs.types import at_times, task
from motcua.platform.outbox import commands
from motcua.platform.outbox.models import Delivery, Message
from motcua.platform.outbox.types import FINAL

KEPT = timedelta(days=90)
_BATCH = 5_000


@task(commands.DELIVER, on_failure=commands.write_down_failure)
def deliver(message: str, handler: str) -> None:
    commands.deliver(UUID(message), handler, at=clock.now())


@at_times("45 19 * * *", name="outbox.forget_delivered")
def forget_delivered(at: datetime) -> None:
    """Delete messages older than ``KEPT`` that nobody waits for, in small batches, at 02:45 in Vietnam."""
    unfinished = Delivery.objects.exclude(state__in=sorted(FINAL)).values("message")
    old = Message.objects.filter(announced_at__lt=at - KEPT).exclude(pk__in=unfinished)
    while batch := list(old.values_list("pk", flat=True)[:_BATCH]):
        Message.objects.filter(pk__in=batch).delete()
