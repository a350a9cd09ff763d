"""A clerk takes a dossier in from the keyboard: scan, choose, fill, print; once, and without losing anything."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.domain.cases import queries as cases
from motcua.domain.cases.testing import Office
from motcua.domain.cases.types import DossierView, State, Tab
from motcua.domain.catalogue.testing import BIRTH, CERTIFIED_COPY, GOOD_ANSWERS
from motcua.domain.identity import queries as identity
from motcua.domain.identity.testing import a_person, an_organisation
from motcua.domain.identity.types import PersonId
from motcua.interfaces.desk.tests.conftest import NOON
from motcua.platform.files.testing import a_pdf

pytestmark = pytest.mark.django_db
Seated = Callable[..., Client]
INTAKE = "/ban-lam-viec/tiep-nhan"
CARD = "064190001123||Siu H’Nga|14031990|Nữ|Phường Pleiku, Gia Lai|01012022"


def typed(procedure: str, **more: object) -> dict[str, object]:
    """Return the inputs of the form of a procedure, filled well, as a browser sends them."""
    data: dict[str, object] = {"k-token": "one-press", "k-channel": "counter", "k-wants_paper": "on"}
    for key, answer in GOOD_ANSWERS[procedure].items():
        if isinstance(answer, dict):
            data |= {f"a-{key}_street": answer["street"], f"a-{key}_place": answer["commune_code"]}
        else:
            data[f"a-{key}"] = {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer)
    return data | more


def citizen(office: Office) -> PersonId:
    assert office.citizen.person_id is not None
    return PersonId(office.citizen.person_id)


def taken_in(office: Office) -> list[DossierView]:
    rows = cases.inbox(Tab.TO_DO, actor=office.clerk, at=NOON).items
    return cases.dossiers([row.id for row in rows], actor=office.clerk, at=NOON)


def test_a_scanned_card_finds_its_holder(office: Office, seated: Seated) -> None:
    person = identity.person(citizen(office))
    answer = seated(office.clerk).post(INTAKE, {"scanned": person.personal_id})
    assert answer.headers["Location"] == f"{INTAKE}/{person.id}"


def test_a_card_nobody_knows_registers_its_holder(office: Office, seated: Seated) -> None:
    client = seated(office.clerk)

    offered = client.post(INTAKE, {"scanned": CARD}).content.decode()
    assert 'value="Siu H’Nga"' in offered
    assert 'value="14/03/1990"' in offered
    answer = client.post(
        f"{INTAKE}/nguoi-moi",
        {"full_name": "Siu H’Nga", "number": "064190001123", "born_on": "14/03/1990", "sex": "female"},
    )

    person = identity.person_by_personal_id("064190001123")
    assert person is not None
    assert answer.headers["Location"] == f"{INTAKE}/{person.id}"


@pytest.mark.parametrize("scanned", ["", "064", "abc", "a|b|c", "0641900011234"])
def test_what_is_no_card_is_said_so(office: Office, seated: Seated, scanned: str) -> None:
    answer = seated(office.clerk).post(INTAKE, {"scanned": scanned})
    assert answer.status_code == 422
    assert "wrong-word" in answer.content.decode()


def test_a_dossier_is_taken_in_with_papers_on_paper(office: Office, seated: Seated) -> None:
    client, person = seated(office.clerk), citizen(office)

    assert BIRTH in client.get(f"{INTAKE}/{person}").content.decode()
    assert BIRTH in client.get(f"{INTAKE}/{person}", {"q": "khai sinh"}).content.decode()
    form = client.get(f"{INTAKE}/{person}/{BIRTH}")
    assert len(form.content) < 60_000
    answer = client.post(
        f"{INTAKE}/{person}/{BIRTH}", typed(BIRTH, **{"k-on_paper_birth_record": "on"}), follow=True
    )

    [view] = taken_in(office)
    assert view.state is State.ACCEPTED
    assert view.applicant_id == person
    assert view.code in answer.content.decode()
    receipt = f"/ban-lam-viec/ho-so/{view.id}/van-ban/{view.documents[0].id}"
    assert receipt in answer.content.decode()


def test_pressing_twice_takes_in_once(office: Office, seated: Seated) -> None:
    client = seated(office.clerk)
    data = typed(BIRTH, **{"k-on_paper_birth_record": "on"})

    first = client.post(f"{INTAKE}/{citizen(office)}/{BIRTH}", data)
    second = client.post(f"{INTAKE}/{citizen(office)}/{BIRTH}", data)

    assert first.headers["Location"] == second.headers["Location"]
    assert len(taken_in(office)) == 1


def test_the_fee_is_collected_at_once(office: Office, seated: Seated) -> None:
    data = typed(CERTIFIED_COPY, **{"k-on_paper_original_scan": "on", "k-receipt_no": "BL-0031"})
    seated(office.clerk).post(f"{INTAKE}/{citizen(office)}/{CERTIFIED_COPY}", data)
    [view] = taken_in(office)
    assert view.fee_paid_at == NOON


def test_a_missing_paper_is_asked_for_beside_it(office: Office, seated: Seated) -> None:
    answer = seated(office.clerk).post(f"{INTAKE}/{citizen(office)}/{BIRTH}", typed(BIRTH))
    assert answer.status_code == 422
    assert 'id="id_k-on_paper_birth_record_error"' in answer.content.decode()
    assert taken_in(office) == []


def test_a_scan_is_kept_while_a_mistake_is_mended(office: Office, seated: Seated) -> None:
    client, address = seated(office.clerk), f"{INTAKE}/{citizen(office)}/{BIRTH}"
    scan = SimpleUploadedFile("giay-chung-sinh.pdf", a_pdf())

    wrong = client.post(address, typed(BIRTH, **{"a-child_name": "", "k-scan_birth_record": scan}))
    assert wrong.status_code == 422
    kept = wrong.context["beside"]["kept_birth_record"].value()
    client.post(address, typed(BIRTH, **{"k-kept_birth_record": kept}))

    [view] = taken_in(office)
    assert [one.name for one in view.attachments] == ["giay-chung-sinh.pdf"]


def test_a_file_that_is_none_is_refused_in_words(office: Office, seated: Seated) -> None:
    scan = SimpleUploadedFile("giay.pdf", b"MZ not a pdf")
    answer = seated(office.clerk).post(
        f"{INTAKE}/{citizen(office)}/{BIRTH}", typed(BIRTH, **{"k-scan_birth_record": scan})
    )
    assert answer.status_code == 422
    assert taken_in(office) == []


def test_only_clerks_take_in(office: Office, seated: Seated) -> None:
    for actor in (office.handler, office.leader, office.citizen):
        assert seated(actor).get(INTAKE).status_code == 403
        assert seated(actor).post(f"{INTAKE}/{citizen(office)}/{BIRTH}").status_code == 403


def test_the_person_at_the_counter_files_for_a_company(office: Office, seated: Seated) -> None:
    client, person = seated(office.clerk), citizen(office)
    company = an_organisation("Công ty TNHH Gỗ Biển Hồ", tax_code="5900189357", represented_by=person)
    page = f"{INTAKE}/{person}/{CERTIFIED_COPY}"
    scan = {"k-on_paper_original_scan": "on"}

    offered = client.get(page).content.decode()
    chosen = client.get(page, {"cho": str(company.id)}).content.decode()
    client.post(page, typed(CERTIFIED_COPY, **scan, cho=str(company.id)))

    [view] = taken_in(office)
    assert company.name in offered
    assert f'name="cho" value="{company.id}"' in chosen
    assert (view.applicant_id, view.organisation_id) == (person, company.id)


def test_a_company_of_someone_else_is_refused_at_the_counter(office: Office, seated: Seated) -> None:
    client, person = seated(office.clerk), citizen(office)
    other = an_organisation("Công ty Người Khác", represented_by=PersonId(a_person().id))
    page = f"{INTAKE}/{person}/{CERTIFIED_COPY}"

    assert client.get(page, {"cho": str(other.id)}).status_code == 403
    assert client.post(page, typed(CERTIFIED_COPY, cho=str(other.id))).status_code == 403
    assert taken_in(office) == []


def test_an_affair_of_persons_does_not_ask_for_whom(office: Office, seated: Seated) -> None:
    person = citizen(office)
    an_organisation("Công ty TNHH Gỗ Biển Hồ", tax_code="5900189357", represented_by=person)

    form = seated(office.clerk).get(f"{INTAKE}/{person}/{BIRTH}").content.decode()

    assert 'id="cho"' not in form
