"""What the node knows is not typed again; who says otherwise is heard, and the officer sees both."""

from datetime import timedelta

import pytest

from motcua.domain.cases import commands, queries
from motcua.domain.cases.testing import Office, an_office
from motcua.domain.cases.types import Disputed, DossierView, DraftView
from motcua.domain.catalogue import commands as catalogue
from motcua.domain.catalogue.testing import EVERYTHING_ANSWERS, EVERYTHING_CODE, everything, everything_text
from motcua.domain.identity import queries as identity
from motcua.domain.identity.testing import LONG_AGO, a_person, an_organisation
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    catalogue.publish(everything_text(), actor=SYSTEM, at=LONG_AGO)
    return an_office()


def begun(office: Office) -> DraftView:
    return commands.start_draft(EVERYTHING_CODE, actor=office.citizen, at=now())


def of_applicant(office: Office) -> PersonId:
    assert office.citizen.person_id is not None
    return PersonId(office.citizen.person_id)


def test_what_the_account_knows_stands_in_the_draft_with_its_source(office: Office) -> None:
    person = identity.person(of_applicant(office))

    draft = begun(office)

    assert draft.answers["full_name"] == person.full_name
    assert draft.sources["full_name"] == "account.full_name"
    assert not draft.disputed


def test_a_changed_answer_keeps_what_the_source_said_until_it_is_changed_back(office: Office) -> None:
    draft = begun(office)
    known = draft.answers["full_name"]

    changed = commands.save_draft(draft.id, {"full_name": "Tên Khác"}, actor=office.citizen, at=now())
    again = commands.save_draft(draft.id, {"full_name": "Tên Nữa"}, actor=office.citizen, at=now())
    back = commands.save_draft(draft.id, {"full_name": known}, actor=office.citizen, at=now())

    assert changed.disputed == again.disputed == {"full_name": Disputed("account.full_name", known)}
    assert "full_name" not in again.sources
    assert not back.disputed
    assert back.sources["full_name"] == "account.full_name"


def test_the_latest_dossier_answers_the_same_question(office: Office) -> None:
    for hours, email in ((3, "cu@vidu.vn"), (2, "moi@vidu.vn")):
        taken_in(office, email=email, hours_ago=hours)

    known = queries.known_answers(everything(), of_applicant(office))

    assert known["email"] == queries.Known("moi@vidu.vn", "dossier.email")


def test_the_organisation_the_dossier_is_for_gives_its_tax_code(office: Office) -> None:
    own = an_organisation(represented_by=of_applicant(office), tax_code="0100109106")

    known = queries.known_answers(everything(), of_applicant(office), organisation_id=own.id)

    assert known["tax"] == queries.Known(own.tax_code, "organisation.tax_code")
    assert "tax" not in queries.known_answers(everything(), of_applicant(office))


def test_what_does_not_fit_the_question_is_not_laid_in(office: Office) -> None:
    person = a_person("Siu Bích", phone="không có")

    assert "phone" not in queries.known_answers(everything(), person.id)


def test_the_dossier_keeps_where_its_answers_differ_from_what_is_known(office: Office) -> None:
    person = identity.person(of_applicant(office))

    view = taken_in(office, full_name="Tên Khác")

    assert view.answers["full_name"] == "Tên Khác"
    assert view.disputed["full_name"] == Disputed("account.full_name", person.full_name)
    assert "title" not in view.disputed


def taken_in(office: Office, *, hours_ago: int = 1, **answers: object) -> DossierView:
    return commands.register(
        EVERYTHING_CODE,
        EVERYTHING_ANSWERS | answers,
        {},
        applicant_id=of_applicant(office),
        actor=office.clerk,
        at=now() - timedelta(hours=hours_ago),
        papers_seen=("drawing",),
    )
