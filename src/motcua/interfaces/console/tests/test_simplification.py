"""Simplification in the console: ranked, filtered, taken away as a spreadsheet; prices set; a draft weighed."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from motcua.domain.agencies import testing as offices
from motcua.domain.catalogue import commands as catalogue_commands
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.testing import BIRTH, the_procedures
from motcua.domain.reform import queries
from motcua.domain.reform.types import SubjectKind
from motcua.interfaces.console.tests.test_console import admin, signed_in
from motcua.interfaces.console.tests.test_records import bring
from motcua.interfaces.design.access import today
from motcua.kernel.actors import Actor, Role

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 2, 2, 5, tzinfo=UTC)
PRICES = {
    "year": "2026",
    "kind": "individual",
    "income_per_year_dong": "211200000",
    "days_per_month": "22",
    "hours_per_day": "8",
    "online_percent": "40",
    "source": "Niên giám thống kê",
}


def shown(client: Client, name: str, *arguments: object, **query: str) -> str:
    return client.get(reverse(f"console:{name}", args=arguments), query).content.decode()


def test_the_ranking_costs_the_same_however_long_and_is_filtered(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    the_procedures()
    bring(*(f"3.{n:06d}" for n in range(60)), name="=HYPERLINK(1)")
    client = admin()
    shown(client, "simplification")

    with django_assert_max_num_queries(14):
        first = shown(client, "simplification", sort="papers")

    assert first.count('<a class="main"') == 30
    assert shown(client, "simplification", defined="yes", q=BIRTH).count('<a class="main"') == 1
    assert shown(client, "simplification", sort="beauty", after="x", since="x").count('<a class="main"') == 30
    assert len(first.encode()) < 60_000
    sent = client.get(reverse("console:simplification_export"), {"q": "3.00000"})
    sheet = load_workbook(BytesIO(sent.content)).active
    assert sheet is not None
    assert [sheet.max_row, sheet["B2"].value, sheet["B2"].data_type] == [11, "=HYPERLINK(1)", "s"]


def test_prices_are_set_by_administrators_and_count_at_once() -> None:
    client = admin()

    refused = client.post(reverse("console:prices"), PRICES | {"source": "", "hours_per_day": "0"})
    done = client.post(reverse("console:prices"), PRICES, follow=True)

    assert refused.status_code == 422
    assert "Đã ghi đơn giá" in done.content.decode()
    assert queries.prices_for(year=2026, kind=SubjectKind.INDIVIDUAL).hourly_income_dong == 100_000
    assert client.post(reverse("console:prices"), PRICES | {"hours_per_day": "25"}).status_code == 422
    auditor = signed_in(offices.an_officer(Role.AUDITOR))
    assert auditor.post(reverse("console:prices"), PRICES).status_code == 403


def test_a_draft_is_weighed_beside_what_is_in_force() -> None:
    the_procedures()
    client = admin()
    assert "Nếu công bố" not in shown(client, "burden", BIRTH)
    actor = Actor(person_id=None, role=Role.ADMIN)
    view = catalogue.procedure(BIRTH, on=today())
    draft = catalogue_commands.start_definition(BIRTH, base=view.version_id, actor=actor, at=NOON)
    content = dict(draft.content) | {"burden": {"form_hours": 0, "receive_hours": 0}}
    draft = catalogue_commands.write_definition(draft.id, content, seen=draft.revision, actor=actor, at=NOON)

    page = shown(client, "burden", BIRTH)

    assert "Nếu công bố bản đang soạn" in page
    assert str(queries.burden(BIRTH, on=today()).cost.once_dong)[:2] in page
    broken = {key: value for key, value in draft.content.items() if key != "name"}
    catalogue_commands.write_definition(draft.id, broken, seen=draft.revision, actor=actor, at=NOON)
    assert "còn lỗi" in shown(client, "burden", BIRTH)
    assert client.get(reverse("console:burden", args=["9.999999"])).status_code == 404
