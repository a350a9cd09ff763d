"""Vocabulary of jobs: what a task is, when it runs, how it is tried again.

Tasks register at import, from an app's ``tasks.py``; the registry is plain Python and is handed to
procrastinate when Django is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from motcua.kernel.errors import Conflict, Unknown

F = TypeVar("F", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Backoff:
    """When a failed job is tried again: waits grow by ``factor`` and are spread by ``spread``.

    The default tries ten times within about six hours: after 6 s, 16 s, 41 s, 2 min, 5 min, 13 min, 33 min,
    87 min and 3.8 h. Each wait lies somewhere between its half and its whole, so that jobs that failed
    together do not return together.
    """

    attempts: int = 10  #: runs in all, the first included
    first_wait: timedelta = timedelta(seconds=6)
    factor: float = 2.63
    spread: float = 0.5  #: share of a wait that chance may take away, 0 … 1

    def wait(self, attempt: int, *, chance: float) -> timedelta | None:
        """Return the wait after failed run number ``attempt`` (1 …), or None if it was the last.

        ``chance`` is a random number in [0, 1).
        """
        if attempt >= self.attempts:
            return None
        return self.first_wait * self.factor ** (attempt - 1) * (1 - self.spread * chance)


NEVER_AGAIN: Final = Backoff(attempts=1)


@dataclass(frozen=True, slots=True)
class Failure:
    """One run that failed. ``next_at`` is None when the job has been given up."""

    error: Exception
    attempt: int
    at: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Task:
    """A named piece of work. ``name`` is stable: it is stored with every job."""

    name: str
    run: Callable[..., None]
    retries: Backoff = Backoff()
    on_failure: Callable[..., None] | None = (
        None  #: writes down a failed run: the failure, then the arguments
    )
    cron: str = ""  #: five or six fields (the sixth: seconds), in UTC; empty for tasks that are only deferred


@dataclass(frozen=True, slots=True)
class JobsHealth:
    """What the queue looks like at one instant."""

    waiting: int  #: ready to run now
    scheduled: int  #: due later: backoff or a chosen time
    running: int
    failed: int  #: given up within the days kept
    oldest_waiting_at: datetime | None  #: since when the oldest ready job could have run
    workers: int  #: with a heartbeat within ``HEARTBEAT_LIMIT``
    last_heartbeat_at: datetime | None

    @property
    def is_served(self) -> bool:
        return self.workers > 0


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that was given up; its error stands in the log of the worker."""

    id: int
    task: str
    arguments: dict[str, Any]
    attempts: int


class UnknownJob(Unknown):
    """No failed job has this number."""

    code = "jobs.unknown_job"


class NotFailed(Conflict):
    """The job has not been given up, so it cannot be tried again by hand."""

    code = "jobs.not_failed"


HEARTBEAT_LIMIT: Final = timedelta(seconds=30)
TASKS: Final[dict[str, Task]] = {}


def task(
    name: str, *, retries: Backoff = Backoff(), on_failure: Callable[..., None] | None = None
) -> Callable[[F], F]:
    """Register the decorated function as work to be deferred by ``name`` with JSON arguments."""
    return _register(name, retries=retries, on_failure=on_failure, cron="")


def every(period: str, *, name: str) -> Callable[[F], F]:
    """Register the decorated function to run each ``period``: ``"10 seconds"``, ``"1 minute"``, …

    It is called with ``at``, the instant it was due. It never runs twice at a time, and a run missed while no
    worker lived is not made up for.
    """
    return at_times(_cron(period), name=name)


def at_times(cron: str, *, name: str) -> Callable[[F], F]:
    """Register the decorated function to run at the times of a ``cron`` expression, read in UTC."""
    return _register(name, retries=NEVER_AGAIN, on_failure=None, cron=cron)


def _register(
    name: str, *, retries: Backoff, on_failure: Callable[..., None] | None, cron: str
) -> Callable[[F], F]:
    def register(run: F) -> F:
        if name in TASKS and TASKS[name].run is not run:
            raise ValueError(f"two tasks are called {name!r}")
        TASKS[name] = Task(name, run, retries, on_failure, cron)
        return run

    return register


def _cron(period: str) -> str:
    """Return the cron fields of ``"<count> <unit>"``; the count must divide its unit evenly."""
    count_text, _, unit = period.partition(" ")
    count, unit = int(count_text), unit.removesuffix("s")
    whole = {"second": 60, "minute": 60, "hour": 24}[unit]
    if not 1 <= count < whole or whole % count:
        raise ValueError(f"{period!r} does not divide a whole evenly")
    step = "*" if count == 1 else f"*/{count}"
    return {"second": f"* * * * * {step}", "minute": f"{step} * * * *", "hour": f"0 {step} * * *"}[unit]
