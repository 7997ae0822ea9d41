"""How does a dying line come into a story? A relay in front of the server that loses, stalls and cuts.

Every segment of 1460 bytes is lost with a chance; what is lost waits for its retransmission, 300 ms,
then 600, and so on, and all behind it waits too, as TCP does it. Now and then the line dies: whatever
is open is cut off in the middle, and for a while nobody gets through. `faster` divides all times, for
tests that cannot wait; everything else stays as it is.
"""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SEGMENT = 1460
RETRANSMISSION = 0.3  # seconds
DOUBLINGS = 5
DEAD_FOR = (0.5, 4.0)  # seconds


@dataclass
class BadLine:
    """A relay to `server` on a port of its own; counts what goes up, and what happened to it.

    The line dies `cuts` times, each after so many more bytes sent up as `every` says.
    """

    server: int
    seed: int
    loss: float = 0.3
    cuts: int = 20
    every: tuple[int, int] = (4_000, 22_000)
    bytes_a_second: int = 8_000
    faster: float = 1
    port: int = 0
    up: int = 0
    died: int = 0
    lost: int = 0
    _open: set[asyncio.Transport] = field(default_factory=set)
    _dead: bool = False
    _next_cut: int = 0

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)
        self._next_cut = self._rng.randint(*self.every)

    async def serve(self) -> None:
        """Begin to relay; needs a running loop."""
        self._ways = {"up": asyncio.Lock(), "down": asyncio.Lock()}
        started = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.port = started.sockets[0].getsockname()[1]
        self._started = started

    async def end(self) -> None:
        """Stop, and cut off whatever is open."""
        self._started.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._dead:
            writer.transport.abort()
            return
        inner, outer = await asyncio.open_connection("127.0.0.1", self.server)
        self._open |= {writer.transport, outer.transport}
        ways = [
            asyncio.ensure_future(self._carry(*way))
            for way in ((reader, outer, "up"), (inner, writer, "down"))
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            for end in (writer.transport, outer.transport):
                self._open.discard(end)
                end.close()

    async def _carry(
        self, source: asyncio.StreamReader, to: asyncio.StreamWriter, way: str
    ) -> None:
        while segment := await source.read(SEGMENT):
            async with self._ways[way]:  # one line for all connections
                await asyncio.sleep(self._takes(len(segment)))
            if way == "up":
                self.up += len(segment)
                if self.died < self.cuts and self.up >= self._next_cut:
                    self._die()
                    return
            to.write(segment)
            await to.drain()

    def _takes(self, size: int) -> float:
        seconds = size / self.bytes_a_second
        for turn in range(DOUBLINGS):
            if self._rng.random() >= self.loss:
                break
            self.lost += 1
            seconds += RETRANSMISSION * 2**turn
        return seconds / self.faster

    def _die(self) -> None:
        self.died += 1
        self._next_cut = self.up + self._rng.randint(*self.every)
        self._dead = True
        for end in list(self._open):
            end.abort()
        loop = asyncio.get_running_loop()
        loop.call_later(self._rng.uniform(*DEAD_FOR) / self.faster, self._revive)

    def _revive(self) -> None:
        self._dead = False


@contextmanager
def bad_line(server: int, **how: float) -> Iterator[BadLine]:
    """Put a bad line in front of the server on port `server` while the block runs."""
    line = BadLine(server, **how)  # type: ignore[arg-type]
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(line.serve(), loop).result(10)
    try:
        yield line
    finally:
        asyncio.run_coroutine_threadsafe(line.end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
