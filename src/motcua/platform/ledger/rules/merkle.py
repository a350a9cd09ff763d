"""Merkle trees over an ordered list. Source: RFC 9162 § 2.1 (the hashing of RFC 6962 § 2.1), SHA-256.

A proof is described twice: as the *spans* of leaves whose hashes it consists of (what a prover must
look up) and as those hashes (what a verifier checks). Verification needs nothing but this module.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()


class Span(NamedTuple):
    """The leaves from ``start`` up to, not including, ``end``."""

    start: int
    end: int


class Node(NamedTuple):
    """The root of a complete subtree: group ``number`` (from 0) of 2 ** ``level`` leaves."""

    level: int
    number: int


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 ‖ data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def complete_root(row: bytes) -> bytes:
    """Return the root over the concatenated hashes ``row``; their number is a power of two."""
    while len(row) > HASH_BYTES:
        pair = 2 * HASH_BYTES
        row = b"".join([sha256(b"\x01" + row[at : at + pair]).digest() for at in range(0, len(row), pair)])
    return row


def joined(subtrees: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees of falling size, given from left to right."""
    if not subtrees:
        return EMPTY_ROOT
    *others, root = subtrees
    for left in reversed(others):
        root = node_hash(left, root)
    return root


def nodes_of(span: Span) -> tuple[Node, ...]:
    """Return the complete subtrees a span of a proof consists of, the largest (leftmost) first."""
    start, end = span
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return tuple(nodes)


def inclusion_spans(position: int, size: int) -> tuple[Span, ...]:
    """Return the spans of PATH(position, D[size]), from the leaf upwards. Source: § 2.1.3.1."""
    if not 0 <= position < size:
        raise ValueError(f"no position {position} in a tree of {size}")
    spans, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if position < middle:
            spans.append(Span(middle, end))
            end = middle
        else:
            spans.append(Span(start, middle))
            start = middle
    return tuple(reversed(spans))


def consistency_spans(old: int, new: int) -> tuple[Span, ...]:
    """Return the spans of PROOF(old, D[new]). Source: § 2.1.4.1. Every tree extends the empty one."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not extend one of {old}")
    spans, start, end = [], 0, new
    while old not in (0, end):
        middle = start + _split(end - start)
        if old <= middle:
            spans.append(Span(middle, end))
            end = middle
        else:
            spans.append(Span(start, middle))
            start = middle
    if start:
        spans.append(Span(start, end))
    return tuple(reversed(spans))


def proves_inclusion(leaf: bytes, *, position: int, size: int, path: Iterable[bytes], root: bytes) -> bool:
    """Tell whether ``path`` leads from the leaf hash at ``position`` to ``root``. Source: § 2.1.3.2."""
    if not 0 <= position < size:
        return False
    here, last, hashed = position, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            hashed = node_hash(step, hashed)
            here, last = _climbed(here, last)
        else:
            hashed = node_hash(hashed, step)
        here, last = here >> 1, last >> 1
    return last == 0 and hashed == root


def proves_consistency(
    *, old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Tell whether the tree of ``new`` leaves begins with the tree of ``old`` ones. Source: § 2.1.4.2."""
    if old in (0, new):
        expected = new_root if old == new else EMPTY_ROOT
        return not path and old_root == expected
    if not 0 < old < new or not path:
        return False
    steps = list(path) if old & (old - 1) else [old_root, *path]
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            first, second = node_hash(step, first), node_hash(step, second)
            here, last = _climbed(here, last)
        else:
            second = node_hash(second, step)
        here, last = here >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(size: int) -> int:
    """Return the largest power of two below ``size`` (k of § 2.1.1)."""
    return 1 << ((size - 1).bit_length() - 1)


def _climbed(here: int, last: int) -> tuple[int, int]:
    """Skip the levels on which the rightmost node has no sibling."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last
