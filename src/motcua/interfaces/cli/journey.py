"""One dossier from the front page to its result, through real HTTP, as five different people."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import httpx

from motcua.interfaces.cli.browser import Page, PageMissing, Visitor
from motcua.kernel.clock import local_date, now
from motcua.platform.notify import queries as notify
from motcua.platform.pdf import queries as pdf
from motcua.platform.pdf.types import NotAPdf

PROCEDURE: Final = "1.001193"
CHILD: Final = "Nguyễn Gia Hân"
NOTICE_WITHIN_S: Final = 30.0
_PAPER: Final = Path(__file__).parent / "journey_paper.typ"
_CODE: Final = re.compile(r"\bH21[.0-9]*-[0-9]{6}-[0-9]{4,}\b")
_DOSSIER: Final = re.compile(r"/ho-so/([0-9a-f-]{36})/da-nop")
_SECRET: Final = re.compile(r"\b[2-9A-HJKMNP-Z]{10}\b")


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step of the journey."""

    name: str
    who: str
    ok: bool
    seconds: float
    detail: str = ""


def run(base_url: str) -> list[StepResult]:
    """Drive one dossier from end to end; the last result tells the failure if there was one."""
    results = []
    with ExitStack() as stack:
        journey = _Journey(base_url, stack)
        for name, who, deed in journey.steps():
            began = time.perf_counter()
            try:
                detail, ok = deed(), True
            except (PageMissing, httpx.HTTPError, NotAPdf) as fault:
                detail, ok = str(fault) or type(fault).__name__, False
            results.append(StepResult(name, who, ok, round(time.perf_counter() - began, 3), detail))
            if not ok:
                break
    return results


