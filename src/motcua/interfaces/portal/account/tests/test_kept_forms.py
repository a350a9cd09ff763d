"""A session runs out in the middle of a form: nothing typed is lost, and nothing goes to anybody else."""

import html
import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from motcua.domain.cases import commands, queries
from motcua.domain.cases.testing import Office, an_office
from motcua.domain.cases.types import DraftView
from motcua.domain.catalogue.testing import BIRTH
from motcua.domain.identity.testing import PASSWORD, a_person, an_account
from motcua.domain.identity.types import AccountView, PersonId
from motcua.interfaces.design import kept_forms
from motcua.kernel.clock import now

pytestmark = pytest.mark.django_db
TYPED = "Nguyễn Thị Bé “Na” <b>\nhai dòng"
KEPT = "/tai-khoan/gui-tiep/"


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def owner(office: Office) -> AccountView:
    assert office.citizen.person_id is not None
    return an_account(PersonId(office.citizen.person_id), username="chu.nhan", password=PASSWORD)


@pytest.fixture
def draft(office: Office) -> DraftView:
    return commands.start_draft(BIRTH, actor=office.citizen, at=now())


def enter(client: Client, username: str, goal: str = "") -> HttpResponse:
    sent = {"login": username, "password": PASSWORD, "next": goal}
    return client.post("/tai-khoan/dang-nhap/", sent)  # type: ignore[return-value]  # the client adds to it


def expire(client: Client) -> None:
    """End the session as time does: the row is there and too old, the cookie is still sent."""
    Session.objects.update(expire_date=now() - timedelta(minutes=1))


def page_of(draft: DraftView) -> str:
    return f"/nop-ho-so/{draft.id}/phan/child"


def send(client: Client, draft: DraftView, **more: object) -> HttpResponse:
    form = {"a-child_name": TYPED, "revision": draft.revision, **more}
    page = f"http://testserver{page_of(draft)}"
    return client.post(page_of(draft), form, headers={"Referer": page})  # type: ignore[return-value]


def fields_of(page: str) -> dict[str, str]:
    """Return the hidden fields of the page as a browser would send them."""
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    texts = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: html.unescape(value) for name, value in [*inputs, *texts]}


def child_name(office: Office, draft: DraftView) -> object:
    return queries.draft(draft.id, actor=office.citizen).answers.get("child_name")


def test_what_was_typed_is_sent_on_after_signing_in_again(
    office: Office, owner: AccountView, draft: DraftView
) -> None:
    client = Client()
    enter(client, owner.username)
    expire(client)

    asked = send(client, draft)
    assert asked["Location"] == f"/tai-khoan/dang-nhap/?next={KEPT}"
    back = enter(client, owner.username, KEPT)
    assert back["Location"] == KEPT
    offered = client.get(KEPT).content.decode()
    assert child_name(office, draft) in {None, ""}
    sent = client.post(page_of(draft), fields_of(offered))

    assert f'action="{page_of(draft)}"' in offered
    assert sent.status_code in {302, 422}
    assert str(child_name(office, draft)).split() == TYPED.split()
    assert kept_forms.SESSION_KEY not in client.session
    assert client.get(KEPT)["Location"] == "/"


def test_somebody_else_gets_nothing_of_it(office: Office, owner: AccountView, draft: DraftView) -> None:
    client = Client()
    enter(client, owner.username)
    expire(client)
    send(client, draft)
    other = an_account(a_person("Trần Văn Bình").id, username="nguoi.khac", password=PASSWORD)

    enter(client, other.username, KEPT)
    page = client.get(KEPT, follow=True)

    assert "Nguyễn Thị Bé" not in page.content.decode()
    assert kept_forms.SESSION_KEY not in client.session
    enter(client, owner.username, KEPT)
    assert client.get(KEPT)["Location"] == "/"
    assert child_name(office, draft) in {None, ""}


def test_without_the_key_in_the_cookie_nobody_reads_it(owner: AccountView, draft: DraftView) -> None:
    client = Client()
    enter(client, owner.username)
    expire(client)
    send(client, draft)

    packed = client.session[kept_forms.SESSION_KEY]
    del client.cookies[kept_forms.KEY_COOKIE]
    enter(client, owner.username, KEPT)

    assert "child_name" not in packed
    assert client.get(KEPT)["Location"] == "/"


def test_after_half_an_hour_it_is_gone(owner: AccountView, draft: DraftView) -> None:
    client = Client()
    enter(client, owner.username)
    expire(client)
    send(client, draft)
    enter(client, owner.username, KEPT)

    vault, session = Fernet(client.cookies[kept_forms.KEY_COOKIE].value), client.session
    half_an_hour_ago = int(now().timestamp()) - kept_forms.KEPT_S - 1
    told = vault.decrypt(session[kept_forms.SESSION_KEY])
    session[kept_forms.SESSION_KEY] = vault.encrypt_at_time(told, half_an_hour_ago).decode()
    session.save()

    assert client.get(KEPT)["Location"] == "/"


def test_files_have_to_be_chosen_again_and_secrets_are_never_kept(
    owner: AccountView, draft: DraftView
) -> None:
    client = Client()
    enter(client, owner.username)
    expire(client)
    send(client, draft, files=SimpleUploadedFile("giay.pdf", b"%PDF-1.4"), password="bí mật")

    enter(client, owner.username, KEPT)
    page = client.get(KEPT).content.decode()

    assert "giay.pdf" in page
    assert "password" not in fields_of(page)


def test_a_form_of_nobody_we_know_is_not_kept(draft: DraftView) -> None:
    client = Client()

    answer = send(client, draft)

    assert answer["Location"] == f"/tai-khoan/dang-nhap/?next={page_of(draft)}"
    assert kept_forms.KEY_COOKIE not in client.cookies


def test_who_signed_out_leaves_no_trace(owner: AccountView, draft: DraftView) -> None:
    client = Client()
    enter(client, owner.username)
    client.post("/tai-khoan/dang-xuat/")

    send(client, draft)

    assert client.cookies[kept_forms.OWNER_COOKIE].value == ""
    assert kept_forms.KEY_COOKIE not in client.cookies


def test_a_forged_owner_is_nobody(owner: AccountView, draft: DraftView) -> None:
    client = Client()
    client.cookies = SimpleCookie({kept_forms.OWNER_COOKIE: f"{owner.id}:forged"})

    send(client, draft)

    assert kept_forms.KEY_COOKIE not in client.cookies
