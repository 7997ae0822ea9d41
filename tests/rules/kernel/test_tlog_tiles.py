"""Is a tree cut into the files that the format names, whatever the steps in which it grew?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.kernel.tlog import merkle, tiles
from kompeten.kernel.tlog.tiles import Nodes, Tile, TileInvalid
from tests.make.tlogs import entries, naive_root, tile_reader

ENTRIES = entries(1400)
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
SIZES = st.integers(0, len(ENTRIES))


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1234067), "tile/0/x001/x234/067"),  # the example of the specification
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 999), "tile/0/999"),
        (Tile(0, 1000), "tile/0/x001/000"),
        (Tile(1, 3, 17), "tile/1/003.p/17"),
        (Tile(63, 5, 1), "tile/63/005.p/1"),
        (Tile(None, 273, 112), "tile/entries/273.p/112"),
        (Tile(None, 1234067), "tile/entries/x001/x234/067"),
    ],
)
def test_tiles_have_the_names_of_the_format(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert tiles.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "", "tile/0/0", "tile/0/0000", "tile/00/000", "tile/64/000", "tile/0/001/000", "tile/0/x001",
        "tile/0/x000/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/",
        "tile/-1/000", "tile/0/000/", "/tile/0/000", "tile/0/../000", "tile/0/000\n", "tile/0/٠٠٠",
        "tile/data/000", "checkpoint",
    ],
)  # fmt: skip
def test_other_names_are_none(path: str) -> None:
    with pytest.raises(TileInvalid):
        tiles.parse(path)


def test_the_examples_of_the_specification_have_their_tiles() -> None:
    # A tree of 70,000: 273 full tiles and one of 112; one full and one of 17; one of 1.
    of_level = {
        level: [t for t in tiles.of_size(70_000) if t.level == level]
        for level in (None, 0, 1, 2, 3)
    }

    assert [len(of_level[level]) for level in (None, 0, 1, 2, 3)] == [274, 274, 2, 1, 0]
    assert of_level[0][-1] == Tile(0, 273, 112)
    assert of_level[1] == [Tile(1, 0), Tile(1, 1, 17)]
    assert of_level[2] == [Tile(2, 0, 1)]
    assert list(tiles.of_size(256)) == [Tile(None, 0), Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles.of_size(0)) == []


@given(st.lists(st.integers(0, 600), max_size=8))
def test_however_a_tree_grew_it_has_the_same_files(steps: list[int]) -> None:
    written: dict[str, Tile] = {}
    size = 0
    for step in steps:
        written |= {tile.path: tile for tile in tiles.grown(size, size + step)}
        size += step

    wanted = {tile.path: tile for tile in tiles.of_size(size)}
    assert {path: written.get(path) for path in wanted} == wanted
    # What else was written is partial, and overtaken.
    assert all(not tile.is_full for path, tile in written.items() if path not in wanted)


@given(SIZES)
def test_the_root_read_from_tiles_is_that_of_the_entries(size: int) -> None:
    assert merkle.root(size, Nodes(size, READ)) == naive_root(LEAVES[:size])


@given(st.integers(1, len(ENTRIES)), st.data())
def test_proofs_read_from_tiles_hold(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    node, root = Nodes(size, READ), naive_root(LEAVES[:size])

    proof = merkle.inclusion(index, size, node)
    growth = merkle.consistency(old, size, node)

    assert merkle.root_by_inclusion(LEAVES[index], index, size, proof) == root
    merkle.check_consistency(old, naive_root(LEAVES[:old]), size, root, growth)


READ = tile_reader(ENTRIES)


@given(st.lists(st.binary(max_size=300), max_size=40))
def test_bundles_give_back_their_entries(some: list[bytes]) -> None:
    assert tiles.unbundle(tiles.bundle(some)) == some


@pytest.mark.parametrize("content", [b"\0", b"\0\x02a", b"\0\x01ab"])
def test_a_bundle_that_ends_too_early_is_refused(content: bytes) -> None:
    with pytest.raises(TileInvalid):
        tiles.unbundle(content)


@pytest.mark.parametrize("content", [b"", b"\0" * 31, b"\0" * 33, b"\0" * 32 * 257])
def test_a_tile_of_another_length_is_refused(content: bytes) -> None:
    with pytest.raises(TileInvalid):
        tiles.hashes(content)


def test_an_entry_that_is_too_long_is_refused() -> None:
    assert tiles.unbundle(tiles.bundle([b"a" * 65535])) == [b"a" * 65535]
    with pytest.raises(TileInvalid):
        tiles.bundle([b"a" * 65536])


def test_a_tile_that_lost_its_end_is_noticed() -> None:
    def shortened(tile: Tile) -> bytes:
        return READ(tile)[:-32]

    with pytest.raises(TileInvalid):
        merkle.root(300, Nodes(300, shortened))
