"""A leader reads the month, follows a number to its dossiers, takes the table away."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from motcua.domain.cases import commands
from motcua.domain.cases.testing import MONDAY, Office, a_dossier
from motcua.domain.cases.types import By, State
from motcua.kernel.actors import SYSTEM, Actor

pytestmark = pytest.mark.django_db
REPORT, BEHIND, SAVED = "/ban-lam-viec/thong-ke", "/ban-lam-viec/thong-ke/ho-so", "/ban-lam-viec/thong-ke/tep"


@pytest.fixture
def counted(office: Office) -> Office:
    for state in (State.DONE, State.RETURNED, State.PROCESSING):
        a_dossier(office, state)
    commands.count_figures(actor=SYSTEM, at=MONDAY)
    return office


@pytest.fixture
def leader(office: Office, seated: Callable[[Actor], Client]) -> Client:
    return seated(office.leader)


@pytest.mark.parametrize("by", By)
def test_a_leader_reads_the_month(counted: Office, leader: Client, by: By) -> None:
    seen = leader.get(REPORT, {"ky": "2026-03", "theo": by})

    assert seen.status_code == 200
    page = seen.content.decode()
    assert "<svg" in page
    assert "100,0 %" in page


def test_a_number_leads_to_its_dossiers(counted: Office, leader: Client) -> None:
    page = leader.get(REPORT, {"ky": "2026-03"}).content.decode()
    assert f"{reverse('desk:figures_behind')}?ky=2026-03" in page

    behind = leader.get(BEHIND, {"ky": "2026-03", "so": "handled"}).content.decode()
    assert behind.count('<a class="main"') == 2


def test_the_table_and_its_dossiers_are_taken_away(counted: Office, leader: Client) -> None:
    csv = leader.get(SAVED, {"ky": "2026-03"}).getvalue().decode("utf-8-sig")
    book = leader.get(SAVED, {"ky": "2026-03", "dang": "xlsx"}).getvalue()

    assert len(csv.splitlines()) == 1 + 3
    sheets = load_workbook(BytesIO(book))
    assert sheets["Thống kê"].cell(2, 2).value == 3
    assert sheets["Hồ sơ"].max_row == 1 + 3


def test_what_is_no_period_is_said(counted: Office, leader: Client) -> None:
    seen = leader.get(REPORT, {"ky": "hôm kia"})

    assert seen.status_code == 422
    assert "Không đọc được kỳ" in seen.content.decode()


def test_citizens_see_no_statistics_of_the_desk(counted: Office, client: Client) -> None:
    assert client.get(REPORT).status_code in {302, 403}
