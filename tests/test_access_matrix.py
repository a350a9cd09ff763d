"""Every route × every visitor: what ``view.permission`` says is what happens, and nobody reads what is A's.

Routes are read from the URL resolver, so a new page is in the matrix the day it is written. The operations of
the API have the same test beside them (``interfaces/api/tests/test_leak_nothing.py``).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.domain.catalogue.testing import BIRTH
from motcua.interfaces.design.access import PEOPLE, Permission
from motcua.kernel.actors import Role
from motcua.kernel.clock import now
from motcua.platform.files.commands import begin_upload
from motcua.platform.notify.commands import notify
from motcua.platform.notify.queries import inbox
from tests.world import NAME_OF_A, Visitor, World

VISITORS = (
    "anonymous", "citizen A", "citizen B", "clerk", "handler", "leader",
    "clerk elsewhere", "handler elsewhere", "leader elsewhere", "admin", "auditor",
)  # fmt: skip
#: who may know of A's dossiers; of A's drafts and notices only A may
INSIDERS = {"citizen A", "clerk", "handler", "leader", "auditor"}
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>[^)]*\)")
SIGN_IN = "/tai-khoan/dang-nhap/"
#: parameters that name something of A's
OWNED = {"dossier_id", "draft_id", "attachment_id", "document_id", "upload_id", "notice_id"}
#: converter → an id of nothing
NOTHING: Mapping[str, object] = {
    "uuid": UUID("01900000-0000-7000-8000-000000000000"),
    "int": 99_999_999,
    "": "khong-co",
}
#: asks again for a password, code or key; the accounts of this world have none to be asked for
ASKS_AGAIN = "tai-khoan/xac-nhan/"
#: unsafe methods that need no token in the form, and why
WITHOUT_TOKEN = {"api/v1/": "programs show a bearer token; a session needs the CSRF token there too"}
REFUSED, MISSING, NO_SUCH_METHOD, BROKEN = 403, 404, 405, 500
MOVED = {301, 302, 303}


@dataclass(frozen=True, slots=True)
class Route:
    """One address and whom it admits."""

    pattern: str
    permission: Permission

    @property
    def parameters(self) -> list[str]:
        return [found["name"] or found["group"] for found in PARAMETER.finditer(self.pattern)]

    @property
    def is_owned(self) -> bool:
        return bool(OWNED & set(self.parameters))

    def address(self, ids: Mapping[str, object]) -> str:
        """Return the address with ``ids``; what is not among them names nothing there is."""

        def filled(found: re.Match[str]) -> str:
            nothing = NOTHING.get(found["kind"] or "", NOTHING[""])
            return str(ids.get(found["name"] or found["group"], nothing))

        return "/" + PARAMETER.sub(filled, self.pattern).replace("^", "").replace("$", "")

    def admits(self, visitor: Visitor) -> bool:
        if not self.permission.needs_sign_in:
            return True
        if visitor.actor is None:
            return False
        return self.permission == PEOPLE or visitor.actor.role in self.permission.roles


def routes() -> list[Route]:
    """Return every page of the node: all routes but the operations of the API, which guard themselves."""
    found = [
        Route(pattern, view.permission)
        for pattern, view in walked(get_resolver())
        if isinstance(getattr(view, "permission", None), Permission) and not pattern.startswith("api/v1/")
    ]
    assert len(found) > 60, "the resolver was not read right"
    return found


def walked(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walked(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


class Ids:
    """Real ids of A's things, for each kind of route."""

    def __init__(self, world: World) -> None:
        self.world = world

    @cached_property
    def common(self) -> dict[str, object]:
        world, citizen = self.world, self.world.office.citizen
        assert citizen.person_id is not None
        done, draft = world.dossiers["returned"], world.draft
        notify(
            citizen.person_id, "dossier_submit", facts={}, link=f"/ho-so/{done.id}", actor=citizen, at=now()
        )
        upload = begin_upload(name="anh.jpg", size_bytes=10, owner=draft.person_id, actor=citizen, at=now())
        return {
            "person_id": citizen.person_id,
            "agency_id": world.office.agency_id,
            "size": 192,
            "dossier_id": done.id,
            "document_id": done.documents[0].id,
            "attachment_id": done.attachments[0].id,
            "draft_id": draft.id,
            "upload_id": upload.id,
            "notice_id": inbox(citizen.person_id).items[0].id,
            "code": BIRTH,
            "key": "child",
            "paper": draft.attachments[0].paper,
            "step": "accept",
        }

    def of(self, route: Route) -> dict[str, object]:
        if "draft_id" in route.parameters:
            return self.common | {"attachment_id": self.world.draft.attachments[0].id}
        if route.pattern.endswith("/bo-sung"):
            return self.common | {"dossier_id": self.world.dossiers["supplement"].id}
        return self.common


@pytest.fixture(scope="module")
def ids(world: World) -> Ids:
    return Ids(world)


