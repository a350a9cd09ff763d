"""What people do to dossiers, deed by deed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.domain.cases import commands, queries, tasks
from motcua.domain.cases.events import DossierMoved
from motcua.domain.cases.models import Draft
from motcua.domain.cases.testing import MONDAY, REASON, a_dossier, a_draft, a_paper, an_office, an_officer
from motcua.domain.cases.types import (
    AlreadyFiled,
    AlreadyReappointed,
    BadAppointment,
    DocumentKind,
    DraftChanged,
    Due,
    FeeUnpaid,
    IllegalStep,
    MissingPapers,
    MovedOn,
    NoAgency,
    NotAnswerable,
    NotYourStep,
    ReasonMissing,
    State,
    Step,
    SupplementAlreadyAsked,
    Tab,
    TooManyFiles,
    UnknownDossier,
    UnknownDraft,
    UnknownPaper,
)
from motcua.domain.catalogue.testing import BIRTH, CERTIFIED_COPY, GOOD_ANSWERS, HOUSEHOLD_BUSINESS
from motcua.domain.catalogue.types import BadAnswers, Channel
from motcua.domain.identity.testing import a_citizen
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.ids import uuid7
from motcua.platform.files import queries as files
from motcua.platform.files.types import FileId, UnknownFile
from motcua.platform.ledger.testing import leaves_of
from motcua.platform.outbox.testing import announced

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def vietnam(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


# ── filing ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_citizen_files_a_complete_draft_and_gets_a_code() -> None:
    office = an_office()

    view = commands.submit(a_draft(office).id, actor=office.citizen, at=MONDAY)

    assert view.code == "H21.15.03-260302-0001"
    assert (view.state, view.with_role) == (State.SUBMITTED, Role.CLERK)
    assert view.act_by == vietnam("2026-03-02T17:00"), "8 working hours from 08:00"
    assert [a.paper for a in view.attachments] == ["birth_record"]
    assert [event["step"] for event in announced(DossierMoved)] == ["submit"]
    assert len(leaves_of(view.id)) == 1


def test_filing_twice_gives_the_one_dossier() -> None:
    office = an_office()
    draft = a_draft(office)

    first = commands.submit(draft.id, actor=office.citizen, at=MONDAY)
    second = commands.submit(draft.id, actor=office.citizen, at=MONDAY + HOUR)

    assert second == first
    assert len(announced(DossierMoved)) == 1


def test_codes_count_up_within_a_day_and_begin_again_the_next() -> None:
    office = an_office()
    days = [MONDAY, MONDAY, MONDAY + DAY]
    codes = [commands.submit(a_draft(office, at=at).id, actor=office.citizen, at=at).code for at in days]
    assert codes == ["H21.15.03-260302-0001", "H21.15.03-260302-0002", "H21.15.03-260303-0001"]


def test_what_is_missing_is_refused_and_nothing_is_lost() -> None:
    office = an_office()
    draft = commands.start_draft(BIRTH, actor=office.citizen, at=MONDAY)
    with pytest.raises(BadAnswers):
        commands.submit(draft.id, actor=office.citizen, at=MONDAY)
    commands.save_draft(draft.id, GOOD_ANSWERS[BIRTH], actor=office.citizen, at=MONDAY)
    with pytest.raises(MissingPapers) as refusal:
        commands.submit(draft.id, actor=office.citizen, at=MONDAY)
    assert refusal.value.facts["papers"] == ["birth_record"]
    commands.attach_to_draft(
        draft.id, "birth_record", a_paper(office.citizen), actor=office.citizen, at=MONDAY
    )
    with pytest.raises(NoAgency):
        commands.submit(draft.id, actor=office.citizen, at=MONDAY)

    kept = queries.draft(draft.id, actor=office.citizen)
    assert kept.answers["child_name"] == GOOD_ANSWERS[BIRTH]["child_name"]
    assert announced(DossierMoved) == []


def test_a_draft_is_prefilled_and_says_from_where() -> None:
    office = an_office()
    draft = commands.start_draft(BIRTH, actor=office.citizen, at=MONDAY)
    assert draft.answers["applicant_name"] == "Nguyễn Thị Hoa"
    assert draft.sources["applicant_name"] == "account.full_name"
    assert draft.sources["mother_name"] == "family.mother_full_name"

    changed = commands.save_draft(draft.id, {"applicant_name": "Khác"}, actor=office.citizen, at=MONDAY)
    assert "applicant_name" not in changed.sources


def test_a_draft_saved_elsewhere_is_not_overwritten() -> None:
    office = an_office()
    draft = commands.start_draft(BIRTH, actor=office.citizen, at=MONDAY)
    commands.save_draft(
        draft.id, {"child_name": "A"}, actor=office.citizen, at=MONDAY, revision=draft.revision
    )
    with pytest.raises(DraftChanged):
        commands.save_draft(
            draft.id, {"child_name": "B"}, actor=office.citizen, at=MONDAY, revision=draft.revision
        )
    assert queries.draft(draft.id, actor=office.citizen).answers["child_name"] == "A"


def test_a_filed_draft_is_closed_and_strangers_see_none() -> None:
    office = an_office()
    draft = a_draft(office)
    with pytest.raises(UnknownDraft):
        queries.draft(draft.id, actor=a_citizen())
    with pytest.raises(UnknownDraft):
        commands.submit(draft.id, actor=a_citizen(), at=MONDAY)
    commands.submit(draft.id, actor=office.citizen, at=MONDAY)
    with pytest.raises(AlreadyFiled):
        commands.save_draft(draft.id, {}, actor=office.citizen, at=MONDAY)


def test_starting_again_takes_up_the_open_draft() -> None:
    office = an_office()
    first = commands.start_draft(BIRTH, actor=office.citizen, at=MONDAY)
    assert commands.start_draft(BIRTH, actor=office.citizen, at=MONDAY + DAY).id == first.id
    assert Draft.objects.count() == 1


def test_a_clerk_takes_a_dossier_in_at_the_counter() -> None:
    office = an_office()
    view = commands.register(
        HOUSEHOLD_BUSINESS,
        GOOD_ANSWERS[HOUSEHOLD_BUSINESS],
        {},
        applicant_id=PersonId(office.citizen.person_id),  # type: ignore[arg-type]
        actor=office.clerk,
        at=MONDAY,
    )
    assert (view.state, view.channel, view.accepted_at) == (State.ACCEPTED, Channel.COUNTER, MONDAY)
    assert view.due_at == vietnam("2026-03-04T17:00")
    assert [d.kind for d in view.documents] == [DocumentKind.RECEIPT]
    assert view.fee_dong == 100_000


# ── the straight way ─────────────────────────────────────────────────────────────────────────────────


def test_nobody_lays_a_file_of_somebody_else_into_a_dossier() -> None:
    office = an_office()
    draft, theirs = a_draft(office), a_paper(a_citizen())

    with pytest.raises(UnknownFile):
        commands.attach_to_draft(draft.id, "birth_record", theirs, actor=office.citizen, at=MONDAY)
    for files_by_paper, refusal in (
        ({"birth_record": [theirs]}, UnknownFile),
        ({"birth_record": [FileId(uuid7())]}, UnknownFile),
        ({"nonsense": [a_paper(office.clerk)]}, UnknownPaper),
        ({"birth_record": [a_paper(office.clerk)] * 6}, TooManyFiles),
    ):
        with pytest.raises(refusal):
            commands.register(
                BIRTH,
                GOOD_ANSWERS[BIRTH],
                files_by_paper,
                applicant_id=PersonId(office.citizen.person_id or uuid7()),
                actor=office.clerk,
                at=MONDAY,
            )


def test_the_straight_way_from_filing_to_result() -> None:
    office = an_office()
    view = a_dossier(office, State.RETURNED)

    assert [row.step for row in view.history] == [
        Step.SUBMIT, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE, Step.HAND_OVER,
    ]  # fmt: skip
    assert [(d.kind, d.form_no, d.number) for d in view.documents] == [
        (DocumentKind.RECEIPT, "01", "01/TNHS"),
        (DocumentKind.RESULT, "", "01/KS"),
    ]
    assert view.first_due_at == vietnam("2026-03-03T09:00"), "one working day from acceptance at 09:00"
    assert view.finished_at == MONDAY + 3 * HOUR
    assert len(leaves_of(view.id)) == len(view.history) == len(announced(DossierMoved))


@pytest.mark.parametrize("state", list(State))
def test_the_kit_reaches_every_state(state: State) -> None:
    assert a_dossier(an_office(), state).state is state


@pytest.mark.parametrize("procedure", [BIRTH, CERTIFIED_COPY, HOUSEHOLD_BUSINESS])
def test_receipt_and_result_are_printed_once(procedure: str) -> None:
    office = an_office()
    view = a_dossier(office, State.DONE, procedure=procedure)
    for document in view.documents:
        first = commands.printed(document.id, view.id, actor=office.citizen, at=MONDAY)
        again = commands.printed(document.id, view.id, actor=office.clerk, at=MONDAY + DAY)
        assert first == again
        assert files.file(first).media_type == "application/pdf"


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_that_looked_at_an_older_version_is_refused() -> None:
    office = an_office()
    seen = a_dossier(office).version
    view = a_dossier(office, State.ACCEPTED)
    with pytest.raises(MovedOn):
        commands.forward(view.id, actor=office.clerk, at=MONDAY + 2 * HOUR, seen=seen)


def test_taking_a_step_twice_is_illegal_and_leaves_no_trace() -> None:
    office = an_office()
    view = a_dossier(office, State.ACCEPTED)
    with pytest.raises(IllegalStep):
        commands.accept(view.id, actor=office.clerk, at=MONDAY + 2 * HOUR)
    assert queries.dossier(view.id, actor=office.clerk).history == view.history


def test_another_office_another_citizen_and_an_administrator_see_nothing() -> None:
    office, other = an_office(), an_office("Ủy ban nhân dân xã Ia Hrung", "H21.15.04")
    view = a_dossier(office)
    for stranger in (other.clerk, other.leader, a_citizen(), an_officer(other.agency_id, Role.ADMIN)):
        with pytest.raises(UnknownDossier):
            queries.dossier(view.id, actor=stranger)
    with pytest.raises(UnknownDossier):
        commands.accept(view.id, actor=other.clerk, at=MONDAY)


def test_each_step_belongs_to_its_role() -> None:
    office = an_office()
    view = a_dossier(office, State.PROCESSING)
    with pytest.raises(NotYourStep):
        commands.approve(view.id, actor=office.handler, at=MONDAY)
    with pytest.raises(NotYourStep):
        commands.approve(view.id, actor=office.leader, at=MONDAY)  # not proposed yet
    colleague = an_officer(office.agency_id, Role.HANDLER)
    commands.claim(view.id, actor=office.handler, at=MONDAY + 2 * HOUR)
    with pytest.raises(NotYourStep):
        commands.propose(view.id, "Hồ sơ hợp lệ, đề nghị ký.", actor=colleague, at=MONDAY + 3 * HOUR)


@pytest.mark.parametrize("reason", ["", "   ", "thiếu"])
def test_a_refusal_needs_a_specific_reason(reason: str) -> None:
    office = an_office()
    with pytest.raises(ReasonMissing):
        commands.decline(a_dossier(office).id, reason, actor=office.clerk, at=MONDAY)


# ── supplement ───────────────────────────────────────────────────────────────────────────────────────


def test_a_supplement_stops_the_clock_and_the_answer_starts_it_again_from_zero() -> None:
    """Like vector R01, with a limit of three days: answered on 9 March 08:00, due on the 11th 17:00."""
    office = an_office()
    view = a_dossier(office, State.PROCESSING, procedure=HOUSEHOLD_BUSINESS)
    asked_view = commands.ask_supplement(
        view.id, [("business_name", "Tên trùng với hộ khác")], REASON, actor=office.handler, at=MONDAY + DAY
    )
    assert (asked_view.due_at, asked_view.due, asked_view.with_role) == (None, Due.PAUSED, None)
    assert asked_view.supplements[0].answer_by == date(2026, 3, 24)

    answered = commands.supplement(
        view.id,
        {"business_name": "Hộ kinh doanh Pơ Lang"},
        {},
        actor=office.citizen,
        at=vietnam("2026-03-09T08:00"),
    )

    assert (answered.state, answered.with_role) == (State.PROCESSING, Role.HANDLER)
    assert answered.due_at == vietnam("2026-03-11T17:00")
    assert answered.first_due_at == vietnam("2026-03-05T09:00")
    assert answered.answers["business_name"] == "Hộ kinh doanh Pơ Lang"


def test_only_what_was_asked_may_be_answered() -> None:
    office = an_office()
    view = a_dossier(office, State.SUPPLEMENT_REQUESTED)
    at = MONDAY + DAY
    for answers, papers in (
        ({"child_name": "X"}, {}),
        ({}, {}),
        ({}, {"authorisation": [a_paper(office.citizen)]}),
    ):
        with pytest.raises(NotAnswerable):
            commands.supplement(view.id, answers, papers, actor=office.citizen, at=at)
    sent = {"birth_record": [a_paper(office.citizen)]}
    answered = commands.supplement(view.id, {}, sent, actor=office.citizen, at=at)
    assert [a.paper for a in answered.attachments] == ["birth_record", "birth_record"]


def test_papers_are_asked_for_once() -> None:
    office = an_office()
    view = a_dossier(office, State.SUPPLEMENT_REQUESTED)
    sent = {"birth_record": [a_paper(office.citizen)]}
    commands.supplement(view.id, {}, sent, actor=office.citizen, at=MONDAY + DAY)
    again = [("birth_record", "Vẫn mờ, chụp lại trang hai")]
    with pytest.raises(SupplementAlreadyAsked):
        commands.ask_supplement(view.id, again, REASON, actor=office.handler, at=MONDAY + DAY)
    commands.ask_supplement(
        view.id, again, REASON, actor=office.handler, at=MONDAY + DAY, answer_did_not_follow=True
    )


def test_what_is_never_answered_is_closed_on_the_sixteenth_working_day() -> None:
    """Vector C01: asked on 10 February 2026, the last day is 10 March, closed on the 11th."""
    office = an_office()
    filed = vietnam("2026-02-10T08:00")
    view = a_dossier(office, State.SUPPLEMENT_REQUESTED, at=filed)
    assert view.supplements[0].answer_by == date(2026, 3, 10)

    tasks.close_unanswered_dossiers(vietnam("2026-03-10T23:59"))
    assert queries.dossier(view.id, actor=SYSTEM).state is State.SUPPLEMENT_REQUESTED
    tasks.close_unanswered_dossiers(vietnam("2026-03-11T00:01"))

    closed = queries.dossier(view.id, actor=SYSTEM)
    assert closed.state is State.STOPPED
    assert closed.documents[-1].kind is DocumentKind.STOP_NOTICE


# ── withdrawal, payment, lateness ────────────────────────────────────────────────────────────────────


def test_a_withdrawal_granted_ends_the_dossier_with_a_notice() -> None:
    office = an_office()
    view = a_dossier(office, State.WITHDRAWAL_REQUESTED)
    stopped = commands.grant_withdrawal(view.id, actor=office.clerk, at=MONDAY + DAY)
    assert stopped.state is State.STOPPED
    assert stopped.documents[-1].kind is DocumentKind.STOP_NOTICE


def test_a_withdrawal_denied_goes_back_with_the_lost_time_added() -> None:
    office = an_office()
    view = a_dossier(office, State.WITHDRAWAL_REQUESTED)
    back = commands.deny_withdrawal(
        view.id, "Đã có quyết định giải quyết hồ sơ này.", actor=office.clerk, at=MONDAY + 4 * HOUR
    )
    assert (back.state, back.with_role) == (State.PROCESSING, Role.HANDLER)
    assert back.due_at == vietnam("2026-03-03T11:00"), "asked 10:00, denied 12:00: two working hours"


def test_a_result_can_no_longer_be_withdrawn() -> None:
    office = an_office()
    with pytest.raises(IllegalStep):
        commands.ask_withdrawal(a_dossier(office, State.DONE).id, "", actor=office.citizen, at=MONDAY)


def test_an_unpaid_fee_holds_the_result_back() -> None:
    office = an_office()
    view = a_dossier(office, State.DONE, procedure=CERTIFIED_COPY)
    with pytest.raises(FeeUnpaid):
        commands.hand_over(view.id, actor=office.clerk, at=MONDAY + DAY)
    commands.collect_fee(view.id, "BL-0001", actor=office.clerk, at=MONDAY + DAY)
    assert commands.hand_over(view.id, actor=office.clerk, at=MONDAY + DAY).state is State.RETURNED


def test_a_financial_obligation_pauses_the_clock() -> None:
    office = an_office()
    view = a_dossier(office, State.PAYMENT_REQUESTED)
    assert view.due is Due.PAUSED
    paid = commands.confirm_payment(view.id, "GNT-77", actor=office.clerk, at=MONDAY + DAY)
    assert paid.state is State.PROCESSING
    assert paid.due_at == vietnam("2026-03-03T16:00"), "paused from 10:00 to 08:00 next day: six hours"


def test_an_apology_promises_one_new_date_and_keeps_the_first() -> None:
    office = an_office()
    view = a_dossier(office, State.PROCESSING)
    saturday, friday = vietnam("2026-03-07T09:00"), vietnam("2026-03-06T09:00")
    with pytest.raises(BadAppointment):
        commands.reappoint(view.id, saturday, REASON, actor=office.leader, at=MONDAY + 2 * HOUR)
    late = commands.reappoint(view.id, friday, REASON, actor=office.leader, at=MONDAY + 2 * HOUR)
    assert (late.due_at, late.first_due_at) == (friday, view.due_at)
    with pytest.raises(AlreadyReappointed):
        commands.reappoint(view.id, friday + 3 * DAY, REASON, actor=office.leader, at=MONDAY + 3 * HOUR)


# ── lists and tracking ───────────────────────────────────────────────────────────────────────────────


def test_each_officer_finds_what_waits_for_them() -> None:
    office = an_office()
    filed, given = a_dossier(office), a_dossier(office, State.PROCESSING)
    at = MONDAY + 2 * HOUR

    def to_do(tab: Tab = Tab.TO_DO, who: Role = Role.CLERK) -> list[str]:
        actor = {Role.CLERK: office.clerk, Role.HANDLER: office.handler, Role.LEADER: office.leader}[who]
        return [row.code for row in queries.inbox(tab, actor=actor, at=at).items]

    assert to_do() == [filed.code]
    assert to_do(who=Role.HANDLER) == [given.code]
    assert to_do(who=Role.LEADER) == []
    commands.propose(given.id, "Hồ sơ hợp lệ, đề nghị ký.", actor=office.handler, at=at)
    assert to_do(who=Role.LEADER) == [given.code]
    at = MONDAY + DAY
    assert to_do(Tab.OVERDUE) == [filed.code]
    assert queries.inbox_counts(actor=office.clerk, at=at)[Tab.OVERDUE] == 1


@pytest.mark.parametrize(
    "words", ["hoa", "nguyen thi", "0001", "H21.15.03-260302-0001", "khai sinh", "thi HOA ngu"]
)
def test_a_dossier_is_found_without_accents_by_beginnings_of_words(words: str) -> None:
    office = an_office()
    view = a_dossier(office)
    found = queries.office_dossiers(actor=office.clerk, at=MONDAY, words=words)
    assert [row.code for row in found.items] == [view.code]


@pytest.mark.parametrize("words", ["'", "a' | 'b", "\\", ":*", "\x00", "!!", "xyz"])
def test_odd_search_words_do_no_harm(words: str) -> None:
    office = an_office()
    a_dossier(office)
    queries.office_dossiers(actor=office.clerk, at=MONDAY, words=words)


def test_tracking_needs_code_and_secret_and_tells_little() -> None:
    office = an_office()
    view = a_dossier(office, State.PROCESSING)
    seen = queries.track(view.code.lower(), view.lookup_secret.lower())
    assert (seen.state, seen.applicant_initials) == (State.PROCESSING, "N. T. Hoa")
    for code, secret in ((view.code, "WRONG"), (view.code, ""), ("H21-260302-0001", view.lookup_secret)):
        with pytest.raises(UnknownDossier):
            queries.track(code, secret)


def test_lists_say_their_price(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    office = an_office()
    for _ in range(3):
        a_dossier(office)
    queries.inbox(Tab.TO_DO, actor=office.clerk, at=MONDAY)
    with django_assert_num_queries(1):
        assert len(queries.inbox(Tab.TO_DO, actor=office.clerk, at=MONDAY).items) == 3
    with django_assert_num_queries(1):
        counts = queries.inbox_counts(actor=office.clerk, at=MONDAY)
    assert counts == {Tab.TO_DO: 3, Tab.SOON: 0, Tab.OVERDUE: 0, Tab.WAITING: 0}
    with django_assert_num_queries(2):  # whom they represent, and the dossiers
        queries.dossiers_of(actor=office.citizen, at=MONDAY)


def test_several_dossiers_are_read_in_five_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    office = an_office()
    views = [a_dossier(office, state) for state in (State.PROCESSING, State.RETURNED, State.SUBMITTED)]
    queries.dossiers([view.id for view in views], actor=office.clerk, at=MONDAY)

    with django_assert_num_queries(5):
        read = queries.dossiers([view.id for view in views], actor=office.clerk, at=MONDAY)

    assert read == [queries.dossier(view.id, actor=office.clerk, at=MONDAY) for view in views]
    assert queries.dossiers([views[0].id], actor=a_citizen(), at=MONDAY) == []
