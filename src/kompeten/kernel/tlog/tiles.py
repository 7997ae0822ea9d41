"""How is a tree cut into files that never change? Tiles of 256 hashes, bundles of 256 entries, and their names.

Source: c2sp.org/tlog-tiles.
"""

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kompeten.kernel.tlog import merkle

WIDTH = 256
HEIGHT = 8
MAX_ENTRY_BYTES = 0xFFFF

_PATH = re.compile(
    r"tile/(?:(?P<level>0|[1-9]\d?)|entries)/(?P<number>(?:x\d{3}/)*\d{3})(?:\.p/(?P<width>[1-9]\d{0,2}))?",
    re.ASCII,
)


class TileInvalid(Exception):
    """A tile, a bundle or a name is not what the format allows."""


@dataclass(frozen=True, slots=True)
class Tile:
    """The `width` hashes from `number * 256` on at a level of 256-fold trees; `level` None is entries.

    At level 0 stand the hashes of entries, at level 1 those of full tiles of level 0, and so on.
    """

    level: int | None
    number: int
    width: int = WIDTH

    @property
    def is_full(self) -> bool:
        """Say whether nothing will be added any more."""
        return self.width == WIDTH

    @property
    def path(self) -> str:
        """The name under which it is served, below the log's address."""
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.is_full else f".p/{self.width}"
        return f"tile/{level}/{_numbered(self.number)}{partial}"


def parse(path: str) -> Tile:
    """Return the tile that a name means. :raises TileInvalid: it is no name of a tile"""
    found = _PATH.fullmatch(path)
    width = int((found and found["width"]) or WIDTH)
    if found is None or (found["width"] and width >= WIDTH):
        raise TileInvalid(f"{path!r} is no tile")
    level = None if found["level"] is None else int(found["level"])
    tile = Tile(level, int(found["number"].replace("/", "").replace("x", "")), width)
    if tile.path != path or (level or 0) > 63:
        raise TileInvalid(f"{path!r} is no tile")
    return tile


def count(level: int, size: int) -> int:
    """Return how many hashes stand at a level, in a tree of `size` entries."""
    return size >> HEIGHT * level


def width(level: int | None, number: int, size: int) -> int:
    """Return how wide a tile is in a tree of `size` entries; 0 where there is none."""
    return max(0, min(WIDTH, count(level or 0, size) - number * WIDTH))


def of_size(size: int) -> Iterator[Tile]:
    """Give every tile of a tree of `size` entries, bundles of entries first."""
    return grown(0, size)


def grown(old: int, new: int) -> Iterator[Tile]:
    """Give the tiles that a tree of `new` entries has and one of `old` had not, or had narrower."""
    yield from _grown(None, old, new)
    level = 0
    while count(level, new):
        yield from _grown(level, old, new)
        level += 1


def _grown(level: int | None, old: int, new: int) -> Iterator[Tile]:
    had, has = count(level or 0, old), count(level or 0, new)
    for number in range(had // WIDTH, -(-has // WIDTH)):
        if (wide := width(level, number, new)) != width(level, number, old):
            yield Tile(level, number, wide)


def bundle(entries: Iterable[bytes]) -> bytes:
    """Return entries as one bundle. :raises TileInvalid: an entry is too long"""
    parts = []
    for entry in entries:
        if len(entry) > MAX_ENTRY_BYTES:
            raise TileInvalid(f"an entry has {len(entry)} bytes")
        parts += [struct.pack(">H", len(entry)), entry]
    return b"".join(parts)


def unbundle(content: bytes) -> list[bytes]:
    """Return the entries of a bundle. :raises TileInvalid: it ends within an entry"""
    entries, at = [], 0
    while at < len(content):
        if at + 2 > len(content):
            raise TileInvalid("a bundle ends within a length")
        length = int.from_bytes(content[at : at + 2], "big")
        at += 2 + length
        if at > len(content):
            raise TileInvalid("a bundle ends within an entry")
        entries.append(content[at - length : at])
    return entries


def hashes(content: bytes) -> list[bytes]:
    """Return the hashes of a tile. :raises TileInvalid: its length is no whole number of hashes"""
    if len(content) % merkle.HASH_BYTES or not 0 < len(content) <= WIDTH * merkle.HASH_BYTES:
        raise TileInvalid(f"a tile has {len(content)} bytes")
    step = merkle.HASH_BYTES
    return [content[i : i + step] for i in range(0, len(content), step)]


Reader = Callable[[Tile], bytes]


class Nodes:
    """The nodes of a tree of `size` entries, read from tiles; each tile is read once.

    An instance is what `merkle` calls a `node`. It trusts what it reads.
    """

    def __init__(self, size: int, read: Reader) -> None:
        self._size, self._read = size, read
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """Return the hash over `2**level` entries. :raises TileInvalid: a tile is too short"""
        row, height = divmod(level, HEIGHT)
        first = index << height
        tile = self._tile(row, first // WIDTH)
        found = tile[first % WIDTH : first % WIDTH + (1 << height)]
        if len(found) != 1 << height:
            raise TileInvalid(f"a tile of level {row} is too short")
        return merkle.fold(found)

    def _tile(self, level: int, number: int) -> list[bytes]:
        key = level, number
        if key not in self._tiles:
            wide = width(level, number, self._size)
            found = hashes(self._read(Tile(level, number, wide)))
            if len(found) != wide:
                raise TileInvalid(f"{Tile(level, number, wide).path} has {len(found)} hashes")
            self._tiles[key] = found
        return self._tiles[key]


def _numbered(number: int) -> str:
    """Return a number as elements of a path.

    >>> _numbered(1234067)
    'x001/x234/067'
    """
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.append(f"x{number % 1000:03}")
    return "/".join(reversed(parts))
