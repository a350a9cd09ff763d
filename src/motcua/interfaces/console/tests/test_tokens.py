"""An administrator hands a token to a program once, sees its use and takes it away."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from motcua.domain.agencies import testing as offices
from motcua.domain.identity import commands
from motcua.domain.identity import queries as identity
from motcua.domain.identity.testing import a_citizen_account
from motcua.domain.identity.types import Scope
from motcua.interfaces.console.tests.test_console import admin, signed_in
from motcua.interfaces.design.access import program, today
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.clock import now

pytestmark = pytest.mark.django_db
LIST_QUERIES = 5


@pytest.fixture
def client() -> Client:
    return admin()


def page() -> str:
    return reverse("console:tokens")


def asked(**more: object) -> dict[str, object]:
    sent = {"name": "Kho dữ liệu", "scopes": ["read"], "acts_as": "seat"}
    return sent | {"last_day": today() + timedelta(days=30)} | more


def a_token(name: str = "Cổng khác", *, until: datetime | None = None) -> None:
    at = now()
    commands.issue_token(
        a_citizen_account().id,
        name=name,
        scopes=[Scope.READ],
        expires_at=until or at + timedelta(days=30),
        actor=SYSTEM,
        at=at,
    )


def test_a_token_works_until_it_is_revoked_and_its_secret_is_shown_once(client: Client) -> None:
    answer = client.post(page(), asked())
    secret = answer.context["issued"].secret
    known = program(secret, at=now())
    later = client.get(page()).content.decode()

    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert known is not None
    assert (known.actor.role, known.scopes) == (Role.ADMIN, frozenset({Scope.READ}))
    assert secret not in later
    assert "Kho dữ liệu" in later
    client.post(reverse("console:revoke_token", args=[known.token_id]))
    assert program(secret, at=now()) is None
    assert "Đã thu hồi" in client.get(page()).content.decode()


def test_a_token_may_act_as_a_citizen_and_ends_after_its_last_day(client: Client) -> None:
    secret = client.post(page(), asked(acts_as="citizen", last_day=today())).context["issued"].secret

    known = program(secret, at=now())

    assert known is not None
    assert known.actor.role is Role.CITIZEN
    assert program(secret, at=now() + timedelta(days=1)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"scopes": []},
        {"scopes": ["all"]},
        {"last_day": "2020-01-01"},
        {"last_day": "2099-01-01"},
    ],
)
def test_what_cannot_be_issued_comes_back(client: Client, wrong: dict[str, object]) -> None:
    answer = client.post(page(), asked(**wrong))

    assert answer.status_code == 422
    assert answer.context["page"].items == ()


def test_auditors_see_tokens_and_touch_none() -> None:
    a_token("Cổng khác")
    auditor = signed_in(offices.an_officer(Role.AUDITOR))

    seen = auditor.get(page()).content.decode()
    [one] = identity.tokens_on_record(actor=Actor(None, Role.AUDITOR)).items

    assert "Cổng khác" in seen
    assert "chưa dùng" in seen
    assert auditor.post(page(), asked()).status_code == 403
    assert auditor.post(reverse("console:revoke_token", args=[one.token.id])).status_code == 403


def test_the_list_costs_the_same_however_long_it_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_token()
    client.get(page())
    with django_assert_num_queries(LIST_QUERIES):
        client.get(page())
    for _each in range(4):
        a_token()

    with django_assert_num_queries(LIST_QUERIES):
        client.get(page())
