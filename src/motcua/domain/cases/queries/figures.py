"""Statistics of dossiers, counted from their events: one query a report, and the dossiers behind each number.

Who may count what: an officer the own office with all under it; administrators and auditors everything.
Source: Decision 766/QĐ-TTg, criterion 2.1 (late), reports of the national exchange (groups of states).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId
from motcua.domain.cases.models import Counted, Dossier
from motcua.domain.cases.queries.views import row_view
from motcua.domain.cases.rules.figures import span_of
from motcua.domain.cases.types import By, DossierRow, Figures, Scope, Shown, Span, State, Statistics
from motcua.domain.catalogue import queries as catalogue
from motcua.kernel.actors import OFFICERS, Actor, NotPermitted, Role
from motcua.platform.database.queries import page
from motcua.platform.database.types import Key, Page

__all__ = ["counted", "exported", "span_of", "statistics"]

DAY_OF: Final = "({} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"

# What was never answered, or was withdrawn, ended when its clock was paused, not when the file was closed: at the
# first pause after the clock last ran.
_ENDED_AT: Final = """
    CASE WHEN cases_dossier.state <> 'stopped' THEN cases_dossier.finished_at ELSE COALESCE((
        WITH course AS (
            SELECT number, at, sum(CASE clock WHEN 'pause' THEN 1 WHEN 'resume' THEN -1 WHEN 'restart' THEN -1
                                   ELSE 0 END) OVER (ORDER BY number) AS depth
              FROM cases_history WHERE dossier_id = cases_dossier.id
        )
        SELECT min(at) FROM course
         WHERE depth > 0 AND number > COALESCE((SELECT max(number) FROM course WHERE depth = 0), 0)
    ), cases_dossier.finished_at) END
"""
_TIMES: Final = "(SELECT count(*) FROM cases_history WHERE dossier_id = cases_dossier.id AND step = '{}')"
IS_LATE: Final = f"""
    (cases_dossier.due_at IS NOT NULL AND cases_dossier.finished_at IS NOT NULL
     AND ({_ENDED_AT} > cases_dossier.due_at
          OR {_TIMES.format("reappoint")} > 0 OR {_TIMES.format("ask_supplement")} > 1))
"""
IS_WITHDRAWN: Final = """
    EXISTS (SELECT FROM cases_history WHERE dossier_id = cases_dossier.id AND step = 'grant_withdrawal')
"""

_SUMS: Final = """
    COALESCE(sum(count) FILTER (WHERE measure = 'received'), 0),
    COALESCE(sum(count) FILTER (WHERE measure IN ('done', 'withdrawn')), 0),
    COALESCE(sum(count) FILTER (WHERE measure IN ('done', 'withdrawn', 'stopped') AND NOT is_late), 0),
    COALESCE(sum(count) FILTER (WHERE measure IN ('done', 'withdrawn', 'stopped') AND is_late), 0),
    COALESCE(sum(count) FILTER (WHERE measure = 'stopped'), 0),
    COALESCE(sum(count) FILTER (WHERE measure = 'declined'), 0),
    COALESCE(sum(count) FILTER (WHERE measure = 'waiting'), 0),
    COALESCE(sum(count) FILTER (WHERE measure = 'running'), 0),
    COALESCE(sum(count) FILTER (WHERE measure = 'paused'), 0),
    COALESCE(sum(count) FILTER (WHERE measure = 'running' AND is_late), 0)
"""
# Whole months from the rows of months, what is left over at both ends from those of days, open ones as they stand.
_REPORT: Final = """
    SELECT {key}, {sums} FROM cases_figure
     WHERE (grain = 'month' AND "on" >= %(first_month)s AND "on" < %(end_month)s
            OR grain = 'day' AND ("on" >= %(first)s AND "on" < %(head)s OR "on" >= %(tail)s AND "on" <= %(last)s)
            OR grain = 'now' AND %(open)s)
       AND (%(all)s OR agency_id = ANY(%(agencies)s))
       AND (%(procedure)s = '' OR procedure_code = %(procedure)s)
       AND (%(channel)s = '' OR channel = %(channel)s)
     GROUP BY 1 ORDER BY 1
