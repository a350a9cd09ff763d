"""Programs call the API: admitted or refused in clear words, once per key, and never with a 5xx."""

import json
import pkgutil
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib import import_module
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pydantic import BaseModel
from pytest_django import Settings

from motcua.domain.agencies import testing as agencies
from motcua.domain.agencies.commands import import_vietnam
from motcua.domain.identity import queries as identity
from motcua.domain.identity import testing as people
from motcua.domain.identity.commands import issue_token, revoke_token
from motcua.domain.identity.types import AccountView, Scope
from motcua.interfaces.api import operations as operations_package
from motcua.interfaces.api.api import api
from motcua.interfaces.api.tests.callers import Answered
from motcua.interfaces.design.access import Permission
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.events import Event, kind_of
from motcua.kernel.ids import uuid7
from motcua.platform.idempotency.testing import kept
from motcua.platform.notify import commands as notify
from motcua.platform.notify import queries as notices
from motcua.platform.outbox import commands as outbox
from motcua.platform.outbox import testing as outbox_testing
from motcua.platform.outbox.types import HANDLERS, hears

AT = datetime(2026, 2, 11, 9, 0, tzinfo=UTC)
EVERYTHING = frozenset(Scope)


class Program:
    """A client holding a token of a citizen."""

    def __init__(self, scopes: frozenset[Scope] = EVERYTHING, language: str = "vi") -> None:
        self.account: AccountView = people.a_citizen_account()
        assert self.account.person_id
        self.person_id: UUID = self.account.person_id
        self.actor: Actor = people.a_citizen(self.account.person_id)
        now = clock.now()
        self.token = issue_token(
            self.account.id,
            name="test",
            scopes=scopes,
            expires_at=now + timedelta(days=1),
            actor=self.actor,
            at=now,
        )
        self.client = Client(headers=self.headers(language), raise_request_exception=False)

    def headers(self, language: str = "vi") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token.secret}", "Accept-Language": language}

    def post(self, path: str, body: object = None, *, key: str = "k1") -> HttpResponse:
        headers = {"Idempotency-Key": key} if key else {}
        response: HttpResponse = self.client.post(  # type: ignore[assignment]  # the test client adds to it
            f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers
        )
        return response

    def told(self, kind: str = "unheard_of") -> UUID:
        return notify.notify(self.person_id, kind, facts={}, link="/x", actor=SYSTEM, at=AT).id


def problem(response: Answered) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert {"type", "title", "status", "detail", "instance", "code", "request_id"} <= set(body)
    assert body["status"] == response.status_code
    return response.status_code, body["code"]


def operations() -> list[tuple[str, object]]:
    return [
        (str(operation.operation_id), operation.view_func)
        for router in api._get_bound_routers()
        for path_view in router.path_operations.values()
        for operation in path_view.operations
    ]


@pytest.mark.parametrize(("name", "view"), operations())
def test_every_operation_says_whom_it_admits(name: str, view: object) -> None:
    assert name
    assert isinstance(getattr(view, "permission", None), Permission)


def test_health_needs_nobody(client: Client, db: None) -> None:
    assert client.get("/api/v1/health").json() == {"status": "ok"}


@pytest.mark.django_db
def test_know_who_calls() -> None:
    program = Program()

    me = program.client.get("/api/v1/me").json()

    assert me["person_id"] == str(program.person_id)
    assert (me["role"], me["full_name"]) == ("citizen", "Nguyễn Thị Hoa")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token", ["", "x", "Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "Bearer \xff"]
)
def test_turn_away_who_is_nobody(token: str, client: Client) -> None:
    response = client.get("/api/v1/me", headers={"Authorization": token})

    assert problem(response) == (401, "api.not_signed_in")
    assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.django_db
def test_turn_away_a_revoked_token_and_one_that_may_only_read() -> None:
    reader, revoked = Program(frozenset({Scope.READ})), Program()
    revoke_token(revoked.token.view.id, actor=revoked.actor, at=clock.now())

    assert problem(reader.post("/notices/read")) == (403, "api.scope_missing")
    assert problem(revoked.post("/notices/read")) == (401, "api.not_signed_in")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/jobs", "/dead-letters", "/notice-deliveries"])
def test_keep_citizens_out_of_operations(path: str) -> None:
    response = Program().client.get(f"/api/v1{path}")
    assert problem(response) == (403, "kernel.not_permitted")


