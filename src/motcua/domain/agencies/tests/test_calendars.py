"""Every agency has a working calendar, from dated rows, the nearest first."""

import csv
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from motcua.domain.agencies import commands, queries
from motcua.domain.agencies.testing import a_commune, a_province
from motcua.domain.agencies.types import BadHours, BadRow, DayKind
from motcua.kernel.actors import SYSTEM, Actor, NotPermitted, Role
from motcua.kernel.calendar import OFFICE_HOURS, is_working_day

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
MARCH = date(2026, 3, 1)
TODAY = date(2026, 11, 20)
EARLY = ((time(7), time(11)), (time(13, 30), time(17)))
LISTED = Path(__file__).parents[6] / "shared" / "data" / "holidays" / "holidays_vn_2024_2027.csv"

pytestmark = pytest.mark.django_db


def test_an_agency_with_no_rows_keeps_the_usual_hours() -> None:
    calendar = queries.calendar_of(a_province().id, on=TODAY)
    assert (calendar.hours, calendar.weekdays) == (OFFICE_HOURS, frozenset({1, 2, 3, 4, 5}))


def test_hours_come_from_the_nearest_agency_that_has_any() -> None:
    province = a_province()
    commune = a_commune(under=province.id)
    commands.set_office_hours(
        None,
        weekdays=[1, 2, 3, 4, 5],
        intervals=[(time(7, 30), time(16))],
        since=MARCH,
        actor=SYSTEM,
        at=NOON,
    )
    assert queries.calendar_of(commune.id, on=TODAY).hours == ((time(7, 30), time(16)),)
    commands.set_office_hours(
        province.id, weekdays=range(1, 7), intervals=EARLY, since=MARCH, actor=SYSTEM, at=NOON
    )
    calendar = queries.calendar_of(commune.id, on=TODAY)
    assert (calendar.hours, calendar.weekdays) == (EARLY, frozenset(range(1, 7)))
    hours = queries.office_hours(commune.id, on=TODAY)
    assert hours is not None and hours.agency_id == province.id


def test_hours_are_dated() -> None:
    province = a_province()
    commands.set_office_hours(province.id, weekdays=[1], intervals=EARLY, since=MARCH, actor=SYSTEM, at=NOON)
    assert queries.calendar_of(province.id, on=date(2026, 2, 28)).hours == OFFICE_HOURS
    assert queries.calendar_of(province.id, on=MARCH).hours == EARLY


@pytest.mark.parametrize(
    ("weekdays", "intervals"),
    [
        ([], EARLY),
        ([0], EARLY),
        ([8], EARLY),
        ([1], ()),
        ([1], [(time(12), time(8))]),
        ([1], [(time(8), time(12)), (time(11), time(17))]),
        ([1], [(time(13), time(17)), (time(8), time(12))]),
    ],
)
def test_hours_that_make_no_sense_are_refused(weekdays: list[int], intervals: Any) -> None:
    with pytest.raises(BadHours):
        commands.set_office_hours(
            None, weekdays=weekdays, intervals=intervals, since=MARCH, actor=SYSTEM, at=NOON
        )


def test_a_day_off_is_a_row_and_a_nearer_row_overrules_it() -> None:
    province = a_province()
    commune = a_commune(under=province.id)
    day = date(2026, 11, 24)
    commands.set_calendar_day(day, DayKind.HOLIDAY, "Ngày Văn hóa", actor=SYSTEM, at=NOON)
    assert not is_working_day(queries.calendar_of(commune.id, on=TODAY), day)
    commands.set_calendar_day(day, DayKind.SWAP_WORK, "Trực", agency_id=commune.id, actor=SYSTEM, at=NOON)
    assert is_working_day(queries.calendar_of(commune.id, on=TODAY), day)
    assert not is_working_day(queries.calendar_of(province.id, on=TODAY), day)
    commands.clear_calendar_day(day, actor=SYSTEM, at=NOON)
    assert is_working_day(queries.calendar_of(province.id, on=TODAY), day)


