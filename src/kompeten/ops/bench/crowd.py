"""How does a crowd of devices speak to a server? Raw sockets, kept open, and a clock for each answer.

Latency counts from the instant a request was due, not from when a connection was free for it: a
server that makes the crowd wait is not spared (no coordinated omission). Whatever is not an answer
of 200 is sent again after a pause with chance in it, as a device does.
"""

import random
import select
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from kompeten.ops.bench.people import OPENED, Job

AGAIN_SECONDS = (0.2, 1.0)
PATIENCE_SECONDS = 60.0  # after the last request was due
RECEIPT = b'{"receipt":"'


@dataclass(slots=True)
class Tally:
    """What came back: seconds each answer took, receipts, and what went wrong on the way."""

    took: list[float] = field(default_factory=list)
    receipts: list[bytes] = field(default_factory=list)
    errors: int = 0  # answers that are none of ours, and requests never answered
    again: int = 0  # requests sent once more: no answer, or asked to come later
    seconds: float = 0.0
    generator_cpu: float = 0.0  # seconds


class Line:
    """One connection."""

    __slots__ = ("job", "read", "socket")

    def __init__(self, opened: socket.socket) -> None:
        self.socket, self.read = opened, b""
        self.job: Job | None = None


class Crowd:
    """Up to `most` connections to one address."""

    def __init__(self, address: tuple[str, int], *, most: int, rng: random.Random) -> None:
        self._address, self._most, self._rng = address, most, rng
        self._poll = select.epoll()
        self._lines: dict[int, Line] = {}
        self._free: list[Line] = []
        self._tally = Tally()
        self._later: list[tuple[float, int, Job]] = []
        self._turn = 0

    def play(
        self, jobs: Iterable[Job], *, events: Iterable[tuple[float, Callable[[], None]]] = ()
    ) -> Tally:
        """Send each of `jobs` when it is due, however slow the answers; `events` happen at their seconds."""
        begun = self._begin()
        waiting = deque(jobs)
        happens = deque(sorted(events, key=lambda e: e[0]))
        last = waiting[-1].due if waiting else 0.0
        for job in waiting:
            job.due += begun
        ready: deque[Job] = deque()
        while waiting or ready or self._later or len(self._free) < len(self._lines):
            now = time.monotonic()
            while happens and begun + happens[0][0] <= now:
                happens.popleft()[1]()
            while waiting and waiting[0].due <= now:
                ready.append(waiting.popleft())
            while self._later and self._later[0][0] <= now:
                ready.append(heappop(self._later)[2])
            self._send(ready)
            self._listen(0.001 if ready else self._pause(waiting, now))
            if now > begun + last + PATIENCE_SECONDS:
                break
        busy = [line for line in self._lines.values() if line.job is not None]
        self._tally.errors += len(waiting) + len(ready) + len(self._later) + len(busy)
        for line in busy:
            self._hang_up(line)
        return self._end(begun)

    def press(self, jobs: Iterable[Job], *, at_once: int, seconds: float) -> Tally:
        """Keep `at_once` requests under way for `seconds`: each answer sends the next one."""
        begun = self._begin()
        source = iter(jobs)
        ready: deque[Job] = deque()
        while time.monotonic() < begun + seconds:
            under_way = len(self._lines) - len(self._free) + len(ready) + len(self._later)
            for _ in range(at_once - under_way):
                if (job := next(source, None)) is None:
                    break
                job.due = time.monotonic()
                ready.append(job)
            now = time.monotonic()
            while self._later and self._later[0][0] <= now:
                ready.append(heappop(self._later)[2])
            self._send(ready)
            self._listen(0.01)
        took, self._tally.seconds = len(self._tally.took), time.monotonic() - begun
        end = time.monotonic() + PATIENCE_SECONDS
        while len(self._free) < len(self._lines) and time.monotonic() < end:
            self._listen(0.01)
        del self._tally.took[took:]  # answered after the bell: kept, not counted
        seconds = self._tally.seconds
        tally = self._end(begun)
        tally.seconds = seconds
        return tally

    def close(self) -> None:
        """Hang up everywhere."""
        for line in list(self._lines.values()):
            self._hang_up(line)
        self._poll.close()

    def _begin(self) -> float:
        self._tally, self._later = Tally(), []
        self._tally.generator_cpu = -time.process_time()
        return time.monotonic()

    def _end(self, begun: float) -> Tally:
        self._tally.generator_cpu += time.process_time()
        self._tally.seconds = time.monotonic() - begun
        return self._tally

    def _pause(self, waiting: "deque[Job]", now: float) -> float:
        due = min(
            waiting[0].due if waiting else now + 0.05,
            self._later[0][0] if self._later else now + 0.05,
        )
        return min(0.05, max(0.0, due - now))

    def _send(self, ready: "deque[Job]") -> None:
        while ready and (line := self._line()) is not None:
            job = line.job = ready.popleft()
            try:
                line.socket.send(job.request)
            except OSError:
                self._lost(line)

    def _line(self) -> Line | None:
        if self._free:
            return self._free.pop()
        if len(self._lines) >= self._most:
            return None
        opened = socket.socket()
        try:
            opened.connect(self._address)
        except OSError:
            # Nobody there: look again soon, without a storm of attempts.
            opened.close()
            time.sleep(0.01)
            return None
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.setblocking(False)
        line = Line(opened)
        self._lines[opened.fileno()] = line
        self._poll.register(opened.fileno(), select.EPOLLIN)
        return line

    def _listen(self, timeout: float) -> None:
        for number, _ in self._poll.poll(timeout, 1024):
            line = self._lines[number]
            try:
                read = line.socket.recv(65_536)
            except OSError:
                read = b""
            if not read:
                self._lost(line)
                continue
            line.read += read
            self._take(line)

    def _take(self, line: Line) -> None:
        head, found, body = line.read.partition(b"\r\n\r\n")
        if not found or line.job is None:
            return
        at = head.lower().find(b"content-length:")
        if len(body) < int(head[at + 15 :].split(b"\r", 1)[0]):
            return
        job, line.job, line.read = line.job, None, b""
        self._free.append(line)
        if head[9:12] != b"200":
            if head[9:12] not in (b"429", b"502", b"503"):
                self._tally.errors += 1
            self._again(job)
            return
        self._tally.took.append(time.monotonic() - job.due)
        if job.expect.startswith(OPENED):
            self._tally.receipts.append(job.expect)
        else:
            receipt = body[len(RECEIPT) : body.index(b'"', len(RECEIPT))]
            if not receipt.startswith(job.expect):
                self._tally.errors += 1
            self._tally.receipts.append(receipt)

    def _lost(self, line: Line) -> None:
        job = line.job
        self._hang_up(line)
        if job is not None:
            self._again(job)

    def _again(self, job: Job) -> None:
        self._tally.again += 1
        self._turn += 1
        when = time.monotonic() + self._rng.uniform(*AGAIN_SECONDS)
        heappush(self._later, (when, self._turn, job))

    def _hang_up(self, line: Line) -> None:
        number = line.socket.fileno()
        self._poll.unregister(number)
        del self._lines[number]
        if line in self._free:
            self._free.remove(line)
        line.socket.close()
