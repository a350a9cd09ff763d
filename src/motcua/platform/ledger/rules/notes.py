"""Signed tree heads as text that a person can keep in a drawer.

Source: C2SP tlog-checkpoint (origin, size, root; then our one extension line, the time) wrapped as a
C2SP signed-note, so that the tools written for transparency logs read them unchanged::

    motcua.gialai.gov.vn/ledger
    1048576
    <root, base64>
    at 2026-02-11T02:00:00Z

    — motcua.gialai.gov.vn/ledger <key hash (4 bytes) ‖ Ed25519 signature (64 bytes), base64>
"""

import base64
import binascii
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from motcua.platform.ledger.types import BrokenNote, Checkpoint, SignedNote

ED25519: Final = b"\x01"  #: signature type of C2SP signed-note
KEY_HASH_BYTES: Final = 4
_MARK: Final = "— "


def body(checkpoint: Checkpoint) -> str:
    """Return the signed part of a note: four lines, each ended."""
    moment = checkpoint.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    root = base64.b64encode(checkpoint.root).decode()
    return f"{checkpoint.origin}\n{checkpoint.size}\n{root}\nat {moment}\n"


def key_hash(name: str, public_key: bytes) -> bytes:
    """Return the four bytes by which a note names the key of ``name``."""
    return sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:KEY_HASH_BYTES]


def sealed(text: str, *, name: str, public_key: bytes, signature: bytes) -> str:
    """Return the note: the signed text, an empty line and one signature line."""
    seal = base64.b64encode(key_hash(name, public_key) + signature).decode()
    return f"{text}\n{_MARK}{name} {seal}\n"


def opened(note: str) -> SignedNote:
    """Read a note without judging its signature. Raises BrokenNote."""
    text, gap, seals = note.partition("\n\n")
    try:
        origin, size, root, moment, *_ = text.split("\n")
        at = datetime.strptime(moment, "at %Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        checkpoint = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), at)
        lines = [line.removeprefix(_MARK).split(" ") for line in seals.splitlines()]
        signatures = tuple((name, base64.b64decode(seal, validate=True)) for name, seal in lines)
    except (ValueError, binascii.Error) as fault:
        raise BrokenNote(str(fault)) from fault
    if not gap or not signatures:
        raise BrokenNote("no signature")
    return SignedNote(text=f"{text}\n", checkpoint=checkpoint, signatures=signatures)


def signature_by(note: SignedNote, public_key: bytes) -> bytes | None:
    """Return the signature that claims to be made with ``public_key``, or None."""
    for name, seal in note.signatures:
        if seal[:KEY_HASH_BYTES] == key_hash(name, public_key):
            return seal[KEY_HASH_BYTES:]
    return None
