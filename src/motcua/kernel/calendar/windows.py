"""The short clocks around a dossier: answer windows, automatic closing, apologies, chains, petitions.

Source: Circular 03/2025/TT-VPCP and Decree 45/2020/NĐ-CP, article 11 (eight working hours to accept or ask);
Decree 297/2025/NĐ-CP (chain of procedures, fifteen working days to supplement); Decree 61/2018/NĐ-CP as
amended (apology before the due date, taken as the last working day before it); Decision 766/QĐ-TTg, criteria
5.1–5.2 (petitions).

The numbers are defaults: where a procedure or a channel sets its own, that one is passed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from motcua.kernel.calendar.deadlines import Due, Limit, Unit, due
from motcua.kernel.calendar.working_time import (
    WorkCalendar,
    add_working_days,
    add_working_minutes,
    local,
)

ACCEPT_OR_ASK_HOURS = 8
AUTO_CLOSE_DAYS = 15
PETITION_REJECT_DAYS = 2
PETITION_SUPPLEMENT_DAYS = 5
PETITION_HANDLE_DAYS = 15


def response_due(
    calendar: WorkCalendar, submitted: datetime, hours: Decimal | int = ACCEPT_OR_ASK_HOURS
) -> datetime:
    """Return until when the desk accepts an online filing or asks for a supplement."""
    return add_working_minutes(calendar, submitted, Limit(hours, Unit.WORKING_HOUR).value * 60)


def last_day_to_supplement(calendar: WorkCalendar, requested: datetime, days: int = AUTO_CLOSE_DAYS) -> date:
    """Return the last day on which the citizen may answer; the dossier closes itself on the day after."""
    return add_working_days(calendar, local(requested).date(), days)


def latest_apology_date(calendar: WorkCalendar, due_at: datetime) -> date:
    """Return the last working day strictly before the due date: later than that an apology comes too late."""
    return add_working_days(calendar, local(due_at).date(), -1)


def chain(calendar: WorkCalendar, received: datetime, limits: Iterable[Limit]) -> tuple[Due, ...]:
    """Return the deadline of each of several procedures, each counted from the deadline before it."""
    links: list[Due] = []
    for limit in limits:
        links.append(due(calendar, links[-1].at if links else received, limit))
    return tuple(links)


@dataclass(frozen=True, slots=True)
class PetitionDates:
    """The last days of a petition – *phản ánh, kiến nghị*."""

    reject_by: date
    ask_supplement_by: date
    handle_by: date


def petition_dates(calendar: WorkCalendar, received: datetime) -> PetitionDates:
    """Return until when a petition is refused or passed on, sent back for a supplement, and answered."""
    on = local(received).date()
    return PetitionDates(
        reject_by=add_working_days(calendar, on, PETITION_REJECT_DAYS),
        ask_supplement_by=add_working_days(calendar, on, PETITION_SUPPLEMENT_DAYS),
        handle_by=add_working_days(calendar, on, PETITION_HANDLE_DAYS),
    )
