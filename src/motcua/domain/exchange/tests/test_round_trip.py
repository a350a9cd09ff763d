"""Whatever can be said is written and read back the same, by our reader and by strict ones."""

import hashlib
from datetime import date, datetime, time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.exchange.rules import shape, values
from motcua.domain.exchange.rules.reading import read
from motcua.domain.exchange.rules.shape import NAMESPACE, Leaf, Shape
from motcua.domain.exchange.rules.writing import write
from motcua.domain.exchange.testing import document, written
from motcua.domain.exchange.types import (
    Attachment,
    Content,
    Element,
    Extra,
    NotWritable,
    Package,
    Reference,
)

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
TEXTS = st.text(LETTERS, max_size=30).map(str.strip)
SAID = TEXTS.filter(bool)
LEAVES = {
    Leaf.TEXT: SAID,
    Leaf.COUNT: st.one_of(st.integers(-(10**15), 10**15), SAID).map(
        lambda each: values.read_count(str(each))
    ),
    Leaf.DAY: st.one_of(st.dates(date(1945, 9, 2)), SAID.map(values.read_day)),
    Leaf.MOMENT: st.one_of(
        st.datetimes(datetime.combine(date(1945, 9, 2), time())).map(lambda at: at.replace(microsecond=0)),
        SAID.map(values.read_moment),
    ),
    Leaf.FLAG: st.one_of(st.booleans(), SAID.map(values.read_flag)),
    Leaf.PAYLOAD: st.none(),
}


def records(table: Shape) -> st.SearchStrategy[object]:
    """Return any record of that shape with something in it."""
    fields: dict[str, st.SearchStrategy[object]] = {}
    for each in table.fields:
        one = records(each.kind) if isinstance(each.kind, Shape) else LEAVES[each.kind]
        if each.many:
            fields[each.attribute] = st.lists(one, max_size=2).map(tuple)
        elif each.attribute != "sender":
            fields[each.attribute] = st.one_of(st.just("") if each.kind is Leaf.TEXT else st.none(), one)
        else:
            fields[each.attribute] = one
    return st.builds(table.of, **fields).filter(lambda record: record != table.of())


PACKAGES = st.builds(
    Package,
    header=records(shape.DOCUMENT_HEADER),
    trace=st.none() | records(shape.TRACE),
    manifest=st.none() | st.lists(records(shape.REFERENCE), max_size=2).map(tuple),
    attachments=st.lists(records(shape.ATTACHMENT), max_size=2).map(tuple),
)
NAMES = st.from_regex(r"X[a-z]{1,5}", fullmatch=True)
ELEMENTS = st.recursive(
    st.builds(Element, name=NAMES, text=SAID),
    lambda inner: st.builds(Element, name=NAMES, children=st.lists(inner, min_size=1, max_size=2).map(tuple)),
    max_leaves=4,
)


@given(PACKAGES)
def test_every_document_survives_writing_and_reading(package: Package) -> None:
    assert read([b"".join(write(package))]).package == package


@given(records(shape.STATUS_HEADER), st.sampled_from(["01", "02", "03", "13", "14", "16"]))
def test_every_status_survives(header: object, code: str) -> None:
    package = Package(header=header.__class__(**{**_fields(header), "status": code}))  # type: ignore[arg-type]  # as above

    assert read([b"".join(write(package))]).package == package


@given(
    ELEMENTS,
    st.sampled_from(["edXML/edXMLEnvelope/edXMLHeader/MessageHeader", "edXML", "edXML/edXMLEnvelope"]),
)
def test_what_the_model_does_not_know_survives_too(element: Element, at: str) -> None:
    package = Package(header=document().header, extras=(Extra(at, element),))

    assert read([b"".join(write(package))]).package == package


