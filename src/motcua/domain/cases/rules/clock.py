"""The clock of a dossier, computed from its events; nobody sets a due date by hand.

Source: Decree 118/2025/NĐ-CP art. 17 and 19; Decree 45/2020/NĐ-CP art. 11; procedures' own time limits. An
appointment once printed is never overwritten: a new one is a further event (NgayHenTraTruoc / NgayHenTraMoi).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from motcua.domain.cases.types import ClockEffect, Due, State
from motcua.domain.catalogue.types import LimitSpec
from motcua.kernel import calendar as working
from motcua.kernel.calendar import Limit, Mode, Pause, Unit, WorkCalendar
from motcua.kernel.clock import VIETNAM

RESPONSE_HOURS: Final = 8  #: the desk answers an online filing within 8 working hours (NĐ 45/2020 art. 11)
SOON_HOURS: Final = 4  #: an officer is warned half a working day ahead
PAUSED_STATES: Final = frozenset(
    {State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED, State.WITHDRAWAL_REQUESTED}
)
COUNTED_STATES: Final = frozenset({State.SUBMITTED, State.ACCEPTED, State.PROCESSING})


@dataclass(frozen=True, slots=True)
class Tick:
    """One event of the clock. ``promised`` is the new appointment of a REAPPOINT."""

    at: datetime
    effect: ClockEffect
    promised: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock shows after its events."""

    started_at: datetime | None = None
    due_at: datetime | None = None  #: as if it runs on; meaningless for a citizen while ``paused``
    first_due_at: datetime | None = None
    paused_since: datetime | None = None
    stopped_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()


def limit_of(spec: LimitSpec) -> Limit:
    """Return the kernel's limit for a definition's."""
    return Limit(Decimal(spec.value), Unit(spec.unit), Mode(spec.mode), spec.cutoff)


def read(ticks: Iterable[Tick], limit: Limit, calendar: WorkCalendar) -> Reading:
    """Return the reading after ``ticks``, oldest first.

    A pause inside a pause ends with the outer one. A pause before the start counts for nothing. After a new
    appointment, later pauses move that appointment by the working time they took.
    """
    reading, depth = Reading(), 0
    promised: datetime | None = None
    for tick in ticks:
        if tick.effect is ClockEffect.PAUSE:
            depth += 1
        elif tick.effect in {ClockEffect.RESUME, ClockEffect.RESTART}:
            depth = max(0, depth - 1)
            if depth:
                continue
        reading, promised = _after(reading, tick, promised, calendar)
        if reading.started_at is not None:
            due = promised or working.due(calendar, reading.started_at, limit, pauses=reading.pauses).at
            reading = replace(reading, due_at=due, first_due_at=reading.first_due_at or due)
    return reading


def _after(
    reading: Reading, tick: Tick, promised: datetime | None, calendar: WorkCalendar
) -> tuple[Reading, datetime | None]:
    match tick.effect:
        case ClockEffect.START:
            return replace(reading, started_at=tick.at), promised
        case ClockEffect.PAUSE:
            return replace(reading, paused_since=reading.paused_since or tick.at), promised
        case ClockEffect.RESUME | ClockEffect.RESTART:
            return _resumed(reading, tick, promised, calendar)
        case ClockEffect.REAPPOINT:
            return reading, tick.promised
        case ClockEffect.STOP:
            return replace(reading, stopped_at=tick.at), promised
        case ClockEffect.NONE:
            return reading, promised


def _resumed(
    reading: Reading, tick: Tick, promised: datetime | None, calendar: WorkCalendar
) -> tuple[Reading, datetime | None]:
    since = reading.paused_since
    if since is None or reading.started_at is None:
        return replace(reading, paused_since=None), promised
    if tick.effect is ClockEffect.RESTART:
        return replace(reading, started_at=tick.at, paused_since=None, pauses=()), None
    if promised is not None:
        lost = working.working_minutes_between(calendar, since, tick.at)
        return replace(reading, paused_since=None), working.add_working_minutes(calendar, promised, lost)
    return replace(reading, paused_since=None, pauses=(*reading.pauses, Pause(since, tick.at))), None


def respond_by(calendar: WorkCalendar, filed_at: datetime) -> datetime:
    """Return by when the desk must accept, decline or ask for papers."""
    return working.add_working_minutes(calendar, filed_at, RESPONSE_HOURS * 60)


def step_by(calendar: WorkCalendar, begun_at: datetime, hours: Decimal, due_at: datetime | None) -> datetime:
    """Return by when a step of ``hours`` working hours must be done: never after the appointment."""
    own = working.add_working_minutes(calendar, begun_at, int(hours * 60))
    return own if due_at is None else min(own, due_at)


def answer_by(calendar: WorkCalendar, asked_on: date, working_days: int) -> date:
    """Return the last day on which the citizen may send what is missing."""
    return working.add_working_days(calendar, asked_on, working_days)


def end_of(day: date) -> datetime:
    """Return the last instant of a day in Vietnam: what is sent by midnight is in time."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=VIETNAM)


def soon_until(calendar: WorkCalendar, now: datetime) -> datetime:
    """Return the instant up to which a step counts as due soon."""
    return working.add_working_minutes(calendar, now, SOON_HOURS * 60)


def urgency(state: State, act_by: datetime | None, *, now: datetime, soon: datetime) -> Due:
    """Return how urgent a dossier is. Equal to the appointment is on time (766 index, criterion 2.1)."""
    if state in PAUSED_STATES:
        return Due.PAUSED
    if state not in COUNTED_STATES or act_by is None:
        return Due.NONE
    if now > act_by:
        return Due.OVERDUE
    return Due.SOON if act_by <= soon else Due.ON_TIME


def is_late(finished_at: datetime | None, due_at: datetime | None) -> bool:
    """Return whether a finish came after the appointment; equal is on time."""
    return finished_at is not None and due_at is not None and finished_at > due_at


def ticks(effects: Sequence[tuple[datetime, ClockEffect, datetime | None]]) -> list[Tick]:
    """Return the ticks among history rows (at, effect, promised)."""
    return [Tick(at, effect, promised) for at, effect, promised in effects if effect is not ClockEffect.NONE]