"""
_KEYS: Final[Mapping[By, str]] = {
    By.AGENCY: "agency_id::text",
    By.FIELD: "procedure_code",
    By.PROCEDURE: "procedure_code",
    By.CHANNEL: "channel",
    By.MONTH: """date_trunc('month', "on")::date::text""",
    By.DAY: '"on"::text',
}
# Whoever holds a dossier, or held it when it ended, is its officer.
_BY_OFFICER: Final = f"""
    SELECT COALESCE(holder_seat_id::text, ''),
           count(*) FILTER (WHERE accepted_at >= %(since)s AND accepted_at < %(until)s),
           count(*) FILTER (WHERE ended AND (state <> 'stopped' OR withdrawn)),
           count(*) FILTER (WHERE ended AND NOT late),
           count(*) FILTER (WHERE ended AND late),
           count(*) FILTER (WHERE ended AND state = 'stopped' AND NOT withdrawn),
           0, count(*) FILTER (WHERE state = 'submitted'),
           count(*) FILTER (WHERE state IN ('accepted', 'processing')),
           count(*) FILTER (WHERE state IN ('supplement_requested', 'payment_requested', 'withdrawal_requested')),
           count(*) FILTER (WHERE state IN ('accepted', 'processing') AND due_at < %(at)s)
      FROM (SELECT holder_seat_id, accepted_at, state, due_at,
                   finished_at >= %(since)s AND finished_at < %(until)s AND state <> 'not_accepted' AS ended,
                   finished_at >= %(since)s AND finished_at < %(until)s AND {IS_LATE} AS late,
                   finished_at >= %(since)s AND finished_at < %(until)s AND state = 'stopped' AND {IS_WITHDRAWN}
                       AS withdrawn
              FROM cases_dossier
             WHERE (%(all)s OR agency_id = ANY(%(agencies)s))
               AND (%(procedure)s = '' OR procedure_code = %(procedure)s)
               AND (%(channel)s = '' OR channel = %(channel)s)
               AND (accepted_at >= %(since)s AND accepted_at < %(until)s
                    OR finished_at >= %(since)s AND finished_at < %(until)s OR finished_at IS NULL)) AS one
     GROUP BY 1 ORDER BY 1
"""

_OPEN: Final = (State.ACCEPTED, State.PROCESSING)
_PAUSED: Final = (State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED, State.WITHDRAWAL_REQUESTED)
_NEWEST_FIRST: Final = (Key("submitted_at", descending=True), Key("id", descending=True))
_ROW: Final = (
    "id", "code", "procedure_code", "procedure_version_id", "applicant_name", "state", "with_role",
    "act_by", "due_at", "submitted_at", "version",
)  # fmt: skip
EXPORTED: Final = (
    "code", "procedure_code", "agency_id", "channel", "state", "submitted_at", "accepted_at", "due_at",
    "finished_at", "is_late",
)  # fmt: skip
_EXPORT: Final = f"""
    SELECT code, procedure_code, agency_id, channel, state, submitted_at, accepted_at, due_at, finished_at, {IS_LATE}
      FROM cases_dossier
     WHERE (%(all)s OR agency_id = ANY(%(agencies)s))
       AND (%(procedure)s = '' OR procedure_code = %(procedure)s)
       AND (%(channel)s = '' OR channel = %(channel)s)
       AND (accepted_at >= %(since)s AND accepted_at < %(until)s
            OR finished_at >= %(since)s AND finished_at < %(until)s)
     ORDER BY accepted_at, id
