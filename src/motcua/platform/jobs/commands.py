"""Put work into the queue, and work it off."""

import asyncio
import logging
import random
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app as procrastinate
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

from motcua.kernel import clock
from motcua.kernel.actors import Actor, Role
from motcua.platform.jobs.types import TASKS, Failure, NotFailed, Task, UnknownJob

log = logging.getLogger(__name__)

# The worker's own notes (fetched, finished) need not wait for the disk: a note lost in a crash makes a job
# run again, which every task allows. What tasks write goes through Django's connection and is durable.
_HASTY: Final = {"options": "-c synchronous_commit=off"}


class RunFailed(Exception):
    """A run of a job failed; ``failure`` says whether it will be tried again."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"run {failure.attempt} failed: {failure.error!r}")
        self.failure = failure


def defer(task: str, /, *, start_at: datetime | None = None, **arguments: object) -> None:
    """Put one job into the queue; it exists only if the current transaction commits.

    ``arguments`` are JSON values. ``start_at`` holds it back until then.
    """
    defer_many(task, [arguments], start_at=start_at)


def defer_many(
    task: str, arguments: Iterable[Mapping[str, object]], *, start_at: datetime | None = None
) -> None:
    """Put one job per set of arguments into the queue, in one statement."""
    if task not in TASKS:
        raise LookupError(f"no task is called {task!r}")
    jobs: list[dict[str, Any]] = [dict(each) for each in arguments]
    procrastinate.configure_task(task, allow_unknown=True, schedule_at=start_at).batch_defer(*jobs)


@transaction.atomic
def retry(job_id: int, *, actor: Actor, at: datetime) -> None:
    """Try a job again that was given up."""
    actor.require(Role.ADMIN)
    status = ProcrastinateJob.objects.filter(pk=job_id).values_list("status", flat=True).first()
    if status is None:
        raise UnknownJob(job=job_id)
    if status != "failed":
        raise NotFailed(job=job_id, status=status)
    procrastinate.job_manager.retry_job_by_id(job_id, retry_at=at)


def run_once(task: Task, arguments: Mapping[str, object], *, attempt: int) -> None:
    """Run one job; raise ``RunFailed`` after writing down a failure through the task's ``on_failure``."""
    try:
        task.run(**arguments)
    except Exception as error:  # the outermost loop: whatever a task raises becomes a counted failure
        at = clock.now()
        wait = task.retries.wait(attempt, chance=random.random())
        failure = Failure(error, attempt, at, None if wait is None else at + wait)
        if task.on_failure is not None:
            with transaction.atomic():
                task.on_failure(failure, **arguments)
        raise RunFailed(failure) from error


LOOKS_FOR_WORK_EVERY_S: Final = 0.5  #: see migration poll_for_jobs: nothing is notified


def run_worker(stop: threading.Event, *, concurrency: int = 4) -> None:
    """Work off the queue and keep the clock-driven tasks until ``stop`` is set; blocks.

    A running job is finished first, for at most 20 s. A lost database is waited for.
    """
    while not stop.is_set():
        try:
            asyncio.run(_work(stop, concurrency))
        except ConnectorException:
            log.warning("the worker lost its database and tries again", exc_info=True)
        stop.wait(1)


async def _work(stop: threading.Event, concurrency: int) -> None:
    app = procrastinate.with_connector(PsycopgConnector(kwargs=connector_params() | _HASTY))
    async with app.open_async():
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=concurrency,
                delete_jobs="successful",
                listen_notify=False,
                fetch_job_polling_interval=LOOKS_FOR_WORK_EVERY_S,
                install_signal_handlers=False,
                shutdown_graceful_timeout=20,
            )
        )
        while not worker.done() and not stop.is_set():
            await asyncio.wait([worker], timeout=0.2)
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
        if not worker.cancelled() and (error := worker.exception()):
            raise error
