"""Somebody at a browser, and what is expected of every page they see.

Sources: WCAG 2.2 level AA, as far as axe-core can tell; the promises of the interface: nothing from elsewhere,
60 KB for a first visit, no sideways scrolling, no script errors.
"""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request

from tests.world import Visitor

BUDGET_BYTES: Final = 60 * 1024
LEVEL_AA: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES: Final = {"phone": (360, 740), "desktop": (1280, 860)}


@dataclass(frozen=True, slots=True)
class Site:
    """The served node."""

    url: str


class Person:
    """A visitor with a browser of their own: fresh cache, their session, one device."""

    def __init__(
        self,
        site: Site,
        chromium: Browser,
        visitor: Visitor,
        *,
        device: str = "desktop",
        scripts: bool = True,
        language: str = "vi",
        scheme: str = "light",
    ) -> None:
        self.site, self.chromium, self.visitor = site, chromium, visitor
        self.scripts, self.device = scripts, device
        self.errors: list[str] = []
        self.foreign: set[str] = set()
        self.bytes = 0
        width, height = SIZES[device]
        self.context: BrowserContext = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            color_scheme=scheme,  # type: ignore[arg-type]  # one of two words
            locale={"vi": "vi-VN", "en": "en-GB"}[language],
        )
        self.context.set_default_timeout(15_000)
        cookies = {"django_language": language}
        if visitor.account is not None:
            cookies["sessionid"] = visitor.client().cookies["sessionid"].value
        self.context.add_cookies([{"name": k, "value": v, "url": site.url} for k, v in cookies.items()])
        self.page: Page = self.context.new_page()
        self.page.on("request", self._note_request)
        self.page.on("requestfinished", self._note_size)
        self.page.on("pageerror", lambda fault: self.errors.append(str(fault)))
        self.page.on("console", lambda line: self._note_console(line.type, line.text))

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()

    def go(self, path: str, *, status: int = 200) -> Page:
        """Open a page of the site and see that it answers with ``status``."""
        answer = self.page.goto(path, wait_until="load")
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        return self.page

    def press(self, name: str, *, role: str = "button", exact: bool = False) -> None:
        """Press the button or link called ``name`` and wait for where it leads."""
        part = self.part(role, name, exact=exact)
        with self.page.expect_navigation():
            part.click()

    def part(self, role: str, name: str, *, exact: bool = False) -> Locator:
        """Return the visible part of the page with this role and name."""
        found = self.page.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]  # a word of ARIA
        return found.locator("visible=true").first

    def finds_nothing_wrong(self) -> None:
        """Expect of the page at hand what is expected of every page."""
        barriers = self.barriers()
        assert not barriers, "\n".join([self.page.url, *barriers])
        assert self.sideways() == 0, f"{self.page.url} scrolls sideways"
        assert self.errors == [], self.page.url
        assert self.foreign == set(), self.page.url

    def barriers(self) -> list[str]:
        """Return what axe-core finds against WCAG 2.2 AA, one line each."""
        if not self.scripts:
            return []  # axe is a script; the same page is looked at with scripts on
        width, height = SIZES[self.device]
        tall = int(self.page.evaluate("document.documentElement.scrollHeight"))
        # the whole page at once: a bar that stays at the foot of the window covers what is not scrolled up yet
        self.page.set_viewport_size({"width": width, "height": max(height, tall)})
        found: dict[str, Any] = Axe().run(self.page, options={"runOnly": LEVEL_AA}).response
        self.page.set_viewport_size({"width": width, "height": height})
        return [
            f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    def sideways(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        if not self.scripts:
            return 0
        return int(
            self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != urlsplit(self.site.url).netloc:
            self.foreign.add(request.url)

    def _note_size(self, request: Request) -> None:
        sizes = request.sizes()
        self.bytes += sizes["responseBodySize"] + sizes["responseHeadersSize"]

    def _note_console(self, kind: str, text: str) -> None:
        if kind == "error" and "the server responded with a status of 4" not in text:
            self.errors.append(text)
