"""The desk takes down and shows answers of every type, and where they differ from what is known."""

import pytest
from django.test import Client

from motcua.domain.cases import commands
from motcua.domain.cases.testing import Office, an_office
from motcua.domain.catalogue import commands as catalogue
from motcua.domain.catalogue.testing import EVERYTHING_ANSWERS, EVERYTHING_CODE, LONG_AGO, everything_text
from motcua.domain.identity.testing import an_account, sign_in
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    catalogue.publish(everything_text(), actor=SYSTEM, at=LONG_AGO)
    return an_office()


@pytest.fixture
def clerk(office: Office) -> Client:
    assert office.clerk.person_id is not None
    client = Client()
    sign_in(client, an_account(PersonId(office.clerk.person_id)).id)
    return client


def test_a_dossier_shows_tables_fees_and_what_differs(office: Office, clerk: Client) -> None:
    assert office.citizen.person_id is not None
    view = commands.register(
        EVERYTHING_CODE,
        EVERYTHING_ANSWERS | {"full_name": "Tên Khác"},
        {},
        applicant_id=PersonId(office.citizen.person_id),
        actor=office.clerk,
        at=now(),
        papers_seen=("drawing",),
    )

    page = clerk.get(f"/ban-lam-viec/ho-so/{view.id}").content.decode()

    assert '<td data-label="Tên phòng">Quầy hàng</td>' in page
    assert "khác với dữ liệu đã có" in page
    assert f"<b>{view.applicant_name}</b>" in page
    assert "2 lần × 6.000 ₫ = 12.000 ₫" in page


def test_a_row_added_at_the_counter_keeps_everything_typed(office: Office, clerk: Client) -> None:
    typed = {"a-title": "Nhà ở", "a-rooms-0-called": "Bếp", "k-token": "x", "k-channel": "counter"}
    typed["a-rooms-add"] = "1"

    page = clerk.post(f"/ban-lam-viec/tiep-nhan/{office.citizen.person_id}/{EVERYTHING_CODE}", typed)

    text = page.content.decode()
    assert text.count("<tr data-row>") == 3  # Bếp, the new one, and the one a script copies
    assert 'value="Nhà ở"' in text
    assert 'class="wrong-word"' not in text
