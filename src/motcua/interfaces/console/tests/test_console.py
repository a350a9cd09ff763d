"""Administrators run the node from the console; auditors look; nobody else enters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from motcua.domain.agencies import commands as agencies_deeds
from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies import testing as offices
from motcua.domain.agencies.testing import Officer
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.testing import BIRTH, the_procedures
from motcua.domain.identity import queries as identity
from motcua.domain.identity.testing import an_account, sign_in
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.events import Event, kind_of
from motcua.platform.notify import commands as notify
from motcua.platform.outbox import commands as outbox
from motcua.platform.outbox import queries as letters
from motcua.platform.outbox import testing as outbox_testing
from motcua.platform.outbox.types import HANDLERS, hears

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 11, 2, tzinfo=UTC)
SYSTEM_AUDITOR = Actor(None, Role.AUDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class FuseBlew(Event):
    """An event nobody hears any more by the time it is delivered."""


@pytest.fixture
def dead_letter() -> Iterator[str]:
    hears(FuseBlew)(lambda _event: None)
    outbox.announce(FuseBlew(at=AT))
    HANDLERS.pop(kind_of(FuseBlew))
    outbox_testing.deliver_all()
    yield str(letters.dead_letters().items[0].id)


def signed_in(officer: Officer) -> Client:
    client = Client()
    account = identity.account_of_person(officer.person.id) or an_account(officer.person.id)
    sign_in(client, account.id)
    return client


def admin() -> Client:
    return signed_in(offices.an_administrator())


def pages() -> list[str]:
    commune = offices.a_commune()
    return [
        reverse("console:overview"),
        reverse("console:dead_letters"),
        reverse("console:deliveries"),
        reverse("console:agencies"),
        reverse("console:agencies") + "?q=pleiku",
        reverse("console:agency", args=[commune.id]),
        reverse("console:agency_calendar", args=[commune.id]),
        reverse("console:calendar") + "?nam=2026",
        reverse("console:procedures"),
        reverse("console:procedure", args=[BIRTH]),
    ]


def test_administrators_and_auditors_see_every_page_and_nobody_else_does(dead_letter: str) -> None:
    the_procedures()
    agencies_deeds.fill_calendar([2026], actor=SYSTEM, at=AT)
    person = offices.an_officer(Role.AUDITOR)
    notify.notify(person.person.id, "unheard_of", facts={}, link="/", actor=SYSTEM, at=AT)
    auditor, clerk = signed_in(person), signed_in(offices.an_officer(Role.CLERK))

    for page in pages():
        assert admin().get(page).status_code == 200, page
        assert b'<form method="post" action="/quan-tri' not in auditor.get(page).content, page
        assert auditor.get(page).status_code == 200, page
        assert clerk.get(page).status_code == 403, page
        assert Client().get(page).status_code == 302, page


def test_auditors_change_nothing(dead_letter: str) -> None:
    auditor = signed_in(offices.an_officer(Role.AUDITOR))

    for page in ("console:replay", "console:discard"):
        assert auditor.post(reverse(page, args=[dead_letter]), {"reason": "x"}).status_code == 403
    day = {"on_date": "2026-06-01", "kind": "holiday", "name": "Ngày hội"}
    assert auditor.post(reverse("console:calendar"), day).status_code == 403
    assert auditor.post(reverse("console:drafts"), {"code": BIRTH}).status_code == 200
    assert catalogue.definition_drafts(actor=SYSTEM_AUDITOR) == []
    assert letters.dead_letter_count() == 1


def test_a_dead_letter_is_sent_again_or_dropped_with_a_reason(dead_letter: str) -> None:
    client = admin()

    client.post(reverse("console:discard", args=[dead_letter]), {"reason": " "})
    assert letters.dead_letter_count() == 1
    told = client.post(
        reverse("console:discard", args=[dead_letter]), {"reason": "Không ai nghe"}, follow=True
    )

    assert "Đã bỏ thông điệp" in told.content.decode()
    assert letters.dead_letter_count() == 0
    assert client.post(reverse("console:replay", args=[dead_letter])).status_code == 409


def test_a_dead_letter_is_replayed(dead_letter: str) -> None:
    told = admin().post(reverse("console:replay", args=[dead_letter]), follow=True)

    assert "xếp gửi lại" in told.content.decode()
    assert letters.dead_letter_count() == 0


def test_a_day_is_set_for_an_office_and_cleared_again() -> None:
    client, commune = admin(), offices.a_commune()
    page = reverse("console:agency_calendar", args=[commune.id])
    day = {"on_date": "2026-06-01", "kind": "holiday", "name": "Ngày hội của phường"}

    wrong = client.post(page, day | {"on_date": "mai"})
    told = client.post(page, day, follow=True)

    assert wrong.status_code == 422
    assert "Ngày hội của phường" in told.content.decode()
    assert [row.name for row in agencies.calendar_days(2026, agency_id=commune.id)] == ["Ngày hội của phường"]
    client.post(page, {"clear": "2026-06-01"})
    client.post(page, {"clear": "hôm qua"})
    assert agencies.calendar_days(2026, agency_id=commune.id) == []


def test_a_definition_comes_as_a_file_and_nothing_typed_is_lost() -> None:
    the_procedures()
    client = admin()
    client.post(reverse("console:drafts"), {"code": BIRTH})
    (draft,) = catalogue.definition_drafts(actor=SYSTEM_AUDITOR)
    page, shipped = reverse("console:definition_file", args=[draft.id]), catalogue.shipped_text(BIRTH)

    unreadable = client.post(page, {"text": "a: [b", "seen": 1}).content.decode()
    client.post(page, {"text": shipped.replace("type: date", "type: dato"), "seen": 1})

    assert "a: [b" in unreadable
    (kept,) = catalogue.definition_drafts(actor=SYSTEM_AUDITOR)
    assert "sections.0.fields.1.type" in {fault.where for fault in kept.faults}
    whole = client.get(reverse("console:draft", args=[draft.id])).content.decode()
    assert "sua/sections.0.fields.1" in whole


def test_what_two_write_at_once_is_not_overwritten() -> None:
    the_procedures()
    client = admin()
    client.post(reverse("console:drafts"), {"code": BIRTH})
    (draft,) = catalogue.definition_drafts(actor=SYSTEM_AUDITOR)
    page = reverse("console:part", args=[draft.id, "result"])

    client.post(page, {"seen": 1, "code": "KQ.G15.000031", "symbol": "A"})
    late = client.post(page, {"seen": 1, "code": "KQ.G15.000031", "symbol": "B"})

    (kept,) = catalogue.definition_drafts(actor=SYSTEM_AUDITOR)
    assert kept.content["result"]["symbol"] == "A"
    assert 'value="B"' in late.content.decode()
