"""What holds for every page: light, whole, within reach of everybody, in both languages."""

from collections.abc import Callable

import pytest

from tests.browser.people import BUDGET_BYTES, Person
from tests.world import World

Sit = Callable[..., Person]

#: who → pages of theirs; ``{done}`` is the id of A's dossier in that state, ``{draft}`` of A's draft
PAGES = {
    "anonymous": [
        "/",
        "/design",
        "/thu-tuc/",
        "/thu-tuc/?q=khai+sinh",
        "/thu-tuc/1.001193",
        "/tra-cuu",
        "/tai-khoan/dang-nhap/",
        "/tai-khoan/dang-ky/",
        "/tai-khoan/quen-mat-khau/",
    ],
    "citizen A": [
        "/",
        "/thong-bao/",
        "/ho-so/",
        "/ho-so/{submitted}",
        "/ho-so/{supplement}",
        "/ho-so/{supplement}/bo-sung",
        "/ho-so/{done}/giay-tiep-nhan",
        "/ho-so/{returned}",
        "/nop-ho-so/{draft}/",
        "/nop-ho-so/{draft}/phan/child",
        "/nop-ho-so/{draft}/giay-to",
        "/nop-ho-so/{draft}/noi-nhan",
        "/nop-ho-so/{draft}/kiem-tra",
        "/tai-khoan/",
        "/tai-khoan/thiet-bi/",
        "/tai-khoan/email/",
        "/tai-khoan/hai-lop/",
        "/tai-khoan/hai-lop/khoa/",
        "/tai-khoan/vai-tro/",
    ],
    "clerk": [
        "/tai-khoan/vai-tro/",
        "/ban-lam-viec/",
        "/ban-lam-viec/?muc=finished",
        "/ban-lam-viec/tim?q=tuyet",
        "/ban-lam-viec/ho-so/{submitted}",
        "/ban-lam-viec/ho-so/{returned}",
        "/ban-lam-viec/ho-so/{returned}/in",
    ],
    "handler": ["/ban-lam-viec/", "/ban-lam-viec/ho-so/{processing}"],
    "leader": ["/ban-lam-viec/", "/ban-lam-viec/ho-so/{proposed}"],
}
NOT_A_TASK = {"/design"}  #: shows every part there is, so it may weigh more
CASES = [(who, path) for who, paths in PAGES.items() for path in paths]


#: each page is met twice; every choice is met once
WAYS = {
    "phone": {"device": "phone", "scheme": "light", "language": "vi"},
    "desktop": {"device": "desktop", "scheme": "dark", "language": "en"},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("who", "path"), CASES)
def test_the_page_is_light_and_open_to_everybody(
    world: World, person: Sit, who: str, path: str, way: str
) -> None:
    visitor = person(who, **WAYS[way])
    ids = {name: view.id for name, view in world.dossiers.items()} if "{" in path else {}

    page = visitor.go(path.format(**ids, draft=world.draft.id if "{draft}" in path else ""))

    assert path in NOT_A_TASK or visitor.bytes <= BUDGET_BYTES, f"{visitor.bytes / 1024:.1f} KB"
    assert page.locator("html").get_attribute("lang") == WAYS[way]["language"]
    visitor.finds_nothing_wrong()


def test_a_page_that_is_not_there_says_so_kindly(person: Sit) -> None:
    visitor = person(device="phone")

    visitor.go("/khong-co-trang-nay", status=404)

    visitor.finds_nothing_wrong()
