"""Packages in the ways the field writes them, written for these tests, read as people mean them or refused."""

import base64
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pytest

from motcua.domain.exchange.queries import inspect_file
from motcua.domain.exchange.rules.reading import read
from motcua.domain.exchange.rules.writing import write
from motcua.domain.exchange.testing import written
from motcua.domain.exchange.types import (
    Danger,
    DocumentHeader,
    Fault,
    Finding,
    Inspection,
    Oddity,
    PackageRefused,
    SignatureState,
    StatusHeader,
)
from motcua.kernel.clock import VIETNAM

AT: Final = datetime(2026, 11, 22, 9, 0, tzinfo=VIETNAM)
NAMESPACE: Final = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
STATUS: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="{NAMESPACE}"><edXML:edXMLEnvelope xmlns:edXML="{NAMESPACE}"><edXML:edXMLHeader><edXML:MessageHeader>
<edXML:From><edXML:OrganId>H49.12</edXML:OrganId><edXML:OrganName>Sở Mẫu</edXML:OrganName></edXML:From>
<edXML:ResponseFor><edXML:OrganId>G22</edXML:OrganId><edXML:Code>15/VP-TH</edXML:Code>
<edXML:PromulgationDate>2026/03/02</edXML:PromulgationDate>
<edXML:DocumentId>G22,2026/03/02,15/VP-TH</edXML:DocumentId></edXML:ResponseFor>
<edXML:StaffInfo><edXML:Staff>Người Mẫu</edXML:Staff></edXML:StaffInfo>
<edXML:StatusCode>13</edXML:StatusCode><edXML:Description>Xin thu hồi</edXML:Description>
<edXML:Timestamp>2026/03/03 08:15:30</edXML:Timestamp>
</edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope></edXML>
"""


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {each.code.value for each in findings}


def inspected(folder: Path, text: bytes) -> Inspection:
    file = folder / "package.edxml"
    file.write_bytes(text)
    return inspect_file(file, at=AT)


def zipped(name: str, content: bytes) -> str:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return base64.b64encode(packed.getvalue()).decode()


def with_workbook() -> bytes:
    """Return a package whose one attachment is zipped and named with its ``cid:`` twice."""
    body = (
        '<edXML:edXMLBody><edXML:edXMLManifest version="1.0"><edXML:Reference>'
        "<edXML:ContentId>cid:cid:5f1c</edXML:ContentId><edXML:ContentType>application/zip</edXML:ContentType>"
        "<edXML:AttachmentName>bang.xlsx</edXML:AttachmentName></edXML:Reference></edXML:edXMLManifest>"
        "</edXML:edXMLBody>"
    )
    attached = (
        "<AttachmentEncoded><Attachment><ContentId>cid:cid:5f1c</ContentId>"
        "<AttachmentName>bang.xlsx</AttachmentName><ContentType>application/zip</ContentType>"
        f'<edXML:ContentTransferEncoded xmlns:edXML="{NAMESPACE}">{zipped("bang.xlsx", b"a table")}'
        "</edXML:ContentTransferEncoded></Attachment></AttachmentEncoded>"
    )
    head = written().decode()
    assert "edXMLBody" not in head
    envelope_end = "</edXML:edXMLEnvelope>"
    return (
        head.replace(envelope_end, f"{body}{envelope_end}")
        .replace("</edXML>", f"{attached}</edXML>")
        .encode()
    )


def test_a_package_of_ours_reads_as_it_was_meant(tmp_path: Path) -> None:
    found = inspected(tmp_path, written())

    assert isinstance(found.package.header, DocumentHeader)
    assert [each.code for each in found.package.header.recipients] == ["G22"]
    assert found.package.header.promulgation
    assert found.package.header.promulgation.day == date(2026, 3, 2)
    assert found.kind == "Công văn"
    assert found.signature.state is SignatureState.UNSIGNED


@pytest.mark.parametrize("text", [written(), STATUS.encode()], ids=["document", "status"])
def test_what_is_written_again_says_the_same(text: bytes) -> None:
    first = read([text]).package

    assert read([b"".join(write(first))]).package == first


@pytest.mark.parametrize("text", [written(), STATUS.encode()], ids=["document", "status"])
def test_one_byte_at_a_time_makes_no_difference(text: bytes) -> None:
    assert read(text[n : n + 1] for n in range(len(text))).package == read([text]).package


def test_a_status_message(tmp_path: Path) -> None:
    header = inspected(tmp_path, STATUS.encode()).package.header

    assert isinstance(header, StatusHeader)
    assert header.status == "13"
    assert header.about
    assert header.about.organ == "G22"
    assert header.at == datetime(2026, 3, 3, 8, 15, 30)  # noqa: DTZ001 – the field writes no zone


def test_a_prefix_nobody_declared_is_tolerated_and_told(tmp_path: Path) -> None:
    text = written().decode().replace(f' xmlns:edXML="{NAMESPACE}"', "")

    assert "undeclared_prefix" in codes(inspected(tmp_path, text.encode()).oddities)


def test_a_byte_order_mark_is_tolerated_and_told(tmp_path: Path) -> None:
    found = inspected(tmp_path, b"\xef\xbb\xbf" + written())

    assert Oddity.BYTE_ORDER_MARK in {each.code for each in found.oddities}


def test_the_document_type_declaration_is_refused(tmp_path: Path) -> None:
    trap = STATUS.replace("?>\n", '?>\n<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n', 1)

    with pytest.raises(PackageRefused) as refused:
        inspected(tmp_path, trap.encode())

    assert refused.value.danger is Danger.DOCTYPE


def test_a_doubled_cid_and_a_zipped_workbook(tmp_path: Path) -> None:
    found = inspected(tmp_path, with_workbook())

    assert {"repeated_cid", "packed"} <= codes(found.oddities)
    assert found.unpacked[0].size_bytes == len(b"a table")


def test_a_package_without_its_own_number_is_not_acceptable(tmp_path: Path) -> None:
    text = written().decode().replace("<edXML:DocumentId>H49.12,2026/03/02,15/SM-VP</edXML:DocumentId>", "")

    found = inspected(tmp_path, text.encode())

    assert any(each.code is Fault.MISSING and each.at.endswith("/DocumentId") for each in found.faults)
