"""What holds for every page: light, whole, within reach of everybody, in both languages."""

from collections.abc import Callable

import pytest

from tests.browser.people import BUDGET_BYTES, Person

Sit = Callable[..., Person]

#: who → pages they meet first
PAGES = {
    "anonymous": [
        "/",
        "/design",
        "/tai-khoan/dang-nhap/",
        "/tai-khoan/dang-ky/",
        "/tai-khoan/quen-mat-khau/",
    ],
    "citizen A": [
        "/",
        "/tai-khoan/",
        "/tai-khoan/thiet-bi/",
        "/tai-khoan/email/",
        "/tai-khoan/hai-lop/",
        "/tai-khoan/hai-lop/khoa/",
        "/tai-khoan/vai-tro/",
    ],
    "clerk": ["/tai-khoan/vai-tro/"],
}
CASES = [(who, path) for who, paths in PAGES.items() for path in paths]


#: each page is met twice; every choice is met once
WAYS = {
    "phone": {"device": "phone", "scheme": "light", "language": "vi"},
    "desktop": {"device": "desktop", "scheme": "dark", "language": "en"},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("who", "path"), CASES)
def test_the_page_is_light_and_open_to_everybody(person: Sit, who: str, path: str, way: str) -> None:
    visitor = person(who, **WAYS[way])

    page = visitor.go(path)

    assert visitor.bytes <= BUDGET_BYTES, f"{visitor.bytes / 1024:.1f} KB"
    assert page.locator("html").get_attribute("lang") == WAYS[way]["language"]
    visitor.finds_nothing_wrong()


def test_a_page_that_is_not_there_says_so_kindly(person: Sit) -> None:
    visitor = person(device="phone")

    visitor.go("/khong-co-trang-nay", status=404)

    visitor.finds_nothing_wrong()
