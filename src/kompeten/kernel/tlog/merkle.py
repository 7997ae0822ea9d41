"""Does an entry stand in a tree, and did one tree grow out of another? Hashes and the proofs of both.

A tree is read by a function `node(level, index)`: the hash over the entries from `index * 2**level`,
`2**level` of them, all present. Whoever holds the tree decides where that comes from.

Source: RFC 6962, section 2.1; the checks of proofs follow RFC 9162, sections 2.1.3.2 and 2.1.4.2.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

Node = Callable[[int, int], bytes]


class ProofInvalid(Exception):
    """The proof does not prove what it is said to; the message says where it breaks."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash under which an entry stands in the tree."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash over two neighbouring subtrees."""
    return sha256(b"\x01" + left + right).digest()


def root(size: int, node: Node) -> bytes:
    """Return the root over the first `size` entries. One `node` for each bit of `size`."""
    return span(0, size, node) if size else EMPTY_ROOT


def span(start: int, end: int, node: Node) -> bytes:
    """Return the hash over the entries `[start, end)`, which are a subtree of some tree."""
    size = end - start
    if size & (size - 1) == 0:
        return node(size.bit_length() - 1, start // size)
    middle = start + _split(size)
    return node_hash(span(start, middle, node), span(middle, end, node))


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the hash over neighbouring subtrees of one height, as many as a power of two."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """Return the proof that the entry `index` is one of the first `size`, from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError(f"entry {index} is not within the first {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(span(middle, end, node))
            end = middle
        else:
            path.append(span(start, middle, node))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, node: Node) -> list[bytes]:
    """Return the proof that the tree of `old` entries is how that of `new` began; empty from nothing."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} entries is not how one of {new} began")
    if old in (0, new):
        return []
    start, end, path = 0, new, []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(span(middle, end, node))
            end = middle
        else:
            path.append(span(start, middle, node))
            start = middle
    # The old tree's own last subtree is known to whoever holds its root, if it is the whole of it.
    return [*([span(start, end, node)] if start else []), *path[::-1]]


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root that `proof` leads to from a leaf's hash; compare it with the signed one.

    :raises ProofInvalid: the proof is too short or too long, or the index lies outside
    """
    if not 0 <= index < size:
        raise ProofInvalid("the index lies outside of the tree")
    step, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofInvalid("the proof is too long")
        if step & 1 or step == last:
            found = node_hash(sibling, found)
            while not step & 1 and step:
                step, last = step >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        step, last = step >> 1, last >> 1
    if last:
        raise ProofInvalid("the proof is too short")
    return found


def check_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Pass if `proof` shows that the tree of `new` entries began as the one of `old`.

    :raises ProofInvalid: it does not
    """
    if not 0 <= old <= new:
        raise ProofInvalid("the newer tree is smaller than the older one")
    if old == 0 and old_root != EMPTY_ROOT:
        raise ProofInvalid("there is one empty tree only")
    if old == new and old_root != new_root:
        raise ProofInvalid("two trees of one size have different roots")
    if old in (0, new):
        if proof:
            raise ProofInvalid("the proof is too long")
        return
    if old_root != (found := _roots_by_consistency(old, old_root, new, proof))[0]:
        raise ProofInvalid("the proof does not lead to the older root")
    if new_root != found[1]:
        raise ProofInvalid("the proof does not lead to the newer root")


def _roots_by_consistency(
    old: int, old_root: bytes, new: int, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Return the older and the newer root that the proof leads to."""
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        raise ProofInvalid("the proof is too short")
    step, last = old - 1, new - 1
    while step & 1:
        step, last = step >> 1, last >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofInvalid("the proof is too long")
        if step & 1 or step == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while not step & 1 and step:
                step, last = step >> 1, last >> 1
        else:
            newer = node_hash(newer, sibling)
        step, last = step >> 1, last >> 1
    if last:
        raise ProofInvalid("the proof is too short")
    return older, newer


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return int(1 << (size - 1).bit_length() - 1)
