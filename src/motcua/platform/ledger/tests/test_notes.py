"""A signed head is a C2SP checkpoint that others can read."""

import base64
from datetime import UTC, datetime

import pytest

from motcua.platform.ledger.rules import merkle, notes
from motcua.platform.ledger.types import BrokenNote, Checkpoint

HEAD = Checkpoint("node.gov.vn/ledger", 7, merkle.EMPTY_ROOT, datetime(2026, 2, 11, 2, tzinfo=UTC))
BODY = "node.gov.vn/ledger\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nat 2026-02-11T02:00:00Z\n"
KEY, SEAL = b"k" * 32, b"s" * 64


def test_the_text_that_is_signed() -> None:
    assert notes.body(HEAD) == BODY


def test_a_note_is_read_back() -> None:
    note = notes.sealed(BODY, name=HEAD.origin, public_key=KEY, signature=SEAL)
    opened = notes.opened(note)
    assert (opened.text, opened.checkpoint) == (BODY, HEAD)
    assert notes.signature_by(opened, KEY) == SEAL
    assert notes.signature_by(opened, b"x" * 32) is None


def test_the_key_hash_of_the_specification() -> None:
    # C2SP signed-note, example key "example.com/foo": SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)[:4]
    vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    name, hashed, key = vkey.split("+", 2)
    assert notes.key_hash(name, base64.b64decode(key)[1:]).hex() == hashed


@pytest.mark.parametrize(
    "note",
    ["", "nonsense", BODY, f"{BODY}\n", BODY.replace("7\n", "seven\n") + "\n— n c2Vh\n", f"{BODY}\n— name\n",
     BODY.replace("at ", "on ") + "\n— n c2Vh\n", BODY.replace("47DE", "!7DE") + "\n— n c2Vh\n"],
)  # fmt: skip
def test_what_is_not_a_note(note: str) -> None:
    with pytest.raises(BrokenNote):
        notes.opened(note)
