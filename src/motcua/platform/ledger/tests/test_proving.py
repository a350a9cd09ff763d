"""Whoever holds a receipt and the public key needs nobody's word."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.ids import uuid7
from motcua.platform.ledger import commands, queries, tasks
from motcua.platform.ledger.rules import merkle, notes
from motcua.platform.ledger.testing import sequenced, triggers_ignored
from motcua.platform.ledger.types import Deed, NoHead, NoSuchSize, NotYetProvable, TreeRewritten
from motcua.platform.signing import commands as signing_commands
from motcua.platform.signing import queries as signing

AT = datetime(2026, 2, 11, 2, 0, tzinfo=UTC)
ADMIN = Actor(person_id=uuid7(AT), role=Role.ADMIN)

pytestmark = pytest.mark.django_db


def write(count: int) -> list[UUID]:
    return commands.append_many(
        Deed(deed="cases.accept", subject="x", actor=SYSTEM, at=AT, facts={"nth": nth})
        for nth in range(count)
    )


def test_a_receipt_convinces_an_outsider() -> None:
    # given a log with a signed head
    ids = write(700)
    tasks.sign_head(AT)
    # when the receipt of one leaf is taken away
    receipt = queries.inclusion(ids[300])
    key = signing.public_keys()[0].public_key
    # then its text, path and note are enough
    note = notes.opened(receipt.head.note)
    value = notes.signature_by(note, key)
    assert value is not None
    assert signing.verifies(signing.public_keys()[0], note.text.encode(), value)
    assert merkle.proves_inclusion(
        merkle.leaf_hash(receipt.leaf.encode()),
        position=receipt.position,
        size=note.checkpoint.size,
        path=receipt.path,
        root=note.checkpoint.root,
    )
    assert '"nth":300' in receipt.leaf


def test_two_heads_are_one_history() -> None:
    # given heads signed an hour apart
    heads = []
    for hour, count in enumerate([3, 500, 0, 260]):
        write(count)
        tasks.sign_head(AT + timedelta(hours=hour))
        heads.append(queries.head().checkpoint)
    # then every earlier one is the beginning of every later one
    for old in heads:
        for new in heads[heads.index(old) :]:
            proof = queries.consistency(old.size, new.size)
            assert merkle.proves_consistency(
                old=old.size, old_root=old.root, new=new.size, new_root=new.root, path=proof.path
            )


def test_one_head_in_a_minute() -> None:
    tasks.sign_head(AT)
    write(1)
    tasks.sign_head(AT + timedelta(seconds=59))
    assert queries.head().checkpoint.size == 0
    tasks.sign_head(AT + timedelta(seconds=60))
    assert queries.head().checkpoint.size == 1
    tasks.sign_head(AT)  # a clock set back signs nothing
    assert queries.head().checkpoint.at == AT + timedelta(seconds=60)


def test_a_leaf_waits_for_its_head() -> None:
    (leaf_id,) = write(1)
    with pytest.raises(NoHead):
        queries.inclusion(leaf_id)
    commands.sign_head(at=AT)
    with pytest.raises(NotYetProvable):
        queries.inclusion(leaf_id)
    tasks.sign_head(AT + timedelta(minutes=1))
    assert queries.inclusion(leaf_id).position == 0
    with pytest.raises(NoSuchSize):
        queries.consistency(1, 2)


def test_a_rewritten_tree_is_not_signed() -> None:
    # given a signed head, and a tree that someone rebuilt over other leaves
    write(300)
    tasks.sign_head(AT)
    with triggers_ignored(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_tile SET hashes = overlay(hashes PLACING '\\x00' FROM 5)")
    # then the node refuses to vouch for it
    with pytest.raises(TreeRewritten):
        tasks.sign_head(AT + timedelta(minutes=1))


def test_an_old_head_outlives_its_key() -> None:
    # given a head, and then a new key
    write(1)
    tasks.sign_head(AT)
    old = queries.head()
    signing_commands.rotate_node_key(actor=ADMIN, at=AT + timedelta(minutes=1))
    tasks.sign_head(AT + timedelta(minutes=2))
    # then each head fits its own key
    new = queries.head()
    assert old.key_id != new.key_id
    for head, key in zip([old, new], signing.public_keys(), strict=True):
        value = notes.signature_by(notes.opened(head.note), key.public_key)
        assert value is not None
        assert signing.verifies(key, notes.opened(head.note).text.encode(), value)


@pytest.mark.parametrize("size", [1, 256, 257, 65_537])
def test_a_proof_costs_two_reads_whatever_the_size(size: int) -> None:
    for _ in range(-(-size // 10_000)):
        write(min(size, 10_000))
    total = sequenced()
    with CaptureQueriesContext(connection) as captured:
        queries.consistency(total // 2, total)
    assert len(captured) <= 2
