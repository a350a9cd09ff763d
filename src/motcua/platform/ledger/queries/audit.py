"""Recompute the whole ledger: every leaf from what it says, the tree over all of them, every signed head.

Reads leaves, tiles and heads side by side in one snapshot, in the order of the log, and keeps only one
tile of leaves and the right edge of the tree in memory. Where a leaf disagrees with the tree, the tree
goes on with the hash it recorded, so that one altered row is one fault and does not drown the next.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from motcua.platform.ledger.queries import tree
from motcua.platform.ledger.rules import canonical, merkle, notes, tiles
from motcua.platform.ledger.rules.merkle import HASH_BYTES
from motcua.platform.ledger.rules.tiles import FULL_BYTES, WIDTH, Place
from motcua.platform.ledger.types import BrokenNote, Fault, FaultKind, Report, Statement
from motcua.platform.signing import queries as signing

KEPT_FAULTS: Final = 100
NO_HASH: Final = bytes(HASH_BYTES)  #: stands in the tree where neither row nor tile knows better

Progress = Callable[[int, int], None]  #: leaves recomputed, leaves in the tree
Row = tuple[Any, ...]  #: the columns of a Statement, then leaf_hash and position

_COLUMNS: Final = ", ".join(Statement._fields)
_SAID: Final = len(Statement._fields)
_PLACED: Final = f"""
    SELECT {_COLUMNS}, leaf_hash, position FROM ledger_leaf WHERE position IS NOT NULL ORDER BY position
