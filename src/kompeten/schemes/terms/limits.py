"""What a value of a scheme file may be, said once beside its type: ranges, patterns, uniqueness."""

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Between:
    """A whole number from `least` to `most`, both allowed."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text that matches `regex` as a whole; `meaning` says so to a person."""

    regex: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list with at least `least` entries, no two alike in the field `unique` (if given)."""

    least: int = 0
    unique: str | None = None


Code = Annotated[str, Pattern(r"[a-z][a-z0-9_]*", "lower-case letters, digits and underscores")]
Line = Annotated[str, Pattern(r"\S[^\n]*", "one line of text, not empty")]
Prose = Annotated[str, Pattern(r"\S[\s\S]*", "text, not empty")]
MediaType = Annotated[
    str,
    Pattern(
        r"application/pdf|image/jpeg|image/png",
        "one of application/pdf, image/jpeg, image/png",
    ),
]
Percent = Annotated[int, Between(0, 100)]
Days = Annotated[int, Between(1, 366)]
Months = Annotated[int, Between(1, 720)]
Years = Annotated[int, Between(1, 30)]
Words = Annotated[int, Between(0, 2000)]
