"""Officers at their desks: a client signed in for each seat of one office, on an ordinary Monday morning."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from motcua.domain.cases.testing import MONDAY, Office, an_office
from motcua.domain.identity import queries as identity
from motcua.domain.identity.testing import an_account, sign_in
from motcua.domain.identity.types import PersonId
from motcua.interfaces.design.access import SEAT_KEY
from motcua.kernel import clock
from motcua.kernel.actors import Actor

NOON = MONDAY + timedelta(hours=6)  #: 14:00 of the Monday on which the test kit files at 08:00


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def seated() -> Callable[[Actor], Client]:
    """Return a client signed in as an actor, in their seat if they have one."""

    def enter(actor: Actor) -> Client:
        client = Client()
        assert actor.person_id is not None
        person_id = PersonId(actor.person_id)
        account = identity.account_of_person(person_id) or an_account(person_id)
        sign_in(client, account.id)
        if actor.seat_id:
            session = client.session
            session[SEAT_KEY] = str(actor.seat_id)
            session.save()
        return client

    return enter
