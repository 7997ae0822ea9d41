"""Do trees and proofs equal the standard's, and does no changed proof pass?"""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.kernel.tlog import merkle
from kompeten.kernel.tlog.merkle import ProofInvalid
from tests.make.tlogs import VECTORS, entries, naive_root, node_of

CT, ARGON = VECTORS["merkle"], VECTORS["argon"]
CT_LEAVES = [merkle.leaf_hash(bytes.fromhex(entry)) for entry in CT["entries"]]
LEAVES = [merkle.leaf_hash(entry) for entry in entries(700)]
NODE = node_of(LEAVES)
SIZES = st.integers(1, len(LEAVES))


def raw(texts: list[str]) -> tuple[bytes, ...]:
    """Return hashes written in base64."""
    return tuple(map(base64.b64decode, texts))


def hexed(hashes: list[bytes]) -> list[str]:
    """Return hashes as vectors write them."""
    return [hash_.hex() for hash_ in hashes]


# -- Published vectors --------------------------------------------------------------------------


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert merkle.root(size, node_of(CT_LEAVES)).hex() == CT["roots"][size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert merkle.root(0, node_of([])).hex() == empty


@pytest.mark.parametrize("case", CT["inclusion"], ids=lambda c: f"{c['index']} of {c['size']}")
def test_proofs_of_inclusion_are_the_published_ones(case: dict[str, Any]) -> None:
    made = merkle.inclusion(case["index"], case["size"], node_of(CT_LEAVES))
    found = merkle.root_by_inclusion(CT_LEAVES[case["index"]], case["index"], case["size"], made)

    assert hexed(made) == case["proof"]
    assert found.hex() == CT["roots"][case["size"] - 1]


@pytest.mark.parametrize("case", CT["consistency"], ids=lambda c: f"{c['old']} to {c['new']}")
def test_proofs_of_growth_are_the_published_ones(case: dict[str, Any]) -> None:
    old, new = case["old"], case["new"]

    assert hexed(merkle.consistency(old, new, node_of(CT_LEAVES))) == case["proof"]


def test_a_real_log_of_961_million_entries_is_believed() -> None:
    root, size = base64.b64decode(ARGON["root"]), ARGON["size"]
    leaf = merkle.leaf_hash(base64.b64decode(ARGON["entry"]))

    found = merkle.root_by_inclusion(leaf, ARGON["index"], size, raw(ARGON["inclusion"]))
    old, old_root = ARGON["old_size"], base64.b64decode(ARGON["old_root"])
    merkle.check_consistency(old, old_root, size, root, raw(ARGON["consistency"]))

    assert found == root


# -- Any tree -----------------------------------------------------------------------------------


@given(SIZES)
def test_a_root_is_what_recursion_says(size: int) -> None:
    assert merkle.root(size, NODE) == naive_root(LEAVES[:size])


@given(SIZES, st.data())
def test_every_entry_is_proven_and_no_other_one_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion(index, size, NODE)
    root = naive_root(LEAVES[:size])

    assert merkle.root_by_inclusion(LEAVES[index], index, size, proof) == root
    if other != index:
        assert not proven(LEAVES[other], index, size, proof, root)
        assert not proven(LEAVES[index], other, size, proof, root)


@given(SIZES, st.data())
def test_no_changed_proof_of_inclusion_passes(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion(index, size, NODE)
    changed = data.draw(changes(proof))
    root = naive_root(LEAVES[:size])

    assert not proven(LEAVES[index], index, size, changed, root)


@given(SIZES, SIZES)
def test_every_growth_is_proven(one: int, two: int) -> None:
    old, new = sorted((one, two))
    proof = merkle.consistency(old, new, NODE)

    merkle.check_consistency(old, naive_root(LEAVES[:old]), new, naive_root(LEAVES[:new]), proof)


@given(SIZES, SIZES, st.data())
def test_no_changed_proof_of_growth_passes(one: int, two: int, data: st.DataObject) -> None:
    old, new = sorted((one, two))
    proof = merkle.consistency(old, new, NODE)
    changed = data.draw(changes(proof))

    with pytest.raises(ProofInvalid):
        merkle.check_consistency(
            old, naive_root(LEAVES[:old]), new, naive_root(LEAVES[:new]), changed
        )


@given(SIZES, SIZES, st.data())
def test_a_tree_that_changed_an_old_entry_is_not_grown(
    one: int, two: int, data: st.DataObject
) -> None:
    old, new = sorted((one, two))
    at = data.draw(st.integers(0, old - 1))
    forked = [*LEAVES[:at], merkle.leaf_hash(b"another"), *LEAVES[at + 1 :]]
    proof = merkle.consistency(old, new, node_of(forked))

    with pytest.raises(ProofInvalid):
        merkle.check_consistency(
            old, naive_root(LEAVES[:old]), new, naive_root(forked[:new]), proof
        )


def test_what_cannot_be_asked_is_refused() -> None:
    for wrong in ((5, 5), (-1, 5), (0, 0)):
        with pytest.raises(ValueError, match="is not within"):
            merkle.inclusion(*wrong, NODE)
        with pytest.raises(ProofInvalid):
            merkle.root_by_inclusion(LEAVES[0], *wrong, [])
    with pytest.raises(ValueError, match="is not how one of"):
        merkle.consistency(6, 5, NODE)
    with pytest.raises(ProofInvalid):
        merkle.check_consistency(6, LEAVES[0], 5, LEAVES[0], [])


def test_nothing_grows_from_another_nothing() -> None:
    root = naive_root(LEAVES[:5])

    merkle.check_consistency(0, merkle.EMPTY_ROOT, 5, root, [])
    with pytest.raises(ProofInvalid):
        merkle.check_consistency(0, root, 5, root, [])
    with pytest.raises(ProofInvalid):
        merkle.check_consistency(0, merkle.EMPTY_ROOT, 5, root, [root])
    with pytest.raises(ProofInvalid):
        merkle.check_consistency(0, merkle.EMPTY_ROOT, 0, root, [])


def proven(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Say whether the proof leads to the root."""
    try:
        return merkle.root_by_inclusion(leaf, index, size, proof) == root
    except ProofInvalid:
        return False


def changes(proof: list[bytes]) -> st.SearchStrategy[list[bytes]]:
    """Give the proof with a bit turned over, a hash added, taken away or given twice."""
    more = st.integers(0, len(proof)).map(lambda n: [*proof[:n], b"\0" * 32, *proof[n:]])
    if not proof:
        return more
    place = st.integers(0, len(proof) - 1)
    turned = st.builds(
        lambda n, byte, bit: [
            *proof[:n],
            bytes(b ^ (1 << bit) if i == byte else b for i, b in enumerate(proof[n])),
            *proof[n + 1 :],
        ],
        place,
        st.integers(0, 31),
        st.integers(0, 7),
    )
    less = place.map(lambda n: [*proof[:n], *proof[n + 1 :]])
    twice = place.map(lambda n: [*proof[: n + 1], proof[n], *proof[n + 1 :]])
    return st.one_of(more, turned, less, twice)
