"""Officers do every deed through the pages; what is refused is said in words and nothing typed is lost."""

from collections.abc import Callable
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.domain.cases import commands, queries
from motcua.domain.cases.testing import (
    REASON,
    Office,
    a_dossier,
    a_paper,
    after,
    an_office,
    an_officer,
)
from motcua.domain.cases.types import DossierView, State, Step
from motcua.domain.catalogue.testing import CERTIFIED_COPY
from motcua.interfaces.desk.tests.conftest import NOON
from motcua.kernel.actors import Role
from motcua.platform.files.testing import a_pdf

pytestmark = pytest.mark.django_db
Seated = Callable[..., Client]
PROPOSAL = "Hồ sơ hợp lệ, đủ điều kiện. Đề nghị lãnh đạo duyệt."


def address(view: DossierView, step: Step | None = None) -> str:
    at = f"/ban-lam-viec/ho-so/{view.id}"
    return f"{at}/buoc/{step}" if step else at


def take(client: Client, view: DossierView, step: Step, **typed: str) -> int:
    """Send the form of a deed as the page does; return the status."""
    data = {f"{step}-{name}": value for name, value in typed.items()} | {f"{step}-seen": str(view.version)}
    return client.post(address(view, step), data).status_code


ROLES: dict[str, Callable[[Office], object]] = {
    "clerk": lambda office: office.clerk,
    "handler": lambda office: office.handler,
    "leader": lambda office: office.leader,
}
WAYS = [
    (State.SUBMITTED, "clerk", Step.ACCEPT, {}, State.ACCEPTED),
    (State.SUBMITTED, "clerk", Step.DECLINE, {"reason": REASON}, State.NOT_ACCEPTED),
    (
        State.SUBMITTED,
        "clerk",
        Step.ASK_SUPPLEMENT,
        {"reason": REASON, "ask_birth_record": "on", "need_birth_record": "Chụp lại cho rõ"},
        State.SUPPLEMENT_REQUESTED,
    ),
    (State.ACCEPTED, "clerk", Step.FORWARD, {}, State.PROCESSING),
    (
        State.ACCEPTED,
        "clerk",
        Step.REAPPOINT,
        {"reason": REASON, "on": "05/03/2026", "hour": "16:00"},
        State.ACCEPTED,
    ),
    (State.PROCESSING, "handler", Step.CLAIM, {}, State.PROCESSING),
    (State.PROCESSING, "handler", Step.PROPOSE, {"reason": PROPOSAL}, State.PROCESSING),
    (State.PROCESSING, "handler", Step.REQUIRE_PAYMENT, {"reason": REASON}, State.PAYMENT_REQUESTED),
    (State.PAYMENT_REQUESTED, "clerk", Step.CONFIRM_PAYMENT, {"receipt_no": "BL-7"}, State.PROCESSING),
    (State.WITHDRAWAL_REQUESTED, "clerk", Step.GRANT_WITHDRAWAL, {}, State.STOPPED),
    (State.WITHDRAWAL_REQUESTED, "clerk", Step.DENY_WITHDRAWAL, {"reason": REASON}, State.PROCESSING),
    (State.DONE, "clerk", Step.HAND_OVER, {}, State.RETURNED),
]


@pytest.mark.parametrize(("state", "who", "step", "typed", "leads_to"), WAYS)
def test_a_deed_is_done_from_its_page(  # noqa: PLR0917 - one row of the table
    office: Office,
    seated: Seated,
    state: State,
    who: str,
    step: Step,
    typed: dict[str, str],
    leads_to: State,
) -> None:
    view = a_dossier(office, state)
    client = seated(ROLES[who](office))

    page = client.get(address(view))
    assert f"/buoc/{step}" in page.content.decode()
    assert take(client, view, step, **typed) == 302

    assert after(view, office).state is leads_to
    assert after(view, office).history[-1].step is step


@pytest.mark.parametrize(
    ("step", "typed", "leads_to"),
    [
        (Step.APPROVE, {}, State.DONE),
        (Step.SEND_BACK, {"reason": REASON}, State.PROCESSING),
        (Step.REJECT, {"reason": REASON}, State.STOPPED),
    ],
)
def test_the_leader_decides(
    office: Office, seated: Seated, step: Step, typed: dict[str, str], leads_to: State
) -> None:
    view = a_dossier(office, State.PROCESSING)
    view = commands.propose(view.id, PROPOSAL, actor=office.handler, at=NOON)

    client = seated(office.leader)
    assert PROPOSAL in client.get("/ban-lam-viec/").content.decode()
    assert take(client, view, step, **typed) == 302
    assert after(view, office).state is leads_to


def test_the_fee_is_collected_before_the_result_is_handed_over(office: Office, seated: Seated) -> None:
    view = a_dossier(office, State.DONE, procedure=CERTIFIED_COPY)
    client = seated(office.clerk)

    page = client.get(address(view)).content.decode()
    assert "/buoc/collect_fee" in page
    assert "/buoc/hand_over" not in page
    assert take(client, view, Step.HAND_OVER) == 409
    assert take(client, view, Step.COLLECT_FEE, receipt_no="") == 422
    assert take(client, view, Step.COLLECT_FEE, receipt_no="BL-0012") == 302
    assert take(client, after(view, office), Step.HAND_OVER) == 302


