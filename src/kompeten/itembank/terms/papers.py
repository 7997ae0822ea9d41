"""What is a form as it is sat, marked and pinned?"""

from dataclasses import dataclass

from kompeten.itembank.terms.written import EssayTask
from kompeten.schemes.terms import Blueprint, Domain


@dataclass(frozen=True, slots=True)
class PaperItem:
    """An item as a candidate may get it: no key, no domain, no difficulty.

    `number` is its place in the form, from 1, the same for everybody; `options` are (code, text).
    An essay has its task instead of options.
    """

    number: int
    stem: str
    options: tuple[tuple[str, str], ...]
    essay: EssayTask | None = None


@dataclass(frozen=True, slots=True)
class PaperCase:
    """A case as a candidate may get it; `number` is its place in the form, from 1."""

    number: int
    vignette: str
    items: tuple[PaperItem, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The right answer to one item of a form, with the domain its points count in. For scoring only.

    An essay has no right option; people give up to `points`.
    """

    option: str
    domain: Domain
    points: int = 1

    @property
    def is_essay(self) -> bool:
        """Whether people give its points."""
        return not self.option


@dataclass(frozen=True, slots=True)
class Guide:
    """What assessors need to mark one essay of a form; candidates never get `marking`."""

    stem: str
    vignette: str
    task: EssayTask
    marking: str


@dataclass(frozen=True, slots=True)
class PinnedForm:
    """A form as the exam room pins it: key, digest, and the blueprint it was assembled to."""

    id: int
    ref: str
    title: str
    digest: str
    blueprint: Blueprint
