"""People are told once, in their language, through the channels they want, and the log is honest."""

from datetime import UTC, datetime
from unittest.mock import patch
from uuid import UUID

import pytest
from django.core import mail
from pytest_django import Settings

from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.ids import uuid7
from motcua.platform.jobs.commands import RunFailed, run_once
from motcua.platform.jobs.testing import waiting
from motcua.platform.jobs.types import TASKS
from motcua.platform.notify import commands, queries, testing
from motcua.platform.notify.types import (
    REQUIRED,
    AttemptState,
    Contact,
    NoticeView,
    RequiredByLaw,
    UnknownNotice,
    masked,
    required_by_law,
)

AT = datetime(2026, 2, 11, 9, 0, tzinfo=UTC)
PEOPLE: dict[UUID, Contact] = {}
pytestmark = pytest.mark.django_db


def lookup(person_id: UUID) -> Contact | None:
    return PEOPLE.get(person_id)


@pytest.fixture(autouse=True)
def directory(settings: Settings) -> None:
    settings.NOTIFY_DIRECTORY = f"{__name__}.lookup"
    PEOPLE.clear()


def person(language: str = "vi", email: str = "hoa@example.vn") -> Actor:
    actor = Actor(person_id=uuid7(), role=Role.CITIZEN)
    assert actor.person_id
    PEOPLE[actor.person_id] = Contact(email=email, phone="0905123678", language=language)
    return actor


def tell(actor: Actor, kind: str = "kind_without_words") -> NoticeView:
    assert actor.person_id
    return commands.notify(
        actor.person_id, kind, facts={"code": "H21-7"}, link="/ho-so/7", actor=SYSTEM, at=AT
    )


def log() -> dict[str, AttemptState]:
    return {attempt.channel: attempt.state for attempt in queries.deliveries().items}


def test_tell_a_person_in_the_inbox_and_by_mail() -> None:
    hoa = person()
    notice = tell(hoa)

    testing.send_all()

    assert hoa.person_id
    assert queries.inbox(hoa.person_id).items == (notice,)
    [letter] = mail.outbox
    assert letter.to == ["hoa@example.vn"]
    assert "/ho-so/7" in letter.body
    assert log() == {
        "email": AttemptState.SENT,
        "sms": AttemptState.NOT_CONFIGURED,
        "zalo": AttemptState.NOT_CONFIGURED,
        "push": AttemptState.NOT_CONFIGURED,
    }
    assert {line.address for line in queries.deliveries().items} == {
        "h***@example.vn",
        "***678",
        "***-",
    }


def test_write_in_the_language_of_the_person() -> None:
    tell(person(language="vi"))
    tell(person(language="en"))

    testing.send_all()

    vietnamese, english = mail.outbox
    assert vietnamese.subject != english.subject


def test_send_nothing_to_a_person_without_address() -> None:
    tell(person(email=""))
    testing.send_all()
    assert log()["email"] is AttemptState.NO_ADDRESS

    stranger = Actor(person_id=uuid7(), role=Role.CITIZEN)
    tell(stranger)
    testing.send_all()
    assert set(log().values()) >= {AttemptState.NO_ADDRESS}


def test_a_letter_is_handed_over_once() -> None:
    tell(person())
    jobs = waiting(commands.SEND)

    for job in jobs + jobs:
        run_once(TASKS[commands.SEND], job, attempt=1)

    assert len(mail.outbox) == 1


def test_try_again_while_the_mail_server_is_away_and_then_give_up() -> None:
    tell(person())
    by_mail = next(a for a in queries.deliveries().items if a.channel == "email")
    job = {"attempt": str(by_mail.id)}

    with patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=OSError):
        with pytest.raises(RunFailed):
            run_once(TASKS[commands.SEND], job, attempt=1)
        assert log()["email"] is AttemptState.WAITING
        with pytest.raises(RunFailed):
            run_once(TASKS[commands.SEND], job, attempt=10)

    attempt = next(a for a in queries.deliveries().items if a.channel == "email")
    assert (attempt.state, attempt.error, attempt.tries) == (AttemptState.FAILED, "unreachable", 10)


def test_send_no_mail_to_who_declined_it_but_keep_the_inbox() -> None:
    hoa = person()
    commands.decline("kind_without_words", "email", actor=hoa, at=AT)

    tell(hoa)
    testing.send_all()

    assert hoa.person_id
    assert mail.outbox == []
    assert log()["email"] is AttemptState.DECLINED
    assert queries.unread_count(hoa.person_id) == 1
    commands.accept("kind_without_words", "email", actor=hoa, at=AT)
    assert queries.refused(hoa.person_id) == frozenset()


def test_send_what_the_law_requires_to_everyone() -> None:
    hoa = person()
    required_by_law("test.required", source="Decree 118/2025/NĐ-CP, article 18")
    try:
        with pytest.raises(RequiredByLaw):
            commands.decline("test.required", "email", actor=hoa, at=AT)
    finally:
        del REQUIRED["test.required"]


def test_only_its_owner_reads_a_notice() -> None:
    hoa, other = person(), person()
    notice = tell(hoa)
    assert hoa.person_id
    assert other.person_id

    with pytest.raises(UnknownNotice):
        commands.mark_read(notice.id, actor=other, at=AT)
    with pytest.raises(UnknownNotice):
        queries.notice(notice.id, person_id=other.person_id)
    commands.mark_read(notice.id, actor=hoa, at=AT)
    commands.mark_read(notice.id, actor=hoa, at=AT)

    assert queries.unread_count(hoa.person_id) == 0
    tell(hoa)
    assert commands.mark_all_read(actor=hoa, at=AT) == 1


def test_page_through_the_inbox() -> None:
    hoa = person()
    notices = [tell(hoa) for _ in range(5)]
    assert hoa.person_id

    first = queries.inbox(hoa.person_id, size=3)
    rest = queries.inbox(hoa.person_id, after=first.next_cursor, size=3)

    assert rest.next_cursor is None
    assert [n.id for n in first.items + rest.items] == sorted((n.id for n in notices), reverse=True)


@pytest.mark.parametrize(
    ("address", "shown"), [("hoa@gmail.com", "h***@gmail.com"), ("0905123678", "***678"), ("", "")]
)
def test_mask_addresses(address: str, shown: str) -> None:
    assert masked(address) == shown
