"""Who sits the exam of a bench? Made-up candidates with real tickets and real hash chains.

The chains are reckoned here once more, from the protocol's words and not by the room's code: what
the intake takes is then what the protocol says.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from kompeten.exams.queries import vault
from kompeten.exams.terms.vault import Ticket
from kompeten.kernel import refs

PATH = "/ujian/brankas"
FORM = "0" * 16
BEGAN = 1_780_000_000_000  # the wall clock of every device
ITEMS = 100
CHAIN_END = 3_900
OPENED = b"opened."


@dataclass(slots=True)
class Job:
    """One request: when it is due (seconds of a monotonic clock), its bytes, and what must come back.

    `expect` is how the receipt begins; for an opening, which has none, `OPENED` and who opened.
    """

    due: float
    request: bytes
    expect: bytes
    tries: int = 0


@dataclass(slots=True)
class Candidate:
    """One device with one chain, and how far it has come."""

    attempt: str
    ticket: str
    chain: str
    last: int
    head: bytes

    def opening(self) -> tuple[bytes, bytes]:
        """Return the request that opens the paper, and the note of it."""
        note = OPENED + f"{self.attempt}.{self.chain}".encode("ascii")
        return _post("buka", {"v": 1, "ticket": self.ticket, "chain": self.chain}), note

    def answers(self, count: int, *, hands_in: bool = False) -> tuple[bytes, bytes]:
        """Return the request with the next `count` links, and how its receipt must begin."""
        if self.last + count > CHAIN_END:
            self._anew()
        first, before, links = self.last + 1, self.head.hex(), []
        for number in range(first, first + count):
            mono = number * 7_000
            link = ["a", number % ITEMS + 1, "abcd"[number % 4], mono, BEGAN + mono]
            if hands_in and number == first + count - 1:
                link = ["h", 0, "", mono, BEGAN + mono]
            text = f"{number}|{link[0]}|{link[1]}|{link[2]}|{link[3]}|{link[4]}"
            self.head = sha256(self.head + text.encode("ascii")).digest()
            links.append(link)
        self.last += count
        message = {
            "v": 1, "ticket": self.ticket, "chain": self.chain, "parent": "", "first": first,
            "before": before, "sent": self.last * 7_000 + 400, "links": links,
        }  # fmt: skip
        place = f"1.{self.attempt}.{self.chain}.{first}.{self.last}.{self.head.hex()}."
        return _post("simpan", message), place.encode("ascii")

    def _anew(self) -> None:
        self.chain = sha256(self.chain.encode()).hexdigest()[:16]
        self.last, self.head = 0, _root(self.attempt, self.chain)


def crowd(count: int, *, rng: random.Random) -> list[Candidate]:
    """Return so many candidates, all of one sitting that is open for years."""
    sitting = refs.new(rng)
    found = []
    for _ in range(count):
        attempt = refs.new(rng)
        ticket = vault.ticket(Ticket(attempt, sitting, FORM, opens=1, closes=4_000_000_000_000))
        chain = f"{rng.getrandbits(64):016x}"
        found.append(Candidate(attempt, ticket, chain, 0, _root(attempt, chain)))
    return found


def spread(
    people: list[Candidate],
    say: Callable[[Candidate], tuple[bytes, bytes]],
    *,
    rate: float,
    seconds: float,
) -> list[Job]:
    """Return jobs at an even `rate`, person after person, each due so long after the phase begins."""
    count = int(rate * seconds)
    turns: Iterator[Candidate] = (people[n % len(people)] for n in range(count))
    return [Job(n / rate, *say(person)) for n, person in enumerate(turns)]


def _root(attempt: str, chain: str) -> bytes:
    return sha256(f"kompeten/chain/1|{attempt}|{chain}|".encode("ascii")).digest()


def _post(what: str, message: object) -> bytes:
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    head = (
        f"POST {PATH}/{what} HTTP/1.1\r\nHost: bench\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body
