"""Does the house start on a clean machine, do its jobs, and stop without leaving anything behind?"""

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

import pytest

PATIENCE = 180
KOMPETEN = [sys.executable, "-m", "kompeten"]
# A year takes minutes to walk; of the one account it is known by, a house is soon made.
STANDS = """
import os, random, django
os.environ["DJANGO_SETTINGS_MODULE"] = "kompeten.config.settings"
django.setup()
from kompeten.foundation import clock
from kompeten.ops import prepare
from kompeten.people import actions
prepare.everything()
email = "direktur@peragaan.example"
actions.open_account(at=clock.now(), rng=random.Random(1), email=email, label="Direktur")
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a clean machine: a new folder, SQLite, the embedded profile."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith("KOMPETEN_")}
    return ours | {"KOMPETEN_DATA_DIR": str(tmp_path / "new")}


@pytest.fixture
def port() -> int:
    """Return a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Return a function that starts a command; what still runs at the end is ended."""
    started: list[subprocess.Popen[str]] = []

    def run(*words: str, **options: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*KOMPETEN, *words],
            env=environment | options,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def answered(url: str) -> int:
    """Return the status of the first answer at `url`; 0 if none comes in time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                status: int = answer.status
                return status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    return 0


def children(pid: int) -> list[int]:
    """Return the processes that `pid` started."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(word) for told in threads for word in told.read_text(encoding="ascii").split()]


def gone(pids: list[int]) -> bool:
    """Say whether all of `pids` end in time."""
    end = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_serve_sets_up_a_clean_machine_answers_and_stops_with_its_worker(
    start: Callable[..., subprocess.Popen[str]], port: int, environment: dict[str, str]
) -> None:
    server = start("serve", "--port", str(port), "--json")

    assert answered(f"http://127.0.0.1:{port}/") == 200
    beside = children(server.pid)
    assert len(beside) >= 2  # the web process and the worker
    # Their links and mails name the port that was said at the shell.
    for pid in (server.pid, *beside):
        set_ = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        assert f"KOMPETEN_PORT={port}".encode() in set_

    server.send_signal(signal.SIGINT)
    out, told = server.communicate(timeout=PATIENCE)
    assert json.loads(out) == {"address": f"http://127.0.0.1:{port}"}
    assert "database: " in told
    assert server.returncode == 0
    assert gone(beside)
    home = Path(environment["KOMPETEN_DATA_DIR"])
    modes = {p.name: p.stat().st_mode & 0o777 for p in (home / "secrets").iterdir()}
    names = ("secret_key", "privacy_key", "key_passphrase", "vault_key")
    assert modes == dict.fromkeys(names, 0o600)
    assert home.stat().st_mode & 0o777 == 0o700


def test_a_taken_port_is_told_in_one_line(
    start: Callable[..., subprocess.Popen[str]], port: int
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        server = start("serve", "--port", str(port))
        said, told = server.communicate(timeout=PATIENCE)

    assert (server.returncode, said) == (2, "")
    assert told.splitlines()[-1].startswith(f"kompeten: cannot listen on 127.0.0.1:{port}")
    assert "Traceback" not in told


def test_a_demonstration_that_is_told_to_stop_leaves_nothing_running(
    start: Callable[..., subprocess.Popen[str]], port: int, environment: dict[str, str]
) -> None:
    walked = subprocess.run([sys.executable, "-c", STANDS], env=environment, check=False)
    assert walked.returncode == 0

    demo = start("demo", KOMPETEN_PORT=str(port))
    assert answered(f"http://127.0.0.1:{port}/galeri/") == 200
    beside = children(demo.pid)
    demo.terminate()
    demo.communicate(timeout=PATIENCE)

    assert len(beside) >= 2
    assert demo.returncode == 0
    assert gone(beside)


def test_a_worker_does_what_waits_and_stops_when_asked(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    once = start("work", "--once", "--json")
    out, told = once.communicate(timeout=PATIENCE)
    assert (once.returncode, json.loads(out)) == (0, {"waiting": 0, "failed": 0}), told

    steady = start("work")
    assert steady.stderr is not None
    assert steady.stderr.readline() == "jobs: a worker runs\n"
    steady.terminate()
    steady.communicate(timeout=PATIENCE)
    assert steady.returncode == 0


def test_a_server_that_was_killed_leaves_nothing_behind(
    start: Callable[..., subprocess.Popen[str]], port: int
) -> None:
    """What went on answering with nobody who works would be worse than silence, and keep the port."""
    server = start("serve", "--port", str(port))
    assert answered(f"http://127.0.0.1:{port}/") == 200
    all_of_it = children(server.pid)

    server.kill()
    server.wait()

    assert len(all_of_it) > 1
    assert gone(all_of_it)


def test_a_wrong_option_is_told_in_one_line(start: Callable[..., subprocess.Popen[str]]) -> None:
    asked = start("doctor", KOMPETEN_PRT="8000")
    out, told = asked.communicate(timeout=PATIENCE)

    assert asked.returncode == 2
    assert (out, told) == (
        "",
        "kompeten: KOMPETEN_PRT is no option; did you mean KOMPETEN_PORT?\n",
    )