"""


def statistics(
    span: Span, by: By = By.AGENCY, scope: Scope | None = None, *, actor: Actor, at: datetime
) -> Statistics:
    """Return a report; two queries, besides what the tree of agencies asks. Raises NotPermitted."""
    scope = scope or Scope()
    facts = _facts(span, scope, actor=actor)
    facts |= {"open": by not in {By.MONTH, By.DAY}, "at": at}
    if by is By.DAY:
        facts |= {"first_month": span.last, "end_month": span.last, "head": span.last + timedelta(days=1)}
        facts |= {"tail": span.last + timedelta(days=1)}
    statement = _BY_OFFICER if by is By.OFFICER else _REPORT.format(key=_KEYS[by], sums=_SUMS)
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        found = [Figures(row[0], *map(int, row[1:])) for row in cursor.fetchall()]
    if by is By.FIELD:
        found = _by_field(found, on=span.last)
    total = Figures("")
    for one in found:
        total = total.plus(one)
    until = Counted.objects.values_list("until", flat=True).first()
    return Statistics(span, by, tuple(found), total, at if by is By.OFFICER else until)


def counted(
    shown: Shown,
    span: Span,
    scope: Scope | None = None,
    *,
    actor: Actor,
    at: datetime,
    after: str | None = None,
    size: int = 30,
) -> Page[DossierRow]:
    """Return the dossiers behind one number, newest first; one query besides the tree. Raises NotPermitted."""
    actor.require(*OFFICERS, Role.AUDITOR, Role.SYSTEM)
    scope = scope or Scope()
    facts = _facts(span, scope, actor=actor)
    rows = Dossier.objects.filter(_behind(shown, span, at))
    if not facts["all"]:
        rows = rows.filter(agency_id__in=facts["agencies"])
    if scope.procedure_code:
        rows = rows.filter(procedure_code=scope.procedure_code)
    if scope.channel:
        rows = rows.filter(channel=scope.channel)
    if shown in {Shown.ON_TIME, Shown.LATE}:
        rows = rows.alias(late=_raw(IS_LATE)).filter(late=shown is Shown.LATE)
    if shown in {Shown.HANDLED, Shown.STOPPED}:
        withdrawn = Q(withdrawn=True) if shown is Shown.HANDLED else Q(withdrawn=False)
        done = Q(state__in=[State.DONE, State.RETURNED]) if shown is Shown.HANDLED else Q(pk=None)
        rows = rows.alias(withdrawn=_raw(IS_WITHDRAWN)).filter(done | (Q(state=State.STOPPED) & withdrawn))

    def view(row: object) -> DossierRow:
        return row_view(row, now=at, soon=at)

    return page(rows.values_list(*_ROW, named=True), order=_NEWEST_FIRST, after=after, size=size, view=view)


def exported(span: Span, scope: Scope | None = None, *, actor: Actor) -> Iterator[tuple[Any, ...]]:
    """Yield what EXPORTED names of each dossier received or ended in the span; flat memory. Raises NotPermitted."""
    actor.require(*OFFICERS, Role.AUDITOR, Role.SYSTEM)
    return _stream(_facts(span, scope or Scope(), actor=actor))


def _stream(facts: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_EXPORT, facts)
        while rows := cursor.fetchmany(2_000):
            yield from rows


def offices(actor: Actor) -> frozenset[AgencyId] | None:
    """Return the offices an actor may count; None means all. Raises NotPermitted."""
    if actor.role in {Role.ADMIN, Role.AUDITOR, Role.SYSTEM}:
        return None
    if actor.role not in OFFICERS or actor.agency_id is None:
        raise NotPermitted(role=actor.role, needed=sorted(OFFICERS))
    return agencies.descendant_ids(AgencyId(actor.agency_id))


def _facts(span: Span, scope: Scope, *, actor: Actor) -> dict[str, Any]:
    may = offices(actor)
    if scope.agency_id is not None:
        wanted = agencies.descendant_ids(AgencyId(scope.agency_id))
        if may is not None and not wanted <= may:
            raise NotPermitted(role=actor.role, needed=[Role.AUDITOR])
        may = wanted
    head, tail = _whole_months(span)
    return {
        "all": may is None,
        "agencies": list(may or ()),
        "procedure": scope.procedure_code,
        "channel": scope.channel,
        "first": span.first,
        "last": span.last,
        "since": span.since,
        "until": span.until,
        "first_month": head,
        "end_month": tail,
        "head": head,
        "tail": tail,
    }


def _whole_months(span: Span) -> tuple[date, date]:
    """Return the first whole month and the end of the last one; both the day after the span if there is none."""
    after = span.last + timedelta(days=1)
    head = (
        span.first if span.first.day == 1 else (span.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    )
    tail = after.replace(day=1)
    return (head, tail) if head < tail else (after, after)


def _by_field(found: Iterable[Figures], *, on: date) -> list[Figures]:
    lines = list(found)
    definitions = catalogue.names({one.key for one in lines}, on=on)
    sums: dict[str, Figures] = {}
    for one in lines:
        field = definitions[one.key].field.vi if one.key in definitions else ""
        sums[field] = one.plus(sums.get(field, Figures("")), field)
    return [sums[field] for field in sorted(sums)]


def _behind(shown: Shown, span: Span, at: datetime) -> Q:
    ended = Q(finished_at__gte=span.since, finished_at__lt=span.until)
    behind = {
        Shown.RECEIVED: Q(accepted_at__gte=span.since, accepted_at__lt=span.until),
        Shown.DECLINED: ended & Q(state=State.NOT_ACCEPTED),
        Shown.WAITING: Q(state=State.SUBMITTED),
        Shown.RUNNING: Q(state__in=_OPEN),
        Shown.PAUSED: Q(state__in=_PAUSED),
        Shown.OVERDUE: Q(state__in=_OPEN, due_at__lt=at),
    }
    return behind.get(shown, ended & ~Q(state=State.NOT_ACCEPTED))


def _raw(sql: str) -> RawSQL:
    return RawSQL(sql, [], output_field=BooleanField())
