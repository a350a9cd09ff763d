"""What a superuser did at night, verify names in the morning."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from motcua.kernel.actors import SYSTEM
from motcua.platform.ledger import commands, queries, tasks
from motcua.platform.ledger.rules import canonical, merkle
from motcua.platform.ledger.testing import triggers_ignored
from motcua.platform.ledger.types import Deed, Fault, FaultKind

AT = datetime(2026, 2, 11, 2, 0, tzinfo=UTC)
SIZE = 700

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ids() -> list[UUID]:
    """A log of 700 leaves with heads at 0, 100, 256, 700 and 700, and one leaf still waiting."""
    tasks.sign_head(AT)
    ids: list[UUID] = []
    for minute, count in enumerate([100, 156, 444, 0], start=1):
        ids += write(count)
        tasks.sign_head(AT + timedelta(minutes=minute))
    write(1)
    return ids


def write(count: int) -> list[UUID]:
    with transaction.atomic():
        return commands.append_many(
            Deed(deed="cases.accept", subject="x", actor=SYSTEM, at=AT, facts={"nth": nth})
            for nth in range(count)
        )


def tamper(statement: str, *params: object) -> None:
    with triggers_ignored(), connection.cursor() as cursor:
        cursor.execute(statement, params)  # type: ignore[arg-type]  # ids, numbers and bytes
        assert cursor.rowcount > 0


def faults() -> list[Fault]:
    report = queries.verify()
    assert report.is_intact is False
    assert report.fault_count == len(report.faults)
    return list(report.faults)


def test_an_untouched_ledger_is_intact(ids: list[UUID]) -> None:
    seen: list[tuple[int, int]] = []
    report = queries.verify(progress=lambda done, total: seen.append((done, total)))
    assert report.is_intact
    assert report.faults == ()
    assert (report.leaves, report.pending, report.heads) == (SIZE, 1, 5)
    assert report.root == queries.head().checkpoint.root
    assert seen[-1] == (SIZE, SIZE)


def test_an_empty_ledger_is_intact() -> None:
    report = queries.verify()
    assert report.is_intact
    assert report.root == merkle.EMPTY_ROOT


CHANGES = {
    0: "facts = '{\"nth\":-1}'",
    99: "deed = 'cases.refuse'",
    100: "subject = 'y'",
    255: "person_id = id",
    256: "role = 'admin'",
    400: "agency_id = id",
    511: "seat_id = id",
    512: "at = at + interval '1 microsecond'",
    699: "leaf_hash = sha256('x')",
}


def test_whatever_was_altered_the_row_is_named(ids: list[UUID]) -> None:
    for position, change in CHANGES.items():
        tamper(f"UPDATE ledger_leaf SET {change} WHERE position = %s", position)
    found = [(fault.kind, fault.position, fault.row) for fault in faults()]
    assert found == [(FaultKind.LEAF_ALTERED, position, ids[position]) for position in CHANGES]


def test_the_first_altered_row_comes_first(ids: list[UUID]) -> None:
    tamper("UPDATE ledger_leaf SET facts = '{}' WHERE position IN (600, 40, 300)")
    assert [fault.position for fault in faults()] == [40, 300, 600]


def test_an_altered_id_is_found(ids: list[UUID]) -> None:
    tamper("UPDATE ledger_leaf SET id = gen_random_uuid() WHERE position = 7")
    (fault,) = faults()
    assert (fault.kind, fault.position) == (FaultKind.LEAF_ALTERED, 7)


def test_a_row_rewritten_with_its_hash_is_found(ids: list[UUID]) -> None:
    # given someone who knows how leaves are hashed
    statement = queries.leaf(ids[300]).statement._replace(facts='{"nth":-1}')
    hashed = merkle.leaf_hash(canonical.leaf_text(statement).encode())
    tamper("UPDATE ledger_leaf SET facts = %s, leaf_hash = %s WHERE position = 300", statement.facts, hashed)
    # then the tree still knows better
    (fault,) = faults()
    assert (fault.kind, fault.position, fault.row) == (FaultKind.LEAF_REPLACED, 300, ids[300])


def test_a_row_rewritten_with_its_tile_is_found(ids: list[UUID]) -> None:
    # given someone who also knows about tiles
    statement = queries.leaf(ids[10]).statement._replace(facts='{"nth":-1}')
    hashed = merkle.leaf_hash(canonical.leaf_text(statement).encode())
    tamper("UPDATE ledger_leaf SET facts = %s, leaf_hash = %s WHERE position = 10", statement.facts, hashed)
    tamper(
        "UPDATE ledger_tile SET hashes = overlay(hashes PLACING %s FROM 321) WHERE level = 0 AND number = 0",
        hashed,
    )
    # then the tile above and every head since contradict
    found = {(fault.kind, fault.position) for fault in faults()}
    assert (FaultKind.HEAD_CONTRADICTED, 100) in found
    assert (FaultKind.HEAD_CONTRADICTED, SIZE) in found
    assert any(kind is FaultKind.TILE_ALTERED for kind, _ in found)


def test_swapped_rows_are_both_named(ids: list[UUID]) -> None:
    tamper("UPDATE ledger_leaf SET position = -1 WHERE position = 20")
    tamper("UPDATE ledger_leaf SET position = 20 WHERE position = 500")
    tamper("UPDATE ledger_leaf SET position = 500 WHERE position = -1")
    found = [(fault.kind, fault.position, fault.row) for fault in faults()]
    assert found == [
        (FaultKind.LEAF_REPLACED, 20, ids[500]),
        (FaultKind.LEAF_REPLACED, 500, ids[20]),
    ]


def test_a_deleted_row_is_missed(ids: list[UUID]) -> None:
    tamper("DELETE FROM ledger_leaf WHERE position IN (0, 256, 400, 699)")
    found = [(fault.kind, fault.position) for fault in faults()]
    assert found == [(FaultKind.LEAF_MISSING, position) for position in [0, 256, 400, 699]]


def test_a_place_taken_back_is_missed(ids: list[UUID]) -> None:
    tamper("UPDATE ledger_leaf SET position = NULL WHERE position = 5")
    (fault,) = faults()
    assert (fault.kind, fault.position) == (FaultKind.LEAF_MISSING, 5)


def test_a_row_put_in_afterwards_has_no_place(ids: list[UUID]) -> None:
    for position in [-1, SIZE, 10_000_000]:
        (leaf_id,) = write(1)
        tamper("UPDATE ledger_leaf SET position = %s WHERE id = %s", position, leaf_id)
    found = [(fault.kind, fault.position) for fault in faults()]
    assert found == [(FaultKind.LEAF_UNRECORDED, place) for place in [-1, SIZE, 10_000_000]]


def test_a_waiting_row_is_watched_too(ids: list[UUID]) -> None:
    tamper("UPDATE ledger_leaf SET facts = '{}' WHERE position IS NULL")
    (fault,) = faults()
    assert (fault.kind, fault.position) == (FaultKind.LEAF_ALTERED, None)


@pytest.mark.parametrize(("level", "number"), [(0, 0), (0, 1), (1, 0)])
def test_an_altered_tile_is_named(ids: list[UUID], level: int, number: int) -> None:
    tamper(
        "UPDATE ledger_tile SET hashes = overlay(hashes PLACING '\\x0000' FROM 40)"
        " WHERE level = %s AND number = %s",
        level,
        number,
    )
    (fault,) = faults()
    assert fault.row == f"{level}/{number}" or fault.kind is FaultKind.LEAF_REPLACED


def test_a_deleted_tile_is_named(ids: list[UUID]) -> None:
    tamper("DELETE FROM ledger_tile WHERE level = 0 AND number = 1")
    assert {(fault.kind, fault.row) for fault in faults()} == {(FaultKind.TILE_ALTERED, "0/1")}


def test_a_cut_off_tail_is_contradicted_by_its_heads(ids: list[UUID]) -> None:
    tamper("DELETE FROM ledger_leaf WHERE position >= 512")
    tamper("DELETE FROM ledger_tile WHERE level = 0 AND number = 2")
    found = faults()
    assert {fault.kind for fault in found} == {FaultKind.HEAD_CONTRADICTED}
    assert {fault.position for fault in found} == {SIZE}


def test_a_hole_is_named_and_not_guessed(ids: list[UUID]) -> None:
    tamper("DELETE FROM ledger_leaf WHERE position BETWEEN 256 AND 511")
    tamper("DELETE FROM ledger_tile WHERE level = 0 AND number = 1")
    hole, *others = faults()
    assert (hole.kind, hole.position) == (FaultKind.LEAF_MISSING, 256)
    assert {(fault.kind, fault.position) for fault in others} == {(FaultKind.HEAD_CONTRADICTED, SIZE)}


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("note = replace(note, '— ', '— x')", FaultKind.HEAD_UNSIGNED),
        ("note = replace(note, 'at 2026', 'at 2025')", FaultKind.HEAD_MALFORMED),
        ("note = 'nonsense'", FaultKind.HEAD_MALFORMED),
        ("size = 101", FaultKind.HEAD_MALFORMED),
        ("root = sha256('x')", FaultKind.HEAD_MALFORMED),
        ("key_id = 'unknown'", FaultKind.HEAD_UNSIGNED),
    ],
)
def test_a_broken_head_is_named(ids: list[UUID], change: str, kind: FaultKind) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_head WHERE size = 100")
        (head_id,) = cursor.fetchone()
    tamper(f"UPDATE ledger_head SET {change} WHERE id = %s", head_id)
    found = faults()
    assert found[0].kind is kind
    assert {fault.row for fault in found} == {head_id}


def test_a_forged_signature_is_named(ids: list[UUID]) -> None:
    # given the signature of one head under the text of another
    with connection.cursor() as cursor:
        cursor.execute("SELECT split_part(note, E'\\n\\n', 2) FROM ledger_head WHERE size = 256")
        (seal,) = cursor.fetchone()
    tamper(
        "UPDATE ledger_head SET note = split_part(note, E'\\n\\n', 1) || E'\\n\\n' || %s WHERE size = 100",
        seal,
    )
    (fault,) = faults()
    assert (fault.kind, fault.position) == (FaultKind.HEAD_UNSIGNED, 100)


def test_many_faults_are_counted_and_some_kept(ids: list[UUID]) -> None:
    tamper("UPDATE ledger_leaf SET facts = '{}' WHERE position < 300")
    report = queries.verify()
    assert report.fault_count == 300
    assert [fault.position for fault in report.faults] == list(range(100))
