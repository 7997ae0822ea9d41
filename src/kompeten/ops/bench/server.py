"""Which server is under test? A process group of its own, so that it can be killed whole, and counted."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from types import MappingProxyType

from kompeten.ops.bench import processes

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
        self._spent += sum(map(processes.cpu, pids))
        self._signal(signal.SIGKILL)
        while any(map(processes.runs, pids)):
            time.sleep(0.005)

    def stop(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    def cpu(self) -> float:
        """Return the processor seconds it has used so far, killed processes included."""
        return self._spent + sum(map(processes.cpu, self._pids()))

    def rss_mb(self) -> int:
        """Return the memory its processes hold now, in MB."""
        return sum(map(processes.rss_kb, self._pids())) // 1024

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
        return [] if self._process is None else processes.family(self._process.pid)


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
