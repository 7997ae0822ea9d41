"""How does what was kept at a site go back? Sealed to headquarters, at any time, as often as one likes."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from kompeten.exams.queries import carrying
from kompeten.node.adapters import sealing
from kompeten.node.adapters.site import site
from kompeten.node.rules import contents, frames
from kompeten.node.terms import Load, Piece, Way

AT_ONCE = 5_000


def give_back(load: Load, *, since: int = 0, at: datetime) -> bytes:
    """Return a parcel with everything kept for one sitting, or what came after row `since`."""
    return b"".join(blocks(load, since=since, at=at))


def give_back_to(path: Path, load: Load, *, since: int = 0, at: datetime) -> int:
    """Write a parcel to `path` and return its bytes; what stood there stays until it is whole."""
    aside = path.with_name(path.name + ".new")
    with aside.open("wb") as file:
        for block in blocks(load, since=since, at=at):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    aside.replace(path)
    return size


def blocks(load: Load, *, since: int, at: datetime) -> Iterator[bytes]:
    """Give a parcel's header and blocks as they stand on a disk; the last one carries the notes."""
    made = round(at.timestamp() * 1000)
    head = head_of(load, made=made)
    yield frames.opening(head)
    for number, piece in enumerate(_pieces(load, since=since, made=made)):
        yield frames.block(sealing.sealed(head, number, contents.packed(piece), to=load.house))


def head_of(load: Load, *, made: int) -> bytes:
    """Return the header of a parcel that goes back."""
    return frames.header(
        Way.BACK, parcel=load.parcel, node=load.node, sitting=load.sitting.ref, made=made
    )


def _pieces(load: Load, *, since: int, made: int) -> Iterator[Piece]:
    attempts = {seat.held.attempt for seat in load.seats}
    number = since
    while found := carrying.after(number, limit=AT_ONCE):
        number = found[-1].id
        rows = [kept.row for kept in found if kept.row.attempt in attempts]
        for start in range(0, len(rows), contents.ROWS):
            yield Piece(made, tuple(rows[start : start + contents.ROWS]))
    yield Piece(made, notes=tuple(site().notes()), last=True)
