"""A dossier filed for an organisation: who may file it, whose it is, and what is printed."""

from datetime import date, timedelta

import pytest

from motcua.domain.cases import commands, queries
from motcua.domain.cases.models import Document
from motcua.domain.cases.testing import MONDAY, Office, a_dossier, a_draft, an_office, take
from motcua.domain.cases.types import (
    ApplicantKind,
    DossierView,
    DraftView,
    Step,
    UnknownDossier,
    WrongApplicant,
)
from motcua.domain.catalogue.testing import BIRTH, CERTIFIED_COPY
from motcua.domain.identity import commands as identity
from motcua.domain.identity.testing import a_citizen, a_person, an_organisation
from motcua.domain.identity.types import NotRepresentative, OrganisationView, PersonId
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import local_date, now
from motcua.platform.ledger.testing import facts_of, leaves_of

pytestmark = pytest.mark.django_db
TAX_CODE = "5900189357"


def of_person(actor: Actor) -> PersonId:
    assert actor.person_id is not None
    return PersonId(actor.person_id)


def a_company(office: Office) -> OrganisationView:
    """Return a company the citizen of the office represents."""
    return an_organisation(
        "Công ty TNHH Gỗ Biển Hồ", tax_code=TAX_CODE, represented_by=of_person(office.citizen)
    )


def a_company_draft(office: Office, company: OrganisationView) -> DraftView:
    draft = a_draft(office, CERTIFIED_COPY)
    return commands.name_applicant(draft.id, company.id, actor=office.citizen, at=MONDAY)


def filed(office: Office, company: OrganisationView) -> DossierView:
    return commands.submit(a_company_draft(office, company).id, actor=office.citizen, at=MONDAY)


def dismissed(office: Office, company: OrganisationView, *, until: date) -> None:
    identity.dismiss_representative(
        company.id, of_person(office.citizen), until=until, actor=SYSTEM, at=MONDAY
    )


def test_the_dossier_is_the_organisations_and_says_who_filed() -> None:
    office = an_office()
    company = a_company(office)

    view = filed(office, company)

    assert (view.applicant_kind, view.applicant_name) == (ApplicantKind.ORGANISATION, company.name)
    assert (view.organisation_id, view.applicant_id) == (company.id, office.citizen.person_id)
    assert facts_of(leaves_of(view.id)[0])["organisation"] == str(company.id)
    assert a_dossier(office).applicant_kind is ApplicantKind.CITIZEN


def test_only_who_represents_it_may_choose_it() -> None:
    office = an_office()
    draft, stranger = a_draft(office, CERTIFIED_COPY), an_organisation("Công ty Người Khác")

    with pytest.raises(NotRepresentative):
        commands.name_applicant(draft.id, stranger.id, actor=office.citizen, at=MONDAY)

    assert queries.draft(draft.id, actor=office.citizen).organisation_id is None


def test_a_right_that_begins_tomorrow_is_none_today() -> None:
    office = an_office()
    draft, company = a_draft(office, CERTIFIED_COPY), an_organisation()
    tomorrow = local_date(MONDAY) + timedelta(days=1)
    identity.appoint_representative(
        company.id, of_person(office.citizen), since=tomorrow, actor=SYSTEM, at=MONDAY
    )

    with pytest.raises(NotRepresentative):
        commands.name_applicant(draft.id, company.id, actor=office.citizen, at=MONDAY)


def test_the_right_is_asked_again_at_the_filing() -> None:
    office = an_office()
    company = a_company(office)
    draft = a_company_draft(office, company)
    dismissed(office, company, until=local_date(MONDAY) - timedelta(days=1))

    with pytest.raises(NotRepresentative):
        commands.submit(draft.id, actor=office.citizen, at=MONDAY)
    commands.name_applicant(draft.id, None, actor=office.citizen, at=MONDAY)

    own = commands.submit(draft.id, actor=office.citizen, at=MONDAY)
    assert own.applicant_kind is ApplicantKind.CITIZEN


def test_a_procedure_for_persons_takes_no_organisation() -> None:
    office = an_office()
    company, draft = a_company(office), a_draft(office, BIRTH)

    with pytest.raises(WrongApplicant) as refusal:
        commands.name_applicant(draft.id, company.id, actor=office.citizen, at=MONDAY)

    assert refusal.value.facts["subjects"] == ["citizen"]


def test_every_representative_sees_it_and_who_was_dismissed_does_not() -> None:
    office = an_office()
    company = a_company(office)
    view = filed(office, company)
    colleague = a_citizen(a_person("Trần Văn Bình").id)
    identity.appoint_representative(
        company.id, of_person(colleague), since=local_date(MONDAY), actor=SYSTEM, at=MONDAY
    )
    dismissed(office, company, until=local_date(now()) - timedelta(days=1))

    assert queries.dossier(view.id, actor=colleague).code == view.code
    assert [row.id for row in queries.dossiers_of(actor=colleague, at=now()).items] == [view.id]
    with pytest.raises(UnknownDossier):
        queries.dossier(view.id, actor=office.citizen)
    assert queries.dossiers_of(actor=office.citizen, at=now()).items == ()


def test_the_dossiers_of_one_organisation_are_listed_to_its_representatives_alone() -> None:
    office = an_office()
    company = a_company(office)
    view = filed(office, company)
    a_dossier(office)

    listed = queries.dossiers_of_organisation(company.id, actor=office.citizen, at=MONDAY)

    assert [row.id for row in listed.items] == [view.id]
    with pytest.raises(NotRepresentative):
        queries.dossiers_of_organisation(company.id, actor=a_citizen(), at=MONDAY)


def test_the_receipt_names_the_organisation_its_number_and_who_filed() -> None:
    office = an_office()
    view = take(Step.ACCEPT, filed(office, a_company(office)), office, at=MONDAY)

    facts = Document.objects.get(dossier_id=view.id).facts

    assert facts["applicant"]["name"] == "Công ty TNHH Gỗ Biển Hồ"
    assert facts["applicant"]["tax_code"] == TAX_CODE
    assert facts["applicant"]["representative"] == facts["submitter_name"] == "Nguyễn Thị Hoa"
    assert facts["applicant"]["personal_id"] == ""
    assert commands.printed(view.documents[0].id, view.id, actor=office.citizen, at=MONDAY)


@pytest.mark.parametrize("words", ["go bien ho", TAX_CODE, "nguyen thi hoa"])
def test_the_desk_finds_it_by_organisation_and_by_person(words: str) -> None:
    office = an_office()
    view = filed(office, a_company(office))

    found = queries.office_dossiers(actor=office.clerk, at=MONDAY, words=words)

    assert [row.id for row in found.items] == [view.id]


def test_tracking_names_the_organisation() -> None:
    office = an_office()
    view = filed(office, a_company(office))

    assert queries.track(view.code, view.lookup_secret).applicant_initials == "Công ty TNHH Gỗ Biển Hồ"
