"""``motcua deadline``: when is an answer due, and why. One question by options, or many as JSON lines.

Neither Django nor the database is touched. A line on standard input is read by the keys it has; the shapes
are those of the published deadline vectors (cases, pauses, restarts, answer windows, automatic closing,
apologies, chains, petitions, reporting periods).
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from motcua.interfaces.design.deadlines import sentences
from motcua.kernel.calendar import (
    Due,
    Limit,
    NotALimit,
    NotAPeriod,
    OutOfReach,
    Pause,
    PeriodKind,
    Unit,
    WorkCalendar,
    chain,
    closing_of,
    due,
    last_day_to_supplement,
    latest_apology_date,
    net_working_minutes,
    petition_dates,
    report_period,
    response_due,
    vietnam,
)
from motcua.kernel.calendar.working_time import LEGAL_DAY_MINUTES
from motcua.kernel.errors import Invalid, Refusal

Line = Mapping[str, Any]
Answer = dict[str, object]

_YEARS_AHEAD = 15
_FIRST_YEAR, _LAST_YEAR = 1995, 2099  # the library knows the holidays of these years


class BadLine(Invalid):
    """A line is not a JSON object of one of the known shapes."""

    code = "deadline.bad_line"


class BadInstant(Invalid):
    """A date or time is not written as ISO 8601: 2026-02-11T09:00."""

    code = "deadline.bad_instant"


class BadCalendarFile(Invalid):
    """The calendar file cannot be read or lacks holidays, hours or weekdays."""

    code = "deadline.bad_calendar_file"


@dataclass(frozen=True, slots=True)
class Habits:
    """What a line that does not say otherwise is counted with."""

    calendar: WorkCalendar | None
    mode: str
    cutoff: str | None
    lang: str

    def calendar_for(self, at: datetime) -> WorkCalendar:
        """Return the calendar given, or the national one around that year."""
        if self.calendar is not None:
            return self.calendar
        first = min(max(at.year - 1, _FIRST_YEAR), _LAST_YEAR)
        return vietnam(range(first, min(first + _YEARS_AHEAD, _LAST_YEAR) + 1))


def deadline(  # noqa: PLR0917 – typer reads options from positional parameters
    received: Annotated[str | None, typer.Option(help="Instant of receipt, 2026-02-11T09:00.")] = None,
    limit: Annotated[
        str | None, typer.Option(help="How many units; may be a fraction of days or hours.")
    ] = None,
    unit: Annotated[
        str, typer.Option(help="working_hour, working_day, calendar_day or month.")
    ] = "working_day",
    mode: Annotated[
        str, typer.Option(help="rolling (same hour) or date (first day not counted).")
    ] = "rolling",
    cutoff: Annotated[str | None, typer.Option(help="15:00, or 1h for the last hour before closing.")] = None,
    pause: Annotated[list[str] | None, typer.Option(help="FROM/TO; FROM/ while no answer has come.")] = None,
    restart: Annotated[
        str | None, typer.Option(help="When the dossier was complete: counted afresh.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Read one JSON object a line, answer one a line.")
    ] = False,
    calendar: Annotated[Path | None, typer.Option(help="JSON file with holidays and office hours.")] = None,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Count when an answer is due – tính thời hạn giải quyết."""
    try:
        habits = Habits(read_calendar(calendar) if calendar else None, mode, cutoff, lang)
    except Refusal as refusal:
        typer.echo(_json({"error": refusal.code, **refusal.facts}))
        raise typer.Exit(1) from refusal
    if stdin:
        raise typer.Exit(0 if _answer_lines(habits) else 1)
    if received is None or limit is None:
        raise typer.BadParameter("--received and --limit are needed, or --stdin")
    line: dict[str, Any] = {"received": received, "value": limit, "unit": unit}
    if pause:
        line["pauses"] = [pair.split("/", 1) if "/" in pair else [pair, None] for pair in pause]
    if restart:
        line["supplemented_at"] = restart
    try:
        answer = _counted(habits, line)
    except Refusal as refusal:
        typer.echo(_json({"error": refusal.code, **refusal.facts}))
        raise typer.Exit(1) from refusal
    if as_json:
        typer.echo(_json(answer))
    else:
        for sentence in _listed(answer["explanation"]):
            typer.echo(sentence)


