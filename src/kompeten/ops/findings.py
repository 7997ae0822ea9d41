"""How is it said that something of an installation is well, or not?"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# What is written, and signed, to see whether that can be done.
PROBE = b"kompeten doctor was here\n"


class Level(StrEnum):
    """How grave a finding is."""

    OK = "ok"
    WARN = "warn"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do if it is not well."""

    subject: str
    level: Level
    text: str
    advice: str = ""


def is_well(findings: Iterable[Finding]) -> bool:
    """Say whether none of `findings` is a problem."""
    return all(finding.level is not Level.PROBLEM for finding in findings)
