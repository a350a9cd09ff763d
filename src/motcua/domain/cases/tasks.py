"""Clock-driven work on dossiers."""

from datetime import datetime

from motcua.domain.cases import commands, queries
from motcua.kernel.actors import SYSTEM
from motcua.platform.jobs.types import at_times, every


@every("10 minutes", name="cases.close_unanswered")
def close_unanswered_dossiers(at: datetime) -> None:
    """Close every dossier whose supplement did not come within the time."""
    for dossier_id in queries.unanswered(at):
        commands.close_unanswered(dossier_id, actor=SYSTEM, at=at)


@every("30 seconds", name="cases.count_figures")
def count_figures(at: datetime) -> None:
    """Bring the statistics up to date."""
    commands.count_figures(actor=SYSTEM, at=at)


@at_times("30 18 * * *", name="cases.count_figures_anew")
def count_figures_anew(at: datetime) -> None:
    """Count all statistics again, so that nothing a long transaction brought in late is missing."""
    commands.count_figures(actor=SYSTEM, at=at, anew=True)
