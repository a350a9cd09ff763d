"""What holds for pages holds for the API: first passwords, second factors, and tokens that are watched."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from motcua.domain.agencies import testing as agencies
from motcua.domain.identity import queries as identity
from motcua.domain.identity import testing as people
from motcua.domain.identity.commands import open_account
from motcua.domain.identity.types import PersonId, Scope
from motcua.interfaces.api.tests.callers import Program, problem
from motcua.kernel.actors import SYSTEM
from motcua.platform.files.testing import NOON

pytestmark = pytest.mark.django_db


def answer(client: Client, path: str) -> HttpResponse:
    return client.get(f"/api/v1{path}")  # type: ignore[return-value]  # the client adds to it


def test_a_token_that_may_only_read_may_still_calculate() -> None:
    reader = Program(people.a_citizen(), scopes={Scope.READ})

    assert problem(reader.post("/drafts", {"procedure_code": "1.001193"})) == (403, "api.scope_missing")
    assert problem(reader.post("/procedures/9.999999/fees", {"answers": {}})) == (
        404,
        "catalogue.unknown_procedure",
    )


def test_the_use_of_a_token_is_noted() -> None:
    actor = people.a_citizen()
    program = Program(actor)
    assert actor.person_id
    account = identity.account_of_person(PersonId(actor.person_id))
    assert account

    program.get("/me")

    [token] = identity.tokens_of(account.id)
    assert token.last_used_at is not None


def test_a_second_factor_is_asked_of_officers_but_not_for_what_is_open(settings: Settings) -> None:
    officer = agencies.an_administrator()
    client = Client()
    account = people.an_account(officer.person.id)
    people.sign_in(client, account.id)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password"}]
    session.save()
    settings.NODE = settings.NODE.model_copy(update={"second_factor": True})

    assert problem(answer(client, "/jobs")) == (403, "api.second_factor_missing")
    assert answer(client, "/health").status_code == 200


def test_a_first_password_is_changed_first() -> None:
    account = open_account(
        "can-bo-moi",
        password=people.PASSWORD,
        person_id=people.a_person().id,
        must_change_password=True,
        actor=SYSTEM,
        at=NOON,
    )
    client = Client()
    people.sign_in(client, account.id)

    assert problem(answer(client, "/me")) == (403, "api.password_change_due")
    assert json.loads(answer(client, "/health").content) == {"status": "ok"}
