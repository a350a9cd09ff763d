"""Read the ledger: its leaves and heads, proofs, and the recomputation of all of it."""

from motcua.platform.ledger.queries.audit import verify
from motcua.platform.ledger.queries.leaves import (
    leaf,
    leaves_about,
    leaves_of,
    pending,
    subjects_between,
)
from motcua.platform.ledger.queries.tree import (
    consistency,
    edge,
    head,
    inclusion,
    latest_head,
    root_at,
    size,
)

__all__ = [
    "consistency",
    "edge",
    "head",
    "inclusion",
    "latest_head",
    "leaf",
    "leaves_about",
    "leaves_of",
    "pending",
    "root_at",
    "size",
    "subjects_between",
    "verify",
]
