"""A locality decides differently in the few places it may; the next national version does not undo it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from motcua.domain.agencies import testing as offices
from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.rules.records.local import Fit
from motcua.domain.catalogue.tests.records.samples import lines, one
from motcua.domain.catalogue.types import BadLocalRule, Record
from motcua.kernel.actors import SYSTEM, Actor, Role

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ADMIN = Actor(person_id=None, role=Role.ADMIN)
CODE = "1.001193"
LIMIT = "methods/counter/1/limit"


def bring(at: datetime = NOON, **changes: Any) -> None:
    commands.import_records(lines([one(**changes)]), actor=SYSTEM, at=at)


def decide(agency_id: Any, **changes: Any) -> None:
    commands.make_local_rule(
        CODE,
        agency_id=agency_id,
        decision="5/QĐ-UBND",
        changes=changes.get("changes", changes),
        valid_from=TODAY,
        actor=ADMIN,
        at=NOON,
    )


def here(agency_id: Any, on: date = TODAY) -> tuple[Record, dict[str, Fit]]:
    view, laid = queries.local_record(CODE, [agency_id], on=on)
    assert laid is not None
    return view.record, {each.change.path: each.fit for each in laid.changes}


def test_changes_hold_for_the_agency_alone() -> None:
    bring()
    agency = offices.a_province().id
    decide(agency, changes={"receiving_hours": "7:00-11:00", LIMIT: {"time": "0.5", "unit": "working_day"}})

    record, fits = here(agency)

    assert record.agencies.receiving_hours == "7:00-11:00"
    assert str(record.methods[0].time) == "0.5"
    assert set(fits.values()) == {Fit.APPLIES}
    assert queries.record(CODE, on=TODAY).record.agencies.receiving_hours == ""


def test_they_survive_the_next_national_version_and_say_what_moved() -> None:
    bring()
    agency = offices.a_province().id
    fee = [{"amount": 0, "currency": "VND", "text": ""}]
    decide(
        agency,
        changes={
            "receiving_hours": "7:00",
            LIMIT: {"time": "2", "unit": "hour"},
            "methods/online/1/fees": fee,
        },
    )
    methods = [{"channel": 1, "time": 4, "unit": "working_day", "note": ""}]

    bring(at=NOON + timedelta(days=1), name="Tên mới", methods=methods)
    record, fits = here(agency, TODAY + timedelta(days=1))

    assert record.name == "Tên mới"
    assert str(record.methods[0].time) == "2"
    assert fits == {"receiving_hours": Fit.APPLIES, LIMIT: Fit.MOVED, "methods/online/1/fees": Fit.GONE}
    ((rule, change),) = queries.local_conflicts(on=TODAY + timedelta(days=1))
    assert (rule.code, change.path) == (CODE, "methods/online/1/fees")


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("name", "Tên khác", "not_allowed"),
        ("methods/post/9/limit", {"time": "1", "unit": "hour"}, "not_allowed"),
        (LIMIT, {"time": "-1", "unit": "hour"}, "bad_value"),
        (LIMIT, {"time": "1", "unit": "moon"}, "bad_value"),
        (LIMIT, "soon", "bad_value"),
        ("online_level", "galactic", "bad_value"),
        ("receiving_hours", " ", "missing"),
    ],
)
def test_only_open_places_take_only_sensible_values(path: str, value: object, fault: str) -> None:
    bring()

    with pytest.raises(BadLocalRule) as refused:
        decide(offices.a_province().id, changes={path: value})

    assert refused.value.facts["fields"] == {path: fault}


def test_a_rule_ends_and_the_national_record_holds_again() -> None:
    bring()
    agency = offices.a_province().id
    decide(agency, changes={"receiving_hours": "7:00"})

    commands.end_local_rule(CODE, agency_id=agency, valid_to=TODAY, actor=ADMIN, at=NOON)

    assert queries.local_record(CODE, [agency], on=TODAY)[1] is None
