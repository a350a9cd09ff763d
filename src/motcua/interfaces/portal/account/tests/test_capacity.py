"""A seat opens the desk while it is held, and only to the person who holds it."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from motcua.domain.agencies import commands as agencies
from motcua.domain.agencies.testing import a_seat, an_officer
from motcua.domain.identity.testing import LONG_AGO, an_account, sign_in
from motcua.domain.identity.types import AccountView, PersonId
from motcua.interfaces.design import access
from motcua.interfaces.design.access import ActedRequest
from motcua.kernel.actors import SYSTEM, Actor, Assurance, NotPermitted, Role

pytestmark = pytest.mark.django_db
SEEN: list[Actor] = []


@access.for_officers(Role.CLERK)
def inbox(request: ActedRequest) -> HttpResponse:
    SEEN.append(request.actor)
    return HttpResponse()


def visit(client: Client, account: AccountView) -> HttpRequest:
    """Return a fresh request in the session of ``client``."""
    request = RequestFactory().get("/ban-lam-viec/")
    request.session = client.session
    request.user = get_user_model().objects.get(pk=account.id)
    return request


def test_a_person_without_a_seat_stays_outside(client: Client) -> None:
    account = sign_in(client, an_account().id)

    with pytest.raises(NotPermitted):
        inbox(visit(client, account))


def test_an_officer_acts_in_their_seat(client: Client) -> None:
    clerk = an_officer()
    account = sign_in(client, an_account(clerk.person.id).id)

    inbox(visit(client, account))

    assert SEEN.pop() == clerk.actor


def test_a_seat_that_ended_stops_working_at_once(client: Client) -> None:
    clerk = an_officer()
    account = sign_in(client, an_account(clerk.person.id).id)
    inbox(visit(client, account))

    yesterday = access.today() - timedelta(days=1)
    agencies.end_seat(clerk.seat.id, last_day=yesterday, actor=SYSTEM, at=LONG_AGO)

    with pytest.raises(NotPermitted):
        inbox(visit(client, account))


def test_nobody_takes_the_seat_of_another_person(client: Client) -> None:
    clerk, other = an_officer(), an_officer()
    account = sign_in(client, an_account(clerk.person.id).id)

    with pytest.raises(NotPermitted):
        access.choose_seat(visit(client, account), str(other.seat.id))
    assert client.post("/tai-khoan/vai-tro/", {"seat": str(other.seat.id)}).status_code == 403


def test_the_session_remembers_the_chosen_seat(client: Client) -> None:
    clerk = an_officer()
    leader = a_seat(Role.LEADER, person=clerk.person)
    account = sign_in(client, an_account(clerk.person.id).id)

    client.post("/tai-khoan/vai-tro/", {"seat": str(leader.id)})

    with pytest.raises(NotPermitted):
        inbox(visit(client, account))
    assert access.chosen_seat(visit(client, account)) == leader


def test_where_it_is_asked_a_password_alone_does_not_open_the_desk(
    client: Client, settings: Settings
) -> None:
    settings.NODE = settings.NODE.model_copy(update={"second_factor": True})
    clerk = an_officer()
    account = an_account(PersonId(clerk.person.id))
    client.force_login(get_user_model().objects.get(pk=account.id))
    request = visit(client, account)

    answer = inbox(request)

    assert answer.headers["Location"].startswith("/tai-khoan/can-hai-lop/")
    assert access.assurance(request) is Assurance.BASIC
