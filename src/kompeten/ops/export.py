"""How does the whole public register come onto a stick or a CDN? As files under the addresses they have here.

Each file is there whole or not at all, and the head of the log comes last: whoever reads while we
write sees the log as it was before. What never changes is written once.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kompeten.kernel.tlog import tiles
from kompeten.kernel.tlog.merkle import HASH_BYTES
from kompeten.register import queries
from kompeten.register.queries import log, logkeys
from kompeten.register.terms.log import ENTRY_BYTES

LENGTH_BYTES = 2


class Exported(NamedTuple):
    """How many files were written, and how many were there already."""

    written: int
    kept: int
    entries: int


def export(folder: Path, *, at: datetime) -> Exported:
    """Bring `folder` up to date with everything that anybody may see of the register."""
    written = kept = 0
    for name, content in _files(folder, at=at):
        if content is None:
            kept += 1
        else:
            written += _put(folder / name, content)
    return Exported(written, kept, log.state().size)


def _files(folder: Path, *, at: datetime) -> Iterator[tuple[str, bytes | None]]:
    """Give each file with its content, None for one that is there and never changes."""
    yield from queries.documents(at=at)
    yield f"{logkeys.FOLDER}/policy", logkeys.policy().text.encode()
    for name in log.names():
        path = folder / logkeys.FOLDER / name
        if name.startswith("tile/") and path.exists() and _is_whole(path, name):
            yield f"{logkeys.FOLDER}/{name}", None
        else:
            yield f"{logkeys.FOLDER}/{name}", log.read(name)


def _is_whole(path: Path, name: str) -> bool:
    """Say whether a tile that is there has its length; a stick that was pulled out may hold less."""
    tile = tiles.parse(name)
    each = HASH_BYTES if tile.level is not None else ENTRY_BYTES + LENGTH_BYTES
    return path.stat().st_size == tile.width * each


def _put(path: Path, content: bytes) -> int:
    """Write a file in one step, unless it is there as it should be; return whether it was written."""
    if path.exists() and path.read_bytes() == content:
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, being_made = tempfile.mkstemp(prefix=".", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(being_made).chmod(0o644)
    Path(being_made).replace(path)
    return 1
