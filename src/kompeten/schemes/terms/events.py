"""What the events of a scheme version say."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """A version was drafted: of which scheme, with which number and content."""

    scheme: str
    number: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A version was published, never to change again; `unverified` names what was not confirmed."""

    digest: str
    unverified: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """A version takes no applications from the day `until`; who holds it, keeps it."""

    until: date
