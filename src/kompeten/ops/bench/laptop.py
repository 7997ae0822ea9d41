"""What is the laptop in the room, and how do phones sit down at it? One core, 1 GB, its own disk and keys."""

import http.client
import json
import os
import re
import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kompeten.ops.bench.people import OPENED, PATH, Candidate
from kompeten.ops.bench.server import Server, free_port

CORE = 0
MEMORY = 1024**3
AT_ONCE = 24  # phones at the door in one moment
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(slots=True)
class Phone:
    """A phone that has its paper: how long each answer took it, and the note of its opening."""

    candidate: Candidate
    took: list[float] = field(default_factory=list)
    opened: bytes = b""


class Turned(Exception):
    """A phone was not let in; says where."""


class Laptop(Server):
    """`kompeten node serve` on a disk of its own under `folder`, held to one core and 1 GB."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        super().__init__([], port=port, knock="/ujian/dinding/")
        self.disk, self.usb = (folder / name for name in ("disk", "usb"))
        self.usb.mkdir(parents=True)
        self._peak, self._parcel = 0, list[str]()

    def command(self, *words: str) -> dict[str, object]:
        """Run a command of the laptop to its end and return what it said."""
        done = subprocess.run(  # noqa: S603 (our own interpreter, no shell)
            [sys.executable, "-m", "kompeten", *words, "--json"],
            env=self._environment(),
            check=True,
            capture_output=True,
        )
        said: dict[str, object] = json.loads(done.stdout)
        return said

    def start(self) -> None:
        """Switch it on; returns at once."""
        words = ["node", "serve", *self._parcel, "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter, no shell)
            [sys.executable, "-m", "kompeten", *words, "--copy", str(self.usb)],
            env=self._environment() | {"KOMPETEN_PROFILE": "node"},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            preexec_fn=_confine,
        )

    def take_in(self, parcel: Path) -> None:
        """Let the next start take this parcel in; later ones need no file."""
        self._parcel = [str(parcel)]

    def kill(self) -> None:
        """Cut its power."""
        self.peak_rss_mb()
        self._parcel = []
        super().kill()

    def peak_rss_mb(self) -> int:
        """Return the most memory that its processes have held so far, in MB."""
        now = sum(map(_peak_kb, self._pids())) // 1024
        self._peak = max(self._peak, now)
        return self._peak

    def doors(self, codes: Sequence[str]) -> list[Phone]:
        """Let a phone for each seat code come in and open its paper; the bell may still be ahead.

        :raises Turned: one was not let in
        """
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(self._door, codes))

    def _door(self, code: str) -> Phone:
        visit = _Visit(self.port)
        page = visit.get("/ujian/")
        token = TOKEN.search(page.decode())
        form = f"csrfmiddlewaretoken={token[1] if token else ''}&code={code}"
        place = visit.post("/ujian/", form.encode(), "application/x-www-form-urlencoded", 302)
        attempt = visit.location.strip("/").split("/")[-1] if place is not None else ""
        visit.get(f"/ujian/{attempt}/")
        visit.get(f"/ujian/{attempt}/lembar/")
        ticket = json.loads(visit.get(f"/ujian/{attempt}/tiket.json"))
        visit.get(ticket["package"]["url"])
        chain = secrets.token_hex(8)
        asking = json.dumps({"v": 1, "ticket": ticket["ticket"], "chain": chain}).encode()
        while (answer := visit.post(f"{PATH}/buka", asking, "text/plain", 200, 425)) is not None:
            said = json.loads(answer)
            if "wait" not in said:
                break
            time.sleep(said["wait"] / 1000 + secrets.randbelow(1000) / 1000)
        sheet = visit.get(f"/ujian/{attempt}/lembar.json", {"X-Ticket": ticket["ticket"]})
        if len(json.loads(sheet)["cases"]) != len(ticket["order"]["cases"]):
            raise Turned("the paper is not whole")
        root = sha256(f"kompeten/chain/1|{attempt}|{chain}|".encode("ascii")).digest()
        candidate = Candidate(attempt, ticket["ticket"], chain, 0, root)
        return Phone(candidate, visit.took, OPENED + f"{attempt}.{chain}".encode("ascii"))

    def _environment(self) -> dict[str, str]:
        bare = {k: v for k, v in os.environ.items() if not k.startswith("KOMPETEN_")}
        return bare | {"KOMPETEN_DATA_DIR": str(self.disk), "KOMPETEN_LOG_LEVEL": "WARNING"}


class _Visit:
    """One phone's browser: a connection, its cookies, and the seconds of each answer."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self.location = ""
        self.took: list[float] = []

    def get(self, path: str, headers: dict[str, str] | None = None) -> bytes:
        return self._ask("GET", path, None, headers or {}, (200,))

    def post(self, path: str, body: bytes, kind: str, *statuses: int) -> bytes:
        return self._ask("POST", path, body, {"Content-Type": kind}, statuses)

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: dict[str, str],
        statuses: tuple[int, ...],
    ) -> bytes:
        jar = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        begun = time.monotonic()
        self._line.request(method, path, body, headers | ({"Cookie": jar} if jar else {}))
        answer = self._line.getresponse()
        content = answer.read()
        self.took.append(time.monotonic() - begun)
        if answer.status not in statuses:
            raise Turned(f"{method} {path}: {answer.status}")
        self.location = answer.headers.get("Location", "")
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return content


def _confine() -> None:
    os.sched_setaffinity(0, {CORE})
    # What it may write to. Address space would count libraries that are mapped and never read.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _peak_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
