"""What does a result sheet say?"""

from dataclasses import dataclass
from enum import StrEnum

from kompeten.schemes.terms import Component


class State(StrEnum):
    """A sheet is sealed when it is made; a later sheet of the same application supersedes it."""

    SEALED = "sealed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Means:
    """What one component came to: points of `out_of`, and whether its own minimum is met."""

    component: Component
    points: int
    out_of: int
    competent: bool


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a sheet, whose digest is sealed: everything a committee decides on.

    `competent` is the recommendation: what the rule of the pinned scheme version gives.
    """

    application: str
    scheme: str
    version: int
    route: str
    means: tuple[Means, ...]
    competent: bool
    total_percent: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sealing:
    """`result.sealed`: digest of the content, and the recommendation."""

    digest: str
    competent: bool


@dataclass(frozen=True, slots=True)
class Superseding:
    """`result.superseded`: the reference of the sheet that takes its place."""

    sheet: str
