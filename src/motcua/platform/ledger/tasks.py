"""Clock-driven entry points: order what was committed, sign once a minute."""

from datetime import datetime

from motcua.platform.jobs.types import every
from motcua.platform.ledger import commands


@every("10 seconds", name="ledger.sequence_leaves")
def sequence_leaves(at: datetime) -> None:
    """Place every committed leaf, batch after batch."""
    while commands.sequence():
        pass


@every("1 minute", name="ledger.sign_head")
def sign_head(at: datetime) -> None:
    """Place what is waiting, then sign the tree."""
    sequence_leaves(at)
    commands.sign_head(at=at)
