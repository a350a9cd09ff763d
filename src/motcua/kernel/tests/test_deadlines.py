"""Deadlines against the published vectors, a table of our own, and the laws of counting.

Source of the vectors: Decree 297/2025/NĐ-CP, Circular 03/2025/TT-VPCP, decisions of Nghệ An and other
provinces.
"""

import json
import pickle
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.calendar import (
    CutOff,
    Limit,
    Mode,
    NotACalendar,
    NotALimit,
    NotAPeriod,
    OutOfReach,
    Pause,
    PauseBackwards,
    PeriodKind,
    RestartTooEarly,
    StepKind,
    Unit,
    WorkCalendar,
    add_working_days,
    add_working_minutes,
    chain,
    due,
    is_working_day,
    is_working_instant,
    last_day_to_supplement,
    latest_apology_date,
    net_working_minutes,
    next_working_instant,
    petition_dates,
    report_period,
    response_due,
    vietnam,
    working_days_between,
    working_minutes_between,
)
from motcua.kernel.clock import VIETNAM

VECTORS = Path(__file__).parents[5] / "shared" / "data" / "deadline_vectors.json"
OURS = vietnam(range(2024, 2028))
AT = datetime.fromisoformat


@cache
def vectors() -> dict[str, Any]:
    if not VECTORS.exists():
        pytest.skip("the shared vectors are not beside this checkout")
    found: dict[str, Any] = json.loads(VECTORS.read_text())
    return found


def their_calendar() -> WorkCalendar:
    data = vectors()
    return WorkCalendar(
        hours=tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in data["work_intervals"]),
        weekdays=frozenset(data["working_weekdays"]),
        holidays={date.fromisoformat(on): name for on, name in data["holidays"].items()},
        makeup_days=frozenset(date.fromisoformat(on) for on in data["makeup_working_days"]),
    )


def pauses_of(pairs: list[list[str]]) -> list[Pause]:
    return [Pause(AT(start), AT(until)) for start, until in pairs]


# --- the published vectors, with their calendar and with ours ---


@pytest.fixture(params=["theirs", "ours"])
def calendar(request: pytest.FixtureRequest) -> WorkCalendar:
    return their_calendar() if request.param == "theirs" else OURS


def test_published_cases(calendar: WorkCalendar) -> None:
    for case in vectors()["cases"]:
        limit = Limit.read(case["value"], case["unit"], case["mode"], "15:00" if case["cutoff_15h"] else None)
        assert due(calendar, AT(case["received"]), limit).at == AT(case["expected"]), case["id"]


def test_published_last_hour_cases(calendar: WorkCalendar) -> None:
    for case in vectors()["cutoff_1h_cases"]:
        limit = Limit(case["value"], Unit(case["unit"]), cutoff=CutOff.LAST_HOUR)
        assert due(calendar, AT(case["received"]), limit).at == AT(case["expected"]), case["id"]


def test_published_pauses(calendar: WorkCalendar) -> None:
    for case in vectors()["pause_cases"]:
        received, finished, pauses = AT(case["received"]), AT(case["finished"]), pauses_of(case["pauses"])
        limit = Limit(case["value"], Unit(case["unit"]))
        paused = due(calendar, received, limit, pauses=pauses)
        net = net_working_minutes(calendar, received, finished, pauses=pauses)

        assert due(calendar, received, limit).at == AT(case["original_due"]), case["id"]
        assert paused.at == AT(case["due_after_pauses"]), case["id"]
        assert paused.is_late(finished) is case["late"], case["id"]
        assert net == case["net_working_minutes"], case["id"]


def test_published_restarts(calendar: WorkCalendar) -> None:
    for case in vectors()["reset_cases"]:
        limit = Limit(case["value"], Unit(case["unit"]))
        found = due(calendar, AT(case["received"]), limit, restarted_at=AT(case["supplemented_at"]))
        assert found.at == AT(case["expected"]), case["id"]


def test_published_windows(calendar: WorkCalendar) -> None:
    data = vectors()
    for case in data["response_windows"]:
        assert response_due(calendar, AT(case["submitted"]), case["hours"]) == AT(case["expected"]), case[
            "id"
        ]
    for case in data["auto_close"]:
        last = last_day_to_supplement(calendar, AT(case["requested"]), case["days"])
        assert last == date.fromisoformat(case["last_day"]), case["id"]
    for case in data["apology"]:
        latest = latest_apology_date(calendar, AT(case["due"]))
        assert latest == date.fromisoformat(case["latest_apology_date"]), case["id"]
    for case in data["petitions"]:
        found = petition_dates(calendar, AT(case["received"]))
        assert found.reject_by.isoformat() == case["reject_by"]
        assert found.ask_supplement_by.isoformat() == case["ask_supplement_by"]
        assert found.handle_by.isoformat() == case["handle_by"]