@pytest.mark.django_db
def test_refuse_in_the_language_of_the_caller() -> None:
    vietnamese, english = Program(), Program(language="en")
    path = f"/notices/{uuid7()}/read"

    told = [json.loads(program.post(path).content) for program in (vietnamese, english)]

    assert [body["code"] for body in told] == ["notify.unknown_notice"] * 2
    assert told[0]["detail"].startswith("Không tìm thấy thông báo này.")
    assert told[1]["detail"].isascii()
    assert told[1]["title"] == "Not found"


@pytest.mark.django_db
def test_walk_through_notices_by_link() -> None:
    program = Program()
    sent = {str(program.told()) for _ in range(5)}
    seen: list[str] = []

    url = "/api/v1/notices?limit=2"
    while url:
        response = program.client.get(url)
        seen += [item["id"] for item in response.json()["items"]]
        url = response.get("Link", "").partition(">")[0].removeprefix("<")

    assert set(seen) == sent
    assert len(seen) == 5


@pytest.mark.django_db
def test_read_only_ones_own_notices() -> None:
    mine, theirs = Program(), Program()
    notice = theirs.told()

    assert problem(mine.post(f"/notices/{notice}/read")) == (404, "notify.unknown_notice")
    assert theirs.post(f"/notices/{notice}/read").status_code == 204
    assert notices.unread_count(theirs.person_id) == 0


@pytest.mark.django_db
def test_ask_for_a_key_on_every_deed() -> None:
    program = Program()

    for key in ("", "a b", "é", "x" * 256):
        assert problem(program.post("/notices/read", key=key)) == (400, "api.idempotency_key_missing")


@pytest.mark.django_db
def test_answer_the_same_request_the_same_way() -> None:
    program = Program()
    choice = {"kind": "news", "channel": "email"}

    first = program.post("/notices/declined", choice)
    again = program.post("/notices/declined", choice)
    other = program.post("/notices/declined", choice | {"kind": "other"})

    assert (first.status_code, again.status_code) == (204, 204)
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert problem(other) == (422, "idempotency.key_reused")
    assert notices.refused(program.person_id) == {("news", "email")}


@pytest.mark.django_db(transaction=True)
def test_do_the_same_deed_once_when_sent_twenty_times_at_once() -> None:
    program = Program()
    start = threading.Barrier(8, timeout=10)
    statuses: list[int] = []

    def send() -> None:
        start.wait()
        statuses.append(program.post("/notices/declined", {"kind": "news", "channel": "email"}).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert set(statuses) <= {204, 409}
    assert 204 in statuses
    assert kept() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"kind": "a\\u0000b", "channel": "email"}',
        b'{"kind": "\\ud800", "channel": "email"}',
        b'{"kind": 1e400, "channel": 99999999999999999999999999}',
        b'{"kind": {"a": 1}, "channel": null}',
        b"[" * 100_000,
    ],
)
def test_refuse_what_cannot_be_read(body: bytes) -> None:
    response = Program().client.post(
        "/api/v1/notices/declined",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": "k1"},
    )
    status, _code = problem(response)
    assert status in {400, 422}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/notices?limit=0", 422),
        ("/notices?limit=99999999999999999999999", 422),
        ("/notices?limit=x", 422),
        ("/notices?cursor=forged", 422),
        ("/notices?cursor=%00", 400),
        ("/notices/%00", 404),
        ("/notices/not-an-id", 404),
        ("/nothing/here", 404),
        ("/%ff%fe", 404),
        ("/", 404),
    ],
)
def test_answer_odd_addresses_with_a_problem(path: str, status: int) -> None:
    response = Program().client.get(f"/api/v1{path}")
    assert problem(response)[0] == status


@pytest.mark.django_db
def test_name_the_fields_that_are_wrong() -> None:
    response = Program().post("/notices/declined", {"kind": "Ồ", "channel": ""})

    assert problem(response) == (422, "api.invalid")
    paths = {field["path"] for field in json.loads(response.content)["fields"]}
    assert paths == {"body.choice.kind", "body.choice.channel"}


@pytest.mark.django_db
def test_refuse_other_methods_large_bodies_and_floods(settings: Settings) -> None:
    program = Program()

    wrong_method = program.client.delete("/api/v1/me")
    assert problem(wrong_method) == (405, "api.method_not_allowed")
    assert "GET" in wrong_method["Allow"]
    assert problem(program.post("/notices/declined", "x" * 1_100_000)) == (413, "api.too_large")

    settings.API_REQUESTS_PER_MINUTE = 0
    flood = program.client.get("/api/v1/me")
    assert problem(flood) == (429, "api.too_many_requests")
    assert int(flood["Retry-After"]) <= 60


