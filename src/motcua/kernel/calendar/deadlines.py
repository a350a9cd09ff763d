"""When an answer is due – *thời hạn giải quyết* – and how that was counted.

Source: Decree 118/2025/NĐ-CP and Circular 03/2025/TT-VPCP (working hours, cut-offs, supplements); Civil Code
2015, articles 147 and 148 (days, months, a term ending on a day off); Decree 297/2025/NĐ-CP (last-hour
cut-off, restart after a complete dossier); Decision 766/QĐ-TTg (supplement time is subtracted).

Everything here is a pure function of its arguments. The explanation is a tuple of structured steps;
interfaces turn them into sentences.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from math import ceil

from motcua.kernel.calendar.working_time import (
    OutOfReach,
    WorkCalendar,
    add_working_days,
    add_working_minutes,
    closing_of,
    days_off_between,
    is_working_day,
    like,
    local,
    makeup_days_between,
    next_working_day,
    next_working_instant,
    opening_of,
    working_day_on_or_after,
    working_days_between,
    working_minutes_between,
)
from motcua.kernel.errors import Invalid

_MONTHS_IN_YEAR = 12
_LARGEST_LIMIT = 1_000_000
_REMEMBERED = 16_384
_MIDNIGHT = time()


class Unit(StrEnum):
    WORKING_HOUR = "working_hour"  #: giờ làm việc; always rolling
    WORKING_DAY = "working_day"  #: ngày làm việc
    CALENDAR_DAY = "calendar_day"  #: ngày; a last day off moves to the next working day
    MONTH = "month"  #: tháng; same day number, or the end of a shorter month


class Mode(StrEnum):
    ROLLING = "rolling"  #: from the hour of receipt, ends at the same hour
    DATE = "date"  #: the first day is not counted, ends at closing


class CutOff(StrEnum):
    LAST_HOUR = "1h"  #: one hour before closing (Decree 297/2025)


class NotALimit(Invalid):
    """The amount, unit, mode or cut-off of a limit cannot be counted with."""

    code = "calendar.not_a_limit"


class PauseBackwards(Invalid):
    """A pause ends before it begins."""

    code = "calendar.pause_backwards"


class RestartTooEarly(Invalid):
    """The clock cannot restart before the dossier was received."""

    code = "calendar.restart_too_early"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many hours, days or months, and how they are counted.

    ``value`` may be a fraction of working hours or, in rolling mode, of working days (half a day is four
    hours); in date mode a begun working day counts whole. Calendar days and months are whole. Zero is the
    same day: in date mode due at closing. ``cutoff`` is the time of day from which a receipt counts as one of
    the next working day, at opening.
    """

    value: Decimal | int
    unit: Unit
    mode: Mode = Mode.ROLLING
    cutoff: time | CutOff | None = None

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "unit", Unit(self.unit))
            object.__setattr__(self, "mode", Mode(self.mode))
        except ValueError as error:
            raise NotALimit(unit=str(self.unit), mode=str(self.mode)) from error
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal):
            raise NotALimit(value=repr(self.value))
        if isinstance(self.value, Decimal) and not self.value.is_finite():
            raise NotALimit(value=str(self.value))
        if not 0 <= self.value <= _LARGEST_LIMIT:
            raise NotALimit(value=str(self.value), least=0, most=_LARGEST_LIMIT)
        if self.unit in (Unit.CALENDAR_DAY, Unit.MONTH) and self.value != int(self.value):
            raise NotALimit(value=str(self.value), unit=self.unit.value)

    @classmethod
    def read(cls, value: object, unit: str, mode: str = Mode.ROLLING, cutoff: str | None = None) -> "Limit":
        """Return the limit written in words, as on a command line or in a definition. Raises NotALimit."""
        try:
            amount = Decimal(str(value).strip()) if not isinstance(value, bool) else None
        except InvalidOperation:
            amount = None
        if amount is None or not str(value).isascii():
            raise NotALimit(value=str(value))
        if amount.is_finite() and abs(amount) <= _LARGEST_LIMIT and amount == int(amount):
            amount = Decimal(int(amount))
        try:
            return cls(amount, Unit(unit), Mode(mode), read_cutoff(cutoff))
        except ValueError as error:
            raise NotALimit(unit=str(unit), mode=str(mode)) from error


