"""Local rules over national records: which hold, what they make of a record, which no longer fit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from motcua.domain.catalogue.models import LocalRule
from motcua.domain.catalogue.queries.records import record
from motcua.domain.catalogue.rules.records import local
from motcua.domain.catalogue.rules.records.local import Change, Fit, LaidOver
from motcua.domain.catalogue.types import RecordView


@dataclass(frozen=True, slots=True)
class LocalRuleView:
    """What an agency decided differently."""

    id: UUID
    code: str
    agency_id: UUID
    decision: str
    changes: tuple[Change, ...]
    valid_from: date
    valid_to: date | None


def local_rules(code: str, *, on: date) -> list[LocalRuleView]:
    """Return the local rules over a procedure that hold on a day."""
    rows = LocalRule.objects.in_force(on).filter(procedure__code=code).order_by("valid_from", "id")
    return [_view(row, code) for row in rows]


def local_record(code: str, agency_ids: Iterable[UUID], *, on: date) -> tuple[RecordView, LaidOver | None]:
    """Return the record as it holds for the first of these agencies that decided differently, nearest first.

    Without such an agency: the national record alone. Raises UnknownProcedure.
    """
    national = record(code, on=on)
    rules = {rule.agency_id: rule for rule in local_rules(code, on=on)}
    for agency_id in agency_ids:
        if agency_id in rules:
            laid = local.laid_over(national.record, rules[agency_id].changes)
            return replace(national, record=laid.record, online_level=laid.online_level), laid
    return national, None


def local_conflicts(*, on: date) -> list[tuple[LocalRuleView, Change]]:
    """Return the changes whose place is gone from the national record in force."""
    rows = LocalRule.objects.in_force(on).select_related("procedure").order_by("procedure__code", "id")
    rules = [_view(row, row.procedure.code) for row in rows]
    return [
        (rule, laid.change)
        for rule in rules
        for laid in local.laid_over(record(rule.code, on=on).record, rule.changes).changes
        if laid.fit is Fit.GONE
    ]


def _view(row: LocalRule, code: str) -> LocalRuleView:
    changes = tuple(Change(**change) for change in row.changes)
    return LocalRuleView(row.pk, code, row.agency_id, row.decision, changes, row.valid_from, row.valid_to)
