"""Which house is under rehearsal? A server that is killed and loses power, and the disk it stands on."""

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from kompeten.exams.actions import receiving
from kompeten.ops.bench.server import Server, free_port
from kompeten.ops.gladi import power
from kompeten.ops.gladi.power import Disk, Files
from kompeten.ops.gladi.proof import Proof

KILLED, POWER_LOST = "server killed", "power lost"
KNOCK = "/ujian/brankas/kunci"


class House:
    """The server under rehearsal; `proof` says which files a loss of power left broken.

    Only its programs write to its files: this one closes what it has open and then only reads.
    """

    def __init__(self, server: Server, disk: Disk | None, rng: random.Random) -> None:
        self._server, self._disk, self._rng = server, disk, rng
        self.url = f"http://127.0.0.1:{server.port}"
        self.proof, self.kills = Proof(), 0

    @property
    def faults(self) -> tuple[str, ...]:
        """What can be done to it: a database server has a disk of its own, whose power stays on."""
        return (KILLED, POWER_LOST) if self._disk else (KILLED,)

    def start(self) -> None:
        """Bring the server up; returns when it answers."""
        self._server.start()
        self._server.ready()

    def end(self, fault: str) -> None:
        """End every process of the server by one of `faults`, and bring it back."""
        self.kills += 1
        self._server.kill()
        if self._disk and fault == POWER_LOST:
            self._look(self._disk.lose_power(self._rng))
        elif self._disk:
            self._disk.killed()
        self.start()

    def stop(self) -> None:
        """Ask the server to end; its notes must then account for every byte of its files."""
        self._server.stop()
        if self._disk:
            self._disk.explain()

    def _look(self, left: Files) -> None:
        """Ask SQLite whether the files are whole, on a copy: its answer begins with a repair."""
        with tempfile.TemporaryDirectory() as folder:
            power.write(left, Path(folder))
            for name in left:
                if name.endswith(".sqlite3"):
                    self._broken(name, _faults(Path(folder) / name))

    def _broken(self, name: str, faults: list[str]) -> None:
        self.proof.wrong += len(faults)
        self.proof.says += [f"{name} after a loss of power: {fault}" for fault in faults]


def _faults(file: Path) -> list[str]:
    try:
        with closing(sqlite3.connect(file)) as beside:
            said = [line for (line,) in beside.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        said = [str(error)]
    return [line for line in said if line != "ok"]


@contextmanager
def opened(rng: random.Random) -> Iterator[House]:
    """Serve the house at hand, which is prepared, while the block runs.

    :raises Misuse: there is no C compiler, which a loss of power needs
    """
    with tempfile.TemporaryDirectory(prefix="kompeten-catatan-") as folder:
        connections.close_all()
        receiving.close()
        disk, told = None, {"KOMPETEN_PREPARE_ON_START": "false"}
        if connection.vendor == "sqlite":
            library = power.compiled(Path(folder))
            disk = Disk(Path(settings.DATA_DIR), Path(folder) / "notes")
            told |= disk.environment(library)
        port = free_port()
        words = ["kompeten", "serve", "--port", str(port)]
        server = Server(words, port=port, knock=KNOCK, environment=told)
        house = House(server, disk, rng)
        try:
            house.start()
            yield house
        except BaseException:
            server.stop()
            raise
        house.stop()
