"""Leaves: what was done, by whom, to what."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from motcua.kernel.ids import first_at
from motcua.platform.ledger.models import Leaf
from motcua.platform.ledger.types import LeafView, Statement, UnknownLeaf

STATEMENT = Statement._fields
_VIEW = (*STATEMENT, "leaf_hash", "position", "recorded_at")

_ABOUT: Final = f"""
    SELECT {", ".join(_VIEW)} FROM ledger_leaf
     WHERE deed LIKE %(deeds)s AND subject = ANY(%(subjects)s) ORDER BY subject COLLATE "C", position, id
"""
# The id of a leaf begins with the instant of its deed: the primary key finds a span.
_ACTIVE: Final = """
    SELECT DISTINCT subject COLLATE "C" FROM ledger_leaf
     WHERE id >= %(first)s AND id < %(last)s AND deed LIKE %(deeds)s ORDER BY 1
"""


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


def leaves_about(subjects: Sequence[str], *, app: str) -> dict[str, list[LeafView]]:
    """Return all leaves of one app's deeds about each of ``subjects``, in the order of the log; one query."""
    found: dict[str, list[LeafView]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ABOUT, {"deeds": f"{app}.%", "subjects": list(subjects)})
        for row in cursor:
            found.setdefault(row[STATEMENT.index("subject")], []).append(_view(row))
    return found


def subjects_between(since: datetime, until: datetime, *, app: str, size: int = 1_000) -> Iterator[list[str]]:
    """Yield, ``size`` at a time and in order, whom or what deeds of one app were done to in a span."""
    facts: dict[str, UUID | str] = {"first": first_at(since), "last": first_at(until), "deeds": f"{app}.%"}
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ACTIVE, facts)
        while rows := cursor.fetchmany(size):
            yield [row[0] for row in rows]


def pending() -> int:
    """Return how many committed leaves wait for their place."""
    return Leaf.objects.filter(position__isnull=True).count()


def _view(row: tuple[Any, ...]) -> LeafView:
    *statement, leaf_hash, position, recorded_at = row
    return LeafView(Statement._make(statement), bytes(leaf_hash), position, recorded_at)
