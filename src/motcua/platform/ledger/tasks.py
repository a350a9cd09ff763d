"""Clock-driven entry points: order what was committed, sign once a minute."""

from datetime import datetime

from motcua.platform.ledger import commands


def sequence_leaves(at: datetime) -> int:
    """Place every committed leaf, batch after batch; return how many."""
    placed = 0
    while batch := commands.sequence():
        placed += batch
    return placed


def sign_head(at: datetime) -> None:
    """Place what is waiting, then sign the tree."""
    sequence_leaves(at)
    commands.sign_head(at=at)
