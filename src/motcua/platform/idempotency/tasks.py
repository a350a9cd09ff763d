"""Forget answers after their day."""

from datetime import datetime

from motcua.platform.idempotency.models import KeptAnswer
from motcua.platform.idempotency.types import KEPT
from motcua.platform.jobs.types import every


@every("1 hour", name="idempotency.forget_old_answers")
def forget_old_answers(at: datetime) -> None:
    KeptAnswer.objects.filter(at__lte=at - KEPT).delete()
