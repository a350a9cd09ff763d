"""A representative files for a company, page by page, and finds it again under the company."""

import pytest
from django.core.cache import cache
from django.test import Client

from motcua.domain.cases import commands, queries
from motcua.domain.cases.testing import Office, a_dossier, a_draft, an_office
from motcua.domain.cases.types import DossierRow
from motcua.domain.catalogue.testing import BIRTH, CERTIFIED_COPY
from motcua.domain.identity.testing import a_citizen, an_account, an_organisation, sign_in
from motcua.domain.identity.types import OrganisationView, PersonId
from motcua.kernel.actors import Actor
from motcua.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    cache.clear()


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def company(office: Office) -> OrganisationView:
    return an_organisation(
        "Công ty TNHH Gỗ Biển Hồ", tax_code="5900189357", represented_by=of(office.citizen)
    )


def of(actor: Actor) -> PersonId:
    assert actor.person_id is not None
    return PersonId(actor.person_id)


def visit_as(actor: Actor) -> Client:
    client = Client()
    sign_in(client, an_account(of(actor)).id)
    return client


def dossiers(office: Office) -> tuple[DossierRow, ...]:
    return tuple(queries.dossiers_of(actor=office.citizen, at=now()).items)


def test_the_company_is_chosen_shown_and_kept(office: Office, company: OrganisationView) -> None:
    client, draft = visit_as(office.citizen), a_draft(office, CERTIFIED_COPY)
    base = f"/nop-ho-so/{draft.id}"

    asked = client.get(f"{base}/nop-cho").content.decode()
    chosen = client.post(f"{base}/nop-cho?ve=kiem-tra", {"applicant": str(company.id)})
    checked = client.get(chosen["Location"]).content.decode()
    client.post(f"{base}/kiem-tra", {"truth": "yes", "paper": "no"})
    [row] = dossiers(office)
    pages = [
        client.get(f"/ho-so/{row.id}{tail}").content.decode() for tail in ("", "/da-nop", "/giay-tiep-nhan")
    ]
    desk = visit_as(office.clerk).get(f"/ban-lam-viec/ho-so/{row.id}")

    assert "Chính tôi, Nguyễn Thị Hoa" in asked
    assert company.name in asked
    assert company.name in checked
    assert row.applicant_name == company.name
    for page in (*pages, desk.content.decode()):
        assert company.name in page
    assert company.tax_code in pages[-1]
    assert "Người đại diện nộp" in desk.content.decode()


def test_the_pages_follow_each_other_although_one_asks_for_whom(
    office: Office, company: OrganisationView
) -> None:
    client, draft = visit_as(office.citizen), a_draft(office, CERTIFIED_COPY)
    base = f"/nop-ho-so/{draft.id}"

    first = client.post(f"{base}/nop-cho", {"applicant": "own"})
    form = client.get(f"{base}/phan/applicant").context["form"]
    sent = {field.html_name: field.value() or "" for field in form if not isinstance(field.value(), list)}
    sent |= {"a-applicant_address_street": "12 Hùng Vương", "a-applicant_address_place": "23575"}
    after = client.post(f"{base}/phan/applicant", sent)

    assert first["Location"] == f"{base}/phan/original"
    assert after["Location"] == f"{base}/giay-to"


def test_who_represents_nobody_is_not_asked(office: Office) -> None:
    client, draft = visit_as(office.citizen), a_draft(office, CERTIFIED_COPY)

    assert f"/nop-ho-so/{draft.id}/nop-cho" not in client.get(f"/nop-ho-so/{draft.id}/").content.decode()


def test_a_procedure_for_persons_does_not_ask(office: Office, company: OrganisationView) -> None:
    client, draft = visit_as(office.citizen), a_draft(office, BIRTH)

    assert f"/nop-ho-so/{draft.id}/nop-cho" not in client.get(f"/nop-ho-so/{draft.id}/").content.decode()


def test_a_company_of_someone_else_is_no_choice(office: Office) -> None:
    client, draft = visit_as(office.citizen), a_draft(office, CERTIFIED_COPY)
    other = an_organisation("Công ty Người Khác", represented_by=of(a_citizen()))

    answer = client.post(f"/nop-ho-so/{draft.id}/nop-cho", {"applicant": str(other.id)})

    assert answer.status_code == 422
    assert queries.draft(draft.id, actor=office.citizen).organisation_id is None


def test_the_list_can_be_narrowed_to_the_company(office: Office, company: OrganisationView) -> None:
    client, own = visit_as(office.citizen), a_dossier(office)
    draft = a_draft(office, CERTIFIED_COPY)
    commands.name_applicant(draft.id, company.id, actor=office.citizen, at=now())
    theirs = commands.submit(draft.id, actor=office.citizen, at=now())

    everything = client.get("/ho-so/").content.decode()
    narrowed = client.get("/ho-so/", {"cho": str(company.id)}).content.decode()

    assert own.code in everything
    assert theirs.code in everything
    assert theirs.code in narrowed
    assert own.code not in narrowed


@pytest.mark.parametrize("sent", ["x", "00000000-0000-0000-0000-000000000000"])
def test_the_list_of_a_company_one_does_not_represent_is_refused(sent: str, office: Office) -> None:
    assert visit_as(office.citizen).get("/ho-so/", {"cho": sent}).status_code == 403
