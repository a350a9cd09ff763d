"""Whatever a caller sends, the API answers in its own words and never with a 5xx."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from motcua.domain.agencies import testing as agencies
from motcua.domain.identity import queries as identity
from motcua.domain.identity import testing as people
from motcua.domain.identity.commands import issue_token
from motcua.domain.identity.types import Scope
from motcua.interfaces.api.api import api
from motcua.kernel import clock

PREFIX = "/api/v1/"


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the connection of the test's transaction through requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(db: None, one_connection: None) -> str:
    officer = agencies.an_administrator()
    account = identity.account_of_person(officer.person.id) or people.an_account(officer.person.id)
    now = clock.now()
    issued = issue_token(
        account.id,
        name="schemathesis",
        scopes=frozenset(Scope),
        expires_at=now + timedelta(days=1),
        seat_id=officer.seat.id,
        actor=officer.actor,
        at=now,
    )
    return issued.secret


def document() -> schemathesis.schemas.BaseSchema:
    loaded = schemathesis.openapi.from_dict(dict(api.get_openapi_schema(path_prefix=PREFIX)))
    loaded.app = get_wsgi_application()
    return loaded


schema = document()


@schema.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_answer_anything_in_words(case: schemathesis.Case[Any], token: str) -> None:
    cache.clear()
    case.call_and_validate(
        headers={"Authorization": f"Bearer {token}"},
        checks=[not_a_server_error, status_code_conformance, content_type_conformance],
    )
