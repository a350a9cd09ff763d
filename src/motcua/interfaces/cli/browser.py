"""A browser of the plainest kind: it reads pages, follows links and sends forms; no script runs in it."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, Self
from urllib.parse import urljoin

import httpx

OK: Final = 200
_TEXT_LIKE: Final = frozenset({"text", "hidden", "email", "tel", "number", "date", "search", "time", "month"})


class PageMissing(Exception):
    """A page did not answer as it should, or lacks what was looked for; the message says what and where."""


@dataclass(slots=True)
class Form:
    """A form as it stands on its page: what it would send if nobody touched it."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def named(self, key: str) -> str:
        """Return the name of a field, which may carry a prefix. Raises PageMissing."""
        found = [name for name in self.names if name == key or name.endswith(f"-{key}")]
        if not found:
            raise PageMissing(f"the form to {self.action} has no field {key}")
        return min(found, key=len)


class Page(HTMLParser):
    """A page read: its forms, links and text."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.response = response
        self.address = str(response.url)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._choice = ""
        self._writing = ""
        self.feed(response.text)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def form(self, ending: str) -> Form:
        """Return the form that is sent to an address ending so. Raises PageMissing."""
        for form in self.forms:
            if form.action.split("?")[0].endswith(ending):
                return form
        raise PageMissing(f"{self.address} has no form to …{ending}")

    def link(self, part: str) -> str:
        """Return the first link whose address holds ``part``. Raises PageMissing."""
        for link in self.links:
            if part in link:
                return link
        raise PageMissing(f"{self.address} has no link to …{part}…")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                action = urljoin(self.address, facts.get("action", "") or self.address)
                self._form = Form(action, facts.get("method", "get").lower())
                self.forms.append(self._form)
            case "a" if facts.get("href"):
                self.links.append(urljoin(self.address, facts["href"]))
            case "input" | "select" | "textarea" | "button" if self._form is not None:
                self._control(self._form, tag, facts)
            case "option" if self._form is not None and self._choice:
                if "selected" in facts or self._choice not in self._form.values:
                    self._form.values[self._choice] = facts.get("value", "")

    def _control(self, form: Form, tag: str, facts: Mapping[str, str]) -> None:
        name, kind = facts.get("name", ""), facts.get("type", "text").lower()
        if not name or "disabled" in facts:
            return
        if tag == "button":
            form.buttons.append((name, facts.get("value", "")))
            return
        form.names.add(name)
        if tag == "select":
            self._choice = name
        elif tag == "textarea":
            self._writing = name
            form.values[name] = ""
        elif kind in _TEXT_LIKE or (kind in {"radio", "checkbox"} and "checked" in facts):
            form.values[name] = facts.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._form = None
            case "select":
                self._choice = ""
            case "textarea":
                self._writing = ""

    def handle_data(self, data: str) -> None:
        if self._writing and self._form is not None:
            self._form.values[self._writing] += data
        else:
            self.words.append(data)


class Visitor:
    """One person at one browser, with cookies of their own."""

    def __init__(self, base_url: str) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # the summary tells it better
        self._client = httpx.Client(base_url=base_url, follow_redirects=True, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def open(self, address: str, **query: str) -> Page:
        """Open a page. Raises PageMissing unless it answers 200."""
        return Page(self._checked(self._client.get(address, params=query or None)))

    def fetch(self, address: str) -> bytes:
        """Return the bytes behind an address. Raises PageMissing unless it answers 200."""
        return self._checked(self._client.get(address)).content

    def send(
        self,
        form: Form,
        values: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Page:
        """Send a form with ``values`` laid over what stands in it, and return the page that follows."""
        told = {form.named(key): value for key, value in (values or {}).items()}
        data = form.values | told
        headers = {"Referer": form.action}
        response = self._client.post(form.action, data=data, files=files or None, headers=headers)
        return Page(self._checked(response))

    def press(self, form: Form, button: tuple[str, str]) -> Page:
        """Send a form by one of its named buttons."""
        data = form.values | dict([button])
        response = self._client.post(form.action, data=data, headers={"Referer": form.action})
        return Page(self._checked(response))

    def _checked(self, response: httpx.Response) -> httpx.Response:
        if response.status_code != OK:
            words = (
                " ".join(_wrong_words(response)) if "html" in response.headers.get("content-type", "") else ""
            )
            raise PageMissing(
                f"{response.request.method} {response.url} answered {response.status_code} {words}"
            )
        return response


def _wrong_words(response: httpx.Response) -> Iterator[str]:
    """Yield the beginning of what a page says is wrong."""
    text = Page(response).text
    for mark in ("Lỗi:", "Có chỗ cần sửa"):
        if mark in text:
            yield text[text.index(mark) :][:200]
            return
    yield text[:200]