def _listed(told: object) -> list[str]:
    return list(told) if isinstance(told, list) else []


def _answer_lines(habits: Habits) -> bool:
    """Answer every line of standard input; a bad one gets its error and does not stop the others."""
    all_well = True
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        if not raw.strip():
            continue
        name: object = None
        try:
            line = read_line(raw)
            name = line.get("id")
            answer = answer_line(habits, line)
        except Refusal as refusal:
            all_well = False
            answer = {"error": refusal.code, "line": number, **refusal.facts}
        sys.stdout.write(_json({"id": name, **answer} if name is not None else answer) + "\n")
    sys.stdout.flush()
    return all_well


def read_line(raw: bytes) -> Line:
    """Return the JSON object on a line. Raises BadLine."""
    try:
        line = json.loads(raw, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise BadLine(reason="not JSON") from error
    if not isinstance(line, dict):
        raise BadLine(reason="not an object")
    return line


def answer_line(habits: Habits, line: Line) -> Answer:
    """Return the answer to a line, by the first shape whose keys it has. Raises a Refusal."""
    for keys, answer in _SHAPES:
        if keys <= line.keys():
            return answer(habits, line)
    raise BadLine(reason="unknown shape", keys=sorted(map(str, line)))


def _counted(habits: Habits, line: Line) -> Answer:
    received = _instant(line, "received")
    calendar, limit, pauses = habits.calendar_for(received), _limit(habits, line), _pauses(line)
    restarted_at = _instant(line, "supplemented_at") if line.get("supplemented_at") is not None else None
    found = due(calendar, received, limit, pauses=pauses, restarted_at=restarted_at)
    answer: Answer = {"due": _written(found.at) if found.is_running else None}
    if found.paused_since is not None:
        answer |= {"paused_since": _written(found.paused_since), "earliest_due": _written(found.at)}
    if "pauses" in line:
        answer["original_due"] = _written(due(calendar, received, limit).at)
        answer["due_after_pauses"] = answer["due"]
        answer |= _finish(calendar, line, found)
    return answer | {"explanation": sentences(found, habits.lang)}


def _finish(calendar: WorkCalendar, line: Line, found: Due) -> Answer:
    """Return what is said of a paused dossier that is finished: working minutes used, and whether late."""
    if line.get("finished") is None:
        return {}
    received, finished = _instant(line, "received"), _instant(line, "finished")
    used = net_working_minutes(calendar, received, finished, pauses=_pauses(line))
    return {"net_working_minutes": used, "late": found.is_late(finished)}


def _window(habits: Habits, line: Line) -> Answer:
    submitted = _instant(line, "submitted")
    hours = Limit.read(line["hours"], Unit.WORKING_HOUR).value
    return {"due": _written(response_due(habits.calendar_for(submitted), submitted, hours))}


def _auto_close(habits: Habits, line: Line) -> Answer:
    requested = _instant(line, "requested")
    calendar = habits.calendar_for(requested)
    days = int(Limit.read(line["days"], Unit.CALENDAR_DAY).value)
    last = last_day_to_supplement(calendar, requested, days)
    return {"last_day": last.isoformat(), "due": _written(closing_of(calendar, last))}


def _apology(habits: Habits, line: Line) -> Answer:
    due_at = _instant(line, "due")
    latest = latest_apology_date(habits.calendar_for(due_at), due_at)
    return {"latest_apology_date": latest.isoformat(), "due": _written(due_at)}


def _chain(habits: Habits, line: Line) -> Answer:
    received = _instant(line, "received")
    stages = line["stages"]
    if (
        not isinstance(stages, list)
        or not stages
        or not all(isinstance(s, list) and len(s) > 1 for s in stages)
    ):
        raise BadLine(reason="stages are [name, working days]")
    limits = [Limit.read(stage[1], Unit.WORKING_DAY, habits.mode, habits.cutoff) for stage in stages]
    links = chain(habits.calendar_for(received), received, limits)
    told = [[stage[0], stage[1], _written(link.at)] for stage, link in zip(stages, links, strict=True)]
    return {"stages": told, "due": _written(links[-1].at)}


def _petition(habits: Habits, line: Line) -> Answer:
    received = _instant(line, "received")
    calendar = habits.calendar_for(received)
    found = petition_dates(calendar, received)
    return {
        "reject_by": found.reject_by.isoformat(),
        "ask_supplement_by": found.ask_supplement_by.isoformat(),
        "handle_by": found.handle_by.isoformat(),
        "due": _written(closing_of(calendar, found.handle_by)),
    }


def _period(_habits: Habits, line: Line) -> Answer:
    year, index = line["year"], line.get("index", 1)
    try:
        kind = PeriodKind(line["kind"])
    except ValueError as error:
        raise NotAPeriod(kind=str(line["kind"])) from error
    if not (type(year) is int and type(index) is int):
        raise NotAPeriod(year=str(year), index=str(index))
    found = report_period(kind, year, index)
    return {"start": found.start.isoformat(), "end": found.end.isoformat()}


#: The keys that tell a shape, the most telling first.
_SHAPES: tuple[tuple[frozenset[str], Callable[[Habits, Line], Answer]], ...] = (
    (frozenset({"kind", "year"}), _period),
    (frozenset({"received", "stages"}), _chain),
    (frozenset({"submitted", "hours"}), _window),
    (frozenset({"requested", "days"}), _auto_close),
    (frozenset({"received", "value", "unit"}), _counted),
    (frozenset({"received", "handle_by"}), _petition),
    (frozenset({"due"}), _apology),
)


def _limit(habits: Habits, line: Line) -> Limit:
    mode = line.get("mode") or habits.mode
    if mode == "reset":  # the vectors' word for a restarted clock, which rolls
        mode = habits.mode
    cutoff = line.get("cutoff", "15:00" if line.get("cutoff_15h") else habits.cutoff)
    if not isinstance(mode, str) or not isinstance(line["unit"], str) or not isinstance(cutoff, str | None):
        raise NotALimit(unit=str(line["unit"]), mode=str(mode), cutoff=str(cutoff))
    return Limit.read(line["value"], line["unit"], mode, cutoff)


def _pauses(line: Line) -> list[Pause]:
    pairs = line.get("pauses") or []
    if not isinstance(pairs, list) or not all(
        isinstance(pair, list) and len(pair) in (1, 2) for pair in pairs
    ):
        raise BadLine(reason="pauses are [from, to] or [from, null]")
    return [
        Pause(_read(pair[0], "pauses"), _read(pair[1], "pauses") if len(pair) > 1 and pair[1] else None)
        for pair in pairs
    ]


def _instant(line: Line, key: str) -> datetime:
    return _read(line[key], key)


def _read(text: object, field: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip() if isinstance(text, str) else "")
    except ValueError as error:
        raise BadInstant(field=field, value=str(text)) from error
    if at.year in (date.min.year, date.max.year):
        raise OutOfReach(field=field, value=str(text))
    return at


def _written(at: datetime) -> str:
    """Return minutes where the instant is a whole one, with the zone only if it came with one."""
    return at.isoformat(timespec="auto" if at.second or at.microsecond else "minutes")


def _json(answer: Answer) -> str:
    """Return the answer on one line; half a surrogate pair, which no output can carry, stays escaped."""
    return json.dumps(answer, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace").decode()


def read_calendar(path: Path) -> WorkCalendar:
    """Return the calendar of a JSON file: holidays, makeup_working_days, work_intervals, working_weekdays.

    ``minutes_per_day`` may be given too. Missing parts are those of an ordinary office. Raises
    BadCalendarFile.
    """
    try:
        data = json.loads(path.read_bytes())
        holidays = data.get("holidays", {})
        named = holidays.items() if isinstance(holidays, dict) else ((on, "") for on in holidays)
        parts: dict[str, Any] = {
            "holidays": {date.fromisoformat(on): str(name) for on, name in named},
            "makeup_days": frozenset(date.fromisoformat(on) for on in data.get("makeup_working_days", ())),
            "minutes_per_day": int(data.get("minutes_per_day", LEGAL_DAY_MINUTES)),
        }
        if "work_intervals" in data:
            parts["hours"] = tuple((_clock(a), _clock(b)) for a, b in data["work_intervals"])
        if "working_weekdays" in data:
            parts["weekdays"] = frozenset(int(day) for day in data["working_weekdays"])
        return WorkCalendar(**parts)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadCalendarFile(file=str(path), reason=str(error)) from error


def _clock(text: str) -> time:
    return time.fromisoformat(text)
