"""Clock-driven work on dossiers."""

from datetime import datetime

from motcua.domain.cases import commands, queries
from motcua.kernel.actors import SYSTEM
from motcua.platform.jobs.types import every


@every("10 minutes", name="cases.close_unanswered")
def close_unanswered_dossiers(at: datetime) -> None:
    """Close every dossier whose supplement did not come within the time."""
    for dossier_id in queries.unanswered(at):
        commands.close_unanswered(dossier_id, actor=SYSTEM, at=at)
