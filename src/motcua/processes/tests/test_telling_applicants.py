"""Who files a dossier hears of every step that concerns them, once."""

import pytest

from motcua.domain.cases.testing import a_dossier, an_office
from motcua.domain.cases.types import State
from motcua.platform.notify import queries as notify
from motcua.platform.outbox.testing import deliver_all

pytestmark = pytest.mark.django_db


def test_the_applicant_hears_of_filing_acceptance_result_and_handing_over() -> None:
    office = an_office()
    view = a_dossier(office, State.RETURNED)
    deliver_all()
    deliver_all()  # delivery is at least once, the effect is not

    assert office.citizen.person_id is not None
    notices = notify.inbox(office.citizen.person_id).items
    assert sorted(notice.kind for notice in notices) == [
        "dossier_accept",
        "dossier_approve",
        "dossier_hand_over",
        "dossier_submit",
    ]
    assert {notice.facts["code"] for notice in notices} == {view.code}
    assert {notice.link for notice in notices} == {f"/ho-so/{view.id}"}


def test_a_request_for_papers_says_until_when() -> None:
    office = an_office()
    a_dossier(office, State.SUPPLEMENT_REQUESTED)
    deliver_all()

    assert office.citizen.person_id is not None
    asked = [n for n in notify.inbox(office.citizen.person_id).items if n.kind == "dossier_ask_supplement"]
    assert [notice.facts["answer_by"] for notice in asked] == ["23/03/2026"]
