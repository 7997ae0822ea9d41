"""How is everything kept twice? Beside the vault a parcel grows on another disk, block by block.

It is a parcel on its way back that never ends: headquarters takes it in as it is, cut off or not, so
that a laptop may be lost with its disk. When the other disk is away the exam goes on; when it is
back, a new file begins with everything.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import IO

from kompeten.exams.queries import carrying
from kompeten.node.actions.returning import head_of
from kompeten.node.adapters import sealing
from kompeten.node.adapters.site import site
from kompeten.node.rules import contents, frames
from kompeten.node.terms import Load, NoteKind, Piece

AT_ONCE = 2_000


class Copy:
    """The growing file of one sitting."""

    def __init__(self, folder: Path, load: Load, *, made: int) -> None:
        self.load, self.made, self.number = load, made, 0
        self.attempts = {seat.held.attempt for seat in load.seats}
        self.head = head_of(load, made=made)
        self.path = folder / f"{load.sitting.ref}-{load.parcel}-{made}.parsel"
        self.file: IO[bytes] = self.path.open("xb")
        self._write(frames.opening(self.head))

    def add(self, piece: Piece) -> None:
        """Append a block; on return it is on the other disk."""
        sealed = sealing.sealed(self.head, self.number, contents.packed(piece), to=self.load.house)
        self._write(frames.block(sealed))
        self.number += 1

    def _write(self, content: bytes) -> None:
        if not self.path.exists():  # a stick that was pulled leaves a file without a name
            raise FileNotFoundError(self.path)
        self.file.write(content)
        self.file.flush()
        os.fsync(self.file.fileno())


class Copier:
    """Follows the vault of this site into `folder`. `away` says since when it could not, else None."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.away: datetime | None = None
        self._copies: dict[str, Copy] = {}
        self._number = self._notes = 0

    def step(self, *, at: datetime) -> int:
        """Copy what is new and return how many rows; a disk that is away is noted, never raised."""
        try:
            copied = self._step(at)
        except OSError as error:
            self._forget()
            if self.away is None:
                self.away = at
                self._note(at, away=True, why=error.strerror or "")
            return 0
        if self.away is not None:
            self.away = None
            self._note(at, away=False)
        return copied

    def close(self) -> None:
        """Let go of the files; what is in them stays."""
        self._forget()

    def _step(self, at: datetime) -> int:
        made, count = round(at.timestamp() * 1000), 0
        if not self.folder.is_dir():
            raise FileNotFoundError(2, "No such directory", str(self.folder))
        loads = site().loads()
        if fresh := [load for load in loads if load.parcel not in self._copies]:
            # A parcel came in meanwhile, or the disk is back: its file must hold all from the start.
            self._number = self._notes = 0
            self._copies |= {load.parcel: Copy(self.folder, load, made=made) for load in fresh}
        while found := carrying.after(self._number, limit=AT_ONCE):
            for copy in self._copies.values():
                rows = tuple(k.row for k in found if k.row.attempt in copy.attempts)
                if rows:
                    copy.add(Piece(made, rows))
                    count += len(rows)
            self._number = found[-1].id
        notes = tuple(n for n in site().notes() if n.number > self._notes)
        if notes:
            for copy in self._copies.values():
                copy.add(Piece(made, notes=notes))
            self._notes = notes[-1].number
        return count

    def _forget(self) -> None:
        for copy in self._copies.values():
            try:
                copy.file.close()
            except OSError:
                continue  # the disk is gone, and the file with it
        self._copies.clear()

    def _note(self, at: datetime, **said: object) -> None:
        site().note(NoteKind.COPY, at=round(at.timestamp() * 1000), **said)
