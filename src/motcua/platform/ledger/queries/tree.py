"""The tree and its signed heads: size, roots and proofs, from a handful of tiles each."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from motcua.platform.ledger.models import Head, Tile
from motcua.platform.ledger.queries.leaves import leaf
from motcua.platform.ledger.rules import canonical, merkle, notes, tiles
from motcua.platform.ledger.rules.merkle import Span
from motcua.platform.ledger.rules.tiles import Place
from motcua.platform.ledger.types import (
    ConsistencyProof,
    HeadView,
    InclusionProof,
    NoHead,
    NoSuchSize,
    NotYetProvable,
)

_READ = """
    SELECT tile.level, tile.number, tile.hashes FROM ledger_tile AS tile
    JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted (level, number)
      ON tile.level = wanted.level AND tile.number = wanted.number
"""


def size() -> int:
    """Return the number of leaves that have a place in the tree."""
    last = Tile.objects.filter(level=0).order_by("-number").values_list("number", "hashes").first()
    if last is None:
        return 0
    number, hashes = last
    return number * tiles.WIDTH + len(hashes) // merkle.HASH_BYTES


def edge(size: int) -> dict[Place, bytes]:
    """Return the unfinished tiles of the tree of ``size`` leaves."""
    return tiles_at(tiles.edge(size))


def root_at(size: int) -> bytes:
    """Return the root the tree had when it held ``size`` leaves."""
    return tiles.root(size, edge(size))


def latest_head() -> HeadView | None:
    """Return the latest signed head, or None before the first."""
    row = Head.objects.order_by("-signed_at").values_list("key_id", "note").first()
    return row and _head(*row)


def head() -> HeadView:
    """Return the latest signed head. Raises NoHead before the first."""
    latest = latest_head()
    if latest is None:
        raise NoHead()
    return latest


def inclusion(leaf_id: UUID) -> InclusionProof:
    """Return the receipt of a leaf against the latest signed head.

    Raises UnknownLeaf, NoHead, and NotYetProvable during the minute before a head covers the leaf.
    """
    found, signed = leaf(leaf_id), head()
    if found.position is None or found.position >= signed.checkpoint.size:
        raise NotYetProvable(leaf_id=leaf_id)
    return InclusionProof(
        leaf_id=leaf_id,
        leaf=canonical.leaf_text(found.statement),
        position=found.position,
        path=_hashes(merkle.inclusion_spans(found.position, signed.checkpoint.size)),
        head=signed,
    )


def consistency(old: int, new: int) -> ConsistencyProof:
    """Return the proof that the tree of ``new`` leaves extends that of ``old``. Raises NoSuchSize."""
    if not 0 <= old <= new <= size():
        raise NoSuchSize(old=old, new=new)
    return ConsistencyProof(old, new, _hashes(merkle.consistency_spans(old, new)))


def _head(key_id: str, note: str) -> HeadView:
    return HeadView(notes.opened(note).checkpoint, key_id, note)


def _hashes(spans: Iterable[Span]) -> tuple[bytes, ...]:
    spans = tuple(spans)
    stored = tiles_at(set().union(*map(tiles.places_of, spans)))
    return tuple(tiles.span_hash(span, stored) for span in spans)


def tiles_at(places: Iterable[Place]) -> dict[Place, bytes]:
    """Return the stored tiles at ``places``; one that is not stored is left out."""
    wanted = list(places)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_READ, [[place.level for place in wanted], [place.number for place in wanted]])
        return {Place(level, number): bytes(hashes) for level, number, hashes in cursor.fetchall()}
