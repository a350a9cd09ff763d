"""A deed and its leaf stand or fall together, and writers never wait for each other."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction

from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.ids import uuid7
from motcua.platform.ledger import commands, queries
from motcua.platform.ledger.rules import canonical, merkle
from motcua.platform.ledger.testing import deeds_of, facts_of, leaves_of, sequenced
from motcua.platform.ledger.types import Deed, LeafView, NotCanonical, UnknownLeaf

AT = datetime(2026, 2, 11, 2, 0, tzinfo=UTC)
CLERK = Actor(person_id=uuid7(AT), role=Role.CLERK, agency_id=uuid7(AT), seat_id=uuid7(AT))


def append(subject: UUID | str = "a subject", *, deed: str = "cases.accept") -> UUID:
    return commands.append(deed, subject, actor=CLERK, at=AT, facts={"step": "accept"})


@pytest.mark.django_db
def test_a_leaf_holds_the_deed() -> None:
    # given a deed
    dossier = uuid7(AT)
    leaf_id = append(dossier)
    # when it is read back
    leaf = queries.leaf(leaf_id)
    # then it says who did what, when, in which capacity
    said = leaf.statement
    assert (said.id, said.deed, said.subject, said.at) == (leaf_id, "cases.accept", str(dossier), AT)
    assert (said.person_id, said.role) == (CLERK.person_id, "clerk")
    assert (said.agency_id, said.seat_id) == (CLERK.agency_id, CLERK.seat_id)
    assert facts_of(leaf) == {"step": "accept"}
    assert leaf.leaf_hash == merkle.leaf_hash(canonical.leaf_text(said).encode())
    assert leaf.position is None


@pytest.mark.django_db
def test_many_leaves_are_those_of_append() -> None:
    # given deeds written at once, one by the system itself
    deeds = [
        Deed(deed="cases.accept", subject="x", actor=actor, at=AT, facts={"nth": nth, "text": "a\tb\\N\n"})
        for nth, actor in enumerate([CLERK, SYSTEM, CLERK])
    ]
    ids = commands.append_many(deeds)
    # then they stand in order, each with the hash of what it says
    leaves = leaves_of("x")
    assert [leaf.statement.id for leaf in leaves] == ids
    assert [facts_of(leaf)["nth"] for leaf in leaves] == [0, 1, 2]
    for leaf in leaves:
        assert leaf.leaf_hash == merkle.leaf_hash(canonical.leaf_text(leaf.statement).encode())


@pytest.mark.django_db
def test_what_is_refused() -> None:
    with pytest.raises(NotCanonical):
        commands.append("cases.accept", "x", actor=CLERK, at=AT, facts={"fee": 1.5})
    with pytest.raises(NotCanonical):
        append(deed="Accept the case!")
    with pytest.raises(NotCanonical):
        commands.append("cases.accept", "a\0b", actor=CLERK, at=AT, facts={})
    with pytest.raises(UnknownLeaf):
        queries.leaf(uuid7(AT))
    assert deeds_of("x") == []


@pytest.mark.django_db(transaction=True)
def test_a_leaf_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        append()
    with pytest.raises(RuntimeError):
        commands.append_many([])


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_leaves_no_leaf() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append("x")
        raise ZeroDivisionError
    assert leaves_of("x") == []


@pytest.mark.django_db
def test_batches_grow_one_tree() -> None:
    # given leaves placed in small batches that cross a tile
    ids = commands.append_many(
        Deed(deed="cases.accept", subject="x", actor=CLERK, at=AT, facts={"nth": nth}) for nth in range(600)
    )
    assert [commands.sequence(limit=250) for _ in range(4)] == [250, 250, 100, 0]
    # then each has the place of its writing, and the root is that of one tree
    leaves = leaves_of("x")
    assert [leaf.statement.id for leaf in leaves] == ids
    assert [leaf.position for leaf in leaves] == list(range(600))
    assert (queries.size(), queries.pending()) == (600, 0)
    whole = merkle.joined([merkle.complete_root(b"".join(row)) for row in _halves(leaves)])
    assert queries.root_at(600) == whole


@pytest.mark.django_db(transaction=True)
def test_the_late_committer_still_gets_its_place() -> None:
    # given two open transactions, the first to write being the last to commit
    written, may_commit = threading.Event(), threading.Event()
    ids: dict[str, UUID] = {}

    def early_bird() -> None:
        with transaction.atomic():
            ids["first written"] = append("early")
            written.set()
            assert may_commit.wait(10)

    thread = _in_thread(early_bird)
    assert written.wait(10)
    with transaction.atomic():
        ids["second written"] = append("late")
    # when the sequencer runs in between and again after
    assert sequenced() == 1
    may_commit.set()
    thread.join()
    assert sequenced() == 2
    # then the place is that of the commit, and nobody is skipped
    assert queries.leaf(ids["second written"]).position == 0
    assert queries.leaf(ids["first written"]).position == 1


@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_each_other_or_the_sequencer() -> None:
    # given an open transaction that has appended, and one that is placing leaves
    ready, done = threading.Barrier(3), threading.Event()

    def open_writer() -> None:
        with transaction.atomic():
            append("same subject")
            ready.wait(10)
            assert done.wait(10)

    def open_sequencer() -> None:
        with transaction.atomic():
            commands.sequence()
            ready.wait(10)
            assert done.wait(10)

    with transaction.atomic():
        append("same subject")
    threads = [_in_thread(open_writer), _in_thread(open_sequencer)]
    ready.wait(10)
    # then another writer appends and commits at once, and a second sequencer steps aside
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1ms'")
        append("same subject")
    assert commands.sequence() == 0
    done.set()
    for thread in threads:
        thread.join()
    assert sequenced() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_leaf SET facts = '{}'",
        "UPDATE ledger_leaf SET leaf_hash = '\\x00'",
        "UPDATE ledger_leaf SET position = position + 1000",
        "UPDATE ledger_leaf SET position = NULL",
        "UPDATE ledger_leaf SET recorded_at = now()",
        "DELETE FROM ledger_leaf",
        "TRUNCATE ledger_leaf",
        "UPDATE ledger_tile SET hashes = decode(repeat('00', 64), 'hex')",
        "UPDATE ledger_tile SET number = 7",
        "DELETE FROM ledger_tile",
        "TRUNCATE ledger_tile",
        "UPDATE ledger_head SET size = 0",
        "DELETE FROM ledger_head",
        "TRUNCATE ledger_head",
    ],
)
def test_the_database_refuses_to_rewrite(statement: str) -> None:
    # given a leaf in its place, a tile and a head
    append()
    sequenced()
    commands.sign_head(at=AT)
    # then not even the owner of the tables changes or removes them by accident
    with connection.cursor() as cursor, transaction.atomic():
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute(statement)
        transaction.set_rollback(True)


def _halves(leaves: list[LeafView]) -> list[list[bytes]]:
    """Cut 600 leaves into complete subtrees of falling size."""
    hashes = [leaf.leaf_hash for leaf in leaves]
    cuts = [0, 512, 576, 592, 600]
    return [hashes[start:end] for start, end in pairwise(cuts)]


def _in_thread(work: Callable[[], None]) -> threading.Thread:
    """Run ``work`` on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