def test_published_chain(calendar: WorkCalendar) -> None:
    case = vectors()["sequential_chain"]
    limits = [Limit(days, Unit.WORKING_DAY) for _, days, _ in case["stages"]]
    links = chain(calendar, AT(case["received"]), limits)
    assert [link.at for link in links] == [AT(expected) for *_, expected in case["stages"]]


def test_published_report_periods() -> None:
    for case in vectors()["report_periods"]:
        found = report_period(PeriodKind(case["kind"]), case["year"], case["index"])
        assert (found.start.isoformat(), found.end.isoformat()) == (case["start"], case["end"])


# --- our own table: a clone without the vectors still meets every rule ---

TABLE = [
    # received, value, unit, mode, cut-off, due
    ("2026-02-11T09:00", "5", "working_day", "rolling", None, "2026-02-25T09:00"),  # Tết in the middle
    ("2026-02-11T09:00", "5", "working_day", "date", None, "2026-02-25T17:00"),
    ("2026-03-03T12:20", "1", "working_day", "rolling", None, "2026-03-04T12:00"),  # lunch
    ("2026-03-03T12:00", "1", "working_day", "rolling", None, "2026-03-04T12:00"),
    ("2026-02-13T16:00", "3", "working_day", "rolling", None, "2026-02-25T16:00"),
    ("2026-02-13T16:00", "3", "working_day", "rolling", "15:00", "2026-02-25T17:00"),
    ("2026-03-03T14:59", "1", "working_day", "rolling", "15:00", "2026-03-04T14:59"),
    ("2026-03-03T15:00", "1", "working_day", "rolling", "15h", "2026-03-04T17:00"),
    ("2026-03-03T15:59", "3", "working_day", "rolling", "1h", "2026-03-06T15:59"),
    ("2026-03-03T16:00", "3", "working_day", "rolling", "1h", "2026-03-06T17:00"),
    ("2026-03-03T17:30", "3", "working_day", "rolling", "1h", "2026-03-06T17:00"),
    ("2026-08-20T14:00", "3", "working_day", "rolling", None, "2026-08-24T14:00"),  # make-up Saturday
    ("2026-08-22T10:00", "1", "working_day", "rolling", None, "2026-08-24T10:00"),
    (
        "2026-08-28T10:00",
        "1",
        "working_day",
        "rolling",
        None,
        "2026-09-03T10:00",
    ),  # National Day and its swap
    ("2026-03-02T08:00", "168", "working_hour", "rolling", None, "2026-03-30T17:00"),
    ("2026-03-02T08:00", "21", "working_day", "rolling", None, "2026-03-30T17:00"),
    ("2026-03-02T08:00", "0.5", "working_day", "rolling", None, "2026-03-02T12:00"),
    ("2026-03-02T10:00", "0.5", "working_day", "rolling", None, "2026-03-02T15:00"),
    ("2026-03-02T08:00", "0.5", "working_day", "date", None, "2026-03-03T17:00"),  # a begun day counts whole
    ("2026-03-02T08:00", "8", "working_hour", "date", None, "2026-03-02T17:00"),  # hours always roll
    ("2026-02-05T10:00", "12", "calendar_day", "rolling", None, "2026-02-23T17:00"),
    ("2026-03-05T10:00", "5", "calendar_day", "date", None, "2026-03-10T17:00"),
    ("2026-01-31T09:00", "1", "month", "rolling", None, "2026-03-02T17:00"),
    ("2025-12-15T09:00", "2", "month", "rolling", None, "2026-02-23T17:00"),  # 15/02 is a Sunday before Tết
    ("2023-11-30T09:00", "3", "month", "rolling", None, "2024-02-29T17:00"),  # leap year
    ("2026-03-07T10:00", "1", "working_day", "rolling", None, "2026-03-09T17:00"),  # Saturday
    ("2026-03-07T10:00", "1", "working_day", "date", None, "2026-03-09T17:00"),
    ("2026-03-07T10:00", "1", "working_day", "date", "15:00", "2026-03-10T17:00"),  # counts as of Monday
    ("2026-03-06T15:30", "1", "working_day", "date", "15:00", "2026-03-10T17:00"),
    ("2026-03-03T18:00", "1", "working_day", "date", None, "2026-03-04T17:00"),
    ("2026-03-03T14:00", "0", "working_day", "date", "15:00", "2026-03-03T17:00"),  # the same day
    ("2026-03-03T15:00", "0", "working_day", "date", "15:00", "2026-03-04T17:00"),
    ("2024-04-26T16:00", "2", "working_day", "rolling", None, "2024-05-03T16:00"),  # 29/04–01/05 off
    ("2024-05-03T09:00", "1", "working_day", "rolling", None, "2024-05-04T09:00"),  # Saturday for 29/04
    ("2025-04-25T09:00", "1", "working_day", "rolling", None, "2025-04-26T09:00"),  # Saturday for 02/05
    ("2027-02-04T09:00", "1", "working_day", "rolling", None, "2027-02-11T09:00"),
    ("2026-11-23T09:00", "1", "working_day", "rolling", None, "2026-11-25T09:00"),  # Culture Day
    ("2026-04-24T09:00", "1", "working_day", "rolling", None, "2026-04-28T09:00"),  # 27/04 for Sunday 26/04
]


