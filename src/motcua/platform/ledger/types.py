"""Vocabulary of the ledger: leaves, proofs, signed heads, faults."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One deed for ``append_many``; the fields are the arguments of ``append``."""

    deed: str
    subject: UUID | str
    actor: Actor
    at: datetime
    facts: Mapping[str, object]


class Statement(NamedTuple):
    """What a leaf says and its hash covers, in the order of the table's columns."""

    id: UUID
    deed: str
    subject: str
    person_id: UUID | None
    role: str
    agency_id: UUID | None
    seat_id: UUID | None
    at: datetime
    facts: str  #: canonical JSON


@dataclass(frozen=True, slots=True)
class LeafView:
    """A leaf and its place in the log; ``position`` is None until the sequencer has seen it."""

    statement: Statement
    leaf_hash: bytes
    position: int | None
    recorded_at: datetime  #: by the clock of the database; not covered by the hash


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a signed tree head states: the log, its size, its root, the time."""

    origin: str
    size: int
    root: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A note taken apart; the signatures are not judged yet."""

    text: str  #: the bytes that are signed
    checkpoint: Checkpoint
    signatures: tuple[tuple[str, bytes], ...]  #: name of the signer, key hash ‖ signature


@dataclass(frozen=True, slots=True)
class HeadView:
    """A signed tree head as stored."""

    checkpoint: Checkpoint
    key_id: str
    note: str  #: the whole signed note, as published


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """A receipt: this leaf stands at this position in the tree of this head."""

    leaf_id: UUID
    leaf: str  #: canonical text, exactly the bytes that are hashed
    position: int
    path: tuple[bytes, ...]
    head: HeadView


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """The tree of ``new`` leaves begins with the tree of ``old`` ones, unchanged."""

    old: int
    new: int
    path: tuple[bytes, ...]


class FaultKind(StrEnum):
    LEAF_ALTERED = "leaf_altered"  #: the row no longer yields the hash stored beside it
    LEAF_REPLACED = "leaf_replaced"  #: the row is whole, but the tree was built over another one
    LEAF_MISSING = "leaf_missing"  #: the tree was built over a row that is gone
    LEAF_UNRECORDED = "leaf_unrecorded"  #: the row claims a place that the tree does not have
    TILE_ALTERED = "tile_altered"  #: a stored part of the tree is not what its leaves yield
    HEAD_MALFORMED = "head_malformed"  #: a signed note cannot be read or contradicts its own columns
    HEAD_UNSIGNED = "head_unsigned"  #: no valid signature of a key of this node
    HEAD_CONTRADICTED = "head_contradicted"  #: the tree of that size has another root, or is not there


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written. ``position`` of a head fault is the size of its tree."""

    kind: FaultKind
    position: int | None
    row: UUID | str | None  #: id of the leaf or head, ``level/index`` of the tile
    detail: str  #: what differs: expected and found, in hexadecimal where they are hashes


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of recomputing the whole ledger."""

    leaves: int  #: leaves with a place, all recomputed
    pending: int  #: committed leaves still waiting for one; their own hashes were recomputed too
    heads: int
    root: bytes  #: of the recomputed tree
    fault_count: int
    faults: tuple[Fault, ...]  #: in the order of the log; the first hundred

    @property
    def is_intact(self) -> bool:
        return self.fault_count == 0


class NotCanonical(ValueError):
    """A fact has no single spelling, so it cannot be hashed. A mistake of the calling command."""


class BrokenNote(ValueError):
    """A text is not a signed tree head."""


class UnknownLeaf(Unknown):
    """The ledger has no such leaf."""

    code = "ledger.unknown_leaf"


class NoHead(Unknown):
    """No tree head has been signed yet."""

    code = "ledger.no_head"


class NotYetProvable(Conflict):
    """The leaf is recorded, but no signed tree head covers it yet; ask again in a minute."""

    code = "ledger.not_yet_provable"


class NoSuchSize(Unknown):
    """The log never had, or does not yet have, a tree of that size."""

    code = "ledger.no_such_size"


class TreeRewritten(Exception):
    """The stored tree does not extend the last head this node signed. Nothing is signed; call the auditor."""
