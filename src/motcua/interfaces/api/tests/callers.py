"""Programs that call the API in tests: a token, a client, and a fresh key for every deed."""

import json
from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any, Protocol

from django.http import HttpResponse
from django.test import Client

from motcua.domain.identity import queries as identity
from motcua.domain.identity import testing as people
from motcua.domain.identity.commands import issue_token
from motcua.domain.identity.types import PersonId, Scope
from motcua.kernel import clock
from motcua.kernel.actors import Actor

PREFIX = "/api/v1"
_keys = count(1)


class Program:
    """A client with a token of ``actor``; ``None`` is a stranger without one."""

    def __init__(self, actor: Actor | None, *, scopes: Iterable[Scope] = Scope) -> None:
        self.actor = actor
        headers = {"Authorization": f"Bearer {a_token(actor, scopes=scopes)}"} if actor else {}
        self.client = Client(headers=headers, raise_request_exception=False)

    def get(self, path: str, **query: str) -> HttpResponse:
        return self.client.get(PREFIX + path, query)  # type: ignore[return-value]  # the client adds to it

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str = "",
        raw: Any = None,
        kind: str = "application/json",
        **headers: str,
    ) -> HttpResponse:
        """Send a deed. ``headers`` are written with underscores: ``If_Match``."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(  # type: ignore[return-value]  # the client adds to it
            method,
            PREFIX + path,
            json.dumps(body) if raw is None else raw,
            content_type=kind,
            headers={"Idempotency-Key": key or f"key-{next(_keys)}", **sent},
        )

    def post(self, path: str, body: object = None, *, key: str = "", **headers: str) -> HttpResponse:
        return self.send("POST", path, {} if body is None else body, key=key, **headers)

    def hand_in(self, body: bytes, name: str = "giay-chung-sinh.pdf", *, key: str = "") -> HttpResponse:
        """Hand in a file in one request."""
        edge = "----edge"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        raw = head.encode() + body + f"\r\n--{edge}--\r\n".encode()
        return self.send("POST", "/files", raw=raw, key=key, kind=f"multipart/form-data; boundary={edge}")


class Answered(Protocol):
    """What the tests read of an answer, whichever client brought it."""

    status_code: int

    @property
    def content(self) -> bytes: ...

    def __getitem__(self, header: str, /) -> str: ...


def said(response: Answered) -> Any:
    """Return the body of an answer that went well."""
    assert response.status_code < 300, response.content
    return json.loads(response.content) if response.content else None


def problem(response: Answered) -> tuple[int, str]:
    """Return status and code of a problem."""
    assert response["Content-Type"] == "application/problem+json", response.content
    body = json.loads(response.content)
    assert body["status"] == response.status_code
    return response.status_code, body["code"]


def a_token(actor: Actor, *, scopes: Iterable[Scope] = Scope) -> str:
    """Return the secret of a fresh token with which a program acts as ``actor``."""
    assert actor.person_id is not None
    person_id = PersonId(actor.person_id)
    account = identity.account_of_person(person_id) or people.an_account(person_id)
    now = clock.now()
    return issue_token(
        account.id,
        name="test",
        scopes=scopes,
        expires_at=now + timedelta(days=1),
        seat_id=actor.seat_id,
        actor=actor,
        at=now,
    ).secret
