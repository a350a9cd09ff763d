"""Work off the queue inside a test, in the test's own transaction."""

from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.platform.jobs.commands import run_once
from motcua.platform.jobs.types import TASKS


def waiting(task: str) -> list[dict[str, object]]:
    """Return the arguments of the jobs of one task that wait to be run, oldest first."""
    return list(
        ProcrastinateJob.objects.filter(status="todo", task_name=task)
        .order_by("id")
        .values_list("args", flat=True)
    )


def run_waiting(*tasks: str) -> int:
    """Run every waiting job of ``tasks`` (of all tasks if none is named), and those they cause; count them.

    Waits of backoff are skipped. An error of a task is raised to the test.
    """
    jobs = ProcrastinateJob.objects.filter(status="todo", task_name__in=tasks or TASKS)
    done = 0
    while job := jobs.order_by("id").first():
        with transaction.atomic():
            run_once(TASKS[job.task_name], job.args, attempt=job.attempts + 1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", [job.id])
        done += 1
    return done
