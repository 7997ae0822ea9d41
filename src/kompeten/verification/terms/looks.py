"""Second looks: what waits for one, how two reviews compare, and what came of them."""

from dataclasses import dataclass
from datetime import datetime

from kompeten.verification.terms.reviews import Answering, State
from kompeten.verification.terms.sheet import Answer


@dataclass(frozen=True, slots=True)
class Hold:
    """`review.held`: the answer that waits for a second look, and its facts as of now."""

    answer: State
    facts: Answering


@dataclass(frozen=True, slots=True)
class Comparison:
    """`review.seconded` and `review.differed`: the first review, the second answer, what differs.

    `differences` are document codes, topics, and `answer` where the answers are not the same.
    """

    first: str
    answer: State
    digest: str
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overruling:
    """`review.overruled`: the review that holds instead; why stays with the record."""

    instead: str


@dataclass(frozen=True, slots=True)
class Looks:
    """What second looks came to: `drawn` by chance, of them `waiting`, and how the others ended.

    `first_held` and `second_held` are disagreements that the head has settled; `lapsed` went out
    without a second look, since nobody had time.
    """

    drawn: int
    waiting: int
    agreed: int
    differing: int
    first_held: int
    second_held: int

    @property
    def lapsed(self) -> int:
        """How many went out without a second look."""
        return self.drawn - self.waiting - self.looked_at + self.differing

    @property
    def looked_at(self) -> int:
        """How many were looked at twice."""
        return self.agreed + self.differed

    @property
    def differed(self) -> int:
        """How many second looks said something else, settled or not."""
        return self.differing + self.first_held + self.second_held

    @property
    def differed_share(self) -> float | None:
        """The share of second looks that said something else; None while there are none."""
        return self.differed / self.looked_at if self.looked_at else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two reviews of the same file that differ: `about` names documents and topics, in words or codes."""

    ref: str
    application_ref: str
    person_id: int
    name: str
    scheme_code: str
    submitted_at: datetime
    verifiers: tuple[int, int]
    answers: tuple[Answer, Answer]
    about: tuple[str, ...]