@pytest.mark.parametrize("row", TABLE)
def test_due(row: tuple[str, str, str, str, str | None, str]) -> None:
    received, value, unit, mode, cutoff, expected = row
    assert due(OURS, AT(received), Limit.read(value, unit, mode, cutoff)).at == AT(expected)


def paused_due(unit: Unit, mode: Mode, value: int, *pauses: tuple[str, str]) -> str:
    limit = Limit(value, unit, mode)
    found = due(OURS, AT("2026-03-02T08:00"), limit, pauses=pauses_of([list(pair) for pair in pauses]))
    return found.at.isoformat(timespec="minutes")


PAUSES = [
    # pauses of a limit of five working days received Monday 02/03 08:00, otherwise due 06/03 17:00
    ([("2026-03-03T08:00", "2026-03-09T08:00")], "2026-03-12T17:00"),
    (
        [("2026-03-03T08:00", "2026-03-05T10:00"), ("2026-03-04T08:00", "2026-03-09T08:00")],
        "2026-03-12T17:00",
    ),
    (
        [("2026-03-04T08:00", "2026-03-09T08:00"), ("2026-03-03T08:00", "2026-03-04T08:00")],
        "2026-03-12T17:00",
    ),
    ([("2026-03-02T18:00", "2026-03-08T23:00")], "2026-03-12T17:00"),  # outside office hours at both ends
    ([("2026-03-02T18:00", "2026-03-02T22:00")], "2026-03-06T17:00"),  # no working time in it
    ([("2026-03-01T08:00", "2026-03-03T08:00")], "2026-03-09T17:00"),  # begun before the receipt
    ([("2026-03-06T17:00", "2026-03-10T08:00")], "2026-03-06T17:00"),  # begun when already due
    ([("2026-03-06T16:59", "2026-03-10T08:00")], "2026-03-10T08:01"),
    ([("2026-03-03T12:10", "2026-03-03T14:00")], "2026-03-09T09:00"),  # begun at lunch
]


@pytest.mark.parametrize(("pauses", "expected"), PAUSES)
def test_pauses_freeze_the_remaining_minutes(pauses: list[tuple[str, str]], expected: str) -> None:
    assert paused_due(Unit.WORKING_DAY, Mode.ROLLING, 5, *pauses) == expected


def test_pauses_freeze_the_remaining_days() -> None:
    pause = ("2026-03-03T08:00", "2026-03-09T08:00")
    assert paused_due(Unit.WORKING_DAY, Mode.DATE, 5, pause) == "2026-03-13T17:00"
    assert paused_due(Unit.CALENDAR_DAY, Mode.DATE, 10, pause) == "2026-03-18T17:00"
    assert paused_due(Unit.MONTH, Mode.DATE, 1, pause) == "2026-04-08T17:00"


def test_a_term_ending_on_a_day_off_does_not_fall_before_the_answer() -> None:
    received, pause = AT("2026-02-05T10:00"), Pause(AT("2026-02-23T09:00"), AT("2026-02-25T10:00"))
    found = due(OURS, received, Limit(12, Unit.CALENDAR_DAY), pauses=[pause])
    assert found.at == AT("2026-02-25T17:00")


