"""Write to the ledger: one leaf for every deed, in the deed's own transaction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.kernel.actors import Actor
from motcua.kernel.ids import uuid7


def append(
    deed: str, subject: UUID | str, *, actor: Actor, at: datetime, facts: Mapping[str, object]
) -> UUID:
    """Record that ``actor`` did ``deed`` to ``subject`` at ``at``; return the id of the leaf."""
    return uuid7(at)
