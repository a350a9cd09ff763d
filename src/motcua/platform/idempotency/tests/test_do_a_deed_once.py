"""The same key does the same deed once: again, later, and at the same instant."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from motcua.platform.idempotency.commands import once
from motcua.platform.idempotency.models import KeptAnswer
from motcua.platform.idempotency.tasks import forget_old_answers
from motcua.platform.idempotency.types import KEPT, Answer, KeyReused, StillRunning

AT = datetime(2026, 2, 11, 9, 0, tzinfo=UTC)


class Desk:
    """Counts how often it was asked to do something, and answers each time differently."""

    def __init__(self, status: int = 201) -> None:
        self.done = 0
        self.status = status

    def deed(self) -> Answer:
        self.done += 1
        KeptAnswer.objects.create(
            owner="trace", key=str(self.done), fingerprint="", status=0, headers={}, body=b"", at=AT
        )
        return Answer(self.status, {"Location": f"/things/{self.done}"}, b"done %d" % self.done)

    def traces(self) -> int:
        return KeptAnswer.objects.filter(owner="trace").count()


@pytest.mark.django_db
def test_answer_the_second_time_as_the_first() -> None:
    desk = Desk()

    first = once("hoa", "k1", fingerprint="a", at=AT, deed=desk.deed)
    second = once("hoa", "k1", fingerprint="a", at=AT + timedelta(hours=23), deed=desk.deed)

    assert desk.done == 1
    assert second == Answer(first.status, first.headers, first.body, is_replay=True)


@pytest.mark.django_db
def test_keep_the_keys_of_two_people_apart() -> None:
    desk = Desk()

    once("hoa", "k1", fingerprint="a", at=AT, deed=desk.deed)
    once("binh", "k1", fingerprint="b", at=AT, deed=desk.deed)

    assert desk.done == 2


@pytest.mark.django_db
def test_refuse_a_key_used_for_something_else() -> None:
    desk = Desk()
    once("hoa", "k1", fingerprint="a", at=AT, deed=desk.deed)

    with pytest.raises(KeyReused):
        once("hoa", "k1", fingerprint="b", at=AT, deed=desk.deed)


@pytest.mark.django_db
def test_undo_and_forget_what_was_refused() -> None:
    desk = Desk(status=422)
    assert once("hoa", "k1", fingerprint="a", at=AT, deed=desk.deed).status == 422
    assert desk.traces() == 0

    desk.status = 201
    assert once("hoa", "k1", fingerprint="mended", at=AT, deed=desk.deed).status == 201


@pytest.mark.django_db
def test_a_key_is_free_again_after_a_day() -> None:
    desk = Desk()
    once("hoa", "k1", fingerprint="a", at=AT, deed=desk.deed)

    once("hoa", "k1", fingerprint="b", at=AT + KEPT, deed=desk.deed)

    assert desk.done == 2
    forget_old_answers(AT + KEPT * 3)
    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_instant_take_effect_once() -> None:
    """The second arrives while the first is still inside its deed: it is refused, and may come again."""
    desk = Desk()
    inside, refused = threading.Barrier(2, timeout=10), threading.Barrier(2, timeout=10)
    answers: list[Answer] = []

    def slow_deed() -> Answer:
        answer = desk.deed()
        inside.wait()
        refused.wait()
        return answer

    def first() -> None:
        try:
            answers.append(once("hoa", "k1", fingerprint="a", at=AT, deed=slow_deed))
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait()
    with pytest.raises(StillRunning):
        once("hoa", "k1", fingerprint="a", at=AT, deed=desk.deed)
    refused.wait()
    thread.join(10)
    again = once("hoa", "k1", fingerprint="a", at=AT, deed=desk.deed)

    assert (desk.done, desk.traces()) == (1, 1)
    assert again.body == answers[0].body
    assert again.is_replay


@pytest.mark.django_db(transaction=True)
def test_a_crash_leaves_neither_deed_nor_key() -> None:
    desk = Desk()

    def crash() -> Answer:
        desk.deed()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        once("hoa", "k1", fingerprint="a", at=AT, deed=crash)

    assert not KeptAnswer.objects.exists()
    assert once("hoa", "k1", fingerprint="a", at=AT, deed=desk.deed).status == 201
