"""Set office hours and the days that are not what their weekday says.

Source: Labour Code 2019, articles 105 and 112.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.db import transaction

from motcua.domain.agencies import events, queries
from motcua.domain.agencies.commands._rows import KEEPERS, key, locked, stamp_calendars, supersede
from motcua.domain.agencies.models import CalendarDay, OfficeHours
from motcua.domain.agencies.rules.hours import kind_of_row, refuse_bad_hours
from motcua.domain.agencies.types import (
    AgencyId,
    BadRow,
    CalendarDayView,
    DayKind,
    ImportReport,
)
from motcua.kernel.actors import Actor
from motcua.kernel.calendar import vietnam
from motcua.kernel.clock import local_date
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox


@transaction.atomic
def set_office_hours(
    agency_id: AgencyId | None,
    *,
    weekdays: Collection[int],
    intervals: Sequence[tuple[time, time]],
    since: date,
    actor: Actor,
    at: datetime,
) -> None:
    """Set when an agency is open from a day on, for it and for those under it with no hours of their own.

    None sets the hours of the country. Weekdays are ISO numbers. Raises BadHours, AgencyClosed, OutOfOrder.
    Announces OfficeHoursSet.
    """
    actor.require(*KEEPERS)
    refuse_bad_hours(weekdays, intervals)
    if agency_id is not None:
        locked(agency_id, since=since)
    stamp_calendars()
    days, stretches = sorted(set(weekdays)), [list(stretch) for stretch in intervals]
    rows = OfficeHours.objects.filter(agency=agency_id)
    supersede(rows, since=since, agency_id=agency_id, weekdays=days, intervals=stretches)
    facts = {
        "weekdays": days,
        "intervals": [[edge.isoformat("minutes") for edge in stretch] for stretch in stretches],
        "since": since.isoformat(),
    }
    ledger.append("agencies.set_office_hours", key(agency_id) or "VN", actor=actor, at=at, facts=facts)
    outbox.announce(events.OfficeHoursSet(at=at, agency_id=agency_id, since=since))


@transaction.atomic
def set_calendar_day(
    on_date: date,
    kind: DayKind,
    name: str,
    *,
    source: str = "",
    agency_id: AgencyId | None = None,
    actor: Actor,
    at: datetime,
) -> CalendarDayView:
    """Make a day off or a working day, for the country or for one agency and those under it.

    Says it anew if something was said of that day. Raises UnknownAgency. Announces CalendarDaySet.
    """
    actor.require(*KEEPERS)
    if agency_id is not None:
        queries.agency(agency_id, on=local_date(at))
    stamp_calendars()
    day = CalendarDayView(on_date, kind, name, source, agency_id)
    _write([day], actor=actor, at=at)
    return day


@transaction.atomic
def clear_calendar_day(
    on_date: date, *, agency_id: AgencyId | None = None, actor: Actor, at: datetime
) -> None:
    """Let a day be again what its weekday says. Announces CalendarDaySet. May be repeated."""
    actor.require(*KEEPERS)
    stamp_calendars()
    gone, _ = CalendarDay.objects.filter(on_date=on_date, agency=agency_id).delete()
    if gone:
        facts = {"agency": key(agency_id)}
        ledger.append("agencies.clear_calendar_day", on_date.isoformat(), actor=actor, at=at, facts=facts)
        outbox.announce(events.CalendarDaySet(at=at, agency_id=agency_id, on_date=on_date, kind=None))


@transaction.atomic
def fill_calendar(years: Iterable[int], *, actor: Actor, at: datetime) -> ImportReport:
    """Write the national days off and make-up days of these years where nothing is said of the day yet.

    What an administrator or an import wrote stays. Announces CalendarDaySet for each new row.
    """
    actor.require(*KEEPERS)
    stamp_calendars()
    national = vietnam(years)
    wanted = [
        *(
            CalendarDayView(on, DayKind.HOLIDAY, name, LIBRARY, None)
            for on, name in national.holidays.items()
        ),
        *(CalendarDayView(on, DayKind.SWAP_WORK, MADE_UP, LIBRARY, None) for on in national.makeup_days),
    ]
    said = set(CalendarDay.objects.filter(agency=None).values_list("on_date", flat=True))
    fresh = [day for day in wanted if day.on_date not in said]
    _write(fresh, actor=actor, at=at)
    return ImportReport(opened=len(fresh), corrected=0, unchanged=len(wanted) - len(fresh))


LIBRARY = "Bộ luật Lao động 2019, Điều 112"
MADE_UP = "Ngày làm bù"


@transaction.atomic
def import_calendar_days(rows: Iterable[Mapping[str, str]], *, actor: Actor, at: datetime) -> ImportReport:
    """Write national days from rows with ``date``, ``name``, ``kind``, ``source``; they overrule what stood.

    Kinds are ours, and ``compensation`` for a day off in lieu; ``_estimated`` at the end is kept in the
    source, and a kind marked ``_UNVERIFIED`` is left out. Raises BadRow. Announces CalendarDaySet.
    """
    actor.require(*KEEPERS)
    stamp_calendars()
    said = {day: tuple(rest) for day, *rest in _said()}
    fresh, changed, unchanged, skipped = [], [], 0, 0
    for number, row in enumerate(rows, 1):
        day = _read(row, number)
        if day is None:
            skipped += 1
        elif day.on_date not in said:
            fresh.append(day)
        elif said[day.on_date] == (day.kind.value, day.name, day.source):
            unchanged += 1
        else:
            changed.append(day)
    _write([*fresh, *changed], actor=actor, at=at)
    return ImportReport(len(fresh), len(changed), unchanged, skipped)


def _said() -> Iterable[tuple[date, str, str, str]]:
    return CalendarDay.objects.filter(agency=None).values_list("on_date", "kind", "name", "source")


def _read(row: Mapping[str, str], number: int) -> CalendarDayView | None:
    """Return the day of one row; None for one nobody vouches for."""
    try:
        on_date, word = date.fromisoformat(row["date"].strip()), row["kind"].strip()
        kind = kind_of_row(word)
        name, source = row["name"].strip(), row.get("source", "").strip()
    except (KeyError, ValueError) as wrong:
        raise BadRow(row=number, reason=str(wrong)) from wrong
    if kind is None:
        return None
    note = " (estimated)" if word.endswith("_estimated") else ""
    return CalendarDayView(on_date, kind, name, source + note, None)


def _write(days: Sequence[CalendarDayView], *, actor: Actor, at: datetime) -> None:
    """Write days over what stood; each leaves its own trace. The caller holds the stamp."""
    for day in days:
        said = {"kind": day.kind.value, "name": day.name, "source": day.source}
        if not CalendarDay.objects.filter(on_date=day.on_date, agency=day.agency_id).update(**said):
            CalendarDay.objects.create(on_date=day.on_date, agency_id=day.agency_id, **said)
        facts = {"kind": day.kind.value, "name": day.name, "source": day.source, "agency": key(day.agency_id)}
        subject = day.on_date.isoformat()
        ledger.append("agencies.set_calendar_day", subject, actor=actor, at=at, facts=facts)
        outbox.announce(
            events.CalendarDaySet(at=at, agency_id=day.agency_id, on_date=day.on_date, kind=day.kind)
        )
