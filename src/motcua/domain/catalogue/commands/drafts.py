"""Write definitions: start, change, send for publication, agree, publish, go back to an earlier one."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.commands.publishing import publish
from motcua.domain.catalogue.models import DefinitionDraft, Version
from motcua.domain.catalogue.rules import proof, starting, trying
from motcua.domain.catalogue.types import (
    HELD,
    DraftClosed,
    DraftId,
    DraftMovedOn,
    DraftState,
    DraftTaken,
    DraftView,
    NotSubmitted,
    OwnWork,
    ProcedureView,
    Severity,
    StillFaulty,
    UnknownDraft,
    UnknownProcedure,
    VersionId,
)
from motcua.kernel.actors import Actor, Role
from motcua.platform.ledger import commands as ledger


@transaction.atomic
def start_definition(code: str, *, base: VersionId | None = None, actor: Actor, at: datetime) -> DraftView:
    """Begin a definition of procedure ``code``: from a published version, or from a first sketch.

    Raises BadDefinition when the code is none; DraftTaken when one is being written already.
    """
    actor.require(Role.ADMIN)
    if base is not None:
        definition = queries.version(base).definition
        content = definition.model_dump(mode="json", exclude_defaults=True) | {"format": definition.format}
        content["code"] = code
    else:
        content = starting.sketch(code, on=at.date())
    row = DefinitionDraft(
        code=code,
        content=_text(content),
        base_version_id=base,
        written_by=actor.person_id,
        created_at=at,
        updated_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise DraftTaken(code=code) from error
    _record("catalogue.start_definition", row, actor=actor, at=at)
    return queries.draft_view_of(row)


@transaction.atomic
def write_definition(
    draft_id: DraftId, content: Mapping[str, Any], *, seen: int, actor: Actor, at: datetime
) -> DraftView:
    """Put ``content`` in the place of what the draft says. What was sent for publication is taken back.

    ``seen`` is the revision the author looked at. Raises UnknownDraft, DraftClosed, DraftMovedOn.
    """
    actor.require(Role.ADMIN)
    row = _open(draft_id, seen=seen)
    row.content = _text({**content, "code": row.code})
    row.state, row.submitted_by, row.approved_by = DraftState.WRITING, None, None
    _save(row, actor=actor, at=at)
    return queries.draft_view_of(row)


@transaction.atomic
def submit_definition(draft_id: DraftId, *, seen: int, actor: Actor, at: datetime) -> DraftView:
    """Send a definition for publication: the first of two signatures.

    Raises StillFaulty unless it reads, its test cases pass and there is at least one.
    """
    actor.require(Role.ADMIN)
    row = _open(draft_id, seen=seen)
    _refuse_if_faulty(queries.draft_view_of(row))
    row.state, row.submitted_by, row.approved_by = DraftState.SUBMITTED, actor.person_id, None
    row.save(update_fields=["state", "submitted_by", "approved_by"])
    _record("catalogue.submit_definition", row, actor=actor, at=at)
    return queries.draft_view_of(row)


@transaction.atomic
def return_definition(draft_id: DraftId, *, seen: int, actor: Actor, at: datetime) -> DraftView:
    """Send a submitted definition back to be written on. Raises NotSubmitted."""
    actor.require(Role.ADMIN, Role.LEADER)
    row = _open(draft_id, seen=seen)
    if row.state != DraftState.SUBMITTED:
        raise NotSubmitted(draft_id=draft_id)
    row.state, row.submitted_by = DraftState.WRITING, None
    row.save(update_fields=["state", "submitted_by"])
    _record("catalogue.return_definition", row, actor=actor, at=at)
    return queries.draft_view_of(row)


@transaction.atomic
def approve_definition(
    draft_id: DraftId, *, seen: int, valid_from: date | None = None, actor: Actor, at: datetime
) -> ProcedureView:
    """Agree as the second person, and publish: in force from ``valid_from``, today or later.

    Raises NotSubmitted, OwnWork, StillFaulty, AlreadyPublished.
    """
    actor.require(Role.ADMIN, Role.LEADER)
    row = _open(draft_id, seen=seen)
    if row.state != DraftState.SUBMITTED:
        raise NotSubmitted(draft_id=draft_id)
    if actor.person_id in {row.submitted_by, row.written_by}:
        raise OwnWork(draft_id=draft_id)
    content = json.loads(row.content)
    if valid_from is not None:
        content["valid_from"] = valid_from.isoformat()
        row.content = _text(content)
    _refuse_if_faulty(queries.draft_view_of(row))
    published = publish(row.content, actor=Actor(actor.person_id, Role.ADMIN), at=at)
    row.state, row.approved_by = DraftState.PUBLISHED, actor.person_id
    row.version_id, row.updated_at = published.version_id, at
    row.save()
    _record("catalogue.approve_definition", row, actor=actor, at=at)
    return published


@transaction.atomic
def discard_definition(draft_id: DraftId, *, seen: int, actor: Actor, at: datetime) -> None:
    """Give a definition up; it is kept for the record."""
    actor.require(Role.ADMIN)
    row = _open(draft_id, seen=seen)
    row.state, row.updated_at = DraftState.DISCARDED, at
    row.save(update_fields=["state", "updated_at"])
    _record("catalogue.discard_definition", row, actor=actor, at=at)


@transaction.atomic
def roll_back(
    code: str, number: int, *, decision: str, valid_from: date, actor: Actor, at: datetime
) -> ProcedureView:
    """Publish an earlier version again, by ``decision``, in force from ``valid_from``.

    The version in between stays on record. Raises UnknownProcedure, AlreadyPublished.
    """
    actor.require(Role.ADMIN)
    earlier = Version.objects.filter(procedure__code=code, number=number).values_list("pk", flat=True).first()
    if earlier is None:
        raise UnknownProcedure(code=code, version=number)
    definition = queries.version(VersionId(earlier)).definition
    content = definition.model_dump(mode="json") | {
        "decision": decision,
        "valid_from": valid_from.isoformat(),
    }
    ledger.append("catalogue.roll_back", earlier, actor=actor, at=at, facts={"code": code, "to": number})
    return publish(_text(content), actor=actor, at=at)


def _open(draft_id: DraftId, *, seen: int) -> DefinitionDraft:
    row = DefinitionDraft.objects.select_for_update().filter(pk=draft_id).first()
    if row is None:
        raise UnknownDraft(draft_id=draft_id)
    if row.state not in {DraftState.WRITING, DraftState.SUBMITTED}:
        raise DraftClosed(draft_id=draft_id)
    if row.revision != seen:
        raise DraftMovedOn(draft_id=draft_id, seen=seen, revision=row.revision)
    return row


def _save(row: DefinitionDraft, *, actor: Actor, at: datetime) -> None:
    row.revision += 1
    row.written_by, row.updated_at = actor.person_id, at
    row.save()
    _record("catalogue.write_definition", row, actor=actor, at=at)


def _refuse_if_faulty(view: DraftView) -> None:
    """Raise StillFaulty unless the draft reads, its own test cases pass, there is one, and it proves."""
    faults = [{"where": fault.where, "what": fault.what, "says": fault.at} for fault in view.faults]
    if not faults:
        definition = queries.drafted(view)
        trials = trying.tried(definition)
        faults = [
            {"where": "tests", "what": "test_fails", "says": trial.name}
            for trial in trials
            if not trial.passed
        ]
        faults += [] if trials else [{"where": "tests", "what": "no_tests", "says": ""}]
        found = proof.prove(definition, held=HELD).findings
        faults += [
            {"where": each.where, "what": each.what, "says": ""}
            for each in found
            if each.severity is Severity.FAULT
        ]
    if faults:
        raise StillFaulty(faults=faults)


def _record(deed: str, row: DefinitionDraft, *, actor: Actor, at: datetime) -> None:
    ledger.append(deed, row.pk, actor=actor, at=at, facts={"code": row.code, "revision": row.revision})


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> object:
    """Return what YAML reads as a day, a time or an exact fraction as JSON writes it."""
    return float(value) if isinstance(value, Decimal) else str(value)
