"""Which server is under test? A process group of its own, so that it can be killed whole, and counted."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_SECONDS = 180.0


class Silent(Exception):
    """The server under test did not answer in time."""


class Server:
    """`words` after `python -m`, answering on a port of this machine; `knock` is a path that answers.

    `environment` holds what it is told besides our own environment.
    """

    def __init__(
        self,
        words: list[str],
        *,
        port: int,
        knock: str,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.port, self._words, self._knock = port, words, knock
        self._besides = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._spent = 0.0

    def start(self) -> None:
        """Start it; returns at once."""
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter, no shell)
            [sys.executable, "-m", *self._words],
            env=os.environ | self._besides,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
        )

    def ready(self) -> None:
        """Wait until it answers. :raises Silent: it does not"""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                line.request("GET", self._knock)
                line.getresponse().read()
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            else:
                return
            finally:
                line.close()
        raise Silent(" ".join(self._words))

    def kill(self) -> None:
        """End every process of it by a signal that none hears; returns when the last one is gone."""
        pids = self._pids()
        self._spent += sum(map(_cpu, pids))
        self._signal(signal.SIGKILL)
        while any(map(_runs, pids)):
            time.sleep(0.005)

    def stop(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    def cpu(self) -> float:
        """Return the processor seconds it has used so far, killed processes included."""
        return self._spent + sum(map(_cpu, self._pids()))

    def rss_mb(self) -> int:
        """Return the memory its processes hold now, in MB."""
        return sum(map(_rss_kb, self._pids())) // 1024

    def _signal(self, number: int) -> None:
        if self._process is None:
            return
        os.killpg(self._process.pid, number)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    def _pids(self) -> list[int]:
        return [] if self._process is None else _family(self._process.pid)


def postgres_cpu() -> float:
    """Return the processor seconds of the PostgreSQL processes on this machine that may be looked at."""
    found = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "comm").read_text(encoding="utf-8").strip() == "postgres":
                found += _cpu(int(folder.name))
        except OSError:  # it ended meanwhile
            continue
    return found


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _family(pid: int) -> list[int]:
    try:
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        listed = [word for told in threads for word in told.read_text(encoding="ascii").split()]
    except OSError:
        return []
    return [pid, *(one for child in listed for one in _family(int(child)))]


def _runs(pid: int) -> bool:
    """Say whether a thread of the process may still write: an ended one waits for its parent as Z."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        states = [
            (t / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] for t in threads
        ]
    except OSError:  # it, or a thread of it, ended meanwhile
        return Path(f"/proc/{pid}").exists()
    return any(state not in "ZX" for state in states)


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _rss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
