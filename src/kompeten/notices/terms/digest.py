"""What the office is told of promises that come close to their day, or are past it."""

from dataclasses import dataclass
from enum import StrEnum

from kompeten.schemes.terms import Service


class DigestState(StrEnum):
    """A digest is written once."""

    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many promises of one step are newly close to their day, and how many newly past it."""

    service: Service
    soon: int
    late: int


@dataclass(frozen=True, slots=True)
class Digesting:
    """`digest.opened`: what is new of promises since the digest before, by step."""

    steps: tuple[Standing, ...]
