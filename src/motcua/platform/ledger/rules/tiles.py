"""The tree cut into tiles of 256 hashes. Source: C2SP tlog-tiles (tiles of height 8).

Tile (level, number) is the concatenation of the roots of 256 neighbouring complete subtrees of
256 ** level leaves; level 0 holds leaf hashes. A proof in a tree of 2³² leaves reads at most eight
tiles, a batch rewrites only the unfinished tiles on the right edge, and the root is computed from
that edge alone.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from motcua.platform.ledger.rules.merkle import (
    HASH_BYTES,
    Node,
    Span,
    complete_root,
    joined,
    nodes_of,
)

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
FULL_BYTES: Final = WIDTH * HASH_BYTES


class Place(NamedTuple):
    """Where a tile stands."""

    level: int
    number: int


def place_of(node: Node) -> Place:
    """Return the tile that holds a complete subtree."""
    level, height = divmod(node.level, HEIGHT)
    return Place(level, node.number << height >> HEIGHT)


def places_of(span: Span) -> set[Place]:
    """Return the tiles needed to hash a span of a proof."""
    return {place_of(node) for node in nodes_of(span)}


def span_hash(span: Span, tiles: Mapping[Place, bytes]) -> bytes:
    """Return the hash of a span of a proof, from the tiles of ``places_of``."""
    return joined([_node_hash(node, tiles[place_of(node)]) for node in nodes_of(span)])


def edge(size: int) -> tuple[Place, ...]:
    """Return the unfinished tiles of a tree of ``size`` leaves, the lowest first."""
    places, level = [], 0
    while count := size >> (HEIGHT * level):
        if count % WIDTH:
            places.append(Place(level, count // WIDTH))
        level += 1
    return tuple(places)


def root(size: int, tiles: Mapping[Place, bytes]) -> bytes:
    """Return the root of a tree of ``size`` leaves from the tiles of its ``edge``."""
    return span_hash(Span(0, size), tiles)


def grown(size: int, tiles: Mapping[Place, bytes], hashes: Sequence[bytes]) -> dict[Place, bytes]:
    """Return the tiles that change when ``hashes`` follow a tree of ``size`` leaves.

    ``tiles`` holds the unfinished tiles of that tree: those of ``edge(size)``.
    """
    changed: dict[Place, bytes] = {}
    level, count, added = 0, size, b"".join(hashes)
    while added:
        index, filled = divmod(count, WIDTH)
        row = tiles[Place(level, index)][: filled * HASH_BYTES] + added if filled else added
        roots = []
        for at in range(0, len(row), FULL_BYTES):
            tile = row[at : at + FULL_BYTES]
            changed[Place(level, index + at // FULL_BYTES)] = tile
            if len(tile) == FULL_BYTES:
                roots.append(complete_root(tile))
        level, count, added = level + 1, index, b"".join(roots)
    return changed


def _node_hash(node: Node, tile: bytes) -> bytes:
    height = node.level % HEIGHT
    width = HASH_BYTES << height
    offset = (node.number << height) % WIDTH * HASH_BYTES
    return complete_root(tile[offset : offset + width])
