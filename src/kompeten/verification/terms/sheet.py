"""A review as the verifier works on it, and as the applicant reads how it ended."""

from dataclasses import dataclass
from datetime import date, datetime

from kompeten.applications.terms.application import DocumentRow
from kompeten.applications.terms.recommending import Signed
from kompeten.schemes.terms import Eligibility
from kompeten.verification.terms.reasons import Fault, Ground, ReasonRow
from kompeten.verification.terms.reviews import Finding, State


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier round found of the very file that is still there, and when it was told."""

    finding: Finding
    round: int
    told_at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One document on the verifier's sheet, with its finding once there is one.

    `group` names the set of which one document is enough; empty for a document of its own. `before`
    is a proposal: it counts for nothing until the verifier accepts it.
    """

    document: DocumentRow
    finding: Finding | None
    group: str = ""
    faults: tuple[Fault, ...] = ()
    reasons: tuple[ReasonRow, ...] = ()
    before: Before | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A review as the verifier works on it. `correct_by_on` is the day a return would name.

    `signed` is what was signed about the applicant by link, given or declined, the newest first.
    """

    rows: tuple[SheetRow, ...]
    eligibility: Eligibility
    unjudged: tuple[str, ...]
    unmet: tuple[str, ...]
    earlier: tuple["Answer", ...]
    correct_by_on: date
    signed: tuple[Signed, ...] = ()

    @property
    def is_eligible(self) -> bool:
        """Say whether every document that is asked for was judged and found in order."""
        return not self.unjudged and not self.unmet


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to mend, as the applicant reads it: `about` is the document's title or a `Topic`.

    `words` are those of the maintained reason, as they were when it was given; else the fault speaks.
    """

    code: str
    about: str
    fault: Fault
    note: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one review ended, for the applicant and for the verifier of the next round."""

    ref: str
    state: State
    round: int
    closed_at: datetime
    corrections: tuple[Correction, ...] = ()
    until: date | None = None
    grounds: tuple[Ground, ...] = ()
    note: str = ""
