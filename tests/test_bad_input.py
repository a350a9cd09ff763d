"""Whatever comes in: odd bytes in addresses, papers that are none, forms sent twice, two officers at once.

The answer is a clear refusal, never a 500; nothing is lost and nothing happens twice.
"""

from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from motcua.domain.cases import commands, queries
from motcua.domain.cases.types import DossierView, DraftView, State
from motcua.domain.catalogue.testing import CERTIFIED_COPY, REQUIRED_PAPERS
from motcua.kernel.clock import now
from tests.test_access_matrix import Ids, routes
from tests.world import World

ODD = [
    "\x00",
    "%00%ff%fe",
    "\ud7ff￿🙂",
    "'\"><script>alert(1)</script>",
    "-1",
    "9" * 400,
    "../../../etc/passwd",
]
NAMES = ("q", "sau", "muc", "chon", "ma", "khoa", "next", "viec", "ve", "buoc", "language", "offset", "trang")


@pytest.mark.parametrize("name", ["anonymous", "citizen A", "clerk", "admin", "auditor"])
def test_odd_bytes_in_an_address_break_nothing(world: World, name: str) -> None:
    client, ids = world.visitors[name].client(), Ids(world)
    client.raise_request_exception = False

    broken = [
        f"{route.pattern} {odd!r}"
        for route in routes()
        for odd in ODD
        if client.get(route.address(ids.of(route)), dict.fromkeys(NAMES, odd)).status_code >= 500
    ]

    assert broken == []


@pytest.mark.parametrize("raw", ["q=%FF%FE%00", "q=%ED%A0%80", "q[]=1&q=2", "%00=%00", "&&&=", "sau=%00"])
def test_broken_encodings_break_nothing(world: World, raw: str) -> None:
    for name in ("citizen A", "clerk"):
        client, ids = world.visitors[name].client(), Ids(world)
        client.raise_request_exception = False

        broken = [
            route.pattern
            for route in routes()
            if client.get(route.address(ids.of(route)), QUERY_STRING=raw).status_code >= 500
        ]

        assert broken == [], name


def papers_of(world: World) -> tuple[Client, DraftView, str]:
    """Return A at a browser, a draft without papers, and where its papers are sent."""
    draft = commands.start_draft(CERTIFIED_COPY, actor=world.office.citizen, at=now())
    address = f"/nop-ho-so/{draft.id}/giay-to/{REQUIRED_PAPERS[CERTIFIED_COPY]}/gui"
    return world.visitors["citizen A"].client(), draft, address


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("giay.pdf", b"MZ\x90\x00 this is a program"),
        ("giay.jpg", b"<html><script>alert(1)</script></html>"),
        ("giay.pdf", b""),
        ("giay.zip", b"PK\x03\x04" + b"\0" * 100),
        ("../../giay.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ],
)
def test_a_paper_that_is_none_is_refused_beside_its_field(world: World, name: str, body: bytes) -> None:
    client, draft, address = papers_of(world)

    answer = client.post(address, {"files": SimpleUploadedFile(name, body)})

    assert answer.status_code == 422
    assert "wrong-word" in answer.content.decode()
    assert queries.draft(draft.id, actor=world.office.citizen).attachments == ()


def test_two_gigabytes_are_refused_before_they_are_read(world: World) -> None:
    client, draft, address = papers_of(world)

    announced = client.generic(
        "POST", address, b"x", "multipart/form-data; boundary=x", CONTENT_LENGTH="2147483648"
    )
    begun = client.post(address.removesuffix("gui") + "bat-dau", {"name": "phim.mp4", "size": str(2 << 30)})
    too_much = client.generic(
        "POST", address, b"\0" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), "text/plain"
    )

    assert announced.status_code == 413
    assert begun.status_code == 422
    assert too_much.status_code in {400, 413, 422}
    assert queries.draft(draft.id, actor=world.office.citizen).attachments == ()


@pytest.mark.parametrize("size", ["", "abc", "-1", "1e9", "9" * 50, "\x00"])
def test_odd_sizes_of_an_upload_are_refused(world: World, size: str) -> None:
    client, _, address = papers_of(world)
    client.raise_request_exception = False

    begun = client.post(address.removesuffix("gui") + "bat-dau", {"name": "a.jpg", "size": size})

    assert 400 <= begun.status_code < 500


def test_a_form_sent_twice_files_once(world: World) -> None:
    client, draft = world.visitors["citizen A"].client(), world.a_draft()
    address, said = f"/nop-ho-so/{draft.id}/kiem-tra", {"truth": "yes", "paper": "no"}

    first, second = client.post(address, said), client.post(address, said)

    assert first.status_code == 302
    assert second.status_code in {302, 404, 409}
    if second.status_code == 302:
        assert second["Location"].split("/")[2] == first["Location"].split("/")[2]


def test_two_officers_at_once_do_it_once(world: World) -> None:
    view = world.a_dossier()
    address = f"/ban-lam-viec/ho-so/{view.id}/buoc/accept"
    clients = [world.visitors["clerk"].client() for _ in range(2)]
    together, answers = Barrier(2), []

    def accept(client: Client) -> None:
        together.wait()
        answers.append(client.post(address, {"accept-seen": view.version}).status_code)
        connection.close()

    threads = [Thread(target=accept, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    after: DossierView = queries.dossier(view.id, actor=world.office.clerk)
    assert sorted(answers)[0] == 302
    assert sorted(answers)[1] in {302, 409}
    assert after.state is not State.SUBMITTED
    assert [row.step for row in after.history].count("accept") == 1  # type: ignore[comparison-overlap]