def test_an_open_pause_stops_the_clock() -> None:
    found = due(
        OURS, AT("2026-03-02T08:00"), Limit(5, Unit.WORKING_DAY), pauses=[Pause(AT("2026-03-03T08:00"))]
    )

    assert not found.is_running
    assert found.paused_since == AT("2026-03-03T08:00")
    assert not found.is_late(AT("2027-03-03T08:00"))


def test_a_restart_voids_earlier_pauses_and_keeps_later_ones() -> None:
    received, restart, limit = AT("2026-03-02T08:00"), AT("2026-03-09T08:00"), Limit(5, Unit.WORKING_DAY)
    spanning = Pause(AT("2026-03-03T08:00"), AT("2026-03-10T08:00"))
    later = Pause(AT("2026-03-10T08:00"), AT("2026-03-11T08:00"))

    assert due(OURS, received, limit, pauses=[spanning], restarted_at=restart).at == AT("2026-03-13T17:00")
    assert due(OURS, received, limit, pauses=[spanning, later], restarted_at=restart).at == AT(
        "2026-03-16T17:00"
    )


def test_a_cut_off_and_a_pause_together() -> None:
    limit = Limit(1, Unit.WORKING_DAY, cutoff=time(15))
    pause = Pause(AT("2026-03-03T16:00"), AT("2026-03-05T10:00"))  # begins before counting does
    assert due(OURS, AT("2026-03-03T15:30"), limit, pauses=[pause]).at == AT("2026-03-06T10:00")


def test_office_hours_of_the_agency() -> None:
    early = WorkCalendar(((time(7, 30), time(11, 30)), (time(13, 30), time(17))))
    own_days = WorkCalendar(early.hours, minutes_per_day=450)

    assert due(early, AT("2026-03-02T07:30"), Limit(1, Unit.WORKING_DAY)).at == AT("2026-03-03T08:00")
    assert due(own_days, AT("2026-03-02T07:30"), Limit(1, Unit.WORKING_DAY)).at == AT("2026-03-02T17:00")
    assert due(own_days, AT("2026-03-02T09:00"), Limit(5, Unit.WORKING_DAY)).at == AT("2026-03-09T09:00")
    assert due(early, AT("2026-03-02T12:00"), Limit(4, Unit.WORKING_HOUR)).at == AT("2026-03-03T08:00")


def test_aware_instants_are_answered_in_local_time() -> None:
    utc = AT("2026-02-11T02:00+00:00")
    pause = Pause(AT("2026-02-12T08:00"), AT("2026-02-12T09:00"))
    found = due(OURS, utc, Limit(5, Unit.WORKING_DAY), pauses=[pause])

    assert found.at == datetime(2026, 2, 25, 10, tzinfo=VIETNAM)
    assert found.at.isoformat() == "2026-02-25T10:00:00+07:00"
    assert working_minutes_between(OURS, utc, AT("2026-02-11T10:30")) == 90


def test_the_explanation_names_every_step() -> None:
    pause = Pause(AT("2026-02-24T09:00"), AT("2026-02-25T09:00"))
    limit = Limit(5, Unit.WORKING_DAY, cutoff=time(15))
    steps = due(OURS, AT("2026-02-11T15:10"), limit, pauses=[pause]).explanation

    assert [step.kind for step in steps] == [
        StepKind.RECEIVED,
        StepKind.CUT_OFF,
        StepKind.COUNTED,
        StepKind.DAYS_OFF,
        StepKind.PAUSED,
        StepKind.DUE,
    ]
    days_off = steps[3]
    assert days_off.end is not None
    assert (days_off.start.date(), days_off.end.date()) == (date(2026, 2, 14), date(2026, 2, 22))
    assert "Tết Nguyên Đán" in days_off.names


@pytest.mark.parametrize(
    ("kind", "index", "start", "end"),
    [
        ("month", 12, "2026-11-15", "2026-12-14"),
        ("quarter", 3, "2026-06-15", "2026-09-14"),
        ("half", 1, "2025-12-15", "2026-06-14"),
        ("half", 2, "2026-06-15", "2026-12-14"),
        ("nine_months", 1, "2025-12-15", "2026-09-14"),
        ("year", 1, "2025-12-15", "2026-12-14"),
    ],
)
def test_report_periods(kind: str, index: int, start: str, end: str) -> None:
    found = report_period(PeriodKind(kind), 2026, index)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


def test_working_days_backwards() -> None:
    assert add_working_days(OURS, date(2026, 2, 23), -1) == date(2026, 2, 13)
    assert add_working_days(OURS, date(2026, 2, 18), -1) == date(2026, 2, 13)
    assert latest_apology_date(OURS, AT("2026-02-25T09:00")) == date(2026, 2, 24)


