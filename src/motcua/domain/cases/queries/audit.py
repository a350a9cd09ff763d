"""Recompute from the ledger alone what happened to the dossiers of a span, and compare the tables with it.

Goes through the dossiers in batches, in the order of their ids: three queries a batch, flat memory.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from django.db import connection, transaction

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId
from motcua.domain.cases.rules import audit as rules
from motcua.domain.cases.rules.audit import Columns, Course, Line
from motcua.domain.cases.types import CasesAudit, Differs, Disagreement, Rate, Span
from motcua.kernel.actors import Actor, Role
from motcua.platform.ledger import queries as ledger
from motcua.platform.ledger.types import LeafView

KEPT: Final = 1_000  #: disagreements told one by one; the others are counted
BATCH: Final = 1_000

Progress = Callable[[int], None]  #: called with the number of dossiers compared so far

_DOSSIERS: Final = """
    SELECT id, code, agency_id, procedure_code, channel, state, submitted_at, accepted_at, finished_at, due_at,
           first_due_at
      FROM cases_dossier WHERE id = ANY(%s::uuid[])
"""
_HISTORY: Final = """
    SELECT dossier_id, number, step, state, clock, at, by_role, by_seat_id, by_person_id, promised_at
      FROM cases_history WHERE dossier_id = ANY(%s::uuid[]) ORDER BY dossier_id, number
"""
# Dossiers the tables place in the span. Those of which the ledger says so too are left to the first pass.
_CLAIMED: Final = """
    SELECT id::text FROM cases_dossier d
     WHERE (submitted_at >= %(since)s AND submitted_at < %(until)s
            OR accepted_at >= %(since)s AND accepted_at < %(until)s
            OR finished_at >= %(since)s AND finished_at < %(until)s)
       AND NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.subject = d.id::text
                        AND l.at >= %(since)s AND l.at < %(until)s)
     ORDER BY id
"""


def _quiet(_done: int) -> None:
    """Tell nobody."""


def audit(span: Span, *, actor: Actor, progress: Progress = _quiet) -> CasesAudit:
    """Compare every dossier with a deed in ``span``, by the ledger or by the tables.

    Whether the ledger itself is whole is another question: ``ledger.queries.verify``.
    """
    actor.require(Role.AUDITOR, Role.ADMIN, Role.SYSTEM)
    run = _Run(span)
    for subjects in ledger.subjects_between(span.since, span.until, app="cases", size=BATCH):
        run.compare([one for one in subjects if _is_id(one)])
        progress(run.dossiers)
    for subjects in _claimed(span):
        run.compare(subjects)
        progress(run.dossiers)
    return run.outcome()


class _Run:
    """One audit: what was compared so far."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.dossiers = self.leaves = self.undated = self.unproven = 0
        self.counts: Counter[bool] = Counter()  #: by whether only the calendar moved
        self.found: list[Disagreement] = []
        self.by_ledger: Counter[tuple[UUID, bool]] = Counter()  #: (agency, on time)
        self.by_tables: Counter[tuple[UUID, bool]] = Counter()
        head = ledger.latest_head()
        self.proven = head.checkpoint.size if head else 0

    def compare(self, subjects: Sequence[str]) -> None:
        ids = list(subjects)
        leaves = ledger.leaves_about(ids, app="cases")
        columns = {row[0]: Columns._make(row[1:]) for row in _rows(_DOSSIERS, ids)}
        history: dict[UUID, list[Line]] = {}
        for row in _rows(_HISTORY, ids):
            history.setdefault(row[0], []).append(Line._make(row[1:]))
        for subject in ids:
            pk = UUID(subject)
            if pk not in columns and not leaves.get(subject):
                continue  # the office whose dossiers were brought in
            self.dossiers += 1
            self._one(pk, leaves.get(subject, []), columns.get(pk), history.get(pk, []))

    def _one(self, pk: UUID, leaves: list[LeafView], columns: Columns | None, history: list[Line]) -> None:
        self.leaves += len(leaves)
        self.unproven += sum(leaf.position is None or leaf.position >= self.proven for leaf in leaves)
        if columns is not None:
            self._rate(self.by_tables, columns.agency_id, history, columns.due_at)
        if not leaves:
            assert columns is not None
            return self._note(
                Disagreement(Differs.LEAVES_MISSING, pk, columns.code, "dossier", "", "present")
            )
        course = _course(leaves)
        agency_id = course.agency_id or (columns.agency_id if columns else None)
        reading = None
        if agency_id is not None:
            reading = rules.reading_of(course, agencies.calendar_of(AgencyId(agency_id)))
            due_at = rules.due_told(course, reading)
            self._rate(self.by_ledger, agency_id, course.lines, due_at)
        self.undated += reading is None
        if columns is None:
            return self._note(Disagreement(Differs.ROW_MISSING, pk, course.code, "dossier", "present", ""))
        for one in rules.disagreements(pk, course, reading, columns, history):
            self._note(one)
        return None

    def _rate(self, rates: Counter[Any], agency_id: UUID, lines: Sequence[Line], due_at: Any) -> None:  # noqa: ANN401
        on_time = rules.is_on_time(lines, due_at) if lines else None
        stopped = rules.stopped_at(lines)
        if on_time is not None and stopped is not None and self.span.since <= stopped < self.span.until:
            rates[agency_id, on_time] += 1

    def _note(self, one: Disagreement) -> None:
        self.counts[one.kind is Differs.CALENDAR] += 1
        if len(self.found) < KEPT:
            self.found.append(one)

    def outcome(self) -> CasesAudit:
        return CasesAudit(
            dossiers=self.dossiers,
            leaves=self.leaves,
            by_ledger=_rates(self.by_ledger),
            by_tables=_rates(self.by_tables),
            undated=self.undated,
            count=self.counts[False],
            moved_by_calendar=self.counts[True],
            disagreements=tuple(self.found),
            unproven=self.unproven,
        )


def _course(leaves: Sequence[LeafView]) -> Course:
    facts = [orjson.loads(leaf.statement.facts) for leaf in leaves]
    lines = [
        rules.line_of(
            nth,
            leaf.statement.deed,
            leaf.statement.at,
            role=leaf.statement.role,
            seat_id=leaf.statement.seat_id,
            person_id=leaf.statement.person_id,
            facts=told,
        )
        for nth, (leaf, told) in enumerate(zip(leaves, facts, strict=True), start=1)
    ]
    return rules.course_of(lines, facts)


def _rates(counted: Counter[tuple[UUID, bool]]) -> tuple[Rate, ...]:
    offices = sorted({agency_id for agency_id, _ in counted})
    return tuple(Rate(one, counted[one, True] + counted[one, False], counted[one, True]) for one in offices)


def _rows(sql: str, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(ids)])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _claimed(span: Span) -> Iterator[list[str]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_CLAIMED, {"since": span.since, "until": span.until})
        while rows := cursor.fetchmany(BATCH):
            yield [row[0] for row in rows]


def _is_id(subject: str) -> bool:
    try:
        return str(UUID(subject)) == subject
    except ValueError:
        return False
