"""A definition in the making: who writes it, who agreed, what it would replace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NewType
from uuid import UUID

from motcua.domain.catalogue.types.logic import DefinitionFault
from motcua.domain.catalogue.types.views import VersionId
from motcua.kernel.errors import Conflict, Forbidden, Invalid, Unknown

DraftId = NewType("DraftId", UUID)

SIGNATURES_NEEDED: Final = 2  #: whoever sends a definition for publication, and somebody else who agrees


class DraftState(StrEnum):
    WRITING = "writing"  #: may be changed
    SUBMITTED = "submitted"  #: waits for somebody else to agree; changing it takes it back
    PUBLISHED = "published"  #: has become a version
    DISCARDED = "discarded"  #: given up; kept for the record


@dataclass(frozen=True, slots=True)
class DraftView:
    """A definition in the making. ``revision`` grows with every change."""

    id: DraftId
    code: str
    state: DraftState
    revision: int
    content: Mapping[str, Any]
    faults: tuple[DefinitionFault, ...]  #: why it is not a definition yet; none when it is
    base_version_id: VersionId | None
    written_by: UUID | None  #: who changed it last
    submitted_by: UUID | None
    approved_by: UUID | None
    updated_at: datetime
    version_id: VersionId | None  #: what it became

    @property
    def name(self) -> str:
        name = self.content.get("name")
        return str(name.get("vi", "")) if isinstance(name, Mapping) else ""


class UnknownDraft(Unknown):
    """There is no such definition in the making."""

    code = "catalogue.unknown_draft"


class NoSuchPart(Unknown):
    """The definition has no part at ``path``; somebody may have moved or removed it."""

    code = "catalogue.no_such_part"


class DraftMovedOn(Conflict):
    """Somebody else has changed the definition since it was looked at."""

    code = "catalogue.draft_moved_on"


class DraftTaken(Conflict):
    """A definition of this procedure is being written already."""

    code = "catalogue.draft_taken"


class DraftClosed(Conflict):
    """The definition is published or given up and can no longer be changed."""

    code = "catalogue.draft_closed"


class NotSubmitted(Conflict):
    """Nobody has sent the definition for publication, or it was changed since."""

    code = "catalogue.not_submitted"


class OwnWork(Forbidden):
    """Whoever wrote or sent a definition cannot be the second to agree."""

    code = "catalogue.own_work"


class StillFaulty(Invalid):
    """The definition, its proof or its test cases still have faults; ``facts["faults"]`` lists them."""

    code = "catalogue.still_faulty"