def test_an_agency_amends_the_calendar_by_rows() -> None:
    flood = OURS.amended(off={date(2026, 3, 4): "Bão"}, worked=[date(2026, 3, 7), date(2026, 1, 1)])

    assert not is_working_day(flood, date(2026, 3, 4))
    assert is_working_day(flood, date(2026, 3, 7))
    assert is_working_day(flood, date(2026, 1, 1))
    assert not is_working_day(OURS, date(2026, 1, 1))


def test_calendars_are_values() -> None:
    again = WorkCalendar(OURS.hours, OURS.weekdays, dict(OURS.holidays), OURS.makeup_days)
    assert again == OURS
    assert hash(again) == hash(OURS)
    assert pickle.loads(pickle.dumps(OURS)) == OURS
    assert WorkCalendar(holidays={date(2026, 3, 4): "Bão"}) != WorkCalendar()


# --- refusals ---


@pytest.mark.parametrize(
    ("value", "unit", "mode", "cutoff"),
    [
        ("-1", "working_day", "rolling", None),
        ("NaN", "working_day", "rolling", None),
        ("Infinity", "working_day", "rolling", None),
        ("1e30", "working_day", "rolling", None),
        ("five", "working_day", "rolling", None),
        ("٥", "working_day", "rolling", None),
        (True, "working_day", "rolling", None),
        ("1.5", "month", "rolling", None),
        ("0.5", "calendar_day", "date", None),
        ("1", "week", "rolling", None),
        ("1", "working_day", "sometimes", None),
        ("1", "working_day", "rolling", "25:00"),
        ("1", "working_day", "rolling", "noon"),
    ],
)
def test_bad_limits_are_refused(value: object, unit: str, mode: str, cutoff: str | None) -> None:
    with pytest.raises(NotALimit):
        Limit.read(value, unit, mode, cutoff)


def test_bad_calendars_are_refused() -> None:
    for hours in [(), ((time(12), time(8)),), ((time(8), time(12)), (time(11), time(17)))]:
        with pytest.raises(NotACalendar):
            WorkCalendar(hours)
    for weekdays in [frozenset[int](), frozenset({0}), frozenset({8})]:
        with pytest.raises(NotACalendar):
            WorkCalendar(weekdays=weekdays)


def test_impossible_times_are_refused() -> None:
    day = Limit(1, Unit.WORKING_DAY)
    with pytest.raises(PauseBackwards):
        due(OURS, AT("2026-03-02T08:00"), day, pauses=pauses_of([["2026-03-04T08:00", "2026-03-03T08:00"]]))
    with pytest.raises(RestartTooEarly):
        due(OURS, AT("2026-03-02T08:00"), day, restarted_at=AT("2026-03-01T08:00"))
    for unit in Unit:
        with pytest.raises(OutOfReach):
            due(OURS, AT("9999-12-30T08:00"), Limit(1000, unit))
    with pytest.raises(OutOfReach):
        due(OURS, AT("9999-12-31T23:00"), day)
    with pytest.raises(NotAPeriod):
        report_period(PeriodKind.QUARTER, 2026, 5)
    with pytest.raises(ValueError, match="backwards"):
        add_working_minutes(OURS, AT("2026-03-02T08:00"), -1)


# --- laws ---

instants = st.datetimes(AT("2023-12-01"), AT("2027-12-31"))
minutes = st.integers(0, 480 * 60)
rhythms = st.sampled_from(
    [
        OURS,
        WorkCalendar(),
        WorkCalendar(((time(7, 30), time(11, 30)), (time(13, 30), time(17)))),
        WorkCalendar(((time(9), time(9, 45)),), frozenset({3, 7})),
        OURS.amended(off={date(2026, 3, 2) + timedelta(days=n): "Lụt" for n in range(60)}),
        OURS.amended(worked=[date(2026, 1, 4) + timedelta(days=7 * n) for n in range(52)]),
    ]
)
limits = st.one_of(
    st.builds(
        Limit,
        st.integers(0, 60),
        st.sampled_from(Unit),
        st.sampled_from(Mode),
        st.sampled_from([None, time(15), time(11, 30), CutOff.LAST_HOUR]),
    ),
    st.builds(Limit, st.decimals(0, 20, places=1), st.just(Unit.WORKING_DAY), st.just(Mode.ROLLING)),
)
spans = st.timedeltas(timedelta(), timedelta(days=40))
some_pauses = st.lists(st.builds(lambda at, length: Pause(at, at + length), instants, spans), max_size=4)


