"""Records in the console: found by what they lack, compared, abolished, brought in after a look."""

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from motcua.domain.agencies import testing as offices
from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.testing import BIRTH, the_procedures
from motcua.interfaces.console.tests.test_console import admin
from motcua.interfaces.design.access import today
from motcua.kernel.actors import SYSTEM
from motcua.platform.jobs.testing import run_waiting

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 2, 2, 5, tzinfo=UTC)


def lines(*codes: str, **more: Any) -> bytes:
    rows = (
        {"code": code, "name": f"Thủ tục {code}", "ministry": "Bộ A", "field": "F", **more} for code in codes
    )
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def bring(*codes: str, **more: Any) -> None:
    commands.import_records(BytesIO(lines(*codes, **more)), actor=SYSTEM, at=NOON)


def shown(client: Client, name: str, *arguments: object, **query: str) -> str:
    return client.get(reverse(f"console:{name}", args=arguments), query).content.decode()


def test_the_list_is_filtered_and_costs_the_same_however_long(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    bring(*(f"1.{n:06d}" for n in range(120)))
    bring("2.000001", ministry="Bộ B", levels=["xa"])
    client = admin()

    with django_assert_max_num_queries(12):
        first = shown(client, "procedures")
    second = shown(client, "procedures", after="1.000049")

    assert first.count('<a class="main"') == second.count('<a class="main"') == 50
    assert "1.000050" in second
    assert shown(client, "procedures", ministry="Bộ B").count('<a class="main"') == 1
    assert shown(client, "procedures", level="commune").count('<a class="main"') == 1
    assert shown(client, "procedures", complete="yes").count('<a class="main"') == 0
    assert shown(client, "procedures", q="2.0").count('<a class="main"') == 1
    assert shown(client, "procedures", level="galaxy", q="thu tuc 2.000001").count('<a class="main"') == 1
    assert len(first.encode()) < 60_000


def test_versions_are_compared_part_by_part() -> None:
    bring("1.000001", conditions="Cũ", levels=["xa"])
    commands.import_records(
        BytesIO(lines("1.000001", conditions="Mới", levels=["xa", "tinh"])), actor=SYSTEM, at=NOON
    )

    page = shown(admin(), "procedure", "1.000001", voi="1")

    assert "<del>Cũ</del>" in page
    assert "<ins>Mới</ins>" in page
    assert "<ins>tinh</ins>" in page


def test_a_definition_that_does_otherwise_is_told() -> None:
    the_procedures()
    bring(BIRTH, methods=[{"channel": 1, "time": 9, "unit": "month"}])

    page = shown(admin(), "procedure", BIRTH)

    assert "Định nghĩa làm khác bản công bố" in page
    assert "9 month" in page


def test_abolishing_ends_the_definition_too_and_cannot_be_done_twice() -> None:
    the_procedures()
    client = admin()
    asked = {"decision": "9/QĐ-BTP", "valid_from": "2026-01-05"}

    client.post(reverse("console:abolish", args=[BIRTH]), asked)
    again = client.post(reverse("console:abolish", args=[BIRTH]), asked, follow=True)

    assert "đã có quyết định bãi bỏ" in again.content.decode()
    assert BIRTH not in {view.code for view in queries.procedures(on=NOON.date())}
    assert queries.record(BIRTH, on=NOON.date()).state == "abolished"


def test_a_file_is_previewed_confirmed_and_written() -> None:
    client = admin()
    sent = SimpleUploadedFile("tthc.jsonl", lines("1.000001", "1.000002", "sai"))

    seen = client.post(reverse("console:record_imports"), {"file": sent})
    run_waiting("catalogue.preview_import")
    preview = client.get(seen["Location"]).content.decode()
    assert not queries.known_codes({"1.000001"})
    client.post(seen["Location"])
    client.post(seen["Location"])
    run_waiting("catalogue.write_import")
    done = client.get(seen["Location"]).content.decode()

    assert "Xác nhận và ghi" in preview
    assert "bị từ chối" in preview
    assert "Đã ghi xong" in done
    assert set(queries.known_codes({"1.000001", "1.000002"})) == {"1.000001", "1.000002"}


def test_a_file_that_is_none_says_so() -> None:
    client = admin()

    seen = client.post(
        reverse("console:record_imports"), {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")}
    )
    run_waiting("catalogue.preview_import")

    assert "Không đọc được tệp này" in client.get(seen["Location"]).content.decode()
    assert client.get(reverse("console:record_template")).status_code == 200


def test_an_agency_decides_differently_and_its_page_says_so() -> None:
    bring("1.000001", methods=[{"channel": 1, "time": 9, "unit": "working_day", "note": ""}])
    agency = offices.a_province()
    client, where = admin(), reverse("console:local_rules", args=["1.000001"])
    asked = {"agency": agency.code, "decision": "5/QĐ-UBND", "valid_from": f"{today():%Y-%m-%d}"}

    refused = client.post(where, asked)
    client.post(where, {**asked, "methods/counter/1/limit": "2,5 working_day", "receiving_hours": "7:00"})
    shown_here = Client().get(f"/thu-tuc/1.000001?noi={agency.code}").content.decode()

    assert refused.status_code == 422
    assert "đang áp dụng" in client.get(where).content.decode()
    assert "2,5 ngày làm việc" in shown_here
    assert "quy định riêng của" in shown_here
    assert "9 ngày làm việc" in Client().get("/thu-tuc/1.000001").content.decode()
    client.post(where, {"end": str(agency.id)})
    assert "đang áp dụng" not in client.get(where).content.decode()
