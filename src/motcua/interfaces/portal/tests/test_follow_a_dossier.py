"""One's dossiers after filing: pages, supplement, withdrawal, documents, tracking, notices."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.domain.cases import commands, queries
from motcua.domain.cases.testing import REASON, Office, a_dossier, a_draft, an_office, take
from motcua.domain.cases.types import DossierView, State, Step
from motcua.domain.catalogue.testing import CERTIFIED_COPY
from motcua.domain.identity.testing import a_citizen
from motcua.interfaces.portal.dossiers.timeline import SAID
from motcua.interfaces.portal.templatetags.portal import EVENTS
from motcua.interfaces.portal.tests.test_file_a_dossier import a_photo, visit_as
from motcua.kernel.clock import now
from motcua.platform.files import commands as files
from motcua.platform.files.testing import a_pdf
from motcua.platform.notify import commands as notify
from motcua.platform.notify import queries as notices

pytestmark = pytest.mark.django_db
LIST_QUERIES = 9
HOME_QUERIES = 8


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    cache.clear()


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def client(office: Office) -> Client:
    return visit_as(office.citizen)


def asked_now(office: Office) -> DossierView:
    """Return a dossier that was asked for more a moment ago, so that there is still time."""
    return a_dossier(office, State.SUPPLEMENT_REQUESTED, at=now())


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_dossier_opens_in_every_state(state: State, language: str, client: Client, office: Office) -> None:
    view = a_dossier(office, state)
    said = {"Accept-Language": language}

    pages = [
        client.get(f"/ho-so/{view.id}{page}", headers=said) for page in ("", "/giay-tiep-nhan", "/da-nop")
    ]
    tracked = Client().get("/tra-cuu", {"ma": view.code, "khoa": view.lookup_secret}, headers=said)

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert view.code in pages[0].content.decode()
    assert tracked.status_code == 200


def test_officers_words_to_each_other_stay_with_them(client: Client, office: Office) -> None:
    view = a_dossier(office, State.DONE)
    proposal = next(row.reason for row in view.history if row.step is Step.PROPOSE) or view.proposal

    page = client.get(f"/ho-so/{view.id}").content.decode()

    assert proposal
    assert proposal not in page
    assert Step.PROPOSE not in SAID


def test_the_list_costs_the_same_however_long_it_is(
    client: Client, office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(3):
        a_dossier(office)
    client.get("/ho-so/")
    a_draft(office)
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/ho-so/")
    for _each in range(5):
        a_dossier(office)
    a_draft(office, CERTIFIED_COPY)

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/ho-so/")


def test_the_front_page_costs_the_same_however_much_there_is(
    client: Client, office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_dossier(office)
    client.get("/")
    with django_assert_num_queries(HOME_QUERIES):
        client.get("/")
    for _each in range(3):
        a_dossier(office, State.SUPPLEMENT_REQUESTED)

    with django_assert_num_queries(HOME_QUERIES):
        client.get("/")


def test_every_event_of_a_shipped_procedure_has_words() -> None:
    folder = resources.files("motcua.domain.catalogue") / "definitions"
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".yaml")]

    named = {event for text in texts for event in re.findall(r"(?m)^life_event: *(\w+)", text)}

    assert len(named) > 1
    assert named <= set(EVENTS)


def test_a_long_list_is_walked_by_cursor(client: Client, office: Office) -> None:
    codes = [a_dossier(office).code for _each in range(21)]

    first = client.get("/ho-so/")
    second = client.get("/ho-so/", {"sau": first.context["next"]})

    seen = first.content.decode() + second.content.decode()
    assert all(code in seen for code in codes)
    assert len(second.context["rows"]) == 1


def test_what_needs_the_citizen_stands_first_at_home(client: Client, office: Office) -> None:
    view = asked_now(office)
    a_dossier(office, at=now())

    mine = client.get("/").context["mine"]

    assert mine[0].dossier.id == view.id
    assert mine[0].days_left > 0


def test_a_supplement_is_answered_with_exactly_what_was_asked(client: Client, office: Office) -> None:
    view = asked_now(office)
    address = f"/ho-so/{view.id}/bo-sung"
    page = client.get(address).content.decode()
    assert "Chụp lại cho rõ" in page

    missing = client.post(address, {"seen": view.version})
    answer = client.post(address, {"seen": view.version, "birth_record": a_photo()})

    after = queries.dossier(view.id, actor=office.citizen)
    assert missing.status_code == 422
    assert answer["Location"] == f"/ho-so/{view.id}"
    assert after.state is State.PROCESSING
    assert len(after.attachments) == 2


def test_a_file_sent_with_an_answer_that_has_a_fault_is_kept(client: Client, office: Office) -> None:
    view = a_dossier(office, State.PROCESSING, at=now())
    items = [("birth_record", "Chụp lại cho rõ"), ("child_name", "Ghi đủ dấu")]
    commands.ask_supplement(view.id, items, REASON, actor=office.handler, at=now())
    address = f"/ho-so/{view.id}/bo-sung"

    faulty = client.post(address, {"a-child_name": "", "birth_record": a_photo()})
    token = faulty.context["papers"][0].token
    client.post(address, {"a-child_name": "Bé Na", "kept_birth_record": token})

    after = queries.dossier(view.id, actor=office.citizen)
    assert faulty.status_code == 422
    assert after.answers["child_name"] == "Bé Na"
    assert len(after.attachments) == 2


def test_a_forged_token_brings_no_file(client: Client, office: Office) -> None:
    view = asked_now(office)

    answer = client.post(f"/ho-so/{view.id}/bo-sung", {"kept_birth_record": "forged"})

    assert answer.status_code == 422


def test_a_supplement_goes_up_in_pieces_and_goes_on_where_it_stopped(client: Client, office: Office) -> None:
    view = asked_now(office)
    base, body = f"/ho-so/{view.id}/bo-sung", a_pdf()
    begun = client.post(f"{base}/birth_record/bat-dau", {"name": "a.pdf", "size": len(body)}).json()
    piece = f"{base}/tai-len/{begun['id']}"

    client.generic("PUT", f"{piece}?offset=0", body[:50], "application/octet-stream")
    assert client.get(piece).json()["offset"] == 50
    client.generic("PUT", f"{piece}?offset=50", body[50:], "application/octet-stream")
    done = [client.post(f"{base}/birth_record/xong/{begun['id']}").json() for _twice in range(2)]
    again = client.post(f"{base}/birth_record/xong/{begun['id']}", {"kept": done[0]["kept"]}).json()
    client.post(base, {"kept_birth_record": again["kept"], "seen": view.version})

    after = queries.dossier(view.id, actor=office.citizen)
    assert after.state is State.PROCESSING
    assert [one.name for one in after.attachments].count("a.pdf") == 1


def test_an_answer_sent_while_its_file_still_goes_up_leaves_no_fault(client: Client, office: Office) -> None:
    view, body = asked_now(office), a_pdf()
    base = f"/ho-so/{view.id}/bo-sung"
    begun = client.post(f"{base}/birth_record/bat-dau", {"name": "a.pdf", "size": len(body)}).json()
    piece = f"{base}/tai-len/{begun['id']}?offset=0"
    client.generic("PUT", piece, body, "application/octet-stream")

    with answered_before_requests_are_read(view, office):
        finished = client.post(f"{base}/birth_record/xong/{begun['id']}")

    after = queries.dossier(view.id, actor=office.citizen)
    assert finished.status_code == 422
    assert after.state is State.PROCESSING


@contextmanager
def answered_before_requests_are_read(view: DossierView, office: Office) -> Iterator[None]:
    """Answer between the two statements that read a dossier and its requests, as another process may."""
    actor, at = office.citizen, now()
    paper = files.store_bytes(a_pdf(), name="b.pdf", owner=view.applicant_id, actor=actor, at=at)
    pending = [{"birth_record": [paper.id]}]

    def meanwhile(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if "FROM cases_supplement" in sql.replace('"', "") and pending:
            commands.supplement(view.id, {}, pending.pop(), actor=actor, at=at)
        return execute(sql, *rest)

    with connection.execute_wrapper(meanwhile):
        yield
    assert not pending


def test_what_was_not_asked_for_does_not_go_up(client: Client, office: Office) -> None:
    asked, at_rest = a_dossier(office, State.SUPPLEMENT_REQUESTED), a_dossier(office, State.PROCESSING)
    sent = {"name": "a.pdf", "size": 10}

    other_paper = client.post(f"/ho-so/{asked.id}/bo-sung/other_paper/bat-dau", sent)
    other_state = client.post(f"/ho-so/{at_rest.id}/bo-sung/birth_record/bat-dau", sent)
    stranger = visit_as(a_citizen()).post(f"/ho-so/{asked.id}/bo-sung/birth_record/bat-dau", sent)

    assert (other_paper.status_code, other_state.status_code) == (422, 422)
    assert stranger.status_code == 404


def test_a_bad_file_in_a_supplement_is_refused(client: Client, office: Office) -> None:
    view = asked_now(office)

    answer = client.post(f"/ho-so/{view.id}/bo-sung", {"birth_record": SimpleUploadedFile("a.png", b"MZ")})

    assert answer.status_code == 422
    assert "wrong-word" in answer.content.decode()


def test_a_dossier_is_withdrawn_once(client: Client, office: Office) -> None:
    view = a_dossier(office)

    client.post(f"/ho-so/{view.id}/rut", {"reason": "Nộp nhầm", "seen": view.version})
    again = client.post(f"/ho-so/{view.id}/rut", {"seen": view.version})

    assert queries.dossier(view.id, actor=office.citizen).state is State.WITHDRAWAL_REQUESTED
    assert again.status_code == 409


def test_papers_and_documents_are_handed_to_their_owner_alone(client: Client, office: Office) -> None:
    view = a_dossier(office, State.ACCEPTED)
    paper = f"/ho-so/{view.id}/giay-to/{view.attachments[0].id}"
    document = f"/ho-so/{view.id}/van-ban/{view.documents[0].id}"
    stranger = visit_as(a_citizen())

    mine = [client.get(paper), client.get(document)]
    theirs = [stranger.get(paper), stranger.get(document)]
    visitors = [Client().get(paper), Client().get(document)]

    assert [answer.status_code for answer in mine] == [200, 200]
    assert mine[1].getvalue().startswith(b"%PDF")
    assert mine[0]["X-Content-Type-Options"] == "nosniff"
    assert [answer.status_code for answer in theirs] == [404, 404]
    assert [answer.status_code for answer in visitors] == [302, 302]


def test_a_dossier_of_someone_else_is_not_found_on_any_page(office: Office) -> None:
    view = asked_now(office)
    stranger = visit_as(a_citizen())
    reads = [
        "",
        "/da-nop",
        "/giay-tiep-nhan",
        "/bo-sung",
        f"/bo-sung/tai-len/{uuid4()}",
        f"/giay-to/{uuid4()}",
        f"/van-ban/{uuid4()}",
    ]

    answers = [stranger.get(f"/ho-so/{view.id}{page}") for page in reads]
    answers += [stranger.post(f"/ho-so/{view.id}{page}") for page in ("/rut", "/bo-sung")]

    assert {answer.status_code for answer in answers} == {404}


def test_the_receipts_holder_sees_where_it_is_and_nothing_personal(office: Office) -> None:
    view = a_dossier(office, State.SUPPLEMENT_REQUESTED)

    answer = Client().get("/tra-cuu", {"ma": view.code.lower(), "khoa": view.lookup_secret.lower()})

    page = answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    assert view.applicant_name not in page
    assert REASON not in page
    assert "Rơ Châm Gia Bảo" not in page


def test_a_wrong_key_says_nothing_and_guessing_ends(office: Office) -> None:
    view = a_dossier(office)
    guesser = Client()

    wrong = [guesser.get("/tra-cuu", {"ma": view.code, "khoa": f"WRONG{n}"}) for n in range(10)]
    after = guesser.get("/tra-cuu", {"ma": view.code, "khoa": view.lookup_secret})

    assert {answer.status_code for answer in wrong} == {422}
    assert after.status_code == 429


@pytest.mark.parametrize("language", ["vi", "en"])
def test_notices_are_read_and_lead_to_the_dossier(language: str, client: Client, office: Office) -> None:
    view = a_dossier(office)
    facts = {"code": view.code, "procedure": "Đăng ký khai sinh", "procedure_en": "Birth registration"}
    person = office.citizen.person_id
    assert person is not None
    notice = notify.notify(
        person, "dossier_accept", facts=facts, link=f"/ho-so/{view.id}", actor=office.clerk, at=now()
    )
    said = {"Accept-Language": language}

    page = client.get("/thong-bao/", headers=said).content.decode()
    opened = client.post(f"/thong-bao/{notice.id}/mo")

    assert {"vi": "Đã tiếp nhận hồ sơ", "en": "has been accepted"}[language] in page
    assert opened["Location"] == f"/ho-so/{view.id}"
    assert notices.unread_count(person) == 0


def test_a_notice_of_someone_else_is_not_found(office: Office) -> None:
    person = office.citizen.person_id
    assert person is not None
    notice = notify.notify(person, "dossier_accept", facts={}, link="/", actor=office.clerk, at=now())

    answer = visit_as(a_citizen()).post(f"/thong-bao/{notice.id}/mo")

    assert answer.status_code == 404


@pytest.mark.parametrize("step", [Step.ACCEPT, Step.DECLINE])
def test_figures_count_what_happened_this_month(step: Step, client: Client, office: Office) -> None:
    view = a_dossier(office, at=now())
    take(step, view, office, at=now())

    counted = client.get("/").context["figures"].counted

    assert (counted.submitted, counted.submitted_online, counted.finished) == (1, 1, 0)
