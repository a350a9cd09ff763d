"""Getting in: by password, by one click in a demo only, to a page of ours only, giving nothing away."""

import re

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from motcua.domain.identity import commands, queries
from motcua.domain.identity.testing import (
    LONG_AGO,
    PASSWORD,
    a_citizen_account,
    a_person,
    a_personal_id,
    an_account,
    sign_in,
)
from motcua.interfaces.portal.account import urls
from motcua.kernel.actors import SYSTEM, Assurance

pytestmark = pytest.mark.django_db
SIGN_IN = "/tai-khoan/dang-nhap/"


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    cache.clear()


def enter(client: Client, login: str, password: str = PASSWORD, **more: str) -> object:
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


def in_mode(mode: str) -> object:
    """Return the settings of a node of this kind."""
    here = django_settings.NODE
    return here.model_copy(update={"mode": type(here.mode)(mode), "demo_sign_in": None})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_every_page_of_the_account_declares_its_permission() -> None:
    pages = [
        pattern.callback
        for group in (urls.sign_in, urls.recovery_by_mail, urls.protection)
        for pattern in group
    ]

    assert all(hasattr(page, "permission") for page in pages)


def test_a_password_opens_the_account_however_the_name_is_typed(client: Client) -> None:
    an_account(username="hoa", password=PASSWORD)

    enter(client, "HOA ")

    assert is_in(client)


def test_the_session_is_new_after_signing_in(client: Client) -> None:
    an_account(username="hoa", password=PASSWORD)
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    fixed = session.session_key

    enter(client, "hoa")

    assert client.session.session_key != fixed


@pytest.mark.parametrize(
    "target", ["https://xau.example/", "//xau.example", r"\\xau.example", "javascript:alert(1)"]
)
def test_next_never_leads_off_the_site(client: Client, target: str) -> None:
    an_account(username="hoa", password=PASSWORD)

    response = client.post(SIGN_IN, {"login": "hoa", "password": PASSWORD, "next": target})

    assert response.headers["Location"] == "/"


def test_next_leads_back_to_the_page_one_came_from(client: Client) -> None:
    an_account(username="hoa", password=PASSWORD)

    asked = client.get("/tai-khoan/thiet-bi/")
    assert asked.headers["Location"] == f"{SIGN_IN}?next=/tai-khoan/thiet-bi/"
    response = client.post(SIGN_IN, {"login": "hoa", "password": PASSWORD, "next": "/tai-khoan/thiet-bi/"})

    assert response.headers["Location"] == "/tai-khoan/thiet-bi/"


def test_a_wrong_name_and_a_wrong_password_look_the_same(client: Client) -> None:
    an_account(username="hoa", password=PASSWORD)

    known = client.post(SIGN_IN, {"login": "hoa", "password": "sai"})
    unknown = client.post(SIGN_IN, {"login": "nobody", "password": "sai"})

    def shown(page: bytes) -> str:
        return re.sub(r'value="[^"]*"', "", page.decode())

    assert (known.status_code, shown(known.content)) == (unknown.status_code, shown(unknown.content))
    assert "không đúng" in known.content.decode()


def test_guessing_is_stopped(client: Client) -> None:
    an_account(username="hoa", password=PASSWORD)
    for _ in range(5):
        enter(client, "hoa", "sai rồi")

    enter(client, "hoa")

    assert not is_in(client)


def test_a_closed_account_stops_at_once(client: Client) -> None:
    account = a_citizen_account()
    sign_in(client, account.id)
    assert client.get("/tai-khoan/").status_code == 200

    commands.close_account(account.id, actor=SYSTEM, at=LONG_AGO)

    assert client.get("/tai-khoan/").status_code == 302


def test_one_click_opens_a_sample_account_in_a_demo(client: Client, settings: Settings) -> None:
    settings.NODE = in_mode("demo")
    an_account(a_person("Rơ Châm H’Bia").id, username="demo.hbia")

    assert "Rơ Châm H’Bia" in client.get(SIGN_IN).content.decode()
    client.post("/tai-khoan/dang-nhap/mau/", {"username": "demo.hbia"})

    assert is_in(client)


@pytest.mark.parametrize("mode", ["production", "test"])
def test_outside_a_demo_there_is_no_one_click(client: Client, settings: Settings, mode: str) -> None:
    settings.NODE = in_mode(mode)
    an_account(a_person("Rơ Châm H’Bia").id, username="demo.hbia")

    assert client.post("/tai-khoan/dang-nhap/mau/", {"username": "demo.hbia"}).status_code == 404
    assert "H’Bia" not in client.get(SIGN_IN).content.decode()
    assert not is_in(client)