def read_cutoff(text: str | None) -> time | CutOff | None:
    """Return the cut-off written as ``15:00``, ``15h``, ``1h`` or ``last_hour``, or None for none."""
    word = (text or "").strip().lower()
    if word in ("", "none"):
        return None
    if word in ("1h", "last_hour"):
        return CutOff.LAST_HOUR
    clock = word.removesuffix("h").zfill(2) + ":00" if word.endswith("h") else word
    try:
        at = time.fromisoformat(clock)
    except ValueError as error:
        raise NotALimit(cutoff=word) from error
    if at.tzinfo:
        raise NotALimit(cutoff=word)
    return at


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from ``start`` until the answer; ``until`` is None while none has come."""

    start: datetime
    until: datetime | None = None


class StepKind(StrEnum):
    RECEIVED = "received"  #: start: the receipt
    RESTARTED = "restarted"  #: start: the complete dossier came; what was counted before is void
    CUT_OFF = "cut_off"  #: start: late receipt; end: counted from then
    OPENED = "opened"  #: start: receipt outside office hours; end: the opening from which time is counted
    COUNTED = "counted"  #: start: counting begins; limit: what is added
    DAYS_OFF = "days_off"  #: start, end: first and last of neighbouring days off with a holiday; names
    MAKEUP_DAY = "makeup_day"  #: start: a day worked instead of another
    PAUSED = "paused"  #: start, end: the pause (end is None while it lasts); minutes: working time it holds
    MOVED = "moved"  #: start: last day, not worked; end: the working day it moves to
    DUE = "due"  #: start: the result


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the counting: what happened, when, and the facts its kind names. Instants are local."""

    kind: StepKind
    start: datetime
    end: datetime | None = None
    limit: Limit | None = None
    minutes: float | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """When the answer is due and why.

    While the clock stands (``paused_since``), ``at`` is the earliest it can be: the deadline if the clock ran
    on from the beginning of the pause. Nothing finished or looked at after that beginning is late.
    """

    at: datetime
    explanation: tuple[Step, ...]
    paused_since: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Tell whether the clock runs, that is, whether ``at`` is final as things stand."""
        return self.paused_since is None

    def is_late(self, at: datetime) -> bool:
        """Tell whether an answer at that instant is late; the very instant is on time (Decision 766)."""
        now = local(at)
        return now > local(self.at) and (self.paused_since is None or now < local(self.paused_since))


def due(
    calendar: WorkCalendar,
    received: datetime,
    limit: Limit,
    *,
    pauses: Iterable[Pause] = (),
    restarted_at: datetime | None = None,
) -> Due:
    """Return when a dossier received at that instant is due.

    Pauses may overlap, touch, begin or end outside office hours; they freeze what remains, and the clock
    resumes at the next working instant after the answer. A pause that begins at or after the deadline changes
    nothing. In date mode, calendar days and months, whole remaining days are frozen. A restart voids
    everything before it, pauses included, and counts the same limit afresh. Results are remembered: asking
    again costs about two microseconds.
    """
    return _due(calendar, received, limit, tuple(pauses), restarted_at)


@lru_cache(maxsize=_REMEMBERED)
def _due(
    calendar: WorkCalendar,
    received: datetime,
    limit: Limit,
    pauses: tuple[Pause, ...],
    restarted_at: datetime | None,
) -> Due:
    entered = local(received)
    steps = [Step(StepKind.RECEIVED, entered)]
    if restarted_at is not None:
        if local(restarted_at) < entered:
            raise RestartTooEarly(received=entered.isoformat(), restarted_at=local(restarted_at).isoformat())
        entered = local(restarted_at)
        steps.append(Step(StepKind.RESTARTED, entered))
        pauses = tuple(pause for pause in pauses if local(pause.start) >= entered)
    stops = _merged(pauses)

    count = _count_minutes if _rolls(limit) else _count_days
    start, end, passed, paused_since = count(calendar, entered, limit, stops)
    if start != entered:
        kind = StepKind.CUT_OFF if _is_cut_off(calendar, entered, limit.cutoff) else StepKind.OPENED
        steps.append(Step(kind, entered, start))
    steps.append(Step(StepKind.COUNTED, start, limit=limit))
    if limit.unit in (Unit.WORKING_HOUR, Unit.WORKING_DAY):
        passed += _days_worth_a_word(calendar, start, end)
        passed.sort(key=lambda step: step.start)
    steps += passed
    steps.append(Step(StepKind.DUE, end))
    since = like(paused_since, received) if paused_since else None
    return Due(like(end, received), tuple(steps), since)


def _rolls(limit: Limit) -> bool:
    return limit.unit is Unit.WORKING_HOUR or (limit.unit is Unit.WORKING_DAY and limit.mode is Mode.ROLLING)


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Return the pauses in local time and order, overlapping or touching ones as one."""
    merged: list[Pause] = []
    pairs = [(local(pause.start), local(pause.until) if pause.until else None) for pause in pauses]
    for start, until in sorted(pairs, key=lambda pair: pair[0]):
        if until is not None and until < start:
            raise PauseBackwards(start=start.isoformat(), until=until.isoformat())
        last = merged[-1] if merged else None
        if last is None or (last.until is not None and start > last.until):
            merged.append(Pause(start, until))
        elif last.until is not None and (until is None or until > last.until):
            merged[-1] = Pause(last.start, until)
    return merged


