"""The clock of the node, read only at the edges: pages, tasks and the command line.

Commands and rules take the time as an argument and never come here.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def local_date(at: datetime) -> date:
    """Return the calendar date in Vietnam at the instant ``at``."""
    return at.astimezone(VIETNAM).date()
