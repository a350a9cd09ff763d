"""The working time of an office: which days and hours count, and arithmetic on them – *thời gian làm việc*.

Source: Labour Code 2019, articles 111 and 112 (days off, compensation, swapped days); Decree 118/2025/NĐ-CP
(a time limit runs in working hours of the office). Days off are dated rows, never computed behind one's back.

A calendar is a weekly rhythm with dated exceptions. Both directions of the arithmetic (instant → working time
since the beginning, and back) are a division and one binary search among the exceptions, so a limit of ten
years costs as much as a limit of an hour and no range of dates is ever walked through.

Instants without a zone are local time of Vietnam, which has no daylight saving; aware instants are accepted
and answered with aware instants of that zone. Times are exact to the microsecond.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from types import MappingProxyType

from motcua.kernel.clock import VIETNAM
from motcua.kernel.errors import Invalid

MONDAY_TO_FRIDAY = frozenset({1, 2, 3, 4, 5})  # ISO weekdays
OFFICE_HOURS = ((time(8), time(12)), (time(13), time(17)))
LEGAL_DAY_MINUTES = 480

_MINUTE = 60_000_000  # microseconds
_DAYS_IN_WEEK = 7
_MIDNIGHT = time()


class NotACalendar(Invalid):
    """Office hours or weekdays are empty, overlap or run backwards."""

    code = "calendar.not_a_calendar"


class OutOfReach(Invalid):
    """The result lies beyond the last year a date can carry."""

    code = "calendar.out_of_reach"


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Neighbouring days off with a holiday among them, weekends included: Tết is one such stretch."""

    first: date
    last: date
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class WorkCalendar:
    """Office hours, working weekdays and the dated exceptions to them. Frozen, hashable, equal by content.

    ``hours`` are half-open stretches of one day in order. ``weekdays`` are ISO numbers, Monday is 1.
    ``holidays`` maps a day off to its name (a bare set of dates is accepted); ``makeup_days`` are days worked
    although the rhythm or a holiday row says otherwise – *ngày làm bù*.

    ``minutes_per_day`` is what one working day of a *limit* is worth in rolling counting. The law counts
    eight working hours whatever the office's own day is, so an office open 07:30–11:30 and 13:30–17:00 (450
    minutes) spends a limit of one day in a day and a half hour. An agency whose published limits mean its own
    office days sets this field to the length of its day.
    """

    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: Mapping[date, str] = field(default_factory=dict)
    makeup_days: frozenset[date] = frozenset()
    minutes_per_day: int = LEGAL_DAY_MINUTES

    # What follows is derived once, so that every question is a look-up.
    _key: tuple[object, ...] = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)
    _day: int = field(init=False, repr=False)  # working microseconds in a day
    _spans: tuple[tuple[int, int, int], ...] = field(
        init=False, repr=False
    )  # opens, closes, worked before opening
    _below: tuple[int, ...] = field(init=False, repr=False)  # working weekdays among the first n of a week
    _offsets: tuple[int, ...] = field(init=False, repr=False)  # Monday is 0
    _marks: tuple[int, ...] = field(init=False, repr=False)  # ordinals of days that break the rhythm
    _shifts: tuple[int, ...] = field(init=False, repr=False)  # surplus of working days before mark n
    _breaks: tuple["DaysOff", ...] = field(init=False, repr=False)  # in order
    _worked: tuple[date, ...] = field(init=False, repr=False)  # make-up days, in order
    _counts: tuple[int, ...] = field(init=False, repr=False)  # working days up to and including mark n

    def __post_init__(self) -> None:
        named = self.holidays if isinstance(self.holidays, Mapping) else dict.fromkeys(self.holidays, "")
        self._keep("hours", tuple((opens, closes) for opens, closes in self.hours))
        self._keep("weekdays", frozenset(self.weekdays))
        self._keep("holidays", MappingProxyType(dict(sorted(named.items()))))
        self._keep("makeup_days", frozenset(self.makeup_days))
        self._refuse_bad_hours()
        self._refuse_bad_weekdays()
        self._derive_hours()
        self._derive_days()
        self._derive_breaks()
        key = (
            self.hours,
            self.weekdays,
            tuple(self.holidays.items()),
            self.makeup_days,
            self.minutes_per_day,
        )
        self._keep("_key", key)
        self._keep("_hash", hash(key))

    def _keep(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _refuse_bad_hours(self) -> None:
        edges = [edge for stretch in self.hours for edge in stretch]
        if not edges or any(edge.tzinfo for edge in edges) or edges != sorted(set(edges)):
            raise NotACalendar(hours=[(str(opens), str(closes)) for opens, closes in self.hours])

    def _refuse_bad_weekdays(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(1, _DAYS_IN_WEEK + 1)):
            raise NotACalendar(weekdays=sorted(self.weekdays))
        if self.minutes_per_day <= 0:
            raise NotACalendar(minutes_per_day=self.minutes_per_day)

    def _derive_hours(self) -> None:
        spans, worked = [], 0
        for opens, closes in self.hours:
            start, end = _since_midnight(opens), _since_midnight(closes)
            spans.append((start, end, worked))
            worked += end - start
        self._keep("_spans", tuple(spans))
        self._keep("_day", worked)

    def _derive_days(self) -> None:
        self._keep("_offsets", tuple(sorted(day - 1 for day in self.weekdays)))
        self._keep("_below", tuple(sum(o < n for o in self._offsets) for n in range(_DAYS_IN_WEEK)))
        off = {d.toordinal(): -1 for d in self.holidays if d not in self.makeup_days and self._in_rhythm(d)}
        on = {d.toordinal(): 1 for d in self.makeup_days if not self._in_rhythm(d)}
        broken = sorted((off | on).items())
        self._keep("_marks", tuple(mark for mark, _ in broken))
        self._keep("_shifts", tuple(accumulate((delta for _, delta in broken), initial=0)))
        counts = (self._days_before(mark) + (delta > 0) for mark, delta in broken)
        self._keep("_counts", tuple(counts))

    def _derive_breaks(self) -> None:
        breaks: list[DaysOff] = []
        for mark in self._marks:
            on = date.fromordinal(mark)
            if on in self.makeup_days or (breaks and on <= breaks[-1].last):
                continue
            first = self._nth_day(self._days_before(mark) - 1) + timedelta(days=1)
            last = self._nth_day(self._days_before(mark)) - timedelta(days=1)
            names = [name for day, name in self.holidays.items() if name and first <= day <= last]
            breaks.append(DaysOff(first, last, tuple(dict.fromkeys(names))))
        self._keep("_breaks", tuple(breaks))
        self._keep("_worked", tuple(sorted(self.makeup_days)))

    def _in_rhythm(self, on: date) -> bool:
        return on.isoweekday() in self.weekdays

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WorkCalendar):
            return NotImplemented
        return self is other or self._key == other._key

    def __reduce__(self) -> tuple[object, ...]:
        facts = (self.hours, self.weekdays, dict(self.holidays), self.makeup_days, self.minutes_per_day)
        return WorkCalendar, facts

    @property
    def opening(self) -> time:
        """Return the first instant of an office day."""
        return self.hours[0][0]

    @property
    def closing(self) -> time:
        """Return the last instant of an office day."""
        return self.hours[-1][1]

    def amended(
        self, *, off: Mapping[date, str] | None = None, worked: Iterable[date] = ()
    ) -> "WorkCalendar":
        """Return this calendar with an agency's own rows on top: more days ``off``, days ``worked``."""
        added, opened = dict(off or {}), frozenset(worked)
        holidays = {d: name for d, name in {**self.holidays, **added}.items() if d not in opened}
        makeup = (self.makeup_days - added.keys()) | {d for d in opened if not self._in_rhythm(d)}
        return WorkCalendar(self.hours, self.weekdays, holidays, makeup, self.minutes_per_day)

    def _days_before(self, ordinal: int) -> int:
        """Return how many working days lie before the day ``ordinal``, counted from 0001-01-01 (a Monday)."""
        weeks, rest = divmod(ordinal - 1, _DAYS_IN_WEEK)
        return (
            weeks * len(self._offsets) + self._below[rest] + self._shifts[bisect_left(self._marks, ordinal)]
        )

    def _nth_day(self, n: int) -> date:
        """Return the working day that has ``n`` working days before it."""
        segment = bisect_right(self._counts, n)
        weeks, rest = divmod(n - self._shifts[segment], len(self._offsets))
        ordinal = weeks * _DAYS_IN_WEEK + self._offsets[rest] + 1
        if segment < len(self._marks):
            ordinal = min(ordinal, self._marks[segment])
        try:
            return date.fromordinal(ordinal)
        except (ValueError, OverflowError) as error:
            raise OutOfReach(working_days=n) from error

    def _position(self, local: datetime) -> int:
        """Return the working microseconds that lie before the local instant."""
        day = local.date()
        worked = self._days_before(day.toordinal()) * self._day
        if is_working_day(self, day):
            now = _since_midnight(local.time())
            worked += sum(min(now, closes) - opens for opens, closes, _ in self._spans if now > opens)
        return worked

    def _instant(self, position: int) -> datetime:
        """Return the first local instant after ``position`` > 0 working microseconds: closings stay."""
        day, rest = divmod(position - 1, self._day)
        rest += 1
        opens, _, before = next(span for span in reversed(self._spans) if span[2] < rest)
        return datetime.combine(self._nth_day(day), _MIDNIGHT) + timedelta(microseconds=opens + rest - before)