def counted_from(calendar: WorkCalendar, received: datetime, cutoff: time | CutOff | None = None) -> datetime:
    """Return the working instant from which a receipt counts: moved by the cut-off, then to office hours."""
    at = local(received)
    if _is_cut_off(calendar, at, cutoff):
        at = opening_of(calendar, next_working_day(calendar, at.date()))
    return like(next_working_instant(calendar, at), received)


def _is_cut_off(calendar: WorkCalendar, at: datetime, cutoff: time | CutOff | None) -> bool:
    if cutoff is None or not is_working_day(calendar, at.date()):
        return False
    if cutoff is CutOff.LAST_HOUR:
        return at >= closing_of(calendar, at.date()) - timedelta(hours=1)
    return at >= datetime.combine(
        at.date(), time(cutoff.hour, cutoff.minute, cutoff.second, cutoff.microsecond)
    )


def minutes_of(calendar: WorkCalendar, limit: Limit) -> int:
    """Return what a limit of working hours or days is worth in whole working minutes."""
    return round(limit.value * (60 if limit.unit is Unit.WORKING_HOUR else calendar.minutes_per_day))


def _count_minutes(
    calendar: WorkCalendar, entered: datetime, limit: Limit, pauses: list[Pause]
) -> tuple[datetime, datetime, list[Step], datetime | None]:
    """Count working minutes from the hour of receipt."""
    start = now = counted_from(calendar, entered, limit.cutoff)
    remaining: float = minutes_of(calendar, limit)
    end, passed = add_working_minutes(calendar, now, remaining), []
    for pause in pauses:
        if pause.start >= end:
            break
        passed.append(_pause_step(calendar, pause))
        if pause.until is None:
            return start, end, passed, pause.start
        remaining -= max(0.0, working_minutes_between(calendar, now, pause.start))
        now = max(now, next_working_instant(calendar, pause.until))
        end = add_working_minutes(calendar, now, remaining)
    return start, end, passed, None


