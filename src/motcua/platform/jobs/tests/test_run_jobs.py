"""Jobs run after commit, come back when they fail, and someone can see whether they are run at all."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django import app as procrastinate

from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor, NotPermitted, Role
from motcua.platform.jobs import adapters, commands, queries, tasks, testing, types
from motcua.platform.jobs.types import NEVER_AGAIN, TASKS, Backoff, NotFailed, Task, UnknownJob

AT = datetime(2026, 2, 11, 9, 0, tzinfo=UTC)
ADMIN = Actor(person_id=None, role=Role.ADMIN)


@pytest.fixture
def rings() -> Iterator[list[int]]:
    """Register a task of the test's own, so that every path of the worker sees it."""
    heard: list[int] = []

    def ring(number: int) -> None:
        if number < 0:
            raise ZeroDivisionError
        heard.append(number)

    TASKS["test.ring"] = Task("test.ring", ring, retries=NEVER_AGAIN)
    before = dict(procrastinate.tasks)
    periodic = dict(procrastinate.periodic_registry.periodic_tasks)
    procrastinate.tasks.clear()
    procrastinate.periodic_registry.periodic_tasks.clear()
    adapters.register(procrastinate)
    procrastinate.periodic_registry.periodic_tasks.clear()
    yield heard
    del TASKS["test.ring"]
    procrastinate.tasks.clear()
    procrastinate.tasks.update(before)
    procrastinate.periodic_registry.periodic_tasks.update(periodic)


@given(st.floats(0, 1, exclude_max=True))
def test_wait_longer_after_each_failure_and_give_up_after_six_hours(chance: float) -> None:
    waits = [Backoff().wait(attempt, chance=chance) for attempt in range(1, 11)]

    assert waits[-1] is None
    given_waits = [wait for wait in waits if wait is not None]
    assert given_waits == sorted(given_waits)
    assert timedelta(hours=3) < sum(given_waits, timedelta()) < timedelta(hours=6.5)


@pytest.mark.parametrize(
    ("period", "cron"),
    [
        ("10 seconds", "* * * * * */10"),
        ("1 minute", "* * * * *"),
        ("5 minutes", "*/5 * * * *"),
        ("2 hours", "0 */2 * * *"),
    ],
)
def test_say_a_period_in_words(period: str, cron: str) -> None:
    try:
        types.every(period, name="test.period")(lambda at: None)
        assert TASKS["test.period"].cron == cron
    finally:
        TASKS.pop("test.period", None)


@pytest.mark.parametrize("period", ["7 minutes", "0 seconds", "60 seconds", "1 fortnight", "often"])
def test_refuse_a_period_that_does_not_divide_evenly(period: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        types.every(period, name="test.period")


def test_refuse_two_tasks_of_one_name() -> None:
    with pytest.raises(ValueError, match="two tasks"):
        types.every("1 minute", name="jobs.take_over_abandoned")(lambda at: None)


@pytest.mark.django_db
def test_run_what_was_deferred(rings: list[int]) -> None:
    commands.defer("test.ring", number=7)

    assert testing.run_waiting() == 1
    assert rings == [7]
    with pytest.raises(LookupError):
        commands.defer("test.no_such_task")


@pytest.mark.django_db(transaction=True)
def test_defer_nothing_when_the_transaction_fails(rings: list[int]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        commands.defer("test.ring", number=7)
        raise ZeroDivisionError

    assert testing.waiting("test.ring") == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_runs_jobs_keeps_failures_and_shows_its_heartbeat(rings: list[int]) -> None:
    commands.defer("test.ring", number=1)
    commands.defer("test.ring", number=-1)
    commands.defer("test.ring", number=2, start_at=clock.now() + timedelta(hours=1))
    before = queries.health(clock.now())
    assert (before.waiting, before.scheduled, before.is_served) == (2, 1, False)
    assert before.oldest_waiting_at is not None

    stop = threading.Event()
    worker = threading.Thread(target=commands.run_worker, args=(stop,))
    worker.start()
    try:
        deadline = time.monotonic() + 15
        while (seen := queries.health(clock.now())).failed < 1 or not rings:
            assert time.monotonic() < deadline, "the worker did nothing"
            time.sleep(0.05)
    finally:
        stop.set()
        worker.join(15)

    assert not worker.is_alive()
    assert seen.is_served
    assert rings == [1]
    [failed] = queries.failed_jobs()
    assert (failed.task, failed.arguments, failed.attempts) == ("test.ring", {"number": -1}, 1)
    after = queries.health(clock.now())
    assert (after.waiting, after.scheduled, after.failed, after.workers) == (0, 1, 1, 0)

    with pytest.raises(NotPermitted):
        commands.retry(failed.id, actor=SYSTEM, at=AT)
    commands.retry(failed.id, actor=ADMIN, at=AT)
    assert queries.health(clock.now()).waiting == 1
    with pytest.raises(NotFailed):
        commands.retry(failed.id, actor=ADMIN, at=AT)
    with pytest.raises(UnknownJob):
        commands.retry(0, actor=ADMIN, at=AT)


@pytest.mark.django_db
def test_take_over_the_jobs_of_a_dead_worker(rings: list[int]) -> None:
    commands.defer("test.ring", number=3)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")

    tasks.take_over_abandoned(clock.now())

    assert testing.waiting("test.ring") == [{"number": 3}]


@pytest.mark.django_db
def test_forget_old_failures() -> None:
    tasks.forget_old_failures(AT)
