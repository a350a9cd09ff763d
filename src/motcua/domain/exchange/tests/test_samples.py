"""Every package of the field reads, or is refused as its name says."""

from datetime import date, datetime
from pathlib import Path

import pytest

from motcua.domain.exchange.queries import inspect_file
from motcua.domain.exchange.rules.reading import read
from motcua.domain.exchange.rules.writing import write
from motcua.domain.exchange.types import (
    Danger,
    DocumentHeader,
    Fault,
    Finding,
    Oddity,
    Operation,
    PackageRefused,
    SignatureReason,
    SignatureState,
    StatusHeader,
)
from motcua.kernel.clock import VIETNAM

SAMPLES = Path(__file__).parent / "samples"
AT = datetime(2026, 11, 22, 9, 0, tzinfo=VIETNAM)
ALL = sorted(SAMPLES.glob("*.edxml"))
READABLE = [path for path in ALL if "must-be-refused" not in path.name]


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {each.code.value for each in findings}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_a_sample_reads_or_is_refused_as_its_name_says(path: Path) -> None:
    if path not in READABLE:
        with pytest.raises(PackageRefused):
            inspect_file(path, at=AT)
    else:
        assert inspect_file(path, at=AT).signature.state is not SignatureState.VALID


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.name)
def test_what_is_written_again_says_the_same(path: Path) -> None:
    kept: dict[int, bytes] = {}

    def keep(number: int, piece: bytes) -> None:
        kept[number] = kept.get(number, b"") + piece

    first = read([path.read_bytes()], keep=keep).package
    written = b"".join(write(first, lambda number: [kept[number]]))

    assert read([written]).package == first


def test_one_byte_at_a_time_makes_no_difference() -> None:
    whole = (SAMPLES / "new_two-attachments_double-cid.edxml").read_bytes()

    in_bytes = read(whole[n : n + 1] for n in range(len(whole)))

    assert in_bytes.package == read([whole]).package


def test_the_document_type_declaration_is_named() -> None:
    with pytest.raises(PackageRefused) as refused:
        inspect_file(SAMPLES / "xxe_must-be-refused.edxml", at=AT)

    assert refused.value.danger is Danger.DOCTYPE


def test_an_update_with_its_receivers() -> None:
    found = inspect_file(SAMPLES / "edoc_update.edxml", at=AT)
    package, header = found.package, found.package.header

    assert isinstance(header, DocumentHeader)
    assert package.operation is Operation.UPDATE
    assert package.acts_on == ("000.00.00.G22,2014/02/30,7806/VPCP-TTĐT",)
    assert [each.code for each in header.recipients] == ["000.00.00.H41", "000.00.00.H14", "000.00.00.G17"]
    assert header.promulgation
    assert header.promulgation.day == date(2018, 9, 28)
    assert package.trace
    assert package.trace.business
    receivers = package.trace.business.updates[0].receiver_list
    assert [(each.organ, each.change) for each in receivers] == [("000.00.00.H41", 0), ("000.00.00.H14", 1)]
    assert found.kind == "Công văn"
    assert found.faults == ()


def test_the_vendors_own_sample_has_prefixes_out_of_scope_and_no_real_payload() -> None:
    found = inspect_file(SAMPLES / "edoc.edxml", at=AT)

    assert "undeclared_prefix" in codes(found.oddities)
    assert codes(found.faults) == {"attachment_broken"}
    assert found.signature.state is SignatureState.UNVERIFIABLE
    assert found.signature.reason is SignatureReason.NAMESPACES


def test_a_package_the_axis_rewrote_is_unsigned() -> None:
    found = inspect_file(SAMPLES / "2019-05_after-axis.edxml", at=AT)

    assert found.signature.state is SignatureState.UNSIGNED
    assert found.signature.reason is SignatureReason.NOT_XML_DSIG
    assert found.unpacked[0].size_bytes == 17


def test_a_doubled_cid_and_a_zipped_workbook() -> None:
    found = inspect_file(SAMPLES / "new_two-attachments_double-cid.edxml", at=AT)

    assert {"repeated_cid", "packed"} <= codes(found.oddities)
    assert found.faults == ()
    assert found.unpacked[1].size_bytes == 7
    assert found.package.attachments[0].content
    assert found.package.attachments[0].content.size_bytes == 10


def test_a_status_message() -> None:
    header = inspect_file(SAMPLES / "status_cancellation_13.edxml", at=AT).package.header

    assert isinstance(header, StatusHeader)
    assert header.status == "13"
    assert header.about
    assert header.about.organ == "000.00.00.H41"
    assert header.at == datetime(2015, 9, 20, 11, 8, 36)  # noqa: DTZ001 – the field writes no zone


def test_a_package_without_the_senders_key_is_not_acceptable() -> None:
    found = inspect_file(SAMPLES / "utf8-bom.edxml", at=AT)

    assert {Oddity.BYTE_ORDER_MARK, Oddity.NO_PREFIX} <= {each.code for each in found.oddities}
    assert any(each.code is Fault.MISSING and each.at.endswith("/DocumentId") for each in found.faults)
