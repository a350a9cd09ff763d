"""Lists of dossiers: an officer's inbox, an office, a citizen's own; keyset pagination, a stated number of queries."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q

from motcua.domain.cases.models import (
    Dossier,
    DossierQuerySet,
    History,
)
from motcua.domain.cases.queries._acting import agency_of, person_of, soon_until
from motcua.domain.cases.queries.views import row_view
from motcua.domain.cases.types import (
    FINAL_STATES,
    DossierId,
    DossierRow,
    ServiceFigures,
    State,
    Step,
    Tab,
)
from motcua.domain.catalogue.types import Channel
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import NotRepresentative, OrganisationId
from motcua.kernel.actors import OFFICERS, Actor, Role
from motcua.kernel.clock import local_date
from motcua.kernel.text import fold
from motcua.platform.database.queries import page
from motcua.platform.database.types import Key, Page

COUNT_NO_FURTHER: Final = 100  #: an inbox badge says "99+" rather than count a year's work
_BY_APPOINTMENT: Final = (Key("act_by", nullable=True), Key("id"))
_NEWEST_FIRST: Final = (Key("submitted_at", descending=True), Key("id", descending=True))
_ROW: Final = (
    "id", "code", "procedure_code", "procedure_version_id", "applicant_name", "state", "with_role",
    "act_by", "due_at", "submitted_at", "version",
)  # fmt: skip

_COUNTED: Final = (Tab.TO_DO, Tab.SOON, Tab.OVERDUE, Tab.WAITING)
# How much stands in each list of ``_COUNTED``, as ``_tab`` has it; none is counted further than a badge says.
_MINE: Final = """
    SELECT count(*) FROM (
        SELECT FROM cases_dossier WHERE agency_id = %(agency)s AND with_role = %(role)s
           AND (%(any_seat)s OR holder_seat_id IS NULL OR holder_seat_id = %(seat)s) {} LIMIT %(most)s
    ) AS mine
"""
_AWAITED: Final = """
    SELECT count(*) FROM (
        SELECT FROM cases_dossier WHERE agency_id = %(agency)s
           AND state IN ('supplement_requested', 'payment_requested') LIMIT %(most)s
    ) AS awaited
"""
_SOON: Final = _MINE.format("AND act_by >= %(at)s AND act_by <= %(soon)s")
_COUNTS: Final = (
    f"SELECT ({_MINE.format('')}), ({_SOON}), ({_MINE.format('AND act_by < %(at)s')}), ({_AWAITED})"
)


def inbox(
    tab: Tab, *, actor: Actor, at: datetime, after: str | None = None, size: int = 30, words: str = ""
) -> Page[DossierRow]:
    """Return one page of an officer's list; one query. Most urgent first, finished ones newest first.

    ``words`` narrow it by code, name, personal number or procedure, without accents, by beginnings of words.
    """
    actor.require(*OFFICERS)
    rows = matching(_tab(tab, actor, at), words)
    order = _NEWEST_FIRST if tab is Tab.FINISHED else _BY_APPOINTMENT
    return _rows(rows, order, at, after=after, size=size, agency_id=actor.agency_id)


def inbox_counts(*, actor: Actor, at: datetime) -> dict[Tab, int]:
    """Return how many dossiers stand in each list an officer works through, counted to COUNT_NO_FURTHER; one query."""
    actor.require(*OFFICERS)
    facts = {
        "agency": agency_of(actor),
        "role": actor.role.value,
        "any_seat": actor.role is not Role.HANDLER,
        "seat": actor.seat_id,
        "at": at,
        "soon": soon_until(actor.agency_id, at),
        "most": COUNT_NO_FURTHER,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, facts)
        return dict(zip(_COUNTED, cursor.fetchone(), strict=True))


def office_dossiers(
    *, actor: Actor, at: datetime, words: str, after: str | None = None, size: int = 30
) -> Page[DossierRow]:
    """Return the dossiers of the actor's office that match ``words``, newest first."""
    actor.require(*OFFICERS)
    rows = matching(Dossier.objects.of_agency(agency_of(actor)), words)
    return _rows(rows, _NEWEST_FIRST, at, after=after, size=size, agency_id=actor.agency_id)


def dossiers_of(*, actor: Actor, at: datetime, after: str | None = None, size: int = 20) -> Page[DossierRow]:
    """Return the citizen's own dossiers and those of the organisations they represent, newest first."""
    actor.require(Role.CITIZEN)
    return _rows(_belonging_to(actor, at), _NEWEST_FIRST, at, after=after, size=size, agency_id=None)