def text_of(answer: HttpResponseBase) -> str:
    if isinstance(answer, StreamingHttpResponse):
        return b"".join(answer).decode(errors="replace")  # type: ignore[arg-type]  # sync streams here
    return answer.content.decode(errors="replace")


def is_to_sign_in(answer: HttpResponseBase) -> bool:
    return answer.status_code in MOVED and answer["Location"].startswith(SIGN_IN)


def fault_of(route: Route, visitor: Visitor, answer: HttpResponseBase, *, is_real: bool) -> str:
    """Return what is wrong with an answer to GET; empty if it is right."""
    status, wanted = answer.status_code, ""
    if status == NO_SUCH_METHOD:
        return ""
    if status >= BROKEN:
        wanted = "not to break"
    elif visitor.actor is None and route.permission.needs_sign_in:
        wanted = "" if is_to_sign_in(answer) else "to be sent to sign in"
    elif not route.admits(visitor):
        wanted = "" if status == REFUSED else "to be refused"
    elif status == REFUSED:
        wanted = "to be let in"
    elif route.is_owned and not (is_real and knows(visitor, route)):
        wanted = "" if status == MISSING else "to find nothing"
    elif route.is_owned and status == MISSING:
        wanted = "to find it"
    return wanted


def knows(visitor: Visitor, route: Route) -> bool:
    """Tell whether the page may show the visitor something of A's."""
    shared = "dossier_id" in route.parameters and route.permission != PEOPLE
    return visitor.name == "citizen A" or (shared and visitor.name in INSIDERS)


def told_of_a(world: World, route: Route) -> set[str]:
    """Return what strangers must not read on a page.

    A clerk anywhere may take in whoever comes to the counter, and then reads who that is.
    """
    return world.codes_of_a() if "person_id" in route.parameters else world.secrets_of_a()


@pytest.mark.parametrize("name", VISITORS)
def test_pages_open_to_whom_they_are_for(world: World, ids: Ids, name: str) -> None:
    visitor = world.visitors[name]
    client = visitor.client()
    client.raise_request_exception = False
    found = []

    for route in routes():
        if route.pattern.startswith(ASKS_AGAIN) and visitor.actor is not None:
            continue
        for is_real, given in ((True, ids.of(route)), (False, {})):
            if not is_real and not route.parameters:
                continue
            answer = client.get(route.address(given))
            if fault := fault_of(route, visitor, answer, is_real=is_real):
                found.append(f"{route.address(given)} answers {answer.status_code}; expected {fault}")
            elif name not in INSIDERS:
                text = text_of(answer)
                found += [f"{route.address(given)} shows {s}" for s in told_of_a(world, route) if s in text]

    assert found == []


@pytest.mark.parametrize("name", [name for name in VISITORS if name not in INSIDERS])
def test_nobody_does_anything_to_what_is_not_theirs(world: World, ids: Ids, name: str) -> None:
    visitor = world.visitors[name]
    client = visitor.client()
    client.raise_request_exception = False
    refused, found = {REFUSED, MISSING, NO_SUCH_METHOD}, []

    for route in routes():
        if not route.is_owned:
            continue
        address = route.address(ids.of(route))
        for send in (client.post, client.put):
            answer = send(address)
            if answer.status_code not in refused and not is_to_sign_in(answer):
                found.append(f"{answer.status_code} {address}")

    assert found == []
    assert world.dossiers["returned"].version == a_version(world)


def a_version(world: World) -> int:
    from motcua.domain.cases.queries import dossier

    return dossier(world.dossiers["returned"].id, actor=world.office.clerk).version


@pytest.mark.parametrize("name", ["citizen A", "clerk"])
def test_nothing_unsafe_happens_without_the_token_of_the_form(world: World, ids: Ids, name: str) -> None:
    client = world.visitors[name].client(checks_csrf=True)
    client.raise_request_exception = False

    found = [
        f"{answer.status_code} {route.pattern}"
        for route in routes()
        if not route.pattern.startswith(tuple(WITHOUT_TOKEN))
        and (answer := client.post(route.address(ids.of(route)))).status_code != REFUSED
    ]

    assert found == []


def test_an_officer_of_another_agency_finds_nothing_by_searching(world: World) -> None:
    own, other = (world.visitors[name].client() for name in ("clerk", "clerk elsewhere"))
    found = 'href="/ban-lam-viec/ho-so/'

    for words in (NAME_OF_A, "bach tuyet lan", world.person_a.personal_id):
        assert found in text_of(own.get("/ban-lam-viec/tim", {"q": words})), words
        assert found not in text_of(other.get("/ban-lam-viec/tim", {"q": words})), words
    for code in world.codes_of_a():
        assert own.get("/ban-lam-viec/tim", {"q": code}).status_code in MOVED
        assert other.get("/ban-lam-viec/tim", {"q": code}).status_code == 200


def test_roles_in_the_matrix_are_all_there_are(world: World) -> None:
    acting = {visitor.actor.role for visitor in world.visitors.values() if visitor.actor}

    assert acting == set(Role) - {Role.SYSTEM}
