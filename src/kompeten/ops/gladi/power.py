"""What is on the disk when the power goes? What was flushed, and of the rest whatever the dice say.

The server runs with `notes.c` before the C library and so notes what it does to its databases. After
its end they are put together again from the last image and these notes: what lies before the last
flush of a file stands; each later write stands, is missing or is torn between sectors, and each
unflushed creation, renaming or deletion stands or is undone, independently of all others.

Source: Pillai et al. 2014, All File Systems Are Not Created Equal (OSDI), whose model of a crash this is.
"""

import os
import random
import shutil
import struct
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kompeten.ops.commands import Misuse

SECTOR = 512  # bytes a disk writes whole
HEAD = struct.Struct("<cqII")
# The index of a log (-shm) is made anew after a crash: nothing in it has to last.
DATABASES = (".sqlite3", ".sqlite3-wal", ".sqlite3-journal")
INDEX = ".sqlite3-shm"
SOURCE = Path(__file__).with_name("notes.c")
Files = dict[str, bytes]


class Unexplained(Exception):
    """A file holds what no note tells of: the rehearsal of a power loss would prove nothing."""


class Change(NamedTuple):
    """One write at `at`; with `content` None the file was cut, or lengthened, to `at` bytes."""

    at: int
    content: bytes | None

    def onto(self, file: bytearray) -> None:
        """Make the change; a gap before it reads as zeros."""
        end = self.at + len(self.content or b"")
        if self.content is None:
            del file[self.at :]
        file.extend(bytes(max(0, end - len(file))))
        if self.content:
            file[self.at : end] = self.content

    def torn(self, dice: random.Random) -> "Iterator[Change]":
        """Yield the sectors of the write that came through, each by its own throw."""
        at, content = self.at, self.content or b""
        while content:
            length = SECTOR - at % SECTOR
            if dice.random() < 0.5:
                yield Change(at, content[:length])
            at, content = at + length, content[length:]


@dataclass(slots=True)
class File:
    """One file: what is on the disk for sure, and the changes since, each with where its note ends."""

    flushed: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, Change]] = field(default_factory=list)

    def flush(self, upto: int) -> None:
        """Take as safe what was noted up to that place."""
        for place, change in self.waiting:
            if place <= upto:
                change.onto(self.flushed)
        self.waiting = [(place, change) for place, change in self.waiting if place > upto]

    def now(self) -> bytes:
        """Return what programs read."""
        return self._with(change for _, change in self.waiting)

    def after_loss(self, dice: random.Random, share: float) -> bytes:
        """Return what is left when about so large a `share` of the waiting changes stands."""
        return self._with(part for _, change in self.waiting for part in _left(change, dice, share))

    def _with(self, changes: Iterator[Change]) -> bytes:
        content = bytearray(self.flushed)
        for change in changes:
            change.onto(content)
        return bytes(content)


def _left(change: Change, dice: random.Random, share: float) -> Iterator[Change]:
    if dice.random() < share:
        yield change
    elif dice.random() < 0.5:
        yield from change.torn(dice)