def _count_days(
    calendar: WorkCalendar, entered: datetime, limit: Limit, pauses: list[Pause]
) -> tuple[datetime, datetime, list[Step], datetime | None]:
    """Count days or months from the date of receipt, which itself is not counted; due at closing.

    With a cut-off, whatever comes when the office is closed counts as of the next working day, so that a
    receipt on Saturday is never due before one on Friday afternoon.
    """
    start = counted_from(calendar, entered, limit.cutoff) if limit.cutoff is not None else entered
    last = _last_day(calendar, start.date(), limit)
    end, passed = closing_of(calendar, working_day_on_or_after(calendar, last)), []
    for pause in pauses:
        if pause.start >= end:
            break
        passed.append(_pause_step(calendar, pause))
        if pause.until is None:
            return start, end, passed, pause.start
        stopped = max(start.date(), next_working_instant(calendar, pause.start).date())
        resumed = max(start.date(), next_working_instant(calendar, pause.until).date())
        last = _resumed_last_day(calendar, limit, last, stopped, resumed)
        end = closing_of(calendar, working_day_on_or_after(calendar, last))
    worked = closing_of(calendar, last)
    if worked != end:
        passed.append(Step(StepKind.MOVED, worked, end))
    return start, end, passed, None


def _last_day(calendar: WorkCalendar, first: date, limit: Limit) -> date:
    if limit.unit is Unit.WORKING_DAY:
        return add_working_days(calendar, first, ceil(limit.value))
    if limit.unit is Unit.MONTH:
        return _add_months(first, int(limit.value))
    return _add_days(first, int(limit.value))


def _resumed_last_day(calendar: WorkCalendar, limit: Limit, last: date, stopped: date, resumed: date) -> date:
    """Return the last day after a pause: what remained when the clock stopped, from the resumption."""
    if limit.unit is Unit.WORKING_DAY:
        return add_working_days(calendar, resumed, max(0, working_days_between(calendar, stopped, last)))
    return _add_days(resumed, max(0, (last - stopped).days))


def _add_days(first: date, days: int) -> date:
    try:
        return first + timedelta(days=days)
    except OverflowError as error:
        raise OutOfReach(days=days) from error


def _add_months(first: date, months: int) -> date:
    """Return the same day number so many months on, or the end of a shorter month (article 148.4)."""
    years, month = divmod(first.month - 1 + months, _MONTHS_IN_YEAR)
    year = first.year + years
    if year > date.max.year:
        raise OutOfReach(months=months)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def _pause_step(calendar: WorkCalendar, pause: Pause) -> Step:
    held = working_minutes_between(calendar, pause.start, pause.until) if pause.until else None
    return Step(StepKind.PAUSED, pause.start, pause.until, minutes=held)


def _days_worth_a_word(calendar: WorkCalendar, start: datetime, end: datetime) -> Iterator[Step]:
    """Yield the stretches of days off with a holiday, and the make-up days, between the two instants."""
    for off in days_off_between(calendar, start.date(), end.date()):
        first, last = datetime.combine(off.first, _MIDNIGHT), datetime.combine(off.last, _MIDNIGHT)
        yield Step(StepKind.DAYS_OFF, first, last, names=off.names)
    for on in makeup_days_between(calendar, start.date(), end.date()):
        yield Step(StepKind.MAKEUP_DAY, datetime.combine(on, _MIDNIGHT))


def net_working_minutes(
    calendar: WorkCalendar,
    received: datetime,
    finished: datetime,
    *,
    pauses: Iterable[Pause] = (),
) -> float:
    """Return the working minutes an office used: from receipt to finish, without those that lie in pauses."""
    end = local(finished)
    used = max(0.0, working_minutes_between(calendar, received, end))
    for pause in _merged(pauses):
        start, until = max(pause.start, local(received)), min(pause.until or end, end)
        used -= max(0.0, working_minutes_between(calendar, start, until))
    return used
