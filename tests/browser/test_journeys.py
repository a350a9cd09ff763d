"""The way of a dossier as its people walk it: a citizen on a phone, three officers at their desks."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from motcua.domain.cases import queries
from motcua.domain.cases.types import DossierId, DossierView, State, Step
from motcua.domain.catalogue.testing import CERTIFIED_COPY
from tests.browser.people import Person
from tests.world import World

Sit = Callable[..., Person]
FOUND = re.compile(r"/ho-so/([0-9a-f-]{36})")


def a_photo() -> dict[str, object]:
    """Return what a phone's camera hands to the file dialogue."""
    body = BytesIO()
    Image.new("RGB", (600, 800), "white").save(body, "JPEG")
    return {"name": "bang-tot-nghiep.jpg", "mimeType": "image/jpeg", "buffer": body.getvalue()}


def fill(person: Person, **answers: str) -> None:
    for name, value in answers.items():
        person.page.fill(f"[name=a-{name}]", value)


def as_filed(world: World, address: str) -> DossierView:
    """Return the dossier an address is about, as its office sees it now."""
    found = FOUND.search(address)
    assert found, address
    return queries.dossier(DossierId(found[1]), actor=world.office.clerk)  # type: ignore[arg-type]  # text of an id


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_citizen_files_from_a_phone(world: World, person: Sit, scripts: bool) -> None:
    citizen = person("citizen A", device="phone", scripts=scripts)
    page = citizen.page

    citizen.go("/")
    page.fill("[name=q]", "chung thuc ban sao")
    citizen.press("Tìm")
    page.locator(f"main a[href$='/thu-tuc/{CERTIFIED_COPY}']").first.click()
    page.wait_for_url(f"**/thu-tuc/{CERTIFIED_COPY}")
    citizen.press("Nộp hồ sơ")
    citizen.finds_nothing_wrong()  # what there is to do
    page.locator("main p.row > a.button").click()
    page.wait_for_url("**/phan/original")
    citizen.finds_nothing_wrong()

    fill(citizen, document_name="Bằng tốt nghiệp", document_issuer="Đại học Quy Nhơn", pages="3", copies="0")
    citizen.press("Lưu và đi tiếp")
    assert page.locator("[aria-invalid=true]").count() == 1  # no copies
    citizen.finds_nothing_wrong()
    fill(citizen, copies="2")
    citizen.press("Lưu và đi tiếp")
    assert page.input_value("[name=a-applicant_name]") == world.person_a.full_name  # known already
    fill(citizen, applicant_address_street="12 Hùng Vương", applicant_address_place="23575")
    citizen.press("Lưu và đi tiếp")

    page.set_input_files("[name=files]", a_photo())  # type: ignore[arg-type]  # a file in memory
    if not scripts:
        citizen.press("Tải lên")
    page.locator("a", has_text="bang-tot-nghiep.jpg").wait_for()
    citizen.finds_nothing_wrong()
    citizen.press("Đi tiếp", role="link")
    if page.url.endswith("/noi-nhan"):
        page.select_option("[name=office]", str(world.office.agency_id))
        citizen.press("Lưu và đi tiếp")
    citizen.finds_nothing_wrong()
    page.check("[name=truth]")
    citizen.press("Nộp hồ sơ")

    assert page.get_by_role("heading", name="Đã nộp hồ sơ").count() == 1
    citizen.finds_nothing_wrong()
    view = as_filed(world, page.url)
    assert view.state is State.SUBMITTED
    assert page.get_by_text(view.code).count() >= 1
    citizen.press("Bản để in", role="link")
    assert view.code in page.content()
    citizen.finds_nothing_wrong()


def do(officer: Person, world: World, dossier: DossierView, title: str, **said: str) -> DossierView:
    """Open a dossier and do the deed called ``title``, by keyboard alone."""
    page = officer.page
    officer.go(f"/ban-lam-viec/ho-so/{dossier.id}")
    officer.finds_nothing_wrong()
    if said:
        summary = page.locator("details.deed > summary", has_text=title)
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.focus()
            page.keyboard.press("Enter")
    for name, words in said.items():
        page.locator(f"details[open].deed [name$='-{name}']").first.focus()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(words)
    officer.part("button", title).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return as_filed(world, f"/ho-so/{dossier.id}")


def test_three_officers_bring_it_to_its_end_by_keyboard(world: World, person: Sit) -> None:
    view = world.a_dossier()
    clerk, handler, leader = person("clerk"), person("handler"), person("leader")

    view = do(clerk, world, view, "Tiếp nhận")
    view = do(clerk, world, view, "Chuyển") if view.state is State.ACCEPTED else view
    assert (view.state, view.history[-1].by_person) == (State.PROCESSING, world.office.clerk.person_id)
    view = do(handler, world, view, "Trình lãnh đạo", reason="Hồ sơ đủ và đúng, đề nghị ký.")
    assert view.proposal == "Hồ sơ đủ và đúng, đề nghị ký."
    view = do(leader, world, view, "Duyệt")
    assert view.state is State.DONE
    view = do(clerk, world, view, "Trả kết quả")

    assert view.state is State.RETURNED


def test_the_inbox_is_worked_through_by_keyboard(world: World, person: Sit) -> None:
    view = world.a_dossier()
    clerk = person("clerk")

    page = clerk.go("/ban-lam-viec/")
    page.locator(f"a.main[href$='{view.id}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ho-so/{view.id}")

    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    clerk.finds_nothing_wrong()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_citizen_answers_once_and_holds_the_result(world: World, person: Sit, scripts: bool) -> None:
    view = world.a_dossier((Step.ACCEPT, Step.FORWARD, Step.ASK_SUPPLEMENT))
    citizen = person("citizen A", device="phone", scripts=scripts)
    page = citizen.page

    citizen.go(f"/ho-so/{view.id}")
    page.locator(f"a[href='/ho-so/{view.id}/bo-sung']").first.click()
    page.set_input_files("input[type=file]", a_photo())  # type: ignore[arg-type]  # a file in memory
    citizen.press("Gửi bổ sung")

    assert as_filed(world, f"/ho-so/{view.id}").state is State.PROCESSING
    citizen.finds_nothing_wrong()

    result = world.dossiers["returned"]
    citizen.go(f"/ho-so/{result.id}")
    href = page.locator("a[href*='/van-ban/']").first.get_attribute("href")
    assert href
    answer = citizen.context.request.get(href)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-1.7")


def test_a_form_left_open_past_the_session_comes_back_after_sign_in(world: World, person: Sit) -> None:
    citizen = person("citizen A", device="phone")
    page = citizen.go(f"/nop-ho-so/{world.draft.id}/phan/applicant")
    page.fill("[name=a-applicant_phone]", "0911222333")
    citizen.context.clear_cookies(name="sessionid")

    citizen.press("Lưu và đi tiếp")

    assert "/tai-khoan/dang-nhap/" in page.url
    page.get_by_role("button", name=world.person_a.full_name).click()
    page.wait_for_url("**/phan/applicant**")
