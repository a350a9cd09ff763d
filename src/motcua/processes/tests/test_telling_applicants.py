"""Who files a dossier hears of every step that concerns them, once."""

import pytest

from motcua.domain.cases import commands
from motcua.domain.cases.testing import MONDAY, a_dossier, a_draft, an_office
from motcua.domain.cases.types import State
from motcua.domain.catalogue.testing import CERTIFIED_COPY
from motcua.domain.identity import commands as identity
from motcua.domain.identity.testing import a_citizen, an_organisation
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import local_date
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


def test_of_an_organisation_those_who_represent_it_hear() -> None:
    office, colleague = an_office(), a_citizen()
    assert office.citizen.person_id is not None
    assert colleague.person_id is not None
    company = an_organisation(represented_by=PersonId(office.citizen.person_id))
    since = local_date(MONDAY)
    identity.appoint_representative(
        company.id, PersonId(colleague.person_id), since=since, actor=SYSTEM, at=MONDAY
    )
    draft = a_draft(office, CERTIFIED_COPY)
    commands.name_applicant(draft.id, company.id, actor=office.citizen, at=MONDAY)

    commands.submit(draft.id, actor=office.citizen, at=MONDAY)
    deliver_all()

    for person_id in (office.citizen.person_id, colleague.person_id):
        assert [one.kind for one in notify.inbox(person_id).items] == ["dossier_submit"]