def _since_midnight(at: time) -> int:
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


def local(at: datetime) -> datetime:
    """Return ``at`` as a wall clock in Vietnam shows it, without zone."""
    try:
        return at.astimezone(VIETNAM).replace(tzinfo=None) if at.tzinfo else at
    except OverflowError as error:
        raise OutOfReach(at=at.isoformat()) from error


def like(at: datetime, model: datetime) -> datetime:
    """Return the local instant ``at`` in the form of ``model``: aware if that is aware."""
    return at.replace(tzinfo=VIETNAM) if model.tzinfo else at


def is_working_day(calendar: WorkCalendar, on: date) -> bool:
    """Tell whether the office works on this day. A make-up row is stronger than a holiday row."""
    if on in calendar.makeup_days:
        return True
    return on.isoweekday() in calendar.weekdays and on not in calendar.holidays


def is_working_instant(calendar: WorkCalendar, at: datetime) -> bool:
    """Tell whether the office is open at this instant; it is not at the instant of closing."""
    now = local(at)
    return is_working_day(calendar, now.date()) and any(a <= now.time() < b for a, b in calendar.hours)


def next_working_instant(calendar: WorkCalendar, at: datetime) -> datetime:
    """Return ``at`` if the office is open then, else the next opening."""
    now = local(at)
    if is_working_day(calendar, now.date()):
        clock = now.time()
        for opens, closes in calendar.hours:
            if clock < closes:
                return like(max(now, datetime.combine(now.date(), opens)), at)
    return like(opening_of(calendar, next_working_day(calendar, now.date())), at)


