"""Signing up, a passkey on a virtual device, and signing in with nothing else."""

import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from tests.browser.people import Person, Site
from tests.world import World

Sit = Callable[..., Person]
PASSWORD = "một-câu-dễ-nhớ-hơn-một-từ-khó"


def newest_letter() -> str:
    letters = sorted(Path(settings.VAR, "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)
    return letters[-1].read_text()


def give_a_security_key(person: Person) -> None:
    """Plug a virtual authenticator into the browser. Source: W3C WebAuthn Level 2 § 11."""
    devtools = person.context.new_cdp_session(person.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_newcomer_signs_up_and_then_in_with_a_passkey_alone(world: World, site: Site, person: Sit) -> None:
    newcomer = person("anonymous", device="phone")
    page = newcomer.page

    newcomer.go("/tai-khoan/dang-ky/")
    page.fill("[name=full_name]", "Trần Thị Mới")
    page.fill("[name=personal_id]", "064190099999")
    page.fill("[name=email]", "moi@example.vn")
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    newcomer.press("Đăng ký", exact=True)
    newcomer.finds_nothing_wrong()
    address = re.search(r"/tai-khoan/xac-nhan-email/[-:\w]+/", newest_letter())
    assert address
    newcomer.go(address[0])
    newcomer.press("Xác nhận")

    if "/dang-nhap/" in page.url:
        page.fill("[name=login]", "moi@example.vn")
        page.fill("[name=password]", PASSWORD)
        newcomer.press("Đăng nhập", exact=True)
    give_a_security_key(newcomer)
    newcomer.go("/tai-khoan/hai-lop/khoa/them/")
    if "/xac-nhan/" in page.url:
        page.fill("[name=password]", PASSWORD)
        newcomer.press("Xác nhận")
    page.fill("[name=name]", "điện thoại của tôi")
    page.check("[name=passwordless]")
    newcomer.finds_nothing_wrong()
    newcomer.press("Thêm")
    assert "/hai-lop/" in page.url

    newcomer.context.clear_cookies(name="sessionid")
    newcomer.go("/tai-khoan/dang-nhap/")
    page.click("#passkey_login")
    page.wait_for_url(re.compile(rf"^{re.escape(site.url)}/(?!tai-khoan/dang-nhap)"))

    newcomer.go("/tai-khoan/")
    assert page.get_by_text("Trần Thị Mới").count() >= 1
    newcomer.finds_nothing_wrong()


def test_a_wrong_password_is_said_without_saying_what_was_wrong(world: World, person: Sit) -> None:
    visitor = person(device="phone")
    page = visitor.go("/tai-khoan/dang-nhap/")

    page.fill("[name=login]", "khong-co-nguoi-nay")
    page.fill("[name=password]", "khong-dung-dau-nhe")
    visitor.press("Đăng nhập", exact=True)

    assert page.get_by_text("Tên đăng nhập, e-mail hoặc mật khẩu không đúng.").count() == 1
    visitor.finds_nothing_wrong()