class _Journey:
    """The people on the way and what they know of the dossier so far."""

    def __init__(self, base_url: str, stack: ExitStack) -> None:
        self._base_url, self._stack = base_url, stack
        self._people: dict[str, Visitor] = {}
        self._page: Page
        self.id = self.code = self.secret = ""

    def steps(self) -> Iterator[tuple[str, str, Callable[[], str]]]:
        """Yield each step: its name, whose it is, and how it is done; what it returns is told in the summary."""
        yield "sign in", "citizen", lambda: self._sign_in("demo.an")
        yield "find the procedure", "citizen", self._find
        yield "start the form", "citizen", self._start
        yield "fill in the sections", "citizen", self._fill
        yield "upload a paper", "citizen", self._upload
        yield "choose the office", "citizen", self._choose_office
        yield "check and submit", "citizen", self._submit
        yield "sign in at the desk", "clerk", lambda: self._sign_in("demo.clerk")
        yield "find it in the office", "clerk", self._look_up
        yield "accept", "clerk", lambda: self._take("demo.clerk", "accept")
        yield "forward", "clerk", lambda: self._take("demo.clerk", "forward")
        yield "ask for a supplement", "handler", self._ask
        yield "answer the request", "citizen", self._answer
        yield (
            "propose",
            "handler",
            lambda: self._take(
                "demo.handler", "propose", reason="Hồ sơ hợp lệ, đề nghị lãnh đạo ký giấy khai sinh."
            ),
        )
        yield "approve", "leader", lambda: self._take("demo.leader", "approve")
        yield "hand over", "clerk", lambda: self._take("demo.clerk", "hand_over")
        yield "download the receipt", "citizen", self._receipt
        yield "download the result", "citizen", self._result
        yield "track without an account", "stranger", self._track
        yield "receive a notice", "citizen", self._notice

    def _visitor(self, username: str) -> Visitor:
        """Return the browser of a sample person, signed in by one click if they are not yet."""
        if username not in self._people:
            visitor = self._stack.enter_context(Visitor(self._base_url))
            form = visitor.open("/tai-khoan/dang-nhap/").form("/dang-nhap/mau/")
            visitor.press(form, ("username", username))
            self._people[username] = visitor
        return self._people[username]

    @property
    def _citizen(self) -> Visitor:
        return self._visitor("demo.an")

    def _sign_in(self, username: str) -> str:
        self._visitor(username)
        return username

    def _find(self) -> str:
        found = self._citizen.open("/thu-tuc/", q="lam khai sinh")
        self._page = self._citizen.open(found.link(f"/thu-tuc/{PROCEDURE}"))
        return self._page.address

    def _start(self) -> str:
        self._page = self._citizen.send(self._page.form(f"/thu-tuc/{PROCEDURE}/nop"))
        return self._page.address

    def _fill(self) -> str:
        draft = self._page
        sections = list(dict.fromkeys(link for link in draft.links if "/phan/" in link))
        if not sections:
            raise PageMissing(f"{draft.address} leads to no section")
        for address in sections:
            page = self._citizen.open(address)
            form = page.form(address.rpartition("/phan/")[2])
            known = {key: value for key, value in _answers().items() if f"a-{key}" in form.names}
            self._citizen.send(form, known)
        return f"{len(sections)} sections"

    def _upload(self) -> str:
        page = self._citizen.open(f"{self._page.address}giay-to")
        form = page.form("/giay-to/birth_record/gui")
        body = _paper("Giấy chứng sinh")
        self._citizen.send(form, files={"files": ("giay-chung-sinh.pdf", body, "application/pdf")})
        return f"{len(body)} bytes"

    def _choose_office(self) -> str:
        page = self._citizen.open(f"{self._page.address}noi-nhan")
        form = page.form("/noi-nhan")
        if not form.values.get("office"):
            raise PageMissing("no office is suggested for the address given")
        return self._citizen.send(form).address

    def _submit(self) -> str:
        page = self._citizen.open(f"{self._page.address}kiem-tra")
        filed = self._citizen.send(page.form("/kiem-tra"), {"truth": "yes"})
        address, code = _DOSSIER.search(filed.address), _CODE.search(filed.text)
        if address is None or code is None:
            raise PageMissing(f"{filed.address} does not confirm the filing")
        self.id, self.code = address[1], code[0]
        return self.code

    def _look_up(self) -> str:
        page = self._visitor("demo.clerk").open("/ban-lam-viec/tim", q=self.code)
        return page.link(self.id)

    def _take(self, username: str, step: str, **said: str) -> str:
        officer = self._visitor(username)
        page = officer.open(f"/ban-lam-viec/ho-so/{self.id}")
        after = officer.send(page.form(f"/buoc/{step}"), said)
        return after.address

    def _ask(self) -> str:
        return self._take(
            "demo.handler",
            "ask_supplement",
            ask_birth_record="on",
            need_birth_record="Chụp lại rõ nét, đủ bốn góc",
            reason="Bản chụp giấy chứng sinh bị mờ, không đọc được họ tên mẹ.",
        )

    def _answer(self) -> str:
        page = self._citizen.open(f"/ho-so/{self.id}/bo-sung")
        files = {"birth_record": ("giay-chung-sinh-ro.pdf", _paper("Giấy chứng sinh rõ"), "application/pdf")}
        return self._citizen.send(page.form("/bo-sung"), files=files).address

    def _receipt(self) -> str:
        page = self._citizen.open(f"/ho-so/{self.id}/giay-tiep-nhan")
        self.secret = next(iter(_SECRET.findall(page.text)), "")
        return self._read(page.link("/van-ban/"), self.code)

    def _result(self) -> str:
        """Fetch the papers issued until one of them is the birth certificate."""
        page = self._citizen.open(f"/ho-so/{self.id}")
        faults = []
        for link in dict.fromkeys(link for link in page.links if f"/ho-so/{self.id}/van-ban/" in link):
            try:
                return self._read(link, CHILD)
            except PageMissing as fault:
                faults.append(str(fault))
        raise PageMissing("; ".join(faults) or f"{page.address} leads to no document")

    def _read(self, address: str, words: str) -> str:
        """Fetch a document and make sure that it is a PDF that says ``words``."""
        body = self._citizen.fetch(address)
        if not body.startswith(b"%PDF"):
            raise PageMissing(f"{address} is not a PDF")
        if words.casefold() not in pdf.text_of(body).casefold():
            raise PageMissing(f"{address} does not say {words}")
        return f"{len(body)} bytes, says {words}"

    def _track(self) -> str:
        with Visitor(self._base_url) as stranger:
            page = stranger.open("/tra-cuu", ma=self.code, khoa=self.secret)
        if self.code not in page.text:
            raise PageMissing(f"{page.address} does not show the dossier")
        if CHILD in page.text:
            raise PageMissing(f"{page.address} tells a stranger what the form says")
        return self.code

    def _notice(self) -> str:
        """Wait for the notice of the last step about this very dossier; those before it do not count."""
        began = time.monotonic()
        facts = dict.fromkeys(("procedure", "procedure_en"), "") | {"code": self.code}
        awaited = notify.letter("dossier_hand_over", facts, link="", language="vi").subject
        while time.monotonic() - began < NOTICE_WITHIN_S:
            page = self._citizen.open("/thong-bao/")
            if awaited in page.text:
                return f"after {time.monotonic() - began:.1f} s"
            time.sleep(0.3)
        raise PageMissing(f"no notice “{awaited}” within {NOTICE_WITHIN_S:.0f} s")


def _answers() -> dict[str, str]:
    """Return what the citizen types; the rest is filled in from their account already."""
    return {
        "child_name": CHILD,
        "child_born_on": (local_date(now()) - timedelta(days=6)).isoformat(),
        "child_sex": "female",
        "child_ethnicity": "Kinh",
        "child_birthplace": "Bệnh viện Nhi Gia Lai, phường Pleiku, tỉnh Gia Lai",
        "child_home_town": "Gia Lai",
        "has_father": "yes",
        "applicant_relation": "mother",
        "copies": "0",
    }


def _paper(title: str) -> bytes:
    """Return a small real PDF."""
    return pdf.render(_PAPER, {"title": title, "made_at": now().isoformat()})
