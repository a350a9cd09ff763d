"""How dated rows are written, and what is locked while they are."""

from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import connection, models, transaction

from motcua.domain.agencies import queries
from motcua.domain.agencies.models import Agency, DatedQuerySet
from motcua.domain.agencies.types import AgencyClosed, AgencyId, OutOfOrder, UnknownAgency
from motcua.kernel.actors import Role
from motcua.kernel.ids import uuid7

M = TypeVar("M", bound=models.Model)

KEEPERS = (Role.ADMIN, Role.SYSTEM)  #: who may change agencies


def eve(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


def locked(agency_id: AgencyId, *, since: date) -> Agency:
    """Hold one agency until the transaction ends. Raises UnknownAgency; AgencyClosed if it ended by then."""
    return locked_all([agency_id], since=since)[0]


def locked_all(agency_ids: list[AgencyId], *, since: date) -> list[Agency]:
    """Hold several agencies, always in the same order, and return them in the order asked; see ``locked``."""
    held = {row.pk: row for row in Agency.objects.locked(*agency_ids)}
    for agency_id in agency_ids:
        if agency_id not in held:
            raise UnknownAgency(id=str(agency_id))
        agency = held[agency_id]
        if since < agency.valid_from or (agency.valid_to is not None and agency.valid_to < since):
            raise AgencyClosed(id=str(agency_id), on=since.isoformat())
    return [held[agency_id] for agency_id in agency_ids]


def end_rows(rows: DatedQuerySet[M], *, since: date) -> int:
    """End the open rows on the day before ``since``; those that would never have held are removed.

    Returns how many ended. Raises OutOfOrder when one begins after ``since``.
    """
    if rows.filter(valid_from__gt=since).exists():
        raise OutOfOrder(since=since.isoformat())
    rows.open().filter(valid_from=since).delete()
    return rows.open().update(valid_to=eve(since))


def supersede(rows: DatedQuerySet[M], *, since: date, **facts: object) -> None:
    """End the open row of one subject and open the next, or correct it if it began on that very day.

    Raises OutOfOrder when a later row is on record.
    """
    if rows.filter(valid_from__gt=since).exists():
        raise OutOfOrder(since=since.isoformat())
    if rows.open().filter(valid_from=since).update(**facts):
        return
    rows.filter(models.Q(valid_to=None) | models.Q(valid_to__gte=since)).update(valid_to=eve(since))
    rows.create(valid_from=since, **facts)


def stamp_calendars() -> None:
    """Say that hours, days or the tree change, and hold the stamp until commit: one such change at a time."""
    stamp = uuid7()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agencies_calendarversion (id, stamp) VALUES (1, %s)"
            " ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp",
            [stamp],
        )
    queries.forget_calendars()
    transaction.on_commit(queries.forget_calendars)


def hold_name(name: str) -> None:
    """Hold a name, such as a code, until the transaction ends, so that two cannot take it at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"agencies.{name}"])


def key(value: UUID | None) -> str:
    """Return an id as a ledger fact."""
    return str(value) if value else ""
