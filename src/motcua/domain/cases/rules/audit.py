"""Tell the course of a dossier from its leaves in the ledger alone, and say where the tables tell it differently.

Source: Decree 118/2025/NĐ-CP art. 17 and 19 (what stops and moves the clock); Decision 766/QĐ-TTg, criterion 2.1.
The only thing besides the leaves is the working calendar of the office, which is public. No database, no clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from motcua.domain.cases.rules import clock, figures
from motcua.domain.cases.rules.clock import Reading, Tick
from motcua.domain.cases.types import ClockEffect, Differs, Disagreement, State, Step
from motcua.kernel.calendar import Limit, Mode, Unit, WorkCalendar

#: effects after which a leaf tells the limit: the answers, and with them the limit, may have changed
COUNTED_ANEW: Final = frozenset({ClockEffect.START, ClockEffect.RESUME, ClockEffect.RESTART})
TAKEN_IN: Final = frozenset({Step.ACCEPT, Step.REGISTER})


class Line(NamedTuple):
    """One deed, as the ledger or the history tells it."""

    number: int
    step: str
    state: str
    clock: str
    at: datetime
    role: str
    seat_id: UUID | None
    person_id: UUID | None
    promised_at: datetime | None


class Columns(NamedTuple):
    """What the tables say of a dossier, apart from its history."""

    code: str
    agency_id: UUID
    procedure_code: str
    channel: str
    state: str
    submitted_at: datetime
    accepted_at: datetime | None
    finished_at: datetime | None
    due_at: datetime | None
    first_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Course:
    """A dossier as its leaves tell it. Fields are None where old leaves do not tell."""

    code: str
    agency_id: UUID | None
    procedure_code: str | None
    channel: str | None
    lines: tuple[Line, ...]
    limit: Limit | None
    printed_due_at: datetime | None  #: the appointment as it was when the limit began

    @property
    def ticks(self) -> list[Tick]:
        return clock.ticks([(line.at, ClockEffect(line.clock), line.promised_at) for line in self.lines])


def limit_text(limit: Limit) -> str:
    """Return a limit as leaves tell it: ``5 working_day rolling 15:00``."""
    parts = [f"{Decimal(limit.value).normalize():f}", limit.unit, limit.mode]
    return " ".join([*parts, f"{limit.cutoff:%H:%M}"] if isinstance(limit.cutoff, time) else parts)


def limit_from(text: str) -> Limit:
    """Return the limit a leaf tells."""
    value, unit, mode, *cutoff = text.split(" ")
    at = time.fromisoformat(cutoff[0]) if cutoff else None
    return Limit(Decimal(value), Unit(unit), Mode(mode), at)


def line_of(
    nth: int,
    deed: str,
    at: datetime,
    *,
    role: str,
    seat_id: UUID | None,
    person_id: UUID | None,
    facts: Mapping[str, Any],
) -> Line:
    """Return the line a leaf tells; ``nth`` stands for its number if it tells none."""
    return Line(
        facts.get("nth", nth),
        deed.removeprefix("cases."),
        facts["state"],
        facts["clock"],
        at,
        role,
        seat_id,
        person_id,
        _instant(facts.get("promised_at")),
    )


def course_of(lines: Sequence[Line], facts: Sequence[Mapping[str, Any]]) -> Course:
    """Return the course that lines and the facts of their leaves, both in the order of the log, tell."""
    first = facts[0]
    limits = [told["limit"] for told in facts if "limit" in told]
    dues = [told["due_at"] for told in facts if "due_at" in told]
    return Course(
        first["code"],
        UUID(first["agency"]) if "agency" in first else None,
        first.get("procedure"),
        first.get("channel"),
        tuple(sorted(lines, key=lambda line: line.number)),
        limit_from(limits[-1]) if limits else None,
        _instant(dues[0]) if dues else None,
    )


def reading_of(course: Course, calendar: WorkCalendar) -> Reading | None:
    """Return what the clock shows at the end of a course; None where no leaf tells the limit it began with."""
    if course.limit is None:
        began = any(line.clock == ClockEffect.START for line in course.lines)
        return None if began else clock.read(course.ticks, Limit(1, Unit.WORKING_DAY), calendar)
    return clock.read(course.ticks, course.limit, calendar)


def ended_at(lines: Sequence[Line]) -> datetime | None:
    """Return the instant a dossier counts as finished at: when the clock stopped for good.

    One that was never answered, or was withdrawn, ended when its clock was paused, not when the file was closed.
    """
    paused: list[datetime] = []
    for line in lines:
        match line.clock:
            case ClockEffect.PAUSE:
                paused.append(line.at)
            case ClockEffect.RESUME | ClockEffect.RESTART:
                paused = paused[:-1]
            case ClockEffect.STOP:
                return paused[0] if paused else line.at
    return None


def stopped_at(lines: Sequence[Line]) -> datetime | None:
    """Return when the last deed that ends a dossier was done."""
    return next((line.at for line in reversed(lines) if line.clock == ClockEffect.STOP), None)


def is_on_time(lines: Sequence[Line], due_at: datetime | None) -> bool | None:
    """Return whether an ended dossier counts as on time; None while it runs or if no limit began."""
    ended = ended_at(lines)
    if ended is None or due_at is None or lines[-1].state == State.NOT_ACCEPTED:
        return None
    steps = [line.step for line in lines]
    appointments, requests = 1 + steps.count(Step.REAPPOINT), steps.count(Step.ASK_SUPPLEMENT)
    return not figures.is_late(ended, due_at, appointments=appointments, requests=requests)


def disagreements(
    dossier_id: UUID,
    course: Course,
    reading: Reading | None,
    columns: Columns,
    history: Sequence[Line],
) -> Iterator[Disagreement]:
    """Yield everything in which the tables differ from the course the ledger tells."""

    def differs(field: str, ledger: object, table: object, kind: Differs = Differs.VALUE) -> Disagreement:
        return Disagreement(kind, dossier_id, course.code, field, _shown(ledger), _shown(table))

    for field, told, stands in _told(course, columns):
        if told != stands:
            yield differs(field, told, stands)
    for line, row in zip(course.lines, history, strict=False):
        for field, told, stands in zip(Line._fields, line, row, strict=True):
            if told != stands:
                yield differs(f"history.{line.number}.{field}", told, stands)
    for line in course.lines[len(history) :]:
        yield differs(f"history.{line.number}", line.step, None, Differs.ROW_MISSING)
    for row in history[len(course.lines) :]:
        yield differs(f"history.{row.number}", None, row.step, Differs.LEAVES_MISSING)
    if reading is not None:
        yield from _dues(course, reading, columns, differs)


def due_told(course: Course, reading: Reading | None) -> datetime | None:
    """Return the appointment in force: as printed, unless something moved it; then as recomputed."""
    if reading is None:
        return course.printed_due_at
    return reading.due_at if _was_moved(course) else course.printed_due_at or reading.due_at


def _was_moved(course: Course) -> bool:
    moving = {ClockEffect.RESUME, ClockEffect.RESTART, ClockEffect.REAPPOINT}
    return any(line.clock in moving for line in course.lines)


def _told(course: Course, columns: Columns) -> list[tuple[str, object, object]]:
    lines = course.lines
    accepted = next((line.at for line in lines if line.step in TAKEN_IN), None)
    told: list[tuple[str, object, object]] = [
        ("code", course.code, columns.code),
        ("state", lines[-1].state, columns.state),
        ("submitted_at", lines[0].at, columns.submitted_at),
        ("accepted_at", accepted, columns.accepted_at),
        ("finished_at", stopped_at(lines), columns.finished_at),
    ]
    if course.agency_id is not None:
        told += [
            ("agency_id", course.agency_id, columns.agency_id),
            ("procedure_code", course.procedure_code, columns.procedure_code),
            ("channel", course.channel, columns.channel),
        ]
    return told


def _dues(course: Course, reading: Reading, columns: Columns, differs: Any) -> Iterator[Disagreement]:  # noqa: ANN401
    paused = State(course.lines[-1].state) in clock.PAUSED_STATES
    printed, now = course.printed_due_at, reading.due_at
    pairs = [("first_due_at", reading.first_due_at, columns.first_due_at, printed)]
    if not paused:
        pairs.append(("due_at", now, columns.due_at, None if _was_moved(course) else printed))
    elif columns.due_at is not None:
        yield differs("due_at", None, columns.due_at)
    for field, recomputed, stands, told in pairs:
        if stands == told is not None:
            if recomputed != told:
                yield differs(field, recomputed, stands, Differs.CALENDAR)
        elif stands != recomputed:
            yield differs(field, told or recomputed, stands)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)