def next_working_day(calendar: WorkCalendar, after: date) -> date:
    """Return the first working day later than ``after``."""
    return calendar._nth_day(calendar._days_before(after.toordinal() + 1))


def working_day_on_or_after(calendar: WorkCalendar, on: date) -> date:
    """Return ``on`` if it is worked, else the next working day (Civil Code 2015, article 148.5)."""
    return calendar._nth_day(calendar._days_before(on.toordinal()))


def add_working_days(calendar: WorkCalendar, after: date, days: int) -> date:
    """Return the ``days``-th working day after ``after``, which itself is not counted (article 147.2).

    Zero gives the day itself, or the next working day. Negative numbers go back: −1 is the last working day
    before.
    """
    if days == 0:
        return working_day_on_or_after(calendar, after)
    ordinal = after.toordinal()
    if days > 0:
        return calendar._nth_day(calendar._days_before(ordinal + 1) + days - 1)
    return calendar._nth_day(calendar._days_before(ordinal) + days)


def working_days_between(calendar: WorkCalendar, after: date, until: date) -> int:
    """Return how many working days lie in (``after``, ``until``]; negative if reversed."""
    return calendar._days_before(until.toordinal() + 1) - calendar._days_before(after.toordinal() + 1)


def days_off_between(calendar: WorkCalendar, start: date, end: date) -> tuple[DaysOff, ...]:
    """Return the stretches of days off with a holiday that begin or end within the two days, in order."""
    begun = bisect_left(calendar._breaks, start, key=lambda stretch: stretch.last)
    return calendar._breaks[begun : bisect_right(calendar._breaks, end, key=lambda stretch: stretch.first)]


def makeup_days_between(calendar: WorkCalendar, start: date, end: date) -> tuple[date, ...]:
    """Return the make-up days within the two days, both included, in order."""
    return calendar._worked[bisect_left(calendar._worked, start) : bisect_right(calendar._worked, end)]


def opening_of(calendar: WorkCalendar, on: date) -> datetime:
    """Return the local instant at which the office opens on that day."""
    return datetime.combine(on, calendar.opening)


def closing_of(calendar: WorkCalendar, on: date) -> datetime:
    """Return the local instant at which the office closes on that day."""
    return datetime.combine(on, calendar.closing)


def add_working_minutes(
    calendar: WorkCalendar, at: datetime, minutes: int | float | Decimal | Fraction
) -> datetime:
    """Return the instant when ``minutes`` of working time have passed since ``at``.

    A result that falls exactly on a closing stays there (17:00, not 08:00 the next day). Zero moves ``at`` to
    the next working instant. Working time does not run backwards: a negative number is a ValueError.
    """
    added = round(minutes * _MINUTE)
    if added < 0:
        raise ValueError(f"working time does not run backwards: {minutes} minutes")
    if added == 0:
        return next_working_instant(calendar, at)
    return like(calendar._instant(calendar._position(local(at)) + added), at)


def working_minutes_between(calendar: WorkCalendar, start: datetime, end: datetime) -> float:
    """Return the minutes of working time from ``start`` to ``end``; negative if ``end`` is earlier.

    Exact for whole minutes; instants with seconds give a fraction.
    """
    return (calendar._position(local(end)) - calendar._position(local(start))) / _MINUTE
