"""Send what waits to be sent, and look at who was told what."""

from uuid import UUID

from motcua.platform.jobs.testing import run_waiting
from motcua.platform.notify.commands import SEND
from motcua.platform.notify.models import Notice


def send_all() -> int:
    """Hand every waiting letter to its channel; return how many. An error is raised to the test."""
    return run_waiting(SEND)


def told(person_id: UUID) -> list[str]:
    """Return the kinds of a person's notices, oldest first."""
    return list(Notice.objects.filter(person_id=person_id).order_by("id").values_list("kind", flat=True))