def test_filling_keeps_what_was_written_by_hand() -> None:
    day = date(2026, 2, 17)
    commands.set_calendar_day(day, DayKind.HOLIDAY, "Mùng Một", source="tay", actor=SYSTEM, at=NOON)
    report = commands.fill_calendar([2026], actor=SYSTEM, at=NOON)
    assert report.opened > 10
    assert report.unchanged == 1
    assert commands.fill_calendar([2026], actor=SYSTEM, at=NOON).opened == 0
    days = {row.on_date: row for row in queries.calendar_days(2026)}
    assert days[day].source == "tay"
    assert days[date(2026, 8, 22)].kind is DayKind.SWAP_WORK


def test_a_calendar_is_kept_until_the_rows_change(django_assert_num_queries: Any) -> None:
    province = a_province()
    first = queries.calendar_of(province.id, on=TODAY)
    with django_assert_num_queries(0):
        assert queries.calendar_of(province.id, on=TODAY) is first
    commands.set_calendar_day(TODAY, DayKind.HOLIDAY, "Bão", actor=SYSTEM, at=NOON)
    assert queries.calendar_of(province.id, on=TODAY) is not first


def test_a_change_made_elsewhere_is_seen_when_the_stamp_is_read_again() -> None:
    from motcua.domain.agencies.models import CalendarDay, CalendarVersion
    from motcua.kernel.ids import uuid7

    province = a_province()
    first = queries.calendar_of(province.id, on=TODAY)
    CalendarDay.objects.create(on_date=TODAY, kind="holiday", name="Bão")
    CalendarVersion.objects.update(stamp=uuid7())
    queries.forget_calendars()
    assert queries.calendar_of(province.id, on=TODAY) != first


def test_moving_an_agency_changes_its_calendar() -> None:
    early, usual = a_province(code="H21"), a_province(code="H15")
    commune = a_commune(under=early.id)
    commands.set_office_hours(early.id, weekdays=[1], intervals=EARLY, since=MARCH, actor=SYSTEM, at=NOON)
    assert queries.calendar_of(commune.id, on=TODAY).hours == EARLY
    commands.move_agency(commune.id, usual.id, since=date(2026, 4, 1), actor=SYSTEM, at=NOON)
    assert queries.calendar_of(commune.id, on=TODAY).hours == OFFICE_HOURS


@pytest.mark.skipif(not LISTED.exists(), reason="the published list is not here")
def test_the_published_list_is_imported_once() -> None:
    with LISTED.open() as file:
        rows = list(csv.DictReader(file))
    report = commands.import_calendar_days(rows, actor=SYSTEM, at=NOON)
    assert (report.opened, report.skipped) == (56, 2)
    again = commands.import_calendar_days(rows, actor=SYSTEM, at=NOON)
    assert (again.opened, again.corrected, again.unchanged) == (0, 0, 56)
    days = {row.on_date: row for row in queries.calendar_days(2026)}
    assert days[date(2026, 4, 27)].kind is DayKind.HOLIDAY
    assert days[date(2026, 8, 31)].kind is DayKind.SWAP_OFF
    assert date(2026, 1, 2) not in days


@pytest.mark.parametrize(
    "row",
    [
        {"date": "2026-02-30", "kind": "holiday", "name": "x"},
        {"date": "2026-02-03", "kind": "party", "name": "x"},
        {"day": "2026-02-03"},
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_nothing_is_written(row: dict[str, str]) -> None:
    good = {"date": "2026-02-03", "kind": "holiday", "name": "x"}
    with pytest.raises(BadRow) as refused:
        commands.import_calendar_days([good, row], actor=SYSTEM, at=NOON)
    assert refused.value.facts["row"] == 2
    assert queries.calendar_days(2026) == []


def test_a_leader_does_not_change_the_calendar() -> None:
    with pytest.raises(NotPermitted):
        commands.fill_calendar([2026], actor=Actor(None, Role.LEADER), at=NOON)