def dossiers_of_organisation(
    organisation_id: OrganisationId,
    *,
    actor: Actor,
    at: datetime,
    after: str | None = None,
    size: int = 20,
) -> Page[DossierRow]:
    """Return the dossiers of an organisation the citizen represents today, newest first.

    Raises NotRepresentative.
    """
    actor.require(Role.CITIZEN)
    if not identity.represents(person_of(actor), organisation_id, on=local_date(at)):
        raise NotRepresentative(organisation_id=str(organisation_id))
    rows = Dossier.objects.filter(organisation_id=organisation_id)
    return _rows(rows, _NEWEST_FIRST, at, after=after, size=size, agency_id=None)


def open_dossiers_of(*, actor: Actor, at: datetime, most: int = 5) -> list[DossierRow]:
    """Return the citizen's dossiers and their organisations' that are not finished, those that need them first."""
    actor.require(Role.CITIZEN)
    rows = _belonging_to(actor, at).exclude(state__in=[s.value for s in FINAL_STATES])
    found = _rows(rows, _NEWEST_FIRST, at, after=None, size=most * 4, agency_id=None).items
    return sorted(found, key=lambda row: row.state is not State.SUPPLEMENT_REQUESTED)[:most]


def _belonging_to(actor: Actor, at: datetime) -> DossierQuerySet:
    organisations = [one.id for one in identity.organisations_of(person_of(actor), on=local_date(at))]
    own = Q(applicant_id=actor.person_id, organisation_id=None)
    return Dossier.objects.filter(own | Q(organisation_id__in=organisations))


def unanswered(at: datetime) -> list[DossierId]:
    """Return the dossiers whose supplement did not come within the time; for the node's own clock."""
    rows = Dossier.objects.filter(state=State.SUPPLEMENT_REQUESTED, act_by__lt=at).values_list(
        "id", flat=True
    )
    return [DossierId(pk) for pk in rows[:1000]]


def matching(rows: DossierQuerySet, words: str) -> DossierQuerySet:
    """Narrow ``rows`` to those that hold the beginnings of all ``words``; the GIN index answers."""
    wanted = [word for word in _code_or_words(words) if word]
    if not wanted:
        return rows
    raw = " & ".join(f"'{word}':*" for word in wanted)
    return rows.filter(search=SearchQuery(raw, config="simple", search_type="raw"))


def _code_or_words(words: str) -> list[str]:
    text = words.strip().lower().replace("'", " ").replace("\\", " ").replace("\x00", " ")
    return (
        [text]
        if any(char.isdigit() for char in text) and "-" in text and " " not in text
        else fold(text).split()
    )


def _tab(tab: Tab, actor: Actor, at: datetime) -> DossierQuerySet:
    rows = Dossier.objects.of_agency(agency_of(actor))
    match tab:
        case Tab.WAITING:
            return rows.filter(state__in=[State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED])
        case Tab.FINISHED:
            return rows.filter(state__in=[State.DONE, State.RETURNED, State.STOPPED, State.NOT_ACCEPTED])
        case _:
            mine = rows.awaiting(actor.role)
    if actor.role is Role.HANDLER:
        mine = mine.filter(Q(holder_seat_id=None) | Q(holder_seat_id=actor.seat_id))
    if tab is Tab.OVERDUE:
        return mine.overdue(at)
    if tab is Tab.SOON:
        return mine.filter(act_by__gte=at, act_by__lte=soon_until(actor.agency_id, at))
    return mine


def _rows(
    rows: DossierQuerySet,
    order: tuple[Key, ...],
    at: datetime,
    *,
    after: str | None,
    size: int,
    agency_id: UUID | None,
) -> Page[DossierRow]:
    soon = soon_until(agency_id, at)

    def view(row: object) -> DossierRow:
        return row_view(row, now=at, soon=soon)

    return page(rows.values_list(*_ROW, named=True), order=order, after=after, size=size, view=view)


def service_figures(*, since: datetime) -> ServiceFigures:
    """Count what was filed and finished since an instant, over all offices (two queries, one pass each).

    On time: finished by the appointment, supplements allowed for; a dossier that needed a second appointment
    is late whatever that one said.
    """
    filed = Dossier.objects.filter(submitted_at__gte=since).aggregate(
        n=Count("pk"), online=Count("pk", filter=Q(channel=Channel.ONLINE))
    )
    again = History.objects.filter(dossier=OuterRef("pk"), step=Step.REAPPOINT)
    finished = Dossier.objects.filter(
        finished_at__gte=since, state__in=[State.DONE, State.RETURNED]
    ).aggregate(
        n=Count("pk"), on_time=Count("pk", filter=Q(finished_at__lte=F("due_at")) & ~Q(Exists(again)))
    )
    return ServiceFigures(since, filed["n"], filed["online"], finished["n"], finished["on_time"])
