"""What somebody changed at night in the tables or in the ledger is named in the morning."""

from datetime import timedelta

import pytest
from django.db import connection

from motcua.domain.agencies import commands as agencies
from motcua.domain.agencies.types import DayKind
from motcua.domain.cases import commands, queries
from motcua.domain.cases.testing import MONDAY, Office, a_dossier, an_office, take
from motcua.domain.cases.types import CasesAudit, Differs, DossierView, State, Step
from motcua.kernel.actors import SYSTEM, NotPermitted
from motcua.kernel.clock import local_date
from motcua.platform.ledger import queries as ledger
from motcua.platform.ledger.testing import signed, triggers_ignored
from motcua.platform.ledger.types import FaultKind

pytestmark = pytest.mark.django_db(transaction=True)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARCH = queries.span_of("2026-03")


@pytest.fixture
def office() -> Office:
    return an_office()


def audited() -> CasesAudit:
    return queries.audit(MARCH, actor=SYSTEM)


def tamper(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)  # type: ignore[arg-type]  # ids and instants
        assert cursor.rowcount == 1


def named(found: CasesAudit) -> set[tuple[str, str]]:
    return {(one.dossier_code, one.field) for one in found.disagreements}


@pytest.mark.parametrize("state", State)
def test_what_really_happened_agrees_with_the_ledger(office: Office, state: State) -> None:
    a_dossier(office, state)

    found = audited()

    assert found.disagreements == ()
    assert (found.dossiers, found.undated, found.count) == (1, 0, 0)
    assert found.by_ledger == found.by_tables


def test_pauses_and_new_appointments_are_told_by_the_ledger_too(office: Office) -> None:
    view = a_dossier(office, State.PAYMENT_REQUESTED)
    view = commands.confirm_payment(view.id, "BL-1", actor=office.clerk, at=MONDAY + 5 * DAY)
    assert view.due_at is not None
    later = view.due_at + 2 * DAY
    view = commands.reappoint(
        view.id,
        later,
        "Chờ cơ quan đăng ký đất đai trả lời.",
        actor=office.leader,
        at=MONDAY + 5 * DAY + HOUR,
    )
    for step in (Step.PROPOSE, Step.APPROVE):
        view = take(step, view, office, at=MONDAY + 6 * DAY)

    found = audited()

    assert found.disagreements == ()
    assert [(rate.finished, rate.on_time) for rate in found.by_ledger] == [
        (1, 0)
    ]  # a second appointment is late


@pytest.mark.parametrize("column", ["submitted_at", "accepted_at", "finished_at", "due_at", "first_due_at"])
def test_a_time_moved_in_the_row_of_a_dossier_is_named(office: Office, column: str) -> None:
    view = a_dossier(office, State.DONE)
    a_dossier(office, State.DONE)

    tamper(f"UPDATE cases_dossier SET {column} = {column} - interval '1 day' WHERE id = %s", view.id)

    found = audited()
    assert named(found) == {(view.code, column)}
    assert found.count == 1


def test_a_finish_moved_before_its_appointment_changes_the_rate_and_is_named(office: Office) -> None:
    view = a_late_dossier(office)

    tamper("UPDATE cases_dossier SET finished_at = due_at WHERE id = %s", view.id)
    tamper(
        "UPDATE cases_history SET at = (SELECT due_at FROM cases_dossier d WHERE d.id = dossier_id)"
        " WHERE dossier_id = %s AND step = 'approve'",
        view.id,
    )

    found = audited()
    number = view.history[-1].number
    assert named(found) == {(view.code, "finished_at"), (view.code, f"history.{number}.at")}
    assert found.by_ledger[0].percent == 0
    assert found.by_tables[0].percent == 100


def test_a_receipt_moved_out_of_the_month_is_found_all_the_same(office: Office) -> None:
    view = a_dossier(office, State.ACCEPTED)

    tamper(
        "UPDATE cases_dossier SET submitted_at = '2026-05-01', accepted_at = '2026-05-01' WHERE id = %s",
        view.id,
    )
    tamper("UPDATE cases_dossier SET finished_at = '2026-05-02' WHERE id = %s", view.id)

    assert {field for _, field in named(audited())} == {"submitted_at", "accepted_at", "finished_at"}
    assert named(queries.audit(queries.span_of("2026-05"), actor=SYSTEM)) >= {(view.code, "finished_at")}


def test_rows_without_leaves_and_leaves_without_rows_are_named(office: Office) -> None:
    view = a_dossier(office, State.ACCEPTED)

    tamper("DELETE FROM cases_history WHERE dossier_id = %s AND number = 2", view.id)
    missing = audited().disagreements
    with triggers_ignored(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_leaf WHERE subject = %s", [str(view.id)])

    assert [(one.kind, one.field) for one in missing] == [(Differs.ROW_MISSING, "history.2")]
    assert [one.kind for one in audited().disagreements] == [Differs.LEAVES_MISSING]


def test_a_leaf_rewritten_to_fit_the_tables_is_named_by_the_ledger(office: Office) -> None:
    view = a_late_dossier(office)
    signed(MONDAY + 90 * DAY)

    with triggers_ignored():
        tamper(
            "UPDATE ledger_leaf SET at = at - interval '30 days' WHERE subject = %s AND deed = 'cases.approve'",
            str(view.id),
        )

    assert [fault.kind for fault in ledger.verify().faults] == [FaultKind.LEAF_ALTERED]
    assert (view.code, "finished_at") in named(queries.audit(MARCH, actor=SYSTEM))


def test_a_day_off_declared_later_is_not_called_tampering(office: Office) -> None:
    view = a_dossier(office, State.ACCEPTED)
    assert view.due_at is not None
    day = local_date(view.due_at)
    agencies.set_calendar_day(day, DayKind.HOLIDAY, "Nghỉ bù", actor=SYSTEM, at=MONDAY + DAY)

    found = audited()

    assert found.count == 0
    assert found.moved_by_calendar == 2


def test_leaves_under_no_head_are_counted(office: Office) -> None:
    a_dossier(office, State.ACCEPTED)
    before = audited().unproven
    signed(MONDAY + DAY)

    assert (before, audited().unproven) == (2, 0)


def test_citizens_do_not_audit(office: Office) -> None:
    with pytest.raises(NotPermitted):
        queries.audit(MARCH, actor=office.clerk)


def a_late_dossier(office: Office) -> DossierView:
    view = a_dossier(office, State.PROCESSING)
    for step in (Step.PROPOSE, Step.APPROVE):
        view = take(step, view, office, at=MONDAY + 21 * DAY)
    return view
