"""Housekeeping of the queue itself."""

from datetime import datetime, timedelta

from asgiref.sync import async_to_sync
from django.db.models import Q
from procrastinate.contrib.django import app as procrastinate
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.platform.jobs.types import HEARTBEAT_LIMIT, at_times, every

FAILED_KEPT = timedelta(days=30)


@every("1 minute", name="jobs.take_over_abandoned")
def take_over_abandoned(at: datetime) -> None:
    """Put jobs back into the queue whose worker died while running them."""
    worker_gone = Q(worker=None) | Q(worker__last_heartbeat__lt=at - HEARTBEAT_LIMIT)
    for job in ProcrastinateJob.objects.filter(worker_gone, status="doing"):
        procrastinate.job_manager.retry_job_by_id(job.id, retry_at=at)


@at_times("15 19 * * *", name="jobs.forget_old_failures")
def forget_old_failures(at: datetime) -> None:
    """Delete failed jobs older than ``FAILED_KEPT``, at 02:15 in Vietnam."""
    async_to_sync(procrastinate.job_manager.delete_old_jobs)(
        nb_hours=int(FAILED_KEPT.total_seconds() // 3600), include_failed=True
    )