class Disk:
    """The databases in `folder`, as the notes in the file `notes` tell of them.

    No program may have them open while an instance is made or one of `killed` and `lose_power` runs.
    """

    def __init__(self, folder: Path, notes: Path) -> None:
        self.folder, self._notes = folder.resolve(), notes
        self._begin()

    def environment(self, library: Path) -> dict[str, str]:
        """Return what a program must have in its environment so that it takes notes."""
        return {
            "LD_PRELOAD": str(library),
            "GLADI_FOLDER": str(self.folder),
            "GLADI_NOTES": str(self._notes),
        }

    def killed(self) -> None:
        """Go on after the end of every program: the kernel still has what they wrote.

        A program may die between a write and its note, so what the files hold counts.
        """
        self._read()
        found = self._found()
        for name in self._names.keys() | found.keys():
            if name not in found:
                self._point({name: None})
            elif found[name] != self._file(name).now():
                self._file(name).waiting += [
                    (self._place, Change(0, found[name])),
                    (self._place, Change(len(found[name]), None)),
                ]

    def lose_power(self, dice: random.Random) -> Files:
        """Leave of the files what a loss of power leaves; return it."""
        self._read()
        left = self.after_loss(dice)
        for name in self._found().keys() - left.keys():
            (self.folder / name).unlink()
        for index in self.folder.glob(f"*{INDEX}"):
            index.unlink()
        write(left, self.folder)
        self._begin()
        return left

    def after_loss(self, dice: random.Random) -> Files:
        """Return what the files may hold when the power goes after the last note."""
        share = dice.random()
        names = dict(self._flushed_names)
        for _, change in self._waiting:
            if dice.random() < share:
                names.update(change)
        return {name: file.after_loss(dice, share) for name, file in sorted(names.items()) if file}

    def explain(self) -> None:
        """Hold the notes against the files. :raises Unexplained: they tell another story"""
        self._read()
        found = self._found()
        if found != (noted := {name: file.now() for name, file in self._names.items()}):
            others = (n for n in noted.keys() | found.keys() if noted.get(n) != found.get(n))
            raise Unexplained(f"not all that was written is noted: {', '.join(sorted(others))}")

    def _begin(self) -> None:
        """Take what the files hold as flushed, and take notes from the beginning."""
        self._notes.write_bytes(b"")  # every program that appended to it is gone
        self._place = 0
        self._names = {name: File(bytearray(held)) for name, held in self._found().items()}
        self._flushed_names: dict[str, File | None] = dict(self._names)
        self._waiting: list[tuple[int, Mapping[str, File | None]]] = []

    def _found(self) -> Files:
        return {
            path.name: path.read_bytes()
            for path in self.folder.iterdir()
            if path.name.endswith(DATABASES)
        }

    def _file(self, name: str) -> File:
        if name not in self._names:
            self._point({name: File()})
        return self._names[name]

    def _point(self, names: Mapping[str, File | None]) -> None:
        """Let names stand for other files from here on, all of them or none after a loss."""
        self._waiting.append((self._place, names))
        for name, file in names.items():
            self._names.pop(name, None)
            if file is not None:
                self._names[name] = file

    def _read(self) -> None:
        with self._notes.open("rb") as notes:
            notes.seek(self._place)
            while head := notes.read(HEAD.size):
                kind, at, path_length, length = HEAD.unpack(head)
                path, content = notes.read(path_length).decode(), notes.read(length)
                self._place = notes.tell()
                self._take(kind, path, at, content)

    def _take(self, kind: bytes, path: str, at: int, content: bytes) -> None:
        if kind == b"f" and path == str(self.folder):
            return self._flush_names(at)
        name = self._name(path)
        if kind == b"r":
            return self._rename(name, self._name(content.decode()))
        if not name:
            return None
        if kind == b"u":
            return self._point({name: None})
        file = self._file(name)
        if kind == b"f":
            file.flush(at)
        elif kind in b"wt":
            file.waiting.append((self._place, Change(at, content if kind == b"w" else None)))
        return None

    def _name(self, path: str) -> str:
        """Return the name of a database; "" for other files, for folders, and for what was deleted."""
        folder, name = os.path.split(path)
        return name if folder == str(self.folder) and name.endswith(DATABASES) else ""

    def _rename(self, old: str, new: str) -> None:
        if old and new:
            self._point({old: None, new: self._file(old)})
        elif old:
            self._point({old: None})
        elif new:
            raise Unexplained(f"{new} came from a file that no notes are taken of")

    def _flush_names(self, upto: int) -> None:
        for place, change in self._waiting:
            if place <= upto:
                self._flushed_names.update(change)
        self._waiting = [(place, change) for place, change in self._waiting if place > upto]


def write(files: Files, folder: Path) -> None:
    """Write each file into `folder`."""
    for name, content in files.items():
        (folder / name).write_bytes(content)


def compiler() -> str:
    """Return the machine's C compiler. :raises Misuse: there is none"""
    if found := shutil.which("cc"):
        return found
    raise Misuse("a C compiler is needed to play a loss of power: apt install gcc libc6-dev")


def compiled(folder: Path) -> Path:
    """Return the library that takes notes, made in `folder`. :raises Misuse: it cannot be made"""
    library = folder / "notes.so"
    command = [compiler(), "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().partition("\n")[0]
        raise Misuse(f"the C compiler does not do ({said}): apt install gcc libc6-dev")
    return library