@given(st.lists(st.binary(min_size=1, max_size=200_000), min_size=1, max_size=3))
def test_attachments_survive_in_pieces_of_any_size(payloads: list[bytes]) -> None:
    contents = [Content(len(each), hashlib.sha256(each).hexdigest()) for each in payloads]
    package = Package(
        header=document().header,
        manifest=tuple(Reference(content_id=f"cid:{n}") for n in range(len(payloads))),
        attachments=tuple(Attachment(content_id=f"cid:{n}", content=each) for n, each in enumerate(contents)),
    )
    kept = [b""] * len(payloads)

    def keep(number: int, piece: bytes) -> None:
        kept[number] += piece

    def pieces(number: int) -> list[bytes]:
        return [payloads[number][:7], payloads[number][7:]]

    assert read(write(package, pieces), keep=keep).package == package
    assert kept == payloads


def test_attributes_the_model_does_not_know_survive() -> None:
    package = (
        written()
        .replace(b"<edXML:Subject>", b'<edXML:Subject lang="vi">')
        .replace(b"<edXML:TraceHeaderList>", b'<edXML:TraceHeaderList id="x1" version="1.0">')
        .replace(
            b"</edXML>",
            b'<AttachmentEncoded><Attachment><ContentTransferEncoded enc="base64">AAAA</ContentTransferEncoded>'
            b"</Attachment></AttachmentEncoded></edXML>",
        )
    )
    first = read([package]).package

    assert {mark.name for mark in first.marks} == {"lang", "id", "version", "enc"}
    assert read([b"".join(write(first, lambda _: [bytes(3)]))]).package == first


def test_old_parsers_find_the_literal_prefix_and_strict_ones_the_namespace() -> None:
    text = written()

    assert b"<edXML:OrganId>H49.12</edXML:OrganId>" in text
    assert text.count(b"xmlns:edXML=") == 1
    tree = ElementTree.fromstring(text)
    assert tree.tag == f"{{{NAMESPACE}}}edXML"
    assert tree.findtext(f".//{{{NAMESPACE}}}Subject") == "V/v báo cáo thử nghiệm"


def test_the_order_is_the_vendor_builders() -> None:
    tree = ElementTree.fromstring(written())
    header = tree.find(f".//{{{NAMESPACE}}}MessageHeader")
    trace = tree.find(f".//{{{NAMESPACE}}}TraceHeaderList")

    assert header is not None
    assert trace is not None
    assert [each.tag.partition("}")[2] for each in header] == [
        "From",
        "To",
        "DocumentId",
        "Code",
        "PromulgationInfo",
        "DocumentType",
        "Subject",
        "SignerInfo",
    ]
    assert [each.tag.partition("}")[2] for each in trace] == ["Bussiness", "TraceHeader"]


def test_the_default_namespace_form_and_any_order_read_the_same() -> None:
    plain = written().replace(b"edXML:", b"").replace(b"xmlns:edXML=", b"xmlns=")
    subject = "<edXML:Subject>V/v báo cáo thử nghiệm</edXML:Subject>".encode()
    moved = (
        written()
        .replace(subject, b"")
        .replace(b"</edXML:MessageHeader>", subject + b"</edXML:MessageHeader>")
    )

    assert read([plain]).package == read([written()]).package == read([moved]).package
    assert "other_order" in {each.code.value for each in read([moved]).oddities}


@pytest.mark.parametrize(
    "text", ["2026/03/02", "02/03/2026", "2/3/2026", "2026-03-02", "2026-03-02T08:00:00Z"]
)
def test_dates_in_every_form_of_the_field(text: str) -> None:
    assert values.read_day(text) == date(2026, 3, 2)


@pytest.mark.parametrize("text", ["2026/02/30", "tomorrow", "20260302", "2026/3", "٢٠٢٦/03/02"])
def test_what_is_no_date_stays_text(text: str) -> None:
    assert values.read_day(text) == text


def test_a_zone_is_turned_into_local_time() -> None:
    assert values.written_moment(values.read_moment("2026-03-02T20:00:00Z")) == "2026/03/03 03:00:00"


def test_a_character_no_xml_can_hold_is_not_written() -> None:
    with pytest.raises(NotWritable):
        written(document(subject="a\x00b"))


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}  # type: ignore[attr-defined]  # a frozen type
