"""Look at the kept answers from a test."""

from motcua.platform.idempotency.models import KeptAnswer


def kept() -> int:
    """Return how many answers are kept."""
    return KeptAnswer.objects.count()
