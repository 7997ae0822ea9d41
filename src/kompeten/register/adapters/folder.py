"""Is a published log whole? Its tree counted anew from the entries, and compared with tiles and signed head.

Works on whatever gives files by name: a folder, a USB stick, or the house's own store. Asks nobody.

Source: c2sp.org/tlog-tiles.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kompeten.kernel.tlog import merkle, tiles
from kompeten.kernel.tlog.checkpoints import Checkpoint
from kompeten.kernel.tlog.notes import NoteMalformed, VerifierKey
from kompeten.kernel.tlog.policies import Policy
from kompeten.kernel.tlog.tiles import Nodes, Tile, TileInvalid
from kompeten.register.adapters import notes, proof
from kompeten.register.terms import Finding

HEAD = "checkpoint"
Read = Callable[
    [str], bytes
]  # by name below the log's address; FileNotFoundError if it is not there


class Examined(NamedTuple):
    """What was found: the head (None if it cannot be believed), and every fault as one line."""

    checkpoint: Checkpoint | None
    witnesses: Finding | None
    faults: tuple[str, ...]


def examine(read: Read, *, policy: Policy, since: bytes | None = None) -> Examined:
    """Return what is wrong with a published log; reads every file of its head's size once.

    `since` is an older head that somebody kept: the log must have grown out of it.
    """
    try:
        checkpoint, witnesses = _head(read(HEAD), policy)
    except FileNotFoundError:
        return Examined(None, None, (f"{HEAD} is missing",))
    except (NoteMalformed, notes.NoteBroken) as error:
        return Examined(None, None, (f"{HEAD}: {error}",))
    faults = [*_tree(read, checkpoint)]
    if since is not None and not faults:
        faults += _growth(since, checkpoint, read, policy)
    return Examined(checkpoint, witnesses, tuple(faults))


def _head(raw: bytes, policy: Policy) -> tuple[Checkpoint, Finding]:
    """Return a head signed by a log of the policy. :raises NoteBroken: it is not"""
    logs = {party.key for party in policy.logs}
    known: set[VerifierKey] = logs | {party.key for party in policy.witnesses.values()}
    opened = notes.opened(raw, known)
    checkpoint = Checkpoint.parse(opened.note.text)
    if not any(key in opened.by and key.name == checkpoint.origin for key in logs):
        raise notes.NoteBroken(f"no known log has signed for {checkpoint.origin}")
    return checkpoint, proof.witnessed(opened.cosigned, policy)


def _tree(read: Read, checkpoint: Checkpoint) -> Iterator[str]:
    """Give what differs between the tree over the entries and what is published of it."""
    rows: list[list[bytes]] = [[]]
    for tile in tiles.of_size(checkpoint.size):
        try:
            found = fetch(read, tile)
        except FileNotFoundError:
            yield f"{tile.path} is missing"
            return
        except TileInvalid as error:
            yield f"{tile.path}: {error}"
            return
        if tile.level is None:
            rows[0] += map(merkle.leaf_hash, tiles.unbundle(found))
            continue
        if tile.level == len(rows):
            rows.append(_above(rows[-1]))
        if found != b"".join(rows[tile.level][tile.number * tiles.WIDTH :][: tile.width]):
            yield f"{tile.path} is not what its entries give"
    root = merkle.root(checkpoint.size, Nodes(checkpoint.size, lambda tile: _of(rows, tile)))
    if root != checkpoint.root:
        yield f"{HEAD} states another root than the entries give"


def fetch(read: Read, tile: Tile) -> bytes:
    """Return a tile, or as much of it as is wanted where a full one has overtaken it since.

    :raises FileNotFoundError: neither is there
    :raises TileInvalid: it is no tile of this width
    """
    try:
        found = read(tile.path)
    except FileNotFoundError:
        if tile.is_full:
            raise
        found = read(Tile(tile.level, tile.number).path)
    if tile.level is None:
        entries = tiles.unbundle(found)
        cut, has = tiles.bundle(entries[: tile.width]), len(entries)
    else:
        cut, has = found[: tile.width * merkle.HASH_BYTES], len(tiles.hashes(found))
    if has != tile.width and has != tiles.WIDTH:
        raise TileInvalid(f"it holds {has}")
    return cut


def _above(row: list[bytes]) -> list[bytes]:
    full = range(0, len(row) - tiles.WIDTH + 1, tiles.WIDTH)
    return [merkle.fold(row[start : start + tiles.WIDTH]) for start in full]


def _of(rows: list[list[bytes]], tile: Tile) -> bytes:
    row = rows[tile.level or 0]
    return b"".join(row[tile.number * tiles.WIDTH :][: tile.width])


def _growth(since: bytes, checkpoint: Checkpoint, read: Read, policy: Policy) -> Iterator[str]:
    try:
        older, _ = _head(since, policy)
    except (NoteMalformed, notes.NoteBroken) as error:
        yield f"the older head: {error}"
        return
    if older.origin != checkpoint.origin:
        yield f"the older head is of another log, {older.origin}"
    elif older.size > checkpoint.size:
        yield f"the older head has {older.size} entries, this log {checkpoint.size}: rolled back"
    else:
        nodes = Nodes(checkpoint.size, lambda tile: fetch(read, tile))
        if merkle.root(older.size, nodes) != older.root:
            yield f"the first {older.size} entries are others than those of the older head: forked"
