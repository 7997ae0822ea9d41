"""What does a device in the exam room send? Messages with a chain of their own, by the protocol's words."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from kompeten.exams.adapters import keys
from kompeten.exams.terms.vault import Ticket

OPENS = 1_780_000_000_000
CLOSES = OPENS + 3 * 3_600_000
FORM = "0f" * 8


def ticket(attempt: str = "ABCDEFGH23", **more: Any) -> Ticket:
    """Return what a ticket for an attempt grants."""
    return Ticket(
        **{
            "attempt": attempt, "sitting": "0123456789", "form": FORM, "opens": OPENS,
            "closes": CLOSES,
        }
        | more
    )  # fmt: skip


@dataclass
class Device:
    """One page load on one device."""

    granted: Ticket = field(default_factory=ticket)
    chain: str = "a1" * 8
    parent: str = ""
    links: list[list[Any]] = field(default_factory=list)

    def tap(self, item: int, choice: str, kind: str = "a") -> None:
        """Record one link."""
        mono = 1_000 * (len(self.links) + 1)
        self.links.append([kind, item, choice, mono, OPENS + mono])

    def hash(self, number: int) -> str:
        """Return the hash of a link; 0 is the root."""
        found = sha256(
            f"kompeten/chain/1|{self.granted.attempt}|{self.chain}|{self.parent}".encode()
        )
        for place, link in enumerate(self.links[:number], 1):
            text = "|".join(map(str, (place, *link)))
            found = sha256(found.digest() + text.encode())
        return found.hexdigest()

    def segment(self, first: int = 1, last: int | None = None, **more: Any) -> bytes:
        """Return the message with these links; all of them if none are named."""
        message = {
            "v": 1,
            "ticket": keys.ticket(self.granted),
            "chain": self.chain,
            "parent": self.parent,
            "first": first,
            "before": self.hash(first - 1),
            "sent": 1_000 * len(self.links) + 400,
            "links": self.links[first - 1 : last],
        }
        return json.dumps(message | more).encode()

    def opening(self, **more: Any) -> bytes:
        """Return the message that opens the paper."""
        message = {"v": 1, "ticket": keys.ticket(self.granted), "chain": self.chain}
        return json.dumps(message | more).encode()


def tapped(*choices: str, **more: Any) -> Device:
    """Return a device on which items 1, 2, … were answered so."""
    device = Device(**more)
    for item, choice in enumerate(choices, 1):
        device.tap(item, choice)
    return device
