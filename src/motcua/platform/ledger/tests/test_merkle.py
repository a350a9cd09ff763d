"""Proofs are those of RFC 9162: checked against the recursive definitions, copied from § 2.1."""

import random
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.platform.ledger.rules import merkle, tiles

Hashes = list[bytes]
LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(3_000)]


def k_of(size: int) -> int:
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def mth(leaves: Hashes) -> bytes:
    """MTH(D_n), § 2.1.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = k_of(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: Hashes) -> Hashes:
    """PATH(m, D_n), § 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = k_of(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: Hashes, whole: bool) -> Hashes:
    """SUBPROOF(m, D_n, b), § 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = k_of(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def tree_of(leaves: Hashes, *, batches: list[int] | None = None) -> dict[tiles.Place, bytes]:
    """Grow a tree batch by batch, each time knowing nothing but its edge; return every tile."""
    stored: dict[tiles.Place, bytes] = {}
    size = 0
    for batch in batches or [len(leaves)]:
        edge = {place: stored[place] for place in tiles.edge(size)}
        stored.update(tiles.grown(size, edge, leaves[size : size + batch]))
        size += batch
    return stored


def proof(spans: tuple[merkle.Span, ...], stored: dict[tiles.Place, bytes]) -> Hashes:
    return [tiles.span_hash(span, stored) for span in spans]


def test_known_answers_of_certificate_transparency() -> None:
    # given the eight leaves of the reference test vectors
    inputs = (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
    leaves = [merkle.leaf_hash(bytes.fromhex(text)) for text in inputs]
    # then the published roots come out
    assert merkle.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaves[0].hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert tiles.root(8, tree_of(leaves)).hex() == (
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )


@pytest.mark.parametrize("size", range(131))
def test_every_proof_of_every_small_tree(size: int) -> None:
    leaves = LEAVES[:size]
    stored = tree_of(leaves)
    root = mth(leaves)
    assert tiles.root(size, stored) == root
    for position in range(size):
        steps = proof(merkle.inclusion_spans(position, size), stored)
        assert steps == path(position, leaves)
        assert merkle.proves_inclusion(leaves[position], position=position, size=size, path=steps, root=root)
    for old in range(1, size + 1):
        steps = proof(merkle.consistency_spans(old, size), stored)
        assert steps == subproof(old, leaves, True)
        assert merkle.proves_consistency(
            old=old, old_root=mth(leaves[:old]), new=size, new_root=root, path=steps
        )
    assert merkle.proves_consistency(old=0, old_root=merkle.EMPTY_ROOT, new=size, new_root=root, path=[])


@given(st.lists(st.integers(1, 700), max_size=6), st.randoms(use_true_random=False))
def test_a_tree_grown_in_batches_is_the_tree(batches: list[int], chance: random.Random) -> None:
    size = min(sum(batches), len(LEAVES))
    while sum(batches) > size:
        batches.pop()
    size = sum(batches)
    stored = tree_of(LEAVES, batches=batches)
    assert tiles.root(size, stored) == mth(LEAVES[:size])
    if size:
        position, old = chance.randrange(size), chance.randint(1, size)
        assert proof(merkle.inclusion_spans(position, size), stored) == path(position, LEAVES[:size])
        assert proof(merkle.consistency_spans(old, size), stored) == subproof(old, LEAVES[:size], True)


@given(st.integers(2, 400), st.randoms(use_true_random=False))
def test_a_wrong_proof_proves_nothing(size: int, chance: random.Random) -> None:
    # given a right proof
    leaves = LEAVES[:size]
    stored, root, position = tree_of(leaves), mth(leaves), chance.randrange(size)
    steps = proof(merkle.inclusion_spans(position, size), stored)

    def holds(**changed: object) -> bool:
        right = {"position": position, "size": size, "path": steps, "root": root}
        leaf = changed.pop("leaf", leaves[position])
        return merkle.proves_inclusion(leaf, **{**right, **changed})  # type: ignore[arg-type]  # on purpose

    # then every single change of it breaks it
    assert holds()
    assert not holds(leaf=LEAVES[size])
    assert not holds(position=(position + 1) % size)
    assert not holds(position=size)
    assert not holds(position=-1)
    assert not holds(path=steps[:-1])
    assert not holds(path=[*steps, steps[-1]])
    assert not holds(path=[bytes(32), *steps[1:]])
    assert not holds(root=bytes(32))


@given(st.integers(3, 400), st.randoms(use_true_random=False))
def test_a_rewritten_past_is_not_consistent(size: int, chance: random.Random) -> None:
    # given two trees that differ in one leaf of the old part
    old = chance.randint(1, size - 1)
    altered = list(LEAVES[:size])
    altered[chance.randrange(old)] = bytes(32)
    # when the new tree is offered with its own, rightly made proof
    steps = proof(merkle.consistency_spans(old, size), tree_of(altered))
    # then it does not extend the old root
    assert not merkle.proves_consistency(
        old=old, old_root=mth(LEAVES[:old]), new=size, new_root=mth(altered), path=steps
    )


@given(st.integers(1, 2**40), st.data())
def test_a_proof_reads_few_tiles(size: int, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, size - 1))
    places = set().union(*(tiles.places_of(span) for span in merkle.inclusion_spans(position, size)))
    assert len(places) <= 2 * -(-size.bit_length() // tiles.HEIGHT)


def test_impossible_proofs_are_not_made() -> None:
    for position, size in [(-1, 1), (1, 1), (0, 0)]:
        with pytest.raises(ValueError, match="no position"):
            merkle.inclusion_spans(position, size)
    with pytest.raises(ValueError, match="does not extend"):
        merkle.consistency_spans(3, 2)
