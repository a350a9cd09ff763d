"""Records come in from a file: row by row, once, and never half."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connections, transaction

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.events import RecordsImported
from motcua.domain.catalogue.models import RecordVersion
from motcua.domain.catalogue.tests.records.samples import NATIONAL, lines, one, packed
from motcua.domain.catalogue.types import ImportRunning, RowOutcome, UnreadableFile, Verdict
from motcua.kernel.actors import SYSTEM, Actor, NotPermitted, Role
from motcua.platform.outbox.testing import announced

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def bring(*objects: object, at: datetime = NOON) -> list[RowOutcome]:
    told: list[RowOutcome] = []
    commands.import_records(lines(objects), tell=told.append, actor=SYSTEM, at=at)
    return told


def test_a_file_creates_then_changes_nothing() -> None:
    first = bring(one(), one(code="1.001194", name="Khai tử"))

    second = bring(one(), one(code="1.001194", name="Khai tử"))

    assert [row.verdict for row in first] == [Verdict.CREATED] * 2
    assert [row.verdict for row in second] == [Verdict.UNCHANGED] * 2
    assert RecordVersion.objects.count() == 2
    assert [event["created"] for event in announced(RecordsImported)] == [2]


def test_a_changed_record_follows_the_one_before() -> None:
    bring(one())

    (row,) = bring(one(name="Đăng ký khai sinh"), at=NOON + timedelta(days=3))

    assert row.verdict is Verdict.AMENDED
    assert queries.record("1.001193", on=TODAY).record.name == "Thủ tục đăng ký khai sinh"
    later = queries.record("1.001193", on=TODAY + timedelta(days=3))
    assert (later.record.name, later.number, later.state) == ("Đăng ký khai sinh", 2, "amended")


def test_a_correction_on_the_same_day_takes_over_at_once() -> None:
    bring(one())

    bring(one(name="Đăng ký khai sinh"))

    assert queries.record("1.001193", on=TODAY).number == 2
    assert [row.valid_to for row in queries.record_history("1.001193")] == [None, TODAY]


def test_one_bad_row_costs_only_itself_and_names_the_place() -> None:
    bad_channel = one(code="1.000001", methods=[{"channel": 9}])
    bad_subject = one(code="1.000002", subjects=["Người ngoài hành tinh"])
    bad_copies = one(code="1.000003", dossier=[{"name": "x", "originals": -1, "copies": 0}])
    nul = one(code="1.000004", name="a\x00b")

    told = bring(bad_channel, bad_subject, bad_copies, nul, [1], one())

    faults = [(row.faults[0].field, row.faults[0].code) for row in told[:5]]
    assert faults == [
        ("methods.0.channel", "unknown_value"),
        ("subjects", "unknown_value"),
        ("dossier.0.originals", "greater_than_equal"),
        ("name", "value_error"),
        ("", "not_an_object"),
    ]
    assert told[5].verdict is Verdict.CREATED


def test_a_code_twice_in_a_file_is_refused_the_second_time() -> None:
    told = bring(one(), one(name="Khác"))

    assert [row.verdict for row in told] == [Verdict.CREATED, Verdict.REFUSED]
    assert told[1].faults[0].value == "row 1"


def test_lines_that_are_not_json_or_not_utf8_are_rows_refused() -> None:
    good = json.dumps(one()).encode()
    told: list[RowOutcome] = []

    commands.import_records(
        BytesIO(good + b'\n{"code": \n{"name": "\xff\xfe"}\n\n'), tell=told.append, actor=SYSTEM, at=NOON
    )

    assert [(row.verdict, [f.code for f in row.faults]) for row in told] == [
        (Verdict.CREATED, []),
        (Verdict.REFUSED, ["not_json"]),
        (Verdict.REFUSED, ["not_utf8"]),
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"M\xc3\xa3,T\xc3\xaan\n", "not_json"),
        ("﻿{}".encode("utf-16"), "not_utf8"),
        (b"\x1f\x8b\x08\x00broken", "broken_gzip"),
        (b"PK\x03\x04 no workbook", "broken_workbook"),
        (b'[{"code": "1.001193"}, {"code"', "broken_array"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(body: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        commands.import_records(BytesIO(body), actor=SYSTEM, at=NOON)

    assert refusal.value.facts["why"] == why
    assert not RecordVersion.objects.exists()


def test_a_gzip_bomb_is_refused_before_it_grows() -> None:
    import gzip

    bomb = BytesIO(gzip.compress(b"[" + b" " * (64 << 20)))

    with pytest.raises(UnreadableFile, match="unreadable_file") as refusal:
        commands.import_records(bomb, actor=SYSTEM, at=NOON)

    assert refusal.value.facts["why"] in {"too_large", "row_too_long"}


def test_the_national_answer_and_packed_lines_are_read_too() -> None:
    envelope = BytesIO(json.dumps({"error_code": 0, "result": [NATIONAL]}).encode())

    counts = commands.import_records(envelope, actor=SYSTEM, at=NOON)
    again = commands.import_records(packed([NATIONAL]), actor=SYSTEM, at=NOON)

    assert (counts.created, again.unchanged) == (1, 1)
    said = queries.record("1.001193", on=TODAY).record
    assert said.agency == "000.00.00.H21"
    assert str(said.methods[0].time) == "0.5"
    assert said.methods[0].fees[0].amount == 20_000
    assert said.sequence[0].case == "Khai sinh thông thường"
    assert said.unread == {"MOTADOITUONGTHUCHIEN": "Cha, mẹ hoặc người thân thích", "MACOQUANCONGBO": "G15"}


def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    told: list[RowOutcome] = []

    counts = queries.preview_import(lines([one(), {"code": "x"}]), on=TODAY, tell=told.append)

    assert (counts.created, counts.refused) == (1, 1)
    assert not RecordVersion.objects.exists()


def test_odd_rows_are_taken_as_they_are_and_told() -> None:
    (row,) = bring(one(type=""))

    codes = Counter(remark.code for remark in row.remarks)
    assert codes == {"no_kind": 1, "no_time_unit": 1, "remark_line": 1, "glued_number": 1}


def test_only_administrators_import() -> None:
    clerk = Actor(person_id=None, role=Role.CLERK)

    with pytest.raises(NotPermitted):
        commands.import_records(lines([one()]), actor=clerk, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_are_one_import_and_a_refusal() -> None:
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x72_65_63_01])

        with pytest.raises(ImportRunning), transaction.atomic():
            bring(one())

        with other.cursor() as cursor:
            cursor.execute("ROLLBACK")
        assert [row.verdict for row in bring(one())] == [Verdict.CREATED]
    finally:
        other.close()


def test_words_for_search_come_with_a_stamp_that_moves() -> None:
    before = queries.catalogue_stamp()
    bring(one())

    (row,) = queries.search_rows(on=TODAY)

    assert queries.catalogue_stamp() != before
    assert (row.code, row.name, row.online_level) == ("1.001193", "Thủ tục đăng ký khai sinh", "full")
    assert row.legal_numbers == ("60/2014/QH13", "226/2016/TT-BTC")
    assert row.component_names == ("Tờ khai", "Người nộp xuất trình giấy tờ gốc.")
