"""The table of attacks: each is refused by its name, at its element, in bounded work."""

import base64
import io
import resource
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from motcua.domain.exchange.queries import inspect_file
from motcua.domain.exchange.rules.reading import read
from motcua.domain.exchange.rules.scanning import Limits
from motcua.domain.exchange.testing import written
from motcua.domain.exchange.types import ANSWERS, Danger, Fault, PackageRefused
from motcua.kernel.clock import VIETNAM

AT = datetime(2026, 11, 22, 9, 0, tzinfo=VIETNAM)
GOOD = written()
HEAD, TAIL = GOOD.split(b"</edXML>")
BOMB = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))

ATTACKS = {
    "outside entity": (
        b'<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + GOOD[39:],
        Danger.DOCTYPE,
    ),
    "entity bomb": (b'<!DOCTYPE edXML [<!ENTITY l0 "ha">' + BOMB + b"]>" + GOOD[39:], Danger.DOCTYPE),
    "empty doctype": (b"<!DOCTYPE edXML>" + GOOD[39:], Danger.DOCTYPE),
    "parameter entity": (b'<!DOCTYPE e [<!ENTITY % p SYSTEM "http://h/">%p;]>' + GOOD[39:], Danger.DOCTYPE),
    "utf-16": (GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16"), Danger.ENCODING),
    "utf-16 by name only": (GOOD.replace(b"UTF-8", b"UTF-16"), Danger.ENCODING),
    "windows-1258": (GOOD.replace(b"UTF-8", b"windows-1258"), Danger.ENCODING),
    "bytes that are no UTF-8": (GOOD.replace("Sở".encode(), b"S\xff"), Danger.MALFORMED),
    "overlong slash": (GOOD.replace("Sở".encode(), b"\xc0\xaf"), Danger.MALFORMED),
    "character no XML may have": (GOOD.replace("Sở".encode(), b"&#1;"), Danger.MALFORMED),
    "undefined entity": (GOOD.replace("Sở".encode(), b"&nbsp;"), Danger.MALFORMED),
    "cut short": (GOOD[:-40], Danger.MALFORMED),
    "two documents": (GOOD + GOOD[39:], Danger.MALFORMED),
    "nothing": (b"", Danger.NOT_EDXML),
    "text": (b"Xin chao", Danger.NOT_EDXML),
    "a web page": (b"<html><body/></html>", Danger.NOT_EDXML),
    "no envelope": (b"<edXML/>", Danger.NO_ENVELOPE),
    "no header": (b"<edXML><edXMLEnvelope/></edXML>", Danger.NO_HEADER),
    "no message": (b"<edXML><edXMLEnvelope><edXMLHeader/></edXMLEnvelope></edXML>", Danger.NO_HEADER),
    "too deep": (HEAD + b"<a>" * 70 + b"</a>" * 70 + b"</edXML>", Danger.TOO_DEEP),
    "too many attributes": (
        HEAD + b"<a %s/></edXML>" % b" ".join(b'a%d=""' % n for n in range(40)),
        Danger.TOO_MANY_ATTRIBUTES,
    ),
    "a huge attribute": (HEAD + b'<a b="%s"/></edXML>' % (b"x" * 9_000), Danger.TEXT_TOO_LONG),
    "a huge text": (HEAD + b"<a>" + b"x" * (1 << 21) + b"</a></edXML>", Danger.TEXT_TOO_LONG),
    "two envelopes": (
        GOOD.replace(b"</edXML>", HEAD[HEAD.index(b"<edXML:edXMLEnvelope") :] + b"</edXML>"),
        Danger.REPEATED,
    ),
    "two messages": (
        GOOD.replace(b"</edXML:edXMLHeader>", b"<edXML:MessageHeader/></edXML:edXMLHeader>"),
        Danger.REPEATED,
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_by_its_name(name: str) -> None:
    attack, danger = ATTACKS[name]

    with pytest.raises(PackageRefused) as refused:
        read([attack])

    assert refused.value.danger is danger
    assert refused.value.element
    assert danger in ANSWERS


def test_the_refusal_names_the_element() -> None:
    with pytest.raises(PackageRefused) as refused:
        read([ATTACKS["two messages"][0]])

    assert refused.value.element == "edXML/edXMLEnvelope/edXMLHeader/MessageHeader[2]"


def test_too_many_elements_and_bytes() -> None:
    crowd = HEAD + b"<a/>" * 2_000 + b"</edXML>"

    for limits, danger in (
        (Limits(elements=1_000), Danger.TOO_MANY_ELEMENTS),
        (Limits(bytes=4_000), Danger.TOO_LARGE),
    ):
        with pytest.raises(PackageRefused) as refused:
            read([crowd], limits=limits)
        assert refused.value.danger is danger


def test_a_comment_that_never_ends_is_not_held() -> None:
    def endless() -> Iterator[bytes]:
        yield HEAD + b"<!--"
        for _ in range(1_000):
            yield b"x" * 65_536
        pytest.fail("65 MB were taken in")

    with pytest.raises(PackageRefused) as refused:
        read(endless())

    assert refused.value.danger is Danger.TEXT_TOO_LONG


def test_junk_and_a_mark_before_the_prolog_are_forgiven() -> None:
    read_again = read([b"\xef\xbb\xbf\r\n garbage \x00" + GOOD])

    assert [each.code.value for each in read_again.oddities] == ["byte_order_mark", "junk_before_prolog"]


# archives


def carrying(payload: bytes, name: str = "a.xlsx", kind: str = "application/zip") -> bytes:
    encoded = base64.b64encode(payload).decode()
    return (
        HEAD
        + (
            f"<AttachmentEncoded><Attachment><ContentId>1</ContentId><AttachmentName>{name}</AttachmentName>"
            f"<ContentType>{kind}</ContentType><ContentTransferEncoded>{encoded}</ContentTransferEncoded>"
            "</Attachment></AttachmentEncoded></edXML>"
        ).encode()
    )


def zipped(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def refusal_of(tmp_path: Path, package: bytes) -> PackageRefused:
    path = tmp_path / "package.edxml"
    path.write_bytes(package)
    with pytest.raises(PackageRefused) as refused:
        inspect_file(path, at=AT)
    return refused.value


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x", "/etc/passwd", "a/../../b", "..\\x", "C:\\x", "\\\\host\\x"]
)
@pytest.mark.parametrize("attachment", ["a.xlsx", "a.zip"])
def test_an_entry_that_leads_out_is_refused(tmp_path: Path, name: str, attachment: str) -> None:
    refusal = refusal_of(tmp_path, carrying(zipped({name: b"x"}), attachment))

    assert refusal.danger is Danger.ZIP_SLIP
    assert refusal.element == "edXML/AttachmentEncoded/Attachment"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    refusal = refusal_of(tmp_path, carrying(zipped({"a.xlsx": bytes(200 << 20)})))

    assert refusal.danger is Danger.ZIP_BOMB


def test_a_crowd_of_entries_is_refused(tmp_path: Path) -> None:
    refusal = refusal_of(tmp_path, carrying(zipped({f"{n}": b"" for n in range(10_001)})))

    assert refusal.danger is Danger.ZIP_BOMB


def test_an_archive_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, carrying(b"PK\x03\x04 nothing")).danger is Danger.ZIP_BROKEN


def test_a_file_only_said_to_be_zipped_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "package.edxml"
    path.write_bytes(carrying(b"%PDF-1.4 x", "a.pdf"))

    found = inspect_file(path, at=AT)

    assert "not_packed" in {each.code.value for each in found.oddities}
    assert found.faults == ()


@pytest.mark.parametrize("payload", ["AA=A", "A", "====", "AAAA\u00e9", "AA==BBBB", "AAAA<a/>BBBB"])
def test_a_payload_that_is_no_base64_is_a_fault(tmp_path: Path, payload: str) -> None:
    path = tmp_path / "package.edxml"
    path.write_bytes(carrying(b"0123456789ab").replace(b"MDEyMzQ1Njc4OWFi", payload.encode()))

    assert [each.code for each in inspect_file(path, at=AT).faults] == [Fault.ATTACHMENT_BROKEN]


def test_a_large_attachment_passes_in_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.edxml"
    before, after = carrying(b"@", "a.pdf", "application/pdf").split(base64.b64encode(b"@"))
    piece = base64.b64encode(b"%PDF" + bytes(3 << 18))[: 1 << 20]
    with path.open("wb") as file:
        file.write(before)
        for _ in range(64):
            file.write(piece)
        file.write(after)
    at_start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    found = inspect_file(path, at=AT)

    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - at_start
    assert found.package.attachments[0].content
    assert found.package.attachments[0].content.size_bytes == 48 << 20
    assert grown_kb < 24_000
