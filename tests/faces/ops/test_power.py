"""What does the rehearsal leave on the disk when the power goes? Held against notes written by hand."""

import random
from pathlib import Path

import pytest

from kompeten.ops.gladi.power import HEAD, SECTOR, Disk, Files, Unexplained

FILE, LOG = "vault.sqlite3", "vault.sqlite3-wal"
SEEDS = range(200)


class House:
    """A folder with one flushed file, and a pen that does what programs do and notes it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notes = folder / "house", folder / "notes"
        self.folder.mkdir()
        (self.folder / FILE).write_bytes(b"old")
        self.disk = Disk(self.folder, self.notes)

    def note(self, kind: str, name: str, at: int = 0, content: bytes = b"") -> None:
        path = str(self.folder / name) if name else str(self.folder)
        with self.notes.open("ab") as notes:
            notes.write(HEAD.pack(kind.encode(), at, len(path), len(content)))
            notes.write(path.encode() + content)

    def write(self, name: str, at: int, content: bytes) -> None:
        path = self.folder / name
        if not path.exists():
            path.touch()
            self.note("c", name)
        with path.open("r+b") as file:
            file.seek(at)
            file.write(content)
        self.note("w", name, at, content)

    def flush(self, name: str = "", *, began: int | None = None) -> None:
        """Flush a file, or the folder; `began` is how long the notes were then."""
        self.note("f", name, self.notes.stat().st_size if began is None else began)

    def outcomes(self) -> list[Files]:
        """Return what may be left, each once, over many seeds."""
        self.disk.explain()
        found = {tuple(self.disk.after_loss(random.Random(seed)).items()) for seed in SEEDS}
        return [dict(one) for one in sorted(found)]

    def contents(self, name: str = FILE) -> list[bytes | None]:
        return [files.get(name) for files in self.outcomes()]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_what_was_flushed_stands(house: House) -> None:
    house.write(FILE, 3, b"er")
    house.flush(FILE)

    assert house.contents() == [b"older"]


def test_later_writes_stand_or_vanish_each_by_itself(house: House) -> None:
    house.write(FILE, 3, b"er")
    house.write(FILE, 0, b"c")

    assert house.contents() == [b"cld", b"clder", b"old", b"older"]


def test_a_write_tears_between_sectors_and_a_gap_reads_as_zeros(house: House) -> None:
    house.write(FILE, 3, b"a" * SECTOR)  # the first sector has room for three less
    first, rest = b"a" * (SECTOR - 3), b"a" * 3

    assert house.contents() == sorted(
        [b"old", b"old" + first, b"old" + bytes(SECTOR - 3) + rest, b"old" + first + rest]
    )


def test_a_flush_covers_what_was_written_before_it_began(house: House) -> None:
    house.write(FILE, 0, b"O")
    began = house.notes.stat().st_size
    house.write(FILE, 1, b"L")
    house.flush(FILE, began=began)

    assert house.contents() == [b"OLd", b"Old"]


def test_a_flush_of_one_file_says_nothing_of_another(house: House) -> None:
    house.write(LOG, 0, b"x")
    house.flush("")
    house.flush(FILE)

    assert house.contents(LOG) == [b"", b"x"]


def test_a_new_file_may_vanish_until_its_folder_is_flushed(house: House) -> None:
    house.write(LOG, 0, b"x")
    house.flush(LOG)
    assert house.outcomes() == [{FILE: b"old"}, {FILE: b"old", LOG: b"x"}]

    house.flush("")
    assert house.outcomes() == [{FILE: b"old", LOG: b"x"}]


def test_a_deletion_may_be_undone_until_the_folder_is_flushed(house: House) -> None:
    (house.folder / FILE).unlink()
    house.note("u", FILE)
    assert house.outcomes() == [{}, {FILE: b"old"}]

    house.write(FILE, 0, b"new")
    assert house.outcomes() == [{}, {FILE: b""}, {FILE: b"new"}, {FILE: b"old"}]

    house.flush(FILE)
    house.flush("")
    assert house.outcomes() == [{FILE: b"new"}]


def test_a_renaming_happens_whole_or_not_at_all(house: House) -> None:
    (house.folder / FILE).rename(house.folder / LOG)
    house.note("r", FILE, content=str(house.folder / LOG).encode())

    assert house.outcomes() == [{FILE: b"old"}, {LOG: b"old"}]


def test_cuts_and_lengthenings_are_changes_too(house: House) -> None:
    for size in (1, 2):
        with (house.folder / FILE).open("r+b") as file:
            file.truncate(size)
        house.note("t", FILE, size)

    assert house.contents() == [b"o", b"o\0", b"ol", b"old"]


def test_other_files_and_what_was_deleted_are_left_alone(house: House) -> None:
    (house.folder / "static").mkdir()
    for name in ("surat.txt", f"{FILE}-shm", f"static/{FILE}", f"{FILE} (deleted)"):
        house.note("w", name, 0, b"x")

    assert house.outcomes() == [{FILE: b"old"}]


def test_a_killed_program_leaves_what_it_wrote_unflushed(house: House) -> None:
    (house.folder / FILE).write_bytes(b"older")  # and died before it could note it
    with pytest.raises(Unexplained, match=FILE):
        house.disk.explain()

    house.disk.killed()
    assert {b"old", b"older"} <= set(house.contents())

    house.flush(FILE)
    assert house.contents() == [b"older"]


def test_a_loss_of_power_leaves_what_it_says_and_begins_anew(house: House) -> None:
    house.write(FILE, 0, b"new")
    house.write(LOG, 0, b"x")
    (house.folder / f"{FILE}-shm").touch()
    (house.folder / "surat.txt").write_bytes(b"stays")

    left = house.disk.lose_power(random.Random(3))

    stands = {path.name: path.read_bytes() for path in house.folder.iterdir()}
    assert stands == left | {"surat.txt": b"stays"}
    assert house.outcomes() == [left]
