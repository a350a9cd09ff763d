"""Vocabulary of the signing service."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from motcua.kernel.errors import Conflict, Unknown

KeyId = NewType("KeyId", str)  #: SHA-256 of the raw public key, in hexadecimal


class Algorithm(StrEnum):
    ED25519 = "ed25519"  #: RFC 8032, pure Ed25519


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of a node key and the time in which the node signs with it."""

    id: KeyId
    algorithm: Algorithm
    public_key: bytes  #: raw, 32 bytes
    valid_from: datetime
    valid_to: datetime | None  #: None for the key in use


@dataclass(frozen=True, slots=True)
class Signature:
    key_id: KeyId
    value: bytes


class NoNodeKey(Conflict):
    """The node has no key in use; ``motcua ledger keys create`` makes one."""

    code = "signing.no_node_key"


class NodeKeyExists(Conflict):
    """The node has a key in use; ``motcua ledger keys rotate`` replaces it."""

    code = "signing.node_key_exists"


class KeyFileMissing(Conflict):
    """The key in use is known, but its private half is not on this machine."""

    code = "signing.key_file_missing"


class KeyFileExposed(Conflict):
    """Others on this machine can read the private key; it must be mode 0600."""

    code = "signing.key_file_exposed"


class UnknownKey(Unknown):
    """No key of this node has that id."""

    code = "signing.unknown_key"
