"""A form with every type of question, filled in by people with and without a script, on phone and desktop."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from motcua.domain.agencies import commands as agencies
from motcua.domain.cases import commands
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import DraftView
from motcua.domain.catalogue import commands as catalogue
from motcua.domain.catalogue.testing import EVERYTHING_ANSWERS, EVERYTHING_CODE, LONG_AGO, everything_text
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import now
from tests.browser.people import BUDGET_BYTES, Person
from tests.world import World

Sit = Callable[..., Person]
SECTIONS = ("words", "people", "house", "money")
WAYS = {
    "phone": {"device": "phone", "scheme": "light", "language": "vi"},
    "desktop": {"device": "desktop", "scheme": "dark", "language": "en"},
}


@pytest.fixture(scope="module")
def draft(world: World, django_db_blocker: object) -> DraftView:
    """A draft of citizen A with every question answered."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # the blocker of pytest-django
        agencies.import_vietnam(actor=SYSTEM, at=LONG_AGO)
        catalogue.publish(everything_text(), actor=SYSTEM, at=LONG_AGO)
        actor = world.office.citizen
        begun = commands.start_draft(EVERYTHING_CODE, actor=actor, at=now())
        return commands.save_draft(
            begun.id, EVERYTHING_ANSWERS, actor=actor, at=now(), agency_id=world.office.agency_id
        )


def answers_now(world: World, draft: DraftView) -> dict[str, object]:
    return dict(cases.draft(draft.id, actor=world.office.citizen).answers)


def open_without_saving(visitor: Person, address: str) -> Page:
    """Open a form that does not save itself, so that one test does not answer for another."""
    page = visitor.go(address)
    page.locator("form.form").evaluate("form => { form.dataset.sent = '1' }")
    return page


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("page", [*(f"phan/{section}" for section in SECTIONS), "kiem-tra"])
def test_every_page_of_the_form_is_light_and_open_to_everybody(
    draft: DraftView, person: Sit, page: str, way: str
) -> None:
    visitor = person("citizen A", **WAYS[way])

    visitor.go(f"/nop-ho-so/{draft.id}/{page}")

    assert visitor.bytes <= BUDGET_BYTES, f"{visitor.bytes / 1024:.1f} KB"
    visitor.finds_nothing_wrong()


def test_questions_come_and_go_and_numbers_follow_as_one_types(draft: DraftView, person: Sit) -> None:
    visitor = person("citizen A")

    page = open_without_saving(visitor, f"/nop-ho-so/{draft.id}/phan/words")
    page.fill("[name=a-price]", "1.000.000")
    page.fill("[name=a-floors]", "3")
    assert page.locator("[name=a-value_per_floor]").inner_text() == "333.333 ₫"
    page.fill("[name=a-floors]", "0")
    assert page.locator("[name=a-value_per_floor]").inner_text() == "—"

    page = open_without_saving(visitor, f"/nop-ho-so/{draft.id}/phan/people")
    assert page.locator("[data-question=spouse]").is_visible()
    page.check("[name=a-married][value=no]")
    assert not page.locator("[data-question=spouse]").is_visible()
    assert visitor.errors == []


def test_rows_are_added_and_taken_away_at_once(draft: DraftView, person: Sit) -> None:
    visitor = person("citizen A")
    page = open_without_saving(visitor, f"/nop-ho-so/{draft.id}/phan/house")

    page.get_by_role("button", name="Thêm dòng").click()
    assert page.locator("tbody [data-row]").count() == 3
    page.locator("[name=a-rooms-2-called]").fill("Bếp")
    page.locator("[name=a-rooms-2-size]").fill("9,5")
    assert page.locator("[name=a-rooms_size]").inner_text() == "60"
    page.locator("[name=a-rooms-remove][value='1']").click()
    assert page.locator("[name=a-rooms_size]").inner_text() == "40"
    assert not page.locator("[data-question=trade_name]").is_visible()
    assert page.locator("tbody [data-number]").all_inner_texts()[0] == "1"
    for _more in range(3):
        page.get_by_role("button", name="Thêm dòng").click()
    assert not page.get_by_role("button", name="Thêm dòng").is_visible()
    assert visitor.errors == []


def test_rows_are_added_and_taken_away_without_a_script(world: World, draft: DraftView, person: Sit) -> None:
    visitor = person("citizen A", device="phone", scripts=False)
    page = visitor.go(f"/nop-ho-so/{draft.id}/phan/house")
    assert page.locator("[data-row]").count() == 2

    visitor.press("Thêm dòng")
    assert page.locator("[data-row]").count() == 3
    page.locator("[name=a-rooms-2-called]").fill("Bếp")
    visitor.press("Lưu và đi tiếp")
    assert page.locator(".errors a").all_inner_texts() == [
        "Các phòng, dòng 3, Rộng: Hãy trả lời câu này.",
        "Các phòng, dòng 3, Dùng để: Hãy chọn một câu trả lời.",
    ]
    at = page.locator(".errors a").first.get_attribute("href")
    assert at == "#id_a-rooms-2-size"
    assert page.locator(at).count() == 1
    visitor.press("Bỏ dòng 3")
    visitor.press("Lưu và đi tiếp")

    assert answers_now(world, draft)["rooms"] == EVERYTHING_ANSWERS["rooms"]


def test_a_failed_check_says_what_the_definition_says_in_the_language_of_the_page(
    draft: DraftView, person: Sit
) -> None:
    for language, words in (("vi", "Số định danh này là của chính bạn."), ("en", "This number is your own.")):
        visitor = person("citizen A", language=language, scripts=False)
        page = visitor.go(f"/nop-ho-so/{draft.id}/phan/people")
        page.check("[name=a-married][value=yes]")
        page.fill("[name=a-spouse_full_name]", "Siu Thơ")
        page.fill("[name=a-spouse_personal_id]", str(EVERYTHING_ANSWERS["number"]))
        visitor.press("Lưu và đi tiếp" if language == "vi" else "Save and continue")
        assert words in page.locator("[data-question=spouse]").inner_text()
