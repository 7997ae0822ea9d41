"""Which logs does a test know? Published vectors, trees of any size, and keys from a name."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from kompeten.kernel.tlog import merkle, tiles
from kompeten.kernel.tlog.tiles import Tile

VECTORS: dict[str, Any] = json.loads(
    Path(__file__).with_name("tlog_vectors.json").read_text(encoding="utf-8")
)


def entries(count: int, *, salt: str = "") -> list[bytes]:
    """Return so many different entries."""
    return [f"entry {salt}{number}".encode() for number in range(count)]


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root as RFC 6962, section 2.1, says it, by recursion over hashes of leaves."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    left, right = naive_root(leaves[:middle]), naive_root(leaves[middle:])
    return sha256(b"\x01" + left + right).digest()


def node_of(leaves: Sequence[bytes]) -> merkle.Node:
    """Return the nodes of a tree over hashes of leaves."""

    @cache
    def node(level: int, index: int) -> bytes:
        return merkle.fold(leaves[index << level : index + 1 << level])

    return node


def tile_reader(all_entries: Sequence[bytes]) -> Callable[[Tile], bytes]:
    """Return what reads tiles of a log of these entries, each made by the definition of a tile."""
    leaves = [merkle.leaf_hash(entry) for entry in all_entries]

    def read(tile: Tile) -> bytes:
        start = tile.number * tiles.WIDTH
        if tile.level is None:
            return tiles.bundle(all_entries[start : start + tile.width])
        span = tiles.WIDTH**tile.level
        wanted = range(start, start + tile.width)
        return b"".join(naive_root(leaves[n * span : (n + 1) * span]) for n in wanted)

    return read


def published(all_entries: Sequence[bytes]) -> dict[str, bytes]:
    """Return every file of the tree of these entries, by its path."""
    read = tile_reader(all_entries)
    return {tile.path: read(tile) for tile in tiles.of_size(len(all_entries))}
