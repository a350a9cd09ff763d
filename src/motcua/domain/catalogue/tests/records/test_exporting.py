"""What goes out comes back the same; linked data says what the record says, in IRIs that others can follow."""

import json
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, XSD

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.queries import ExportFormat
from motcua.domain.catalogue.rules.records import content, cpsv, excel, legal, national, reading, shapes
from motcua.domain.catalogue.tests.records.samples import NATIONAL, OPEN, lines, one
from motcua.domain.catalogue.types import Record
from motcua.kernel.actors import SYSTEM

#: the parser of rdflib uses a class of its own that it has deprecated
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
BASE = "https://mot.cua"
CPSV, CV = Namespace("http://purl.org/vocab/cpsv#"), Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")

RICH = one(
    code="1.004999",
    agency="H21",
    action="sửa đổi, bổ sung",
    decided_on="2026-01-02",
    valid_from="2026-02-01",
    sets=2,
    related=["1.001193"],
    keywords=["karaoke", "hát"],
    presence="khoản 1 Điều 5",
    receiving_address="1 Lê Lợi",
    receiving_hours="7:00-17:00",
    levels=["huyen"],
    performing_agency=[{"name": "Sở Văn hóa", "code": "H21.7"}, "Phòng Văn hóa"],
    legal=[{"number": "54/2019/NĐ-CP", "title": "Về karaoke", "valid_to": "2026-12-31"}],
    sequence=[{"case": "Cấp mới", "steps": ["=1+1 không phải công thức", "b\r\nc\x02d _x0041_"]}],
    results=[{"name": "Giấy phép", "code": "", "is_electronic": False}],
)


def record(raw: dict[str, Any]) -> Record:
    return reading.record_of(raw)


@pytest.mark.parametrize("raw", [OPEN, RICH])
def test_the_open_shape_comes_back_the_same(raw: dict[str, Any]) -> None:
    assert shapes.to_open(record(raw)) == raw


@pytest.mark.parametrize("raw", [OPEN, RICH])
def test_a_workbook_comes_back_the_same(raw: dict[str, Any]) -> None:
    book = BytesIO()
    excel.write([record(raw)], book)
    book.seek(0)

    (row,) = reading.excel_rows(book)

    expected = shapes.to_open(record(raw))
    if isinstance(expected["performing_agency"], list):  # a cell holds names, not codes
        expected["performing_agency"] = "Sở Văn hóa\nPhòng Văn hóa"
    assert row.faults == ()
    assert row.record is not None
    assert shapes.to_open(row.record) == expected


def test_the_empty_workbook_can_be_filled_in() -> None:
    book = BytesIO()
    queries.export_template(book)
    book.seek(0)

    assert list(reading.excel_rows(book)) == []


def test_the_national_shape_keeps_what_it_has_keys_for() -> None:
    once = national.to_national(record(NATIONAL))

    assert national.to_national(record(once)) == once


@given(st.text(max_size=200))
def test_the_hash_is_that_of_the_stored_record(name: str) -> None:
    try:
        said = record(one(name=name))
    except (ValueError, shapes.Misread):
        return
    stored = content.stored(said)

    assert content.restored(json.loads(json.dumps(stored))) == said
    assert content.content_hash(stored) == content.content_hash(dict(reversed(stored.items())))


@pytest.mark.parametrize(
    ("published", "true"),
    [
        ("226/2016/TT-BTCT", "226/2016/TT-BTC"),
        ("01/2020/TT-BTP", "01/2020/TT-BTP"),
        ("58/2021/TT-BLĐTBXHBAN", "58/2021/TT-BLĐTBXH"),
        ("72/2011/TTLT-BTC-BGTVT", "72/2011/TTLT-BTC-BGTVT"),
        ("50/2016/TT-BNNPTNT", "50/2016/TT-BNNPTNT"),
        ("54/2014/QH13", "54/2014/QH13"),
        ("khác", "khác"),
    ],
)
def test_letters_of_the_next_word_fall_off_legal_numbers(published: str, true: str) -> None:
    assert legal.true_number(published) == true


def test_linked_data_says_service_costs_channels_papers_output_rule_and_law() -> None:
    document = cpsv.document(record(OPEN), base=BASE)

    graph = Graph().parse(data=json.dumps(document), format="json-ld")

    service = URIRef(f"{BASE}/thu-tuc/1.001193")
    assert (service, RDF.type, CPSV.PublicService) in graph
    assert (service, DCTERMS.title, Literal("Thủ tục đăng ký khai sinh", lang="vi")) in graph
    (cost,) = graph.subjects(RDF.type, CV.Cost)
    assert graph.value(cost, CV.value) == Literal("8000", datatype=XSD.decimal)
    assert str(graph.value(cost, CV.currency)).endswith("/currency/VND")
    assert graph.value(cost, CV.ifAccessedThrough) == URIRef(f"{service}#online")
    kinds = {
        CV.Channel: 3,
        CV.Evidence: 1,  # the remark is no paper
        CV.Output: 1,
        CPSV.Rule: 1,
        ELI.LegalResource: 2,
        CV.PublicOrganisation: 1,
    }
    assert {kind: len(set(graph.subjects(RDF.type, kind))) for kind in kinds} == kinds
    (rule,) = graph.objects(service, CPSV.follows)
    assert set(graph.objects(rule, CPSV.implements)) == set(graph.objects(service, CV.hasLegalResource))
    assert graph.value(service, CV.processingTime) == Literal("P1D", datatype=XSD.duration)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["json", "jsonl", "xlsx"])
def test_a_node_takes_back_its_own_export_and_changes_nothing(kind: str) -> None:
    commands.import_records(lines([one(), one(code="2.000001")]), actor=SYSTEM, at=NOON)
    out = BytesIO()
    assert queries.export_records(out, kind=ExportFormat(kind), base=BASE, on=TODAY) == 2
    out.seek(0)

    counts = commands.import_records(out, actor=SYSTEM, at=NOON)

    assert (counts.unchanged, counts.rows) == (2, 2)


@pytest.mark.django_db
def test_the_whole_catalogue_is_one_graph() -> None:
    commands.import_records(lines([one(), one(code="2.000001")]), actor=SYSTEM, at=NOON)
    out = BytesIO()
    queries.export_records(out, kind=ExportFormat.CPSV, base=BASE, on=TODAY)

    graph = Graph().parse(data=out.getvalue().decode(), format="json-ld")

    assert len(set(graph.subjects(RDF.type, CPSV.PublicService))) == 2
    assert len(set(graph.subjects(RDF.type, ELI.LegalResource))) == 2  # shared by both