def test_a_refusal_stands_beside_the_form_and_nothing_typed_is_lost(office: Office, seated: Seated) -> None:
    view = a_dossier(office)

    answer = seated(office.clerk).post(
        address(view, Step.DECLINE), {"decline-seen": view.version, "decline-reason": "ngắn"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ">\nngắn</textarea>" in page
    assert 'id="id_decline-reason_error"' in page
    assert after(view, office).state is State.SUBMITTED


def test_a_new_appointment_falls_on_a_working_day(office: Office, seated: Seated) -> None:
    view = a_dossier(office, State.ACCEPTED)

    answer = seated(office.clerk).post(
        address(view, Step.REAPPOINT),
        {
            "reappoint-seen": view.version,
            "reappoint-on": "08/03/2026",
            "reappoint-hour": "16:00",
            "reappoint-reason": REASON,
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "09/03/2026" in page
    assert 'value="08/03/2026"' in page


def test_a_second_request_needs_an_answer_that_did_not_follow(office: Office, seated: Seated) -> None:
    view = a_dossier(office, State.SUPPLEMENT_REQUESTED)
    view = commands.supplement(
        view.id, {}, {"birth_record": [a_paper(office.citizen)]}, actor=office.citizen, at=NOON
    )
    client = seated(office.handler)
    typed = {"reason": REASON, "ask_birth_record": "on", "need_birth_record": "Vẫn mờ"}

    assert take(client, view, Step.ASK_SUPPLEMENT, **typed) == 409
    assert take(client, view, Step.ASK_SUPPLEMENT, **typed, answer_did_not_follow="on") == 302


def test_the_clerk_takes_what_was_asked_for_at_the_counter(office: Office, seated: Seated) -> None:
    view = a_dossier(office, State.SUPPLEMENT_REQUESTED)
    client = seated(office.clerk)
    scan = SimpleUploadedFile("giay-chung-sinh.pdf", a_pdf())
    data = {"supplement-seen": view.version, "supplement-paper_birth_record": scan}
    assert client.post(address(view, Step.SUPPLEMENT), data).status_code == 302

    now = after(view, office)
    assert now.state is State.PROCESSING
    assert len(now.attachments) == len(view.attachments) + 1


def test_of_two_officers_the_second_sees_what_happened(office: Office, seated: Seated) -> None:
    view = a_dossier(office, State.PROCESSING)
    other = an_officer(office.agency_id, Role.HANDLER)
    first, second = seated(office.handler), seated(other)
    first.get(address(view)), second.get(address(view))

    assert take(first, view, Step.PROPOSE, reason=PROPOSAL) == 302
    answer = second.post(
        address(view, Step.PROPOSE),
        {"propose-seen": view.version, "propose-reason": "Đề nghị kiểm tra thêm nơi sinh."},
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert PROPOSAL in page
    assert "Đề nghị kiểm tra thêm nơi sinh." in page
    assert [row.step for row in after(view, office).history].count(Step.PROPOSE) == 1


def test_one_who_may_still_go_on_sees_what_happened_and_presses_again(office: Office, seated: Seated) -> None:
    view = a_dossier(office, State.PROCESSING)
    first, second = seated(office.handler), seated(office.handler)
    assert take(first, view, Step.CLAIM) == 302

    answer = second.post(
        address(view, Step.PROPOSE), {"propose-seen": view.version, "propose-reason": PROPOSAL}
    )

    assert answer.status_code == 409
    assert f'name="propose-seen" value="{view.version + 1}"' in answer.content.decode()


def test_after_a_deed_comes_the_next_dossier(office: Office, seated: Seated) -> None:
    one, two = a_dossier(office), a_dossier(office)
    client = seated(office.clerk)

    answer = client.post(
        address(one, Step.DECLINE), {"decline-seen": one.version, "decline-reason": REASON}, follow=True
    )

    assert answer.redirect_chain[-1][0] == address(two)
    assert one.code in answer.content.decode()


def test_other_offices_and_citizens_stay_outside(office: Office, seated: Seated) -> None:
    view = a_dossier(office, State.DONE)
    elsewhere = an_office("Ủy ban nhân dân xã Ia Grai", "H21.15.09")
    stranger, citizen = seated(elsewhere.clerk), seated(office.citizen)
    paper = f"{address(view)}/giay-to/{view.attachments[0].id}"
    result = f"{address(view)}/van-ban/{view.documents[0].id}"

    for page in (address(view), f"{address(view)}/in", paper, result):
        assert stranger.get(page).status_code == 404
        assert citizen.get(page).status_code == 403
        assert Client().get(page).status_code == 302
    assert stranger.post(address(view, Step.HAND_OVER), {"hand_over-seen": 1}).status_code == 404
    assert citizen.post(address(view, Step.HAND_OVER), {"hand_over-seen": 1}).status_code == 403
    assert seated(office.clerk).get(f"{address(view)}/buoc/nothing").status_code == 405
    assert seated(office.clerk).post(f"{address(view)}/buoc/nothing").status_code == 404


def test_papers_and_documents_are_shown_without_rights_of_the_page(office: Office, seated: Seated) -> None:
    view = a_dossier(office, State.DONE)
    client = seated(office.clerk)

    shown = client.get(f"{address(view)}/giay-to/{view.attachments[0].id}")
    saved = client.get(f"{address(view)}/giay-to/{view.attachments[0].id}?tai")
    result = client.get(f"{address(view)}/van-ban/{view.documents[-1].id}")

    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert saved["Content-Disposition"].startswith("attachment")
    assert b"".join(result.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]  # it streams


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_shown_to_every_officer(office: Office, seated: Seated, state: State) -> None:
    view = a_dossier(office, state)

    for actor, language in product((office.clerk, office.handler, office.leader), ("vi", "en")):
        client = seated(actor)
        client.cookies["django_language"] = language
        page = client.get(address(view))
        assert page.status_code == client.get(f"{address(view)}/in").status_code == 200
        assert len(page.content) < 60_000
        for step in queries.steps_open(view, actor=actor):
            assert f"/buoc/{step}" in page.content.decode()