@pytest.mark.django_db
def test_describe_itself() -> None:
    document = Client().get("/api/v1/openapi.json").json()

    assert document["openapi"] == "3.1.0"
    deed = document["paths"]["/api/v1/notices/read"]["post"]
    assert "Idempotency-Key" in [parameter["name"] for parameter in deed["parameters"]]
    assert {"token": []} in deed["security"]
    assert "application/problem+json" in deed["responses"]["409"]["content"]
    assert "Problem" in document["components"]["schemas"]
    assert Role.CITIZEN in deed["x-roles"]


def test_no_two_shapes_share_a_name() -> None:
    """The document keeps shapes by name alone, so the second would quietly take the place of the first."""
    by_name: dict[str, set[type]] = {}
    for module in pkgutil.iter_modules(operations_package.__path__):
        for name, shape in vars(import_module(f"{operations_package.__name__}.{module.name}")).items():
            if isinstance(shape, type) and issubclass(shape, BaseModel | StrEnum):
                by_name.setdefault(name, set()).add(shape)
    assert {name for name, shapes in by_name.items() if len(shapes) > 1} == set()


class Administrator:
    """An administrator at a browser: a session, and the CSRF token of its cookie."""

    def __init__(self) -> None:
        officer = agencies.an_administrator()
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        account = identity.account_of_person(officer.person.id) or people.an_account(officer.person.id)
        people.sign_in(self.client, account.id)
        self.client.cookies["csrftoken"] = self.csrf = "c" * 32

    def post(self, path: str, body: object = None, *, csrf: bool = True) -> HttpResponse:
        headers = {"Idempotency-Key": path[-200:]} | ({"X-CSRFToken": self.csrf} if csrf else {})
        response: HttpResponse = self.client.post(  # type: ignore[assignment]  # the test client adds to it
            f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers
        )
        return response


@dataclass(frozen=True, slots=True, kw_only=True)
class LampBroke(Event):
    """An event nobody hears any more by the time it is delivered."""


@pytest.mark.django_db
def test_an_administrator_replays_and_discards_dead_letters() -> None:
    for _ in range(2):
        hears(LampBroke)(lambda _event: None)
        outbox.announce(LampBroke(at=AT))
        HANDLERS.pop(kind_of(LampBroke))
    outbox_testing.deliver_all()
    admin = Administrator()

    listed = admin.client.get("/api/v1/dead-letters?limit=1")
    first = listed.json()["items"][0]
    assert (first["state"], first["kind"]) == ("parked", kind_of(LampBroke))
    assert 'rel="next"' in listed["Link"]
    assert problem(admin.post(f"/dead-letters/{first['id']}/replay", csrf=False)) == (
        403,
        "api.csrf_token_missing",
    )
    assert admin.post(f"/dead-letters/{first['id']}/replay").status_code == 202
    assert problem(admin.post(f"/dead-letters/{first['id']}/discard", {"reason": "x"})) == (
        409,
        "outbox.not_dead",
    )
    assert problem(admin.post(f"/dead-letters/{uuid7()}/replay")) == (404, "outbox.unknown_delivery")
    assert admin.client.get("/api/v1/jobs").json()["dead_letters"] == 1
    assert admin.client.get("/api/v1/notice-deliveries").json() == {"items": [], "next_cursor": None}
    assert admin.client.get("/api/v1/me").json()["role"] == "admin"


@pytest.mark.django_db
def test_find_a_commune_and_what_became_of_an_old_one() -> None:
    import_vietnam(actor=SYSTEM, at=AT)
    client = Client()

    provinces = client.get("/api/v1/provinces?on=2026-01-01").json()["items"]
    assert len(provinces) == 34
    gia_lai = next(unit for unit in provinces if unit["name"].endswith("Gia Lai"))
    assert (
        len(client.get(f"/api/v1/provinces/{gia_lai['code']}/communes?on=2026-01-01").json()["items"]) > 100
    )
    assert client.get("/api/v1/units?q=pleiku&on=2026-01-01").json()["items"]
    assert problem(client.get("/api/v1/units/99999")) == (404, "agencies.unknown_unit")
    assert client.get("/api/v1/units/x").status_code == 422
