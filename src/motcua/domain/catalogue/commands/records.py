"""Announce, amend and abolish one public record; take what readers say about its page."""

from datetime import date, datetime
from typing import Final

from django.db import transaction

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.commands.record_imports import write
from motcua.domain.catalogue.events import ProcedureAbolished, RecordAnnounced
from motcua.domain.catalogue.models import ClarityAnswer, Procedure, RecordVersion, Version
from motcua.domain.catalogue.queries.imports import Planned, Standing
from motcua.domain.catalogue.rules.records import content
from motcua.domain.catalogue.types import ProcedureId, UnknownProcedure
from motcua.domain.catalogue.types.record import Action, Announcement, Record
from motcua.domain.catalogue.types.record_views import Origin, RecordId, RecordView, RowOutcome, Verdict
from motcua.domain.catalogue.types.refusals import AlreadyAbolished, NotLater
from motcua.kernel import clock
from motcua.kernel.actors import Actor, Role
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox

LONGEST_WORDS: Final = 500


@transaction.atomic
def announce_record(record: Record, *, actor: Actor, at: datetime) -> RecordView:
    """Announce or amend one record from its date on (from today if it states none).

    The very same record again changes nothing. Raises NotLater. Announces RecordAnnounced.
    """
    actor.require(Role.ADMIN, Role.SYSTEM)
    procedure, _ = Procedure.objects.get_or_create(code=record.code)
    standing = _standing(procedure)
    stored = content.stored(record)
    content_hash = content.content_hash(stored)
    today = clock.local_date(at)
    if standing and standing.content_hash == content_hash:
        return queries.record_version(RecordId(standing.id), on=today)
    valid_from = record.announcement.valid_from or today
    if standing and valid_from < standing.valid_from:
        raise NotLater(code=record.code, valid_from=standing.valid_from)
    outcome = RowOutcome(1, record.code, Verdict.AMENDED if standing else Verdict.CREATED)
    row = Planned(outcome, record, stored, content_hash, valid_from, standing)
    (version,) = write([row], origin=Origin.WRITTEN, actor=actor, at=at)
    facts = {"code": record.code, "content_sha256": content_hash, "valid_from": valid_from}
    ledger.append("catalogue.announce_record", version.pk, actor=actor, at=at, facts=facts)
    outbox.announce(
        RecordAnnounced(
            at=at,
            procedure_id=ProcedureId(procedure.pk),
            code=record.code,
            content_hash=content_hash,
            valid_from=valid_from,
        )
    )
    return queries.record_version(RecordId(version.pk), on=today)


@transaction.atomic
def abolish(code: str, *, decision: str, valid_from: date, actor: Actor, at: datetime) -> RecordView:
    """Abolish a procedure from a day on. Its page says so, nothing new can be filed, dossiers run to their end.

    A definition in force ends the same day. Raises UnknownProcedure, AlreadyAbolished, NotLater. Announces
    ProcedureAbolished.
    """
    actor.require(Role.ADMIN)
    today = clock.local_date(at)
    procedure = Procedure.objects.filter(code=code).first()
    if procedure is None:
        raise UnknownProcedure(code=code, on=today)
    standing = _standing(procedure)
    if standing and standing.action is Action.ABOLISHED:
        raise AlreadyAbolished(code=code, valid_from=standing.valid_from)
    if standing and valid_from < standing.valid_from:
        raise NotLater(code=code, valid_from=standing.valid_from)
    before = queries.record(code, on=max(valid_from, standing.valid_from) if standing else today)
    said = Announcement(number=decision, action=Action.ABOLISHED, decided_on=today, valid_from=valid_from)
    record = before.record.model_copy(update={"announcement": said})
    stored = content.stored(record)
    row = Planned(
        RowOutcome(1, code, Verdict.AMENDED),
        record,
        stored,
        content.content_hash(stored),
        valid_from,
        standing,
    )
    (version,) = write([row], origin=Origin.WRITTEN, actor=actor, at=at)
    _end_definition(procedure, valid_from)
    facts = {"code": code, "decision": decision, "valid_from": valid_from}
    ledger.append("catalogue.abolish", version.pk, actor=actor, at=at, facts=facts)
    outbox.announce(
        ProcedureAbolished(at=at, procedure_id=ProcedureId(procedure.pk), code=code, valid_from=valid_from)
    )
    return queries.record_version(RecordId(version.pk), on=today)


@transaction.atomic
def say_whether_clear(code: str, *, is_clear: bool, words: str = "", actor: Actor, at: datetime) -> None:
    """Keep whether a reader found the page of a procedure clear; nothing about the reader is kept.

    Long numbers in the words (phones, personal numbers) are struck out. Raises UnknownProcedure.
    """
    actor.require(*Role)
    procedure = Procedure.objects.filter(code=code).first()
    if procedure is None:
        raise UnknownProcedure(code=code)
    kept = queries.without_personal_numbers(words)[:LONGEST_WORDS]
    on = clock.local_date(at)
    ClarityAnswer.objects.create(procedure=procedure, is_clear=is_clear, words=kept, on=on)


def _standing(procedure: Procedure) -> Standing | None:
    row = RecordVersion.objects.select_for_update().open().filter(procedure=procedure).first()
    if row is None:
        return None
    return Standing(
        row.pk, procedure.pk, row.number, Action(row.action), row.content_hash, "", row.valid_from
    )


def _end_definition(procedure: Procedure, valid_from: date) -> None:
    """Close the definition with the record; one that has not begun keeps no day at all."""
    for version in Version.objects.select_for_update().filter(procedure=procedure, valid_to__isnull=True):
        if version.valid_from < valid_from:
            Version.objects.filter(pk=version.pk).update(valid_to=valid_from)
