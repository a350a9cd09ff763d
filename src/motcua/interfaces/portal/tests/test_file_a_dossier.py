"""From the front page to a filed dossier and back: every page on the way, in both languages."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from motcua.domain.cases import commands, queries
from motcua.domain.cases.testing import Office, an_office
from motcua.domain.cases.types import DraftView
from motcua.domain.catalogue.testing import BIRTH, GOOD_ANSWERS, HOUSEHOLD_BUSINESS
from motcua.domain.identity.testing import a_citizen, an_account, sign_in
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import Actor
from motcua.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    cache.clear()


@pytest.fixture
def office() -> Office:
    return an_office()


def visit_as(actor: Actor) -> Client:
    client = Client()
    assert actor.person_id is not None
    sign_in(client, an_account(PersonId(actor.person_id)).id)
    return client


@pytest.fixture
def client(office: Office) -> Client:
    return visit_as(office.citizen)


def draft_of(office: Office, procedure: str = BIRTH) -> DraftView:
    return commands.start_draft(procedure, actor=office.citizen, at=now())


def the_draft(office: Office) -> DraftView:
    return queries.drafts_of(actor=office.citizen)[0]


def a_photo(name: str = "giay.png") -> SimpleUploadedFile:
    body = BytesIO()
    Image.new("RGB", (40, 30), "white").save(body, "PNG")
    return SimpleUploadedFile(name, body.getvalue(), "image/png")


def as_sent(answers: dict[str, object]) -> dict[str, str]:
    sent: dict[str, str] = {}
    for key, value in answers.items():
        match value:
            case bool():
                sent[f"a-{key}"] = "yes" if value else "no"
            case dict():
                sent |= {f"a-{key}_street": value["street"], f"a-{key}_place": value["commune_code"]}
            case _:
                sent[f"a-{key}"] = str(value)
    return sent


def filled(office: Office, procedure: str = BIRTH) -> DraftView:
    draft = draft_of(office, procedure)
    return commands.save_draft(
        draft.id, GOOD_ANSWERS[procedure], actor=office.citizen, at=now(), agency_id=office.agency_id
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_visitor_finds_a_procedure_and_what_it_needs(language: str, office: Office) -> None:
    visitor = Client(headers={"Accept-Language": language})

    home = visitor.get("/")
    found = visitor.get("/thu-tuc/", {"q": "lam khai sinh"})
    page = visitor.get(f"/thu-tuc/{BIRTH}")

    assert f"/thu-tuc/{BIRTH}" in home.content.decode()
    assert f"/thu-tuc/{BIRTH}" in found.content.decode()
    words = {"vi": "Giấy chứng sinh", "en": "Medical record of birth"}[language]
    assert words in page.content.decode()


def test_an_unknown_procedure_is_not_found(office: Office) -> None:
    assert Client().get("/thu-tuc/9.999999").status_code == 404


def test_who_is_not_signed_in_is_asked_to_and_comes_back_to_the_procedure(office: Office) -> None:
    answer = Client().post(f"/thu-tuc/{BIRTH}/nop", headers={"Referer": f"http://testserver/thu-tuc/{BIRTH}"})

    assert answer["Location"].startswith("/tai-khoan/dang-nhap/")
    assert f"/thu-tuc/{BIRTH}" in answer["Location"]


def test_a_dossier_is_filed_page_by_page(client: Client, office: Office) -> None:
    start = client.post(f"/thu-tuc/{BIRTH}/nop")
    draft = the_draft(office)
    assert start["Location"] == f"/nop-ho-so/{draft.id}/"
    sent = as_sent(GOOD_ANSWERS[BIRTH])
    prefixes = {"child": "child_", "mother": "mother_", "father": "has_", "applicant": "applicant_"}
    for key, prefix in prefixes.items():
        address = f"/nop-ho-so/{draft.id}/phan/{key}"
        assert client.get(address).status_code == 200
        own = {k: v for k, v in sent.items() if k.startswith(f"a-{prefix}")}
        answer = client.post(address, {**own, "revision": the_draft(office).revision})
        assert answer.status_code == 302, re.findall(r"wrong-word.*?</p>", answer.content.decode())
    assert client.get(f"/nop-ho-so/{draft.id}/giay-to").status_code == 200
    client.post(f"/nop-ho-so/{draft.id}/giay-to/birth_record/gui", {"files": a_photo()})
    assert len(the_draft(office).attachments) == 1
    to_check = client.post(f"/nop-ho-so/{draft.id}/noi-nhan", {"office": str(office.agency_id)})
    assert to_check["Location"] == f"/nop-ho-so/{draft.id}/kiem-tra"
    page = client.get(to_check["Location"]).content.decode()
    assert "Rơ Châm Gia Bảo" in page

    first = client.post(f"/nop-ho-so/{draft.id}/kiem-tra", {"truth": "yes", "paper": "yes"})
    again = client.post(f"/nop-ho-so/{draft.id}/kiem-tra", {"truth": "yes"})

    dossier = queries.dossiers_of(actor=office.citizen, at=now()).items[0]
    assert first["Location"] == f"/ho-so/{dossier.id}/da-nop"
    assert again["Location"] == f"/ho-so/{dossier.id}"
    assert dossier.code in client.get(first["Location"]).content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_a_draft_opens_in_both_languages(language: str, client: Client, office: Office) -> None:
    draft = filled(office, HOUSEHOLD_BUSINESS)
    pages = ["", "phan/business", "phan/owner", "giay-to", "noi-nhan", "kiem-tra"]

    answers = [
        client.get(f"/nop-ho-so/{draft.id}/{page}", headers={"Accept-Language": language}) for page in pages
    ]

    assert [answer.status_code for answer in answers] == [200] * len(pages)


def test_prefilled_answers_say_where_they_come_from(client: Client, office: Office) -> None:
    draft = draft_of(office)

    page = client.get(f"/nop-ho-so/{draft.id}/phan/applicant").content.decode()

    assert "Lấy từ tài khoản" in page


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client: Client, office: Office) -> None:
    draft = draft_of(office)

    answer = client.post(
        f"/nop-ho-so/{draft.id}/phan/child",
        {"a-child_name": "Bé Na", "a-child_born_on": "31/02/2026", "revision": draft.revision},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_a-child_born_on"' in page
    assert 'value="31/02/2026"' in page
    assert 'value="Bé Na"' in page
    assert the_draft(office).answers["child_born_on"] == "31/02/2026"


def test_questions_an_answer_calls_up_are_asked_without_a_script(client: Client, office: Office) -> None:
    draft = draft_of(office)
    address = f"/nop-ho-so/{draft.id}/phan/father"

    with_father = client.post(address, {"a-has_father": "yes", "revision": draft.revision})
    revision = the_draft(office).revision
    without = client.post(address, {"a-has_father": "no", "revision": revision})

    assert (with_father.status_code, without.status_code) == (422, 302)
    assert 'href="#id_a-father_name"' in with_father.content.decode()


def test_an_old_place_name_finds_the_commune_of_today(client: Client, office: Office) -> None:
    found = client.get("/nop-ho-so/xa-phuong", {"q": "x"})

    assert found.json() == {"communes": []}


def test_a_form_changed_elsewhere_shows_both_and_loses_neither(client: Client, office: Office) -> None:
    draft = draft_of(office)
    commands.save_draft(draft.id, {"child_name": "Bé Na"}, actor=office.citizen, at=now())
    address = f"/nop-ho-so/{draft.id}/phan/child"

    answer = client.post(address, {"a-child_name": "Bé Bi", "revision": draft.revision})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bé Na" in page
    assert 'name="a-child_name" value="Bé Bi"' in page


def test_the_draft_keeps_itself(client: Client, office: Office) -> None:
    draft = draft_of(office)
    address = f"/nop-ho-so/{draft.id}/phan/child"

    answer = client.post(
        address,
        {"a-child_name": "Bé Na", "revision": draft.revision},
        headers={"Accept": "application/json"},
    )

    assert answer.json() == {"revision": the_draft(office).revision}
    assert the_draft(office).answers["child_name"] == "Bé Na"


def test_a_dossier_that_lacks_something_is_not_filed_and_says_what(client: Client, office: Office) -> None:
    draft = draft_of(office)

    answer = client.post(f"/nop-ho-so/{draft.id}/kiem-tra", {"truth": "yes"})

    assert answer.status_code == 422
    assert f"/nop-ho-so/{draft.id}/phan/child" in answer.content.decode()


def test_nothing_is_filed_without_the_declaration(client: Client, office: Office) -> None:
    draft = filled(office, HOUSEHOLD_BUSINESS)

    answer = client.post(f"/nop-ho-so/{draft.id}/kiem-tra", {})

    assert answer.status_code == 422
    assert queries.dossiers_of(actor=office.citizen, at=now()).items == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", b"MZ this is a program"), ("a.pdf", b"%PDF-1.4 broken"), ("a.exe", b"MZ"), ("a.png", b"")],
)
def test_a_file_that_cannot_be_taken_is_refused_with_words(
    name: str, content: bytes, client: Client, office: Office
) -> None:
    draft = draft_of(office)

    answer = client.post(
        f"/nop-ho-so/{draft.id}/giay-to/birth_record/gui", {"files": SimpleUploadedFile(name, content)}
    )

    assert answer.status_code == 422
    assert "wrong-word" in answer.content.decode()
    assert the_draft(office).attachments == ()


def test_a_form_of_two_gigabytes_is_refused_before_it_is_read(client: Client, office: Office) -> None:
    draft = draft_of(office)

    answer = client.generic(
        "POST",
        f"/nop-ho-so/{draft.id}/giay-to/birth_record/gui",
        b"x",
        "multipart/form-data; boundary=b",
        CONTENT_LENGTH=str(2 * 2**30),
    )

    assert answer.status_code == 413


def test_a_file_goes_up_in_pieces_and_goes_on_where_it_stopped(client: Client, office: Office) -> None:
    draft = draft_of(office)
    base = f"/nop-ho-so/{draft.id}"
    body = a_photo().read()
    begun = client.post(f"{base}/giay-to/birth_record/bat-dau", {"name": "a.png", "size": len(body)}).json()
    piece = f"{base}/tai-len/{begun['id']}"

    client.generic("PUT", f"{piece}?offset=0", body[:50], "application/octet-stream")
    wrong = client.generic("PUT", f"{piece}?offset=10", body[10:], "application/octet-stream")
    assert (wrong.status_code, wrong.json()["offset"]) == (409, 50)
    assert client.get(piece).json()["offset"] == 50
    client.generic("PUT", f"{piece}?offset=50", body[50:], "application/octet-stream")
    done = [client.post(f"{base}/giay-to/birth_record/xong/{begun['id']}") for _twice in range(2)]

    assert [answer.status_code for answer in done] == [200, 200]
    assert [one.name for one in the_draft(office).attachments] == ["a.png"]


def test_a_paper_can_be_looked_at_and_taken_out_again(client: Client, office: Office) -> None:
    draft = draft_of(office)
    client.post(f"/nop-ho-so/{draft.id}/giay-to/birth_record/gui", {"files": a_photo()})
    paper = the_draft(office).attachments[0]

    shown = client.get(f"/nop-ho-so/{draft.id}/tep/{paper.id}")
    client.post(f"/nop-ho-so/{draft.id}/tep/{paper.id}/bo")

    assert shown["Content-Type"] == "image/png"
    assert the_draft(office).attachments == ()


def test_a_draft_of_someone_else_is_not_found_on_any_page(office: Office) -> None:
    draft = filled(office)
    stranger = visit_as(a_citizen())
    base, other = f"/nop-ho-so/{draft.id}", uuid4()
    reads = ["/", "/phan/child", "/giay-to", "/noi-nhan", "/kiem-tra", f"/tai-len/{other}", f"/tep/{other}"]
    writes = ["/bo", "/phan/child", "/noi-nhan", "/kiem-tra", f"/tep/{other}/bo"]
    writes += [f"/giay-to/birth_record/{deed}" for deed in ("gui", "bat-dau", f"xong/{other}")]

    answers = [stranger.get(base + page) for page in reads] + [stranger.post(base + page) for page in writes]

    assert {answer.status_code for answer in answers} == {404}


def test_an_upload_of_someone_else_is_not_found(client: Client, office: Office) -> None:
    draft, stranger = draft_of(office), a_citizen()
    theirs = commands.start_draft(BIRTH, actor=stranger, at=now())
    begun = visit_as(stranger).post(
        f"/nop-ho-so/{theirs.id}/giay-to/birth_record/bat-dau", {"name": "a.png", "size": 10}
    )

    answer = client.get(f"/nop-ho-so/{draft.id}/tai-len/{begun.json()['id']}")

    assert answer.status_code == 404


def test_a_draft_can_be_thrown_away(client: Client, office: Office) -> None:
    draft = draft_of(office)

    client.post(f"/nop-ho-so/{draft.id}/bo")

    assert queries.drafts_of(actor=office.citizen) == []
