"""Publish procedures."""

from datetime import datetime
from typing import Final

from django.db import transaction

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.events import ProcedurePublished
from motcua.domain.catalogue.models import Procedure, Version
from motcua.domain.catalogue.rules import definitions, proof
from motcua.domain.catalogue.types import (
    AlreadyPublished,
    Definition,
    NotProved,
    ProcedureId,
    ProcedureView,
    VersionId,
)
from motcua.kernel.actors import Actor, Role
from motcua.kernel.text import fold
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox

MOST_TOLD: Final = 100  #: findings of one refusal


@transaction.atomic
def publish(text: str, *, actor: Actor, at: datetime) -> ProcedureView:
    """Publish the definition in ``text``; it takes over from the version before on its ``valid_from``.

    Raises BadDefinition; NotProved when it has faults; AlreadyPublished when the open version starts on the
    same day or later. Announces ProcedurePublished. Publishing the very same definition again changes nothing.
    """
    actor.require(Role.ADMIN, Role.SYSTEM)
    definition = definitions.parse(text)
    _refuse_unless_proved(definition)
    return _published(definition, text, actor=actor, at=at)


def _refuse_unless_proved(definition: Definition) -> None:
    """Raise NotProved with what the proof found, in plain data, when any of it is a fault."""
    if faults := proof.prove(definition).faults:
        raise NotProved(
            findings=[
                {
                    "class": found.kind.value,
                    "what": found.what,
                    "where": found.where,
                    "facts": dict(found.facts),
                    "input": found.input,
                }
                for found in faults[:MOST_TOLD]
            ]
        )


def _published(definition: Definition, text: str, *, actor: Actor, at: datetime) -> ProcedureView:
    procedure, _ = Procedure.objects.get_or_create(code=definition.code)
    before = Version.objects.select_for_update().filter(procedure=procedure, valid_to=None).first()
    raw = definition.model_dump(mode="json")
    if before is not None and before.definition == raw:
        return queries.version(VersionId(before.pk))
    if before is not None:
        if before.valid_from >= definition.valid_from:
            raise AlreadyPublished(code=definition.code, valid_from=before.valid_from)
        Version.objects.filter(pk=before.pk).update(valid_to=definition.valid_from)
    row = Version.objects.create(
        procedure=procedure,
        number=before.number + 1 if before else 1,
        definition=raw,
        source=text,
        search_text=_search_text(definition),
        valid_from=definition.valid_from,
        published_at=at,
    )
    facts = {"code": definition.code, "version": row.number, "valid_from": definition.valid_from.isoformat()}
    ledger.append("catalogue.publish", row.pk, actor=actor, at=at, facts=facts)
    outbox.announce(
        ProcedurePublished(
            at=at,
            procedure_id=ProcedureId(procedure.pk),
            version_id=VersionId(row.pk),
            code=definition.code,
            valid_from=definition.valid_from,
        )
    )
    transaction.on_commit(queries.forget_index)
    return queries.version(VersionId(row.pk))


@transaction.atomic
def publish_shipped(*, actor: Actor, at: datetime) -> list[ProcedureView]:
    """Publish every definition that ships with the package. Safe to repeat.

    These are proved by a test of the package, not again at every start of a node.
    """
    actor.require(Role.ADMIN, Role.SYSTEM)
    texts = [queries.shipped_text(code) for code in queries.shipped_codes()]
    return [_published(definitions.parse(text), text, actor=actor, at=at) for text in texts]


def _search_text(definition: Definition) -> str:
    words = (
        definition.name.vi,
        definition.name.en,
        definition.summary.vi,
        definition.field.vi,
        definition.code,
    )
    return fold(" ".join((*words, *definition.keywords)))
