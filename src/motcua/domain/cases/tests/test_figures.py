"""Every number of a report is the number of dossiers behind it, and what is late is late by the rule."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from motcua.domain.cases import commands, queries
from motcua.domain.cases.models import Figure
from motcua.domain.cases.rules import figures as rules
from motcua.domain.cases.testing import MONDAY, Office, a_dossier, an_office, take
from motcua.domain.cases.types import By, Figures, NotASpan, Scope, Shown, State, Step
from motcua.domain.catalogue.testing import BIRTH, CERTIFIED_COPY
from motcua.kernel.actors import SYSTEM, Actor, NotPermitted, Role

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARCH = queries.span_of("2026-03")
AUDITOR = Actor(None, Role.AUDITOR)
LATER = MONDAY + 25 * DAY


@pytest.fixture
def office() -> Office:
    """An office with a dossier in each state, one late, one closed unanswered long after its appointment."""
    office = an_office()
    for state in State:
        a_dossier(office, state)
    late = a_dossier(office, State.PROCESSING, procedure=CERTIFIED_COPY)
    for step in (Step.PROPOSE, Step.APPROVE):
        late = take(step, late, office, at=MONDAY + 20 * DAY)
    asked = a_dossier(office, State.SUPPLEMENT_REQUESTED)
    commands.close_unanswered(asked.id, actor=SYSTEM, at=MONDAY + 24 * DAY)
    commands.count_figures(actor=SYSTEM, at=LATER)
    return office


def total(by: By = By.AGENCY, text: str = "2026-03", scope: Scope | None = None) -> Figures:
    return queries.statistics(queries.span_of(text), by, scope, actor=AUDITOR, at=LATER).total


def test_states_are_grouped_as_in_reports(office: Office) -> None:
    found = total()

    assert (found.received, found.declined, found.waiting) == (10, 1, 1)
    assert (found.handled, found.stopped) == (3, 2)  # done, returned, late; rejected, closed
    assert (found.on_time, found.late) == (4, 1)  # who never answered was not the office's delay
    assert (found.running, found.paused) == (2, 3)
    assert found.percent == 80


@pytest.mark.parametrize("by", By)
def test_a_breakdown_loses_nothing(office: Office, by: By) -> None:
    found, whole = total(by), total()

    ended = ("handled", "on_time", "late", "stopped")
    assert [getattr(found, one) for one in ended] == [getattr(whole, one) for one in ended]


@pytest.mark.parametrize("shown", Shown)
def test_each_number_leads_to_its_dossiers(office: Office, shown: Shown) -> None:
    page = queries.counted(shown, MARCH, actor=office.leader, at=LATER, size=100)

    assert len(page.items) == getattr(total(), shown)


@pytest.mark.parametrize("text", ["2026-03", "2026-Q1", "2026", "bc2026-03", "bc2026"])
def test_months_and_days_add_up(office: Office, text: str) -> None:
    span = queries.span_of(text)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM cases_dossier WHERE accepted_at >= %s AND accepted_at < %s",
            [span.since, span.until],
        )
        assert total(text=text).received == cursor.fetchone()[0]


def test_a_scope_narrows_everything(office: Office) -> None:
    assert total(scope=Scope(procedure_code=CERTIFIED_COPY)).late == 1
    assert total(scope=Scope(procedure_code=BIRTH)).late == 0
    assert total(scope=Scope(agency_id=office.agency_id)) == total()
    assert total(scope=Scope(channel="counter")).received == 0


def test_counting_again_changes_nothing_and_new_deeds_are_counted(office: Office) -> None:
    before = Counter(Figure.objects.values_list("grain", "on", "measure", "is_late", "count"))

    commands.count_figures(actor=SYSTEM, at=LATER, anew=True)
    assert Counter(Figure.objects.values_list("grain", "on", "measure", "is_late", "count")) == before

    a_dossier(office, State.DONE, at=MONDAY + 2 * DAY)
    commands.count_figures(actor=SYSTEM, at=LATER)
    assert total().received == 11
    assert total(By.DAY, "2026-03-04").handled == 1


def test_officers_count_their_own_office_only(office: Office) -> None:
    other = an_office("Ủy ban nhân dân xã Ia Grai", "H21.15.04")

    assert queries.statistics(MARCH, actor=other.clerk, at=LATER).total == Figures("")
    with pytest.raises(NotPermitted):
        queries.statistics(MARCH, scope=Scope(agency_id=office.agency_id), actor=other.clerk, at=LATER)
    with pytest.raises(NotPermitted):
        queries.statistics(MARCH, actor=office.citizen, at=LATER)


def test_a_report_and_its_dossiers_cost_a_few_queries(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        queries.statistics(MARCH, actor=AUDITOR, at=LATER)
    with django_assert_num_queries(1):
        queries.counted(Shown.LATE, MARCH, actor=AUDITOR, at=LATER)


def test_the_export_holds_everything_once(office: Office) -> None:
    rows = list(queries.exported(MARCH, actor=office.leader))

    assert len({row[0] for row in rows}) == len(rows) == 11
    assert sum(bool(row[-1]) for row in rows) == 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-02-11", date(2026, 2, 11), date(2026, 2, 11)),
        ("bc2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("bc2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
    ],
)
def test_spans(text: str, first: date, last: date) -> None:
    span = rules.span_of(text)
    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "2026-02-30", "bc2026-01-01", "năm nay"])
def test_what_is_no_span(text: str) -> None:
    with pytest.raises(NotASpan):
        rules.span_of(text)
