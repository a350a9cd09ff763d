"""Leaves: what was done, by whom, to what."""

from typing import Any
from uuid import UUID

from motcua.platform.ledger.models import Leaf
from motcua.platform.ledger.types import LeafView, Statement, UnknownLeaf

STATEMENT = Statement._fields
_VIEW = (*STATEMENT, "leaf_hash", "position", "recorded_at")


def leaf(leaf_id: UUID) -> LeafView:
    """Return one leaf. Raises UnknownLeaf."""
    row = Leaf.objects.filter(id=leaf_id).values_list(*_VIEW).first()
    if row is None:
        raise UnknownLeaf(leaf_id=leaf_id)
    return _view(row)


def leaves_of(subject: UUID | str) -> list[LeafView]:
    """Return everything ever done to ``subject``, oldest first."""
    rows = Leaf.objects.filter(subject=str(subject)).order_by("recorded_at", "id")
    return [_view(row) for row in rows.values_list(*_VIEW)]


def pending() -> int:
    """Return how many committed leaves wait for their place."""
    return Leaf.objects.filter(position__isnull=True).count()


def _view(row: tuple[Any, ...]) -> LeafView:
    *statement, leaf_hash, position, recorded_at = row
    return LeafView(Statement._make(statement), bytes(leaf_hash), position, recorded_at)
