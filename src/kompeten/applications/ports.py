"""What does this room ask of the world outside: whether a file holds malicious software."""

from dataclasses import dataclass
from typing import Protocol


class ScannerSilent(Exception):
    """The scanner does not answer, or cannot judge this file; the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scanner says: its own name for what it found, empty where it found nothing."""

    found: str = ""


class Scanner(Protocol):
    """Something that knows malicious software when it sees it."""

    def scan(self, content: bytes) -> Scanned:
        """Return what is found in `content`. :raises ScannerSilent: nobody knows"""

    def version(self) -> str:
        """Return what it is and how old its knowledge is. :raises ScannerSilent: it does not answer"""
