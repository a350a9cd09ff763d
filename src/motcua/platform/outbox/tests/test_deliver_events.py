"""An event reaches every handler, its effect happens once, and nothing gets lost on the way."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

import pytest
from django.db import connection, transaction

from motcua.kernel.actors import Actor, NotPermitted, Role
from motcua.kernel.events import Event, kind_of
from motcua.kernel.ids import uuid7
from motcua.kernel.money import Money
from motcua.platform.jobs import queries as jobs
from motcua.platform.jobs.commands import RunFailed, run_once
from motcua.platform.jobs.testing import waiting
from motcua.platform.jobs.types import TASKS
from motcua.platform.outbox import commands, queries, testing
from motcua.platform.outbox.models import Delivery, Message
from motcua.platform.outbox.types import HANDLERS, UPGRADES, DeliveryState, NotDead, hears, upgrades

AT = datetime(2026, 2, 11, 9, 0, tzinfo=UTC)
ADMIN = Actor(person_id=uuid7(), role=Role.ADMIN)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Event):
    lamp: UUID
    colour: Colour
    on: date
    fee: Money
    names: tuple[str, ...]


def lamp_lit() -> LampLit:
    return LampLit(
        at=AT, lamp=uuid7(), colour=Colour.RED, on=date(2026, 2, 17), fee=Money(15_000), names=("Đèn", "Lồng")
    )


@pytest.fixture(autouse=True)
def registry() -> Iterator[None]:
    yield
    nobody_left()
    UPGRADES.pop((kind_of(LampLit), 0), None)


def nobody_left() -> None:
    """Take every handler of this test away, and no other."""
    HANDLERS.pop(kind_of(LampLit), None)


def hear(react: Callable[[LampLit], None]) -> str:
    hears(LampLit)(react)
    return HANDLERS[kind_of(LampLit)][-1].name


def run_out_of_attempts(job: dict[str, object]) -> None:
    task = TASKS[commands.DELIVER]
    for attempt in range(1, task.retries.attempts + 1):
        with pytest.raises(RunFailed):
            run_once(task, job, attempt=attempt)


@pytest.mark.django_db
def test_hear_an_event_as_it_was_announced() -> None:
    heard: list[LampLit] = []
    hear(heard.append)
    event = lamp_lit()

    commands.announce(event)
    delivered = testing.deliver_all()

    assert delivered == 1
    assert heard == [event]
    assert testing.announced(LampLit)[0]["names"] == ["Đèn", "Lồng"]


@pytest.mark.django_db
def test_reach_every_handler_even_if_one_fails() -> None:
    heard: list[LampLit] = []

    def stumble(_event: LampLit) -> None:
        raise ZeroDivisionError

    first = hear(stumble)
    hear(heard.append)
    commands.announce(lamp_lit())

    for job in waiting(commands.DELIVER):
        if job["handler"] == first:
            run_out_of_attempts(job)
        else:
            run_once(TASKS[commands.DELIVER], job, attempt=1)

    assert len(heard) == 1
    assert [letter.handler for letter in queries.dead_letters().items] == [first]


@pytest.mark.django_db(transaction=True)
def test_announce_nothing_when_the_transaction_fails() -> None:
    hear(lambda _event: None)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        commands.announce(lamp_lit())
        raise ZeroDivisionError

    assert not Message.objects.exists()
    assert waiting(commands.DELIVER) == []
    with pytest.raises(RuntimeError):
        commands.announce(lamp_lit())


@pytest.mark.django_db
def test_take_effect_once_although_delivered_twice() -> None:
    heard: list[LampLit] = []
    hear(heard.append)
    commands.announce(lamp_lit())
    [job] = waiting(commands.DELIVER)

    for _ in range(2):
        run_once(TASKS[commands.DELIVER], job, attempt=1)

    assert len(heard) == 1


@pytest.mark.django_db(transaction=True)
def test_take_effect_once_although_two_workers_deliver_at_the_same_time() -> None:
    """The second run waits at the unique constraint for the first to commit."""
    effects: list[UUID] = []
    inside = threading.Barrier(2, timeout=10)

    def react(event: LampLit) -> None:
        inside.wait()  # the first run is inside; the second starts only now
        effects.append(event.lamp)

    handler = hear(react)
    with transaction.atomic():
        commands.announce(lamp_lit())
    message = Message.objects.get().id

    def work() -> None:
        try:
            commands.deliver(message, handler, at=AT)
        finally:
            connection.close()

    first, second = threading.Thread(target=work), threading.Thread(target=work)
    first.start()
    while inside.n_waiting == 0:
        time.sleep(0.01)
    second.start()
    inside.wait()
    first.join(10)
    second.join(10)

    assert len(effects) == 1
    assert queries.state_of(message, handler) is DeliveryState.DELIVERED


@pytest.mark.django_db
def test_roll_back_what_a_failed_handler_wrote() -> None:
    def write_then_fail(event: LampLit) -> None:
        Message.objects.create(kind="half a deed", body={}, announced_at=AT)
        raise ZeroDivisionError

    handler = hear(write_then_fail)
    commands.announce(lamp_lit())
    [job] = waiting(commands.DELIVER)

    with pytest.raises(RunFailed) as failed:
        run_once(TASKS[commands.DELIVER], job, attempt=1)

    assert failed.value.failure.next_at is not None
    assert not Message.objects.filter(kind="half a deed").exists()
    assert queries.state_of(UUID(str(job["message"])), handler) is DeliveryState.RETRYING
    assert queries.dead_letters().items == ()


@pytest.mark.django_db
def test_replay_a_dead_letter_once_its_cause_is_gone() -> None:
    broken = True
    heard: list[LampLit] = []

    def react(event: LampLit) -> None:
        if broken:
            raise ZeroDivisionError("the tablet is out of ink")
        heard.append(event)

    hear(react)
    commands.announce(lamp_lit())
    [job] = waiting(commands.DELIVER)
    run_out_of_attempts(job)
    [letter] = queries.dead_letters().items
    assert (letter.state, letter.attempts) == (DeliveryState.DEAD, 10)
    assert letter.error == "ZeroDivisionError: the tablet is out of ink"

    broken = False
    commands.replay(letter.id, actor=ADMIN, at=AT)
    testing.deliver_all()

    assert len(heard) == 1
    assert queries.dead_letters().items == ()
    with pytest.raises(NotDead):
        commands.replay(letter.id, actor=ADMIN, at=AT)


@pytest.mark.django_db
def test_discard_a_dead_letter_with_a_reason() -> None:
    heard: list[LampLit] = []
    handler = hear(heard.append)
    commands.announce(lamp_lit())
    nobody_left()
    testing.deliver_all()
    [letter] = queries.dead_letters().items

    commands.discard(letter.id, reason="the lamp was removed", actor=ADMIN, at=AT)

    hear(heard.append)
    commands.deliver(Message.objects.get().id, handler, at=AT)
    assert heard == []
    assert Delivery.objects.get().reason == "the lamp was removed"


@pytest.mark.django_db
def test_only_an_administrator_replays() -> None:
    clerk = Actor(person_id=uuid7(), role=Role.CLERK)

    with pytest.raises(NotPermitted):
        commands.replay(uuid7(), actor=clerk, at=AT)  # type: ignore[arg-type]  # never looked up
    with pytest.raises(NotPermitted):
        commands.discard(uuid7(), reason="", actor=clerk, at=AT)  # type: ignore[arg-type]  # never looked up


@pytest.mark.django_db
def test_park_what_this_code_cannot_deliver() -> None:
    handler = hear(lambda _event: None)
    commands.announce(lamp_lit())
    Message.objects.update(body={"at": "yesterday"})

    testing.deliver_all()
    [letter] = queries.dead_letters().items
    assert letter.state is DeliveryState.PARKED

    nobody_left()
    commands.replay(letter.id, actor=ADMIN, at=AT)
    testing.deliver_all()
    [letter] = queries.dead_letters().items
    assert letter.error == f"no handler {handler} hears {kind_of(LampLit)}"


@pytest.mark.django_db
def test_spare_a_later_handler_what_was_announced_before_it() -> None:
    late: list[LampLit] = []
    hear(lambda _event: None)
    commands.announce(lamp_lit())

    hear(late.append)
    testing.deliver_all()

    assert late == []


@pytest.mark.django_db
def test_read_an_old_version_through_its_upgrade() -> None:
    heard: list[LampLit] = []
    hear(heard.append)
    commands.announce(lamp_lit())
    Message.objects.update(version=0)

    @upgrades(LampLit, since=0)
    def paint(body: dict[str, object]) -> dict[str, object]:
        return body | {"names": ["upgraded"]}

    testing.deliver_all()

    assert heard[0].names == ("upgraded",)


@pytest.mark.django_db
def test_forget_delivered_messages_after_their_time() -> None:
    from motcua.platform.outbox.tasks import KEPT, forget_delivered

    hear(lambda _event: None)
    commands.announce(lamp_lit())
    testing.deliver_all()
    nobody_left()
    hear(lambda _event: None)
    commands.announce(lamp_lit())
    nobody_left()
    testing.deliver_all()

    forget_delivered(AT + KEPT)
    assert Message.objects.count() == 2
    forget_delivered(AT + KEPT * 2)
    assert Message.objects.count() == 1
    assert queries.dead_letter_count() == 1
    assert jobs.health(AT).failed == 0
