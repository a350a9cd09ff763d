"""The sample province: whole after one run, unchanged after two."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from motcua.domain.agencies import queries as agencies
from motcua.domain.cases import queries as cases
from motcua.domain.cases.types import State
from motcua.domain.identity import queries as identity
from motcua.kernel.actors import Role
from motcua.kernel.identifiers import personal_id, tax_code
from motcua.processes.sample_province.loading import load
from motcua.processes.sample_province.people import populate
from motcua.processes.sample_province.province import ACCOUNTS, COMMUNES, DEPARTMENTS

UNTIL = datetime(2026, 7, 15, 3, 30, tzinfo=UTC)


def _quiet(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def test_people_are_invented_the_same_way_each_time_and_bear_valid_numbers() -> None:
    people = populate()

    assert people == populate()
    someones = [a for h in people.households for a in (*h.adults, *h.children)]
    someones += [worker.someone for worker in people.workers]
    assert len({one.personal_id for one in someones}) == len(someones) > 200
    for one in someones:
        assert personal_id.parse(one.personal_id).number == one.personal_id
    for household in people.households:
        if household.business:
            assert tax_code.parse(household.business.tax_code)


@pytest.mark.django_db
def test_the_province_stands_after_one_run_and_a_second_adds_nothing() -> None:
    load(90, seed=1, until=UNTIL, progress=_quiet)

    for commune in COMMUNES:
        agency = agencies.agency_by_code(commune.code, date(2026, 7, 15))
        roles = [seat.role for seat in agencies.seats(agency.id, on=date(2026, 7, 15))]
        assert sorted(roles) == sorted([Role.CLERK, Role.HANDLER, Role.HANDLER, Role.LEADER])
        assert len(agencies.counters(agency.id)) == 2
    assert all(agencies.agency_by_code(body.code, date(2026, 7, 15)) for body in DEPARTMENTS)
    assert len(identity.accounts_named("demo.")) == len(ACCOUNTS)
    before = _counts()
    assert before["cases_dossier"] == 90
    assert set(_states()) == set(State)

    load(90, seed=1, until=UNTIL, progress=_quiet)

    assert _counts() == before
    found = cases.unanswered(UNTIL)
    assert len(found) <= 3  # the node's own clock closes them


def _states() -> list[State]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT state FROM cases_dossier")
        return [State(state) for (state,) in cursor.fetchall()]


def _counts() -> dict[str, int]:
    tables = (
        "cases_dossier",
        "cases_history",
        "identity_person",
        "agencies_seat",
        "ledger_leaf",
        "outbox_message",
    )
    counts = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = int(cursor.fetchone()[0])
    return counts
