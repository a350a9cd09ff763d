"""The working calendar of each agency, from dated rows, kept in the process until the rows change.

Nearest wins: a row of the agency itself before one of its parent, and so on up, before the country's.
"""

from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from time import monotonic
from uuid import UUID

from django.db import models

from motcua.domain.agencies.models import CalendarDay, CalendarVersion, OfficeHours
from motcua.domain.agencies.queries._sql import today
from motcua.domain.agencies.queries.tree import ancestor_ids
from motcua.domain.agencies.types import AgencyId, CalendarDayView, DayKind, OfficeHoursView
from motcua.kernel.calendar import WorkCalendar

STAMP_TRUSTED_FOR_S = 1.0


@dataclass(slots=True)
class _Memory:
    """Calendars of this process; all are dropped when the stamp of the rows is another one."""

    stamp: UUID | None = None
    read_at: float = float("-inf")
    calendars: dict[tuple[AgencyId, date], WorkCalendar] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def refresh(self) -> dict[tuple[AgencyId, date], WorkCalendar]:
        """Look at the stamp, at most once a second, and return calendars that are still true."""
        if monotonic() - self.read_at > STAMP_TRUSTED_FOR_S:
            stamp = CalendarVersion.objects.values_list("stamp", flat=True).first()
            with self.lock:
                if stamp != self.stamp:
                    self.calendars, self.stamp = {}, stamp
                self.read_at = monotonic()
        return self.calendars


_memory = _Memory()


def forget_calendars() -> None:
    """Let the next question look at the stamp again; whoever changes rows calls this in their process."""
    _memory.read_at = float("-inf")


def calendar_of(agency_id: AgencyId, *, on: date | None = None) -> WorkCalendar:
    """Return the working calendar of an agency: its hours as they stand on that day, and every dated row.

    Kept in the process; another process sees a change within a second.
    """
    day = today(on)
    known = _memory.refresh()
    calendar = known.get((agency_id, day))
    if calendar is None:
        calendar = known[agency_id, day] = _build(agency_id, day)
    return calendar


def _build(agency_id: AgencyId, day: date) -> WorkCalendar:
    line = (agency_id, *ancestor_ids(agency_id, on=day))
    hours = _hours(line, day)
    days = _days(line)
    off = {on: name for on, (kind, name) in days.items() if kind is not DayKind.SWAP_WORK}
    worked = frozenset(on for on, (kind, _) in days.items() if kind is DayKind.SWAP_WORK)
    if hours is None:
        return WorkCalendar(holidays=off, makeup_days=worked)
    return WorkCalendar(hours=hours.intervals, weekdays=hours.weekdays, holidays=off, makeup_days=worked)


def _height(line: tuple[AgencyId, ...], agency_id: UUID | None) -> int:
    """Return how far up the line an agency stands; the country stands above all."""
    return len(line) if agency_id is None else line.index(AgencyId(agency_id))


def _days(line: tuple[AgencyId, ...]) -> dict[date, tuple[DayKind, str]]:
    found = CalendarDay.objects.filter(models.Q(agency=None) | models.Q(agency__in=line))
    fields = found.values_list("agency_id", "on_date", "kind", "name")
    farthest_first = sorted(fields, key=lambda row: -_height(line, row[0]))
    return {on: (DayKind(kind), name) for _, on, kind, name in farthest_first}


def _hours(line: tuple[AgencyId, ...], day: date) -> OfficeHoursView | None:
    found = OfficeHours.objects.on(day).filter(models.Q(agency=None) | models.Q(agency__in=line))
    row = min(found, key=lambda row: _height(line, row.agency_id), default=None)
    return None if row is None else _hours_view(row)


def _hours_view(row: OfficeHours) -> OfficeHoursView:
    return OfficeHoursView(
        AgencyId(row.agency_id) if row.agency_id else None,
        frozenset(row.weekdays),
        tuple((opens, closes) for opens, closes in row.intervals),
        row.valid_from,
        row.valid_to,
    )


def office_hours(agency_id: AgencyId, *, on: date | None = None) -> OfficeHoursView | None:
    """Return the hours an agency keeps on that day, with whose they are; None: nobody set any."""
    day = today(on)
    return _hours((agency_id, *ancestor_ids(agency_id, on=day)), day)


def office_hours_ever(agency_id: AgencyId | None) -> list[OfficeHoursView]:
    """Return the hours an agency (None: the country) itself ever had or will have, the latest first."""
    return [_hours_view(row) for row in OfficeHours.objects.filter(agency=agency_id).order_by("-valid_from")]


def calendar_days(year: int, *, agency_id: AgencyId | None = None) -> list[CalendarDayView]:
    """Return the rows of one year, of the country or of one agency, in order."""
    fields = ("on_date", "kind", "name", "source", "agency_id")
    found = CalendarDay.objects.filter(on_date__year=year, agency=agency_id).order_by("on_date")
    return [
        CalendarDayView(on, DayKind(kind), name, source, AgencyId(owner) if owner else None)
        for on, kind, name, source, owner in found.values_list(*fields)
    ]
