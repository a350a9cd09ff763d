"""Hands the registered tasks to procrastinate."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from procrastinate import App, JobContext, RetryDecision
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy

from motcua.kernel import clock
from motcua.platform.jobs.commands import RunFailed, run_once
from motcua.platform.jobs.types import TASKS, Task


class _Retry(BaseRetryStrategy):
    """Follow the decision already written down with the failure."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, RunFailed):
            next_at = exception.failure.next_at
        else:  # the worker was told to stop, or the failure could not be written down
            wait = self._task.retries.wait(job.attempts + 1, chance=0)
            next_at = None if wait is None else clock.now() + wait
        return None if next_at is None else RetryDecision(retry_at=next_at)


def register(app: App) -> None:
    """Make every registered task known to ``app``. Called once, when Django is ready."""
    for task in TASKS.values():
        options: dict[str, Any] = {"name": task.name, "pass_context": True, "retry": _Retry(task)}
        if not task.cron:
            app.task(**options)(_deferred(task))
        else:
            options |= {"lock": task.name, "queueing_lock": task.name}  # one at a time, and none piled up
            app.periodic(cron=task.cron)(app.task(**options)(_clock_driven(task)))


def _deferred(task: Task) -> Callable[..., None]:
    def run(context: JobContext, **arguments: object) -> None:
        run_once(task, arguments, attempt=context.job.attempts + 1)

    return run


def _clock_driven(task: Task) -> Callable[..., None]:
    def run(context: JobContext, timestamp: int) -> None:
        run_once(task, {"at": datetime.fromtimestamp(timestamp, tz=UTC)}, attempt=context.job.attempts + 1)

    return run