@given(rhythms, instants, minutes)
def test_adding_and_measuring_agree(calendar: WorkCalendar, at: datetime, added: int) -> None:
    assert working_minutes_between(calendar, at, add_working_minutes(calendar, at, added)) == pytest.approx(
        added
    )


@given(rhythms, instants, minutes)
def test_adding_whole_minutes_is_exact(calendar: WorkCalendar, at: datetime, added: int) -> None:
    whole = at.replace(second=0, microsecond=0)
    assert working_minutes_between(calendar, whole, add_working_minutes(calendar, whole, added)) == added


@given(rhythms, instants, minutes, minutes)
def test_adding_is_monotone_and_sums(calendar: WorkCalendar, at: datetime, first: int, second: int) -> None:
    once = add_working_minutes(calendar, at, first + second)
    assert once >= add_working_minutes(calendar, at, first)
    if second:
        assert once == add_working_minutes(calendar, add_working_minutes(calendar, at, first), second)


@given(rhythms, instants)
def test_the_next_working_instant_is_one(calendar: WorkCalendar, at: datetime) -> None:
    found = next_working_instant(calendar, at)
    assert found >= at
    assert is_working_instant(calendar, found)
    assert working_minutes_between(calendar, at, found) == 0


@given(rhythms, instants, st.integers(-100, 100))
def test_working_days_land_on_working_days(calendar: WorkCalendar, at: datetime, days: int) -> None:
    found = add_working_days(calendar, at.date(), days)
    assert is_working_day(calendar, found)
    if days > 0:
        assert working_days_between(calendar, at.date(), found) == days


@given(rhythms, instants, st.integers(0, 400))
def test_the_count_of_days_is_the_walk_along_them(calendar: WorkCalendar, at: datetime, span: int) -> None:
    first = at.date()
    walked = sum(is_working_day(calendar, first + timedelta(days=n + 1)) for n in range(span))
    assert working_days_between(calendar, first, first + timedelta(days=span)) == walked


@given(rhythms, instants, limits)
def test_deadlines_fall_into_office_hours(calendar: WorkCalendar, received: datetime, limit: Limit) -> None:
    found = due(calendar, received, limit).at
    assert is_working_day(calendar, found.date())
    assert any(opens <= found.time() <= closes for opens, closes in calendar.hours)


@given(rhythms, instants, spans, limits)
def test_who_comes_later_is_never_due_earlier(
    calendar: WorkCalendar, received: datetime, later: timedelta, limit: Limit
) -> None:
    assert due(calendar, received + later, limit).at >= due(calendar, received, limit).at


@given(rhythms, instants, limits)
def test_a_longer_limit_is_not_due_earlier(calendar: WorkCalendar, received: datetime, limit: Limit) -> None:
    longer = Limit(limit.value + 1, limit.unit, limit.mode, limit.cutoff)
    assert due(calendar, received, longer).at >= due(calendar, received, limit).at


@given(rhythms, instants, limits, some_pauses)
def test_pausing_never_shortens(
    calendar: WorkCalendar, received: datetime, limit: Limit, pauses: list[Pause]
) -> None:
    plain = due(calendar, received, limit).at
    paused = due(calendar, received, limit, pauses=pauses).at
    assert paused >= plain
    assert due(calendar, received, limit, pauses=reversed(pauses)).at == paused


@given(rhythms, instants, st.integers(1, 60), some_pauses)
def test_a_paused_limit_uses_exactly_its_minutes(
    calendar: WorkCalendar, received: datetime, days: int, pauses: list[Pause]
) -> None:
    limit = Limit(days, Unit.WORKING_DAY)
    end = due(calendar, received, limit, pauses=pauses).at
    used = net_working_minutes(calendar, received, end, pauses=[p for p in pauses if p.start < end])
    assert used == pytest.approx(days * calendar.minutes_per_day)


@given(rhythms, instants, spans, limits, some_pauses)
def test_a_restart_is_a_fresh_start(
    calendar: WorkCalendar, received: datetime, later: timedelta, limit: Limit, pauses: list[Pause]
) -> None:
    restart = received + later
    kept = [pause for pause in pauses if pause.start >= restart]
    whole = due(calendar, received, limit, pauses=pauses, restarted_at=restart)
    assert whole.at == due(calendar, restart, limit, pauses=kept).at