"""
_WAITING: Final = f"SELECT {_COLUMNS}, leaf_hash, position FROM ledger_leaf WHERE position IS NULL"
_TILES: Final = "SELECT number, hashes FROM ledger_tile WHERE level = 0 ORDER BY number"
_HEADS: Final = "SELECT id, size, root, signed_at, key_id, note FROM ledger_head ORDER BY size, signed_at"


class _Head(NamedTuple):
    id: UUID
    size: int
    root: bytes
    signed_at: datetime
    key_id: str
    note: str


def _nothing(_done: int, _total: int) -> None:
    pass


def verify(*, progress: Progress = _nothing) -> Report:
    """Recompute everything and name what is not as it was written, in the order of the log.

    One read-only snapshot, so writers go on meanwhile; call it outside a transaction.
    """
    with transaction.atomic(durable=True), ExitStack() as streams:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return _Audit(streams, progress).report()


class _Audit:
    """One run: the tree recomputed so far and the faults found."""

    def __init__(self, streams: ExitStack, progress: Progress) -> None:
        self.progress = progress
        self.placed = _Ahead(streams, _PLACED)
        self.tiles = _Ahead(streams, _TILES, fetched=64)
        self.heads = _Ahead(streams, _HEADS)
        self.waiting = _Ahead(streams, _WAITING)
        self.keys = {str(key.id): key for key in signing.public_keys()}
        self.size = 0
        self.edge: dict[Place, bytes] = {}
        self.head_count = 0
        self.fault_count = 0
        self.faults: list[Fault] = []

    def report(self) -> Report:
        total = tree.size()
        self._refuse_unrecorded(self.placed.until(lambda row: row[-1] >= 0), total)
        self._check_heads()
        for number in range(-(-total // WIDTH)):
            hashes = self._agreed_hashes(number, width=min(WIDTH, total - self.size))
            if not hashes:
                break
            self._grow(hashes)
            self.progress(self.size, total)
        self._refuse_unrecorded(self.placed.rest(), total)
        self._refuse_heads_beyond()
        if self.size == total:
            self._compare_tiles(self.edge)
        return Report(
            leaves=self.size,
            pending=self._check_waiting(),
            heads=self.head_count,
            root=tiles.root(self.size, self.edge),
            fault_count=self.fault_count,
            faults=tuple(self.faults),
        )

    def _fault(self, kind: FaultKind, position: int | None, row: UUID | str | None, detail: str) -> None:
        self.fault_count += 1
        if len(self.faults) < KEPT_FAULTS:
            self.faults.append(Fault(kind, position, row, detail))

    # Leaves

    def _agreed_hashes(self, number: int, *, width: int) -> list[bytes]:
        """Return the hashes of one tile of leaves, as row and tree agree; empty where both are gone."""
        first = number * WIDTH
        rows = {row[-1] - first: row for row in self.placed.until(lambda row: row[-1] >= first + width)}
        recorded = b"".join(bytes(tile[1]) for tile in self.tiles.until(lambda tile: tile[0] > number))
        if not rows and not recorded:
            self._fault(
                FaultKind.LEAF_MISSING, first, None, f"leaves from {first} on and their tile are gone"
            )
            return []
        computed = {offset: _computed(row) for offset, row in rows.items()}
        joined = b"".join(computed.values())
        stored = b"".join(bytes(row[_SAID]) for row in rows.values())
        if len(rows) == width and joined == stored:
            if joined == recorded:
                return list(computed.values())
            if len(joined) == FULL_BYTES and merkle.complete_root(joined) == self._recorded_above(number):
                self._fault(
                    FaultKind.TILE_ALTERED, first, f"0/{number}", "differs from its leaves and its parent"
                )
                return list(computed.values())
        return [
            self._settled(
                first + offset, rows.get(offset), computed.get(offset), recorded[at : at + HASH_BYTES]
            )
            for offset, at in zip(range(width), range(0, FULL_BYTES, HASH_BYTES), strict=False)
        ]

    def _settled(self, position: int, row: Row | None, computed: bytes | None, recorded: bytes) -> bytes:
        """Name what is wrong with one leaf, if anything, and return the hash the tree goes on with."""
        if row is None or computed is None:
            detail = f"the tree recorded {recorded.hex() or 'nothing'} here, the row is gone"
            self._fault(FaultKind.LEAF_MISSING, position, None, detail)
            return recorded or NO_HASH
        stored = bytes(row[_SAID])
        if computed != stored:
            altered = "its stored hash" if recorded == computed else "what it says"
            detail = f"{altered} was altered: yields {computed.hex()}, stored {stored.hex()}"
            self._fault(FaultKind.LEAF_ALTERED, position, row[0], detail)
        elif not recorded:
            self._fault(FaultKind.TILE_ALTERED, position, f"0/{position // WIDTH}", "ends before this leaf")
        elif recorded != computed:
            detail = f"the tree recorded {recorded.hex()} here, the row yields {computed.hex()}"
            self._fault(FaultKind.LEAF_REPLACED, position, row[0], detail)
        return recorded or computed

    def _refuse_unrecorded(self, rows: Iterable[Row], total: int) -> None:
        """Name the rows that claim a place outside the tree."""
        for row in rows:
            if not 0 <= row[-1] < total:
                detail = f"the tree holds {total} leaves"
                self._fault(FaultKind.LEAF_UNRECORDED, row[-1], row[0], detail)

    def _check_waiting(self) -> int:
        count = 0
        for row in self.waiting.rest():
            count += 1
            computed, stored = _computed(row), bytes(row[_SAID])
            if computed != stored:
                detail = f"says {computed.hex()}, stored {stored.hex()}; it has no place yet"
                self._fault(FaultKind.LEAF_ALTERED, None, row[0], detail)
        return count

    # Tree

    def _grow(self, hashes: list[bytes]) -> None:
        """Let the tree grow by ``hashes``, pausing at every size that a head was signed over."""
        while hashes:
            pause = self.heads.next_or_none()
            step = min(len(hashes), pause[1] - self.size) if pause else len(hashes)
            changed = tiles.grown(self.size, self.edge, hashes[:step])
            hashes, self.size = hashes[step:], self.size + step
            known = {**self.edge, **changed}
            self.edge = {place: known[place] for place in tiles.edge(self.size)}
            self._compare_tiles({place: row for place, row in changed.items() if len(row) == FULL_BYTES})
            self._check_heads()

    def _compare_tiles(self, computed: Mapping[Place, bytes]) -> None:
        """Name stored tiles above the leaves that differ from the recomputed ones."""
        upper = {place: row for place, row in computed.items() if place.level}
        stored = tree.tiles_at(upper)
        for place, row in upper.items():
            if stored.get(place) != row:
                first = place.number * WIDTH ** (place.level + 1)
                where = f"{place.level}/{place.number}"
                self._fault(FaultKind.TILE_ALTERED, first, where, "differs from its leaves")

    def _recorded_above(self, number: int) -> bytes:
        parent, offset = Place(1, number // WIDTH), number % WIDTH * HASH_BYTES
        return tree.tiles_at([parent]).get(parent, b"")[offset : offset + HASH_BYTES]

    # Heads

    def _check_heads(self) -> None:
        """Check every head signed over the tree as it stands now."""
        root = tiles.root(self.size, self.edge)
        for row in self.heads.until(lambda row: row[1] > self.size):
            self.head_count += 1
            self._check_head(_Head._make(row), root)

    def _refuse_heads_beyond(self) -> None:
        """Name the heads that were signed over more leaves than there are."""
        for row in self.heads.rest():
            self.head_count += 1
            detail = f"signed over {row[1]} leaves, {self.size} could be recomputed"
            self._fault(FaultKind.HEAD_CONTRADICTED, row[1], row[0], detail)

    def _check_head(self, head: _Head, root: bytes) -> None:
        try:
            note = notes.opened(head.note)
        except BrokenNote as fault:
            return self._fault(FaultKind.HEAD_MALFORMED, head.size, head.id, str(fault))
        stated = note.checkpoint
        if (stated.size, stated.root, stated.at) != (head.size, bytes(head.root), head.signed_at):
            self._fault(FaultKind.HEAD_MALFORMED, head.size, head.id, "the note and its columns differ")
        key = self.keys.get(head.key_id)
        value = notes.signature_by(note, key.public_key) if key else None
        if key is None or value is None:
            self._fault(FaultKind.HEAD_UNSIGNED, head.size, head.id, f"no signature of key {head.key_id}")
        elif not signing.verifies(key, note.text.encode(), value):
            self._fault(FaultKind.HEAD_UNSIGNED, head.size, head.id, "the signature does not fit the note")
        if stated.root != root:
            detail = f"signed root {stated.root.hex()}, recomputed {root.hex()}"
            self._fault(FaultKind.HEAD_CONTRADICTED, head.size, head.id, detail)
        return None


class _Ahead:
    """Rows of a server-side cursor, with a look at the next one."""

    def __init__(self, streams: ExitStack, sql: str, *, fetched: int = 4_096) -> None:
        self._rows = streams.enter_context(closing(_rows(sql, fetched)))
        self._next = next(self._rows, None)

    def next_or_none(self) -> Row | None:
        return self._next

    def until(self, stop: Callable[[Row], bool]) -> Iterator[Row]:
        """Yield rows up to, not including, the first for which ``stop`` holds."""
        while self._next is not None and not stop(self._next):
            row, self._next = self._next, next(self._rows, None)
            yield row

    def rest(self) -> Iterator[Row]:
        return self.until(lambda _row: False)


def _rows(sql: str, fetched: int) -> Generator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(fetched):
            yield from rows


def _computed(row: Row) -> bytes:
    return merkle.leaf_hash(canonical.leaf_text(Statement._make(row[:_SAID])).encode())
