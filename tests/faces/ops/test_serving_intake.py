"""Does the intake run beside the web server, come back when it is killed, and end with it?"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from kompeten.exams.adapters.vault_sqlite import SqliteJournal
from tests.faces.examroom.devices import tapped, ticket

PATIENCE = 180
Answer = tuple[int, dict[str, Any]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the folder of a new house."""
    return tmp_path / "new"


@pytest.fixture
def ports() -> list[int]:
    """Return two ports that are free."""
    probes = [socket.socket(), socket.socket()]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    found = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return found


@pytest.fixture
def served(home: Path, ports: list[int]) -> Iterator[subprocess.Popen[bytes]]:
    """Return `kompeten serve` with its intake beside it, both answering."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KOMPETEN_")}
    web, intake = map(str, ports)
    process = subprocess.Popen(
        [sys.executable, "-m", "kompeten", "serve", "--port", web],
        env=clean
        | {
            "KOMPETEN_DATA_DIR": str(home),
            "KOMPETEN_INTAKE_PORT": intake,
            "KOMPETEN_WORK_IN_SERVE": "false",
            "KOMPETEN_VAULT_KEY": settings.VAULT_KEY,
        },
        stdout=subprocess.DEVNULL,
    )
    for port in ports:
        answered(port)
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()


def asked(port: int, what: str, body: bytes | None = None) -> Answer:
    """Return the status and content of one answer."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/ujian/brankas/{what}", data=body)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status, json.loads(answer.read())


def answered(port: int) -> None:
    """Wait until the intake answers there."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            asked(port, "kunci")
        except OSError:
            assert time.monotonic() < end, f"nobody answers on {port}"
            time.sleep(0.1)
        else:
            return


def family(pid: int) -> list[int]:
    """Return the processes that came of `pid`, without it."""
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):  # each thread has its own
        for child in thread.read_text(encoding="ascii").split():
            found += [int(child), *family(int(child))]
    return found


def called(pids: list[int], word: str) -> list[int]:
    """Return those whose command line holds `word`."""
    return [p for p in pids if word in Path(f"/proc/{p}/cmdline").read_text(encoding="utf-8")]


def until(holds: Callable[[], bool]) -> bool:
    """Wait until something holds; say whether it does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_the_intake_beside_comes_back_when_killed_and_ends_with_the_server(
    served: subprocess.Popen[bytes], home: Path, ports: list[int]
) -> None:
    web, beside = ports
    device = tapped("b", "c", granted=ticket("ABCDEFGH23"))

    # 1. One vault behind both.
    assert asked(web, "simpan", device.segment(1, 1))[0] == 200
    assert asked(beside, "simpan", device.segment(2, 2))[0] == 200

    # 2. Killed, it is started again, and knows what it had signed for.
    intake = min(called(family(served.pid), "--intake-only"))  # the others are its own
    for pid in [intake, *family(intake)]:
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: gone(intake))
    answered(beside)
    status, said = asked(beside, "simpan", device.segment())
    assert (status, said["receipt"].split(".")[1:5]) == (
        200,
        ["ABCDEFGH23", device.chain, "1", "2"],
    )

    # 3. It ends with the server.
    everybody = family(served.pid)
    served.send_signal(signal.SIGINT)
    assert served.wait(PATIENCE) == 0
    assert until(lambda: all(map(gone, everybody)))
    vault = SqliteJournal(home / "vault.sqlite3")
    assert [(s.row.first, s.row.last) for s in vault.of("ABCDEFGH23")] == [(1, 1), (2, 2), (1, 2)]
    vault.close()


def gone(pid: int) -> bool:
    """Say whether there is no such process."""
    return not Path(f"/proc/{pid}").exists()


def test_an_intake_whose_server_was_killed_ends_by_itself(
    served: subprocess.Popen[bytes],
) -> None:
    everybody = family(served.pid)
    intake = called(everybody, "--intake-only")
    assert intake

    served.kill()
    served.wait()

    assert until(lambda: all(map(gone, intake)))
    for pid in everybody:  # the web server's own processes are not our matter here
        if not gone(pid):
            os.kill(pid, signal.SIGKILL)


def test_an_intake_needs_a_port(home: Path) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KOMPETEN_")}
    done = subprocess.run(
        [sys.executable, "-m", "kompeten", "serve", "--intake-only"],
        env=clean | {"KOMPETEN_DATA_DIR": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "KOMPETEN_INTAKE_PORT" in done.stderr.splitlines()[-1]
