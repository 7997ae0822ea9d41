"""Does a kept answer survive the loss of power, and would the rehearsal notice if it did not?"""

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kompeten.ops.commands import Misuse
from kompeten.ops.gladi import power

pytestmark = pytest.mark.compiler
SEEDS = range(40)
ROOT = Path(__file__).parents[3]


class Machine:
    """A machine whose power can go: one folder with a vault, and programs that write to it."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.data.mkdir()
        self.library = power.compiled(folder)
        self.disk = power.Disk(self.data, folder / "notes")
        self.kept: set[int] = set()

    def writers(self, synchronous: str, *, kept: int) -> None:
        """Let threads write until so many rows are kept, then end them with SIGKILL."""
        first = max(self.kept, default=0) + 1
        with self.program(synchronous, "writers", str(first)) as program:
            assert program.stdout
            said = b""
            while said.count(b"\n") < kept:
                said += os.read(program.stdout.fileno(), 65_536)
            program.kill()
            said += program.stdout.read()
        self.kept.update(map(int, said.split()))

    def once(self, synchronous: str, *numbers: int) -> None:
        """Let a program keep these rows in one commit and die of SIGKILL; the machine goes on."""
        with self.program(synchronous, "once", *map(str, numbers)) as program:
            program.wait()
        self.disk.killed()

    def program(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start a program that writes to the vault and takes notes."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.make.vault_writers", str(self.data), *words],
            cwd=ROOT,
            env=os.environ | self.disk.environment(self.library),
            stdout=subprocess.PIPE,
        )

    def losses(self, folder: Path) -> int:
        """Return after how many of the possible losses of power a kept row was missing.

        A file that a loss leaves must be whole each time, whatever is in it.
        """
        self.disk.killed()
        found = 0
        for seed in SEEDS:
            place = folder / str(seed)
            place.mkdir()
            power.write(self.disk.after_loss(random.Random(seed)), place)
            found += not self.kept <= held(place / "vault.sqlite3")
        return found


def held(vault: Path) -> set[int]:
    """Return the rows in a vault, which must be whole."""
    with closing(sqlite3.connect(vault)) as beside:
        assert beside.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not beside.execute("SELECT 1 FROM sqlite_master WHERE name = 'vault'").fetchone():
            return set()
        return {number for (number,) in beside.execute("SELECT first FROM vault")}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("kept", [1, 40, 300])
def test_full_loses_nothing(machine: Machine, tmp_path: Path, kept: int) -> None:
    machine.writers("FULL", kept=kept)

    assert machine.losses(tmp_path) == 0


def test_full_loses_nothing_after_kills_and_other_losses(machine: Machine, tmp_path: Path) -> None:
    machine.writers("FULL", kept=40)
    machine.disk.killed()
    machine.writers("FULL", kept=40)
    machine.disk.lose_power(random.Random(1))
    machine.writers("FULL", kept=40)

    assert machine.losses(tmp_path) == 0


def test_a_row_that_was_written_and_not_flushed_is_flushed_before_it_counts_as_kept(
    machine: Machine, tmp_path: Path
) -> None:
    machine.once("FULL", 1)
    machine.once("OFF", 2)  # dies between writing and flushing; nobody was told
    machine.once("FULL", 2)  # comes again
    machine.kept = {1, 2}

    assert machine.losses(tmp_path) == 0


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_less_than_full_is_found_out(machine: Machine, tmp_path: Path, synchronous: str) -> None:
    machine.once(synchronous, *range(1, 40))
    machine.kept = set(range(1, 40))

    assert machine.losses(tmp_path) > len(SEEDS) / 4


def test_notes_explain_every_byte_that_sqlite_wrote(machine: Machine) -> None:
    with machine.program("FULL", "once", *map(str, range(1, 500))) as program:
        program.wait()

    machine.disk.explain()
    assert machine.disk.after_loss(random.Random(1)).keys() == {
        "vault.sqlite3",
        "vault.sqlite3-wal",
    }


def test_without_a_compiler_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Misuse, match="apt install gcc libc6-dev"):
        power.compiler()
