"""Public reads of the queue: its depth, its age, its failures, and whether anyone works on it."""

from datetime import datetime

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.platform.jobs.types import HEARTBEAT_LIMIT, FailedJob, JobsHealth

# Ready: to do, and due. A job became ready when it was deferred or at the time it was scheduled for,
# whichever came later.
_HEALTH = """
SELECT
    (SELECT count(*) FROM procrastinate_jobs
      WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %(at)s)),
    (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at > %(at)s),
    (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'),
    (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'),
    (SELECT min(greatest(event.at, job.scheduled_at))
       FROM procrastinate_jobs job
       JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
      WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= %(at)s)),
    (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %(alive_since)s),
    (SELECT max(last_heartbeat) FROM procrastinate_workers)
"""


def health(at: datetime) -> JobsHealth:
    """Return what the queue looks like at the instant ``at``. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_HEALTH, {"at": at, "alive_since": at - HEARTBEAT_LIMIT})
        row = cursor.fetchone()
    return JobsHealth(*row)


def failed_jobs(*, limit: int = 100) -> list[FailedJob]:
    """Return the jobs given up last, newest first."""
    rows = ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:limit]
    return [FailedJob(row.id, row.task_name, row.args, row.attempts) for row in rows]
