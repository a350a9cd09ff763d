"""What the script and the worker of every page add: no reload, no second sending, keys, a page without a network."""

from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser.people import Person

Sit = Callable[..., Person]


def test_the_theme_changes_without_a_reload(person: Sit) -> None:
    page = person().go("/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("an")

    page.get_by_role("button", name="Dùng giao diện tối").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.get_by_label("Tên đăng nhập").input_value() == "an"
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_form_is_sent_once(person: Sit) -> None:
    page = person().go("/tai-khoan/dang-nhap/")
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)

    page.route(lambda url: url.endswith("/dang-nhap/"), take)
    page.get_by_label("Tên đăng nhập").fill("an")
    page.get_by_label("Mật khẩu").fill("không đúng")

    button = page.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True)
    button.click()
    button.click(force=True)

    expect(button).to_have_attribute("aria-busy", "true")
    assert len(sent) == 1


def test_a_list_is_walked_from_the_keyboard(person: Sit) -> None:
    page = person().go("/design")
    rows = page.locator("[data-keys]").first.locator("tbody tr")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")

    expect(rows.nth(1).locator("a.main")).to_be_focused()
    expect(rows.nth(1).locator("input")).to_be_checked()


def test_without_a_network_there_is_a_page_and_nothing_of_anyones(person: Sit) -> None:
    citizen = person("citizen A")
    page = citizen.go("/tai-khoan/")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    kept = page.evaluate(
        "caches.keys().then(async (names) => (await Promise.all(names.map("
        "async (name) => (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)"
        "))).flat())"
    )

    citizen.context.set_offline(True)
    page.goto("/tai-khoan/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Không có kết nối mạng")
    assert {path for path in kept if not path.startswith("/static/")} == {"/khong-co-mang", "/bieu-tuong.svg"}