def test_one_click_opens_no_account_that_is_not_a_sample(client: Client, settings: Settings) -> None:
    settings.NODE = in_mode("demo")
    an_account(username="quan-tri")

    assert client.post("/tai-khoan/dang-nhap/mau/", {"username": "quan-tri"}).status_code == 404


def test_one_click_needs_the_form_it_was_sent_from(settings: Settings) -> None:
    settings.NODE = in_mode("demo")
    an_account(username="demo.hbia")
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/tai-khoan/dang-nhap/mau/", {"username": "demo.hbia"}).status_code == 403


def sign_up(client: Client, email: str, number: str = "") -> object:
    return client.post(
        "/tai-khoan/dang-ky/",
        {
            "full_name": "Nguyễn Thị Hoa",
            "personal_id": number or a_personal_id(),
            "email": email,
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )


def test_signing_up_claims_a_number_and_waits_for_the_address(client: Client) -> None:
    known = a_person()

    sign_up(client, "hoa@example.vn", known.personal_id)

    assert not is_in(client)
    assert queries.account_of_person(known.id) is None
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert link is not None
    client.post(link[1])
    enter(client, "hoa@example.vn")
    assert is_in(client)
    made = queries.account(client.session["_auth_user_id"])
    assert (made.assurance, made.claimed_personal_id) == (Assurance.BASIC, known.personal_id)
    assert made.person_id != known.id


def test_signing_up_with_a_known_address_looks_like_any_other(client: Client) -> None:
    first = sign_up(client, "hoa@example.vn")
    cache.clear()
    again = sign_up(Client(), "hoa@example.vn")

    assert first.headers["Location"] == again.headers["Location"]  # type: ignore[attr-defined]
    assert len(mail.outbox) == 2


def test_recovery_tells_nobody_who_has_an_account(client: Client) -> None:
    an_account(username="hoa", password=PASSWORD, email="hoa@example.vn")

    known = client.post("/tai-khoan/quen-mat-khau/", {"email": "hoa@example.vn"})
    unknown = client.post("/tai-khoan/quen-mat-khau/", {"email": "ai-do@example.vn"})

    assert known.headers["Location"] == unknown.headers["Location"]


def test_a_recovered_password_works_and_is_traced(client: Client) -> None:
    account = an_account(username="hoa", password=PASSWORD, email="hoa@example.vn")
    client.post("/tai-khoan/quen-mat-khau/", {"email": "hoa@example.vn"})
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert link is not None
    form = client.get(link[1]).headers["Location"]

    client.post(form, {"password1": "suối-mơ-tháng-chạp", "password2": "suối-mơ-tháng-chạp"})

    enter(client, "hoa", "suối-mơ-tháng-chạp")
    assert is_in(client)
    assert "password_reset" in [change.deed for change in queries.history(account.id)]


def test_signing_out_everywhere_ends_the_other_devices_too(client: Client) -> None:
    an_account(username="hoa", password=PASSWORD)
    other = Client()
    enter(client, "hoa")
    enter(other, "hoa")
    assert client.get("/tai-khoan/thiet-bi/").content.decode().count("thiet-bi/") > 2

    client.post("/tai-khoan/thiet-bi/dang-xuat-tat-ca/")

    assert client.get("/tai-khoan/").status_code == 302
    assert other.get("/tai-khoan/").status_code == 302


def test_nobody_ends_the_session_of_someone_else(client: Client) -> None:
    an_account(username="hoa", password=PASSWORD)
    an_account(username="binh", password=PASSWORD)
    other = Client()
    enter(client, "hoa")
    enter(other, "binh")
    theirs = re.search(r"thiet-bi/(\d+)/", other.get("/tai-khoan/thiet-bi/").content.decode())
    assert theirs is not None

    assert client.post(f"/tai-khoan/thiet-bi/{theirs[1]}/dang-xuat/").status_code == 404
    assert other.get("/tai-khoan/").status_code == 200


PAGES = [
    "account_login", "account_signup", "account_logout", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_email_verification_sent", "account_security", "account_capacity",
    "account_second_factor", "usersessions_list", "account_email", "account_change_password",
    "account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("signed_in", [True, False])
def test_every_page_renders_without_inline_script(client: Client, name: str, signed_in: bool) -> None:
    if signed_in:
        an_account(username="hoa", password=PASSWORD)
        enter(client, "hoa")

    response = client.get(reverse(name))

    assert response.status_code in {200, 302}
    page = response.content.decode()
    assert not re.search(r"<script(?![^>]*(src=|application/json))|\sstyle=|\son\w+=", page)
    assert not re.search(
        r"\b(Password|Sign in|Email address|Confirm|Username)\b", re.sub(r"<[^>]*>", "", page)
    )
