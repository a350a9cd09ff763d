"""Clock-driven work on dossiers."""

from datetime import datetime

from motcua.domain.cases import commands, queries
from motcua.domain.cases.types import DossierId
from motcua.kernel.actors import SYSTEM


def close_unanswered_dossiers(at: datetime) -> list[DossierId]:
    """Close every dossier whose supplement did not come within the time; return those closed."""
    due = queries.unanswered(at)
    for dossier_id in due:
        commands.close_unanswered(dossier_id, actor=SYSTEM, at=at)
    return due
