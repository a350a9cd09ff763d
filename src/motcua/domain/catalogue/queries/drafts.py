"""Read definitions in the making."""

import json
from collections.abc import Mapping
from typing import Any

from motcua.domain.catalogue.models import DefinitionDraft
from motcua.domain.catalogue.rules import definitions, editing, starting
from motcua.domain.catalogue.types import (
    BadDefinition,
    Definition,
    DefinitionFault,
    DraftId,
    DraftState,
    DraftView,
    UnknownDraft,
    VersionId,
)
from motcua.kernel.actors import Actor, Role

EDITORS = (Role.ADMIN, Role.LEADER)
part_of = editing.part
with_part = editing.replaced
with_item = editing.added
without_part = editing.removed
with_item_moved = editing.moved
with_question_renamed = editing.renamed
blank_item = starting.blank
laid_down = definitions.laid_down
read_plain = definitions.read


def definition_drafts(*, actor: Actor) -> list[DraftView]:
    """Return the definitions in the making, the one changed last first (one query)."""
    actor.require(*EDITORS, Role.AUDITOR)
    open_states = [DraftState.WRITING, DraftState.SUBMITTED]
    return [
        draft_view_of(row)
        for row in DefinitionDraft.objects.filter(state__in=open_states).order_by("-updated_at")
    ]


def definition_draft(draft_id: DraftId, *, actor: Actor) -> DraftView:
    """Return one definition in the making. Raises UnknownDraft."""
    actor.require(*EDITORS, Role.AUDITOR)
    row = DefinitionDraft.objects.filter(pk=draft_id).first()
    if row is None:
        raise UnknownDraft(draft_id=draft_id)
    return draft_view_of(row)


def drafted(view: DraftView) -> Definition:
    """Return the definition a draft says. Raises BadDefinition while it is not one."""
    return definitions.validated(dict(view.content))


def faults_of(content: Mapping[str, Any]) -> tuple[DefinitionFault, ...]:
    """Return why ``content`` is not a definition yet."""
    try:
        definitions.validated(dict(content))
    except BadDefinition as refusal:
        faults = refusal.facts["faults"]
        assert isinstance(faults, list)
        return tuple(DefinitionFault(each["where"], each["what"], each["says"]) for each in faults)
    return ()


def draft_view_of(row: DefinitionDraft) -> DraftView:
    """Return the view of a stored draft."""
    content = json.loads(row.content)
    return DraftView(
        id=DraftId(row.pk),
        code=row.code,
        state=DraftState(row.state),
        revision=row.revision,
        content=content,
        faults=faults_of(content),
        base_version_id=VersionId(row.base_version_id) if row.base_version_id else None,
        written_by=row.written_by,
        submitted_by=row.submitted_by,
        approved_by=row.approved_by,
        updated_at=row.updated_at,
        version_id=VersionId(row.version_id) if row.version_id else None,
    )
