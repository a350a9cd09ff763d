"""Let an agency decide differently for itself, within the places the law leaves open."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.events import LocalRuleChanged
from motcua.domain.catalogue.models import LocalRule, Procedure
from motcua.domain.catalogue.rules.records import local
from motcua.domain.catalogue.types import NotLater, ProcedureId, UnknownProcedure
from motcua.kernel.actors import Actor, Role
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox


@transaction.atomic
def make_local_rule(
    code: str,
    *,
    agency_id: UUID,
    decision: str,
    changes: Mapping[str, Any],
    valid_from: date,
    actor: Actor,
    at: datetime,
) -> None:
    """Lay changes over a procedure for one agency from a day on; they replace those it had.

    Raises UnknownProcedure, BadLocalRule, NotLater. Announces LocalRuleChanged.
    """
    actor.require(Role.ADMIN)
    procedure = _locked(code)
    against = queries.record(code, on=valid_from).record
    made = local.checked(against, changes)
    _end(procedure, agency_id, valid_from)
    row = LocalRule.objects.create(
        procedure=procedure,
        agency_id=agency_id,
        decision=decision,
        changes=[asdict(change) for change in made],
        valid_from=valid_from,
        made_at=at,
    )
    facts = {
        "code": code,
        "agency_id": agency_id,
        "decision": decision,
        "paths": [change.path for change in made],
    }
    ledger.append("catalogue.make_local_rule", row.pk, actor=actor, at=at, facts=facts)
    _announce(procedure, agency_id, valid_from, at)


@transaction.atomic
def end_local_rule(code: str, *, agency_id: UUID, valid_to: date, actor: Actor, at: datetime) -> None:
    """Let the national record hold again for an agency from a day on. Raises UnknownProcedure, NotLater."""
    actor.require(Role.ADMIN)
    procedure = _locked(code)
    _end(procedure, agency_id, valid_to)
    facts = {"code": code, "agency_id": agency_id, "valid_to": valid_to}
    ledger.append("catalogue.end_local_rule", procedure.pk, actor=actor, at=at, facts=facts)
    _announce(procedure, agency_id, valid_to, at)


def _locked(code: str) -> Procedure:
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    if procedure is None:
        raise UnknownProcedure(code=code)
    return procedure


def _end(procedure: Procedure, agency_id: UUID, on: date) -> None:
    standing = LocalRule.objects.filter(
        procedure=procedure, agency_id=agency_id, valid_to__isnull=True
    ).first()
    if standing is None:
        return
    if on < standing.valid_from:
        raise NotLater(code=procedure.code, valid_from=standing.valid_from)
    LocalRule.objects.filter(pk=standing.pk).update(valid_to=on)


def _announce(procedure: Procedure, agency_id: UUID, valid_from: date, at: datetime) -> None:
    outbox.announce(
        LocalRuleChanged(
            at=at,
            procedure_id=ProcedureId(procedure.pk),
            code=procedure.code,
            agency_id=agency_id,
            valid_from=valid_from,
        )
    )
