"""The words and shapes of eligibility reviews.

Source: APL-01 part 3 (ada–memenuhi, ada–tidak memenuhi, tidak ada); ISO/IEC 17024, 9.1.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kompeten.applications.terms.application import DocumentRow
from kompeten.kernel.workdays import Band, Clock
from kompeten.schemes.terms import Eligibility


class State(StrEnum):
    """The life of a review: claimed by one verifier, then answered once or given back.

    A review that chance picks is `held` until somebody else has looked. That second look ends
    `seconded`, or stands `differed` until the head has settled which of both holds; the other one
    is `overruled`.
    """

    OPEN = "open"
    HELD = "held"
    DIFFERED = "differed"
    ELIGIBLE = "eligible"
    RETURNED = "returned"
    REJECTED = "rejected"
    SECONDED = "seconded"
    OVERRULED = "overruled"
    RELEASED = "released"


UNANSWERED = (State.OPEN, State.HELD, State.DIFFERED)
ANSWERS = (State.ELIGIBLE, State.RETURNED, State.REJECTED)


class Judgement(StrEnum):
    """What a verifier says of one document."""

    MET = "met"
    NOT_MET = "not_met"
    ABSENT = "absent"


class Fault(StrEnum):
    """Why a document or a statement does not do; `labels.REASON` says it to the applicant."""

    NOT_ATTACHED = "fault.not_attached"
    UNREADABLE = "fault.unreadable"
    OTHER_DOCUMENT = "fault.other_document"
    INCOMPLETE = "fault.incomplete"
    NOT_SIGNED = "fault.not_signed"
    EXPIRED = "fault.expired"
    NAME_DIFFERS = "fault.name_differs"
    CONTENT_DIFFERS = "fault.content_differs"
    TOO_LITTLE = "fault.too_little"
    PHOTO_UNFIT = "fault.photo_unfit"
    UNCLEAR = "fault.unclear"
    OTHER = "fault.other"


# Which faults go with which judgement; OTHER is never enough without a note.
FAULTS: dict[Judgement, tuple[Fault, ...]] = {
    Judgement.MET: (),
    Judgement.NOT_MET: tuple(f for f in Fault if f not in {Fault.NOT_ATTACHED, Fault.UNCLEAR}),
    Judgement.ABSENT: (Fault.NOT_ATTACHED,),
}


class Topic(StrEnum):
    """A part of the application beside its documents that may have to be mended."""

    IDENTITY = "identity"
    EDUCATION = "education"
    PRACTICE = "practice"
    ROUTE = "route"


STATEMENT_FAULTS = (Fault.INCOMPLETE, Fault.CONTENT_DIFFERS, Fault.UNCLEAR, Fault.OTHER)


class Ground(StrEnum):
    """Why an application is refused for good: what no mending within this application can change."""

    EDUCATION = "ground.education"
    AGE = "ground.age"
    PRACTICE = "ground.practice"
    TRAINING = "ground.training"
    RECOMMENDATION = "ground.recommendation"
    PROFESSION = "ground.profession"
    NOT_GENUINE = "ground.not_genuine"


class ReasonState(StrEnum):
    """The life of a reason on the maintained list: new words are a new reason under the same code."""

    CURRENT = "current"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Wording:
    """`reason.opened`: what a reason says to the applicant, by language, for which documents.

    `kind` is the fault it stands for where words are not compared: in figures, in the ledger, between
    two reviews. No `documents` means all of them.
    """

    code: str
    kind: Fault
    words: dict[str, str]
    documents: tuple[str, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason as lists and sheets show it."""

    ref: str
    code: str
    version: int
    kind: Fault
    words: dict[str, str]
    documents: tuple[str, ...]
    since_at: datetime

    def of(self, language: str) -> str:
        """Return the words in a language, or in Indonesian."""
        return self.words.get(language) or self.words["id"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One document, judged. `file` is the digest of what was judged, empty when nothing was there.

    `reason` is the reference of the maintained reason whose words the applicant reads, if one was given.
    """

    document: str
    judgement: Judgement
    fault: Fault | None = None
    note: str = ""
    file: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend that is no document."""

    topic: Topic
    fault: Fault
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What a review holds, in the form its digest is taken of."""

    application: str
    round: int
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Remark, ...] = ()
    grounds: tuple[Ground, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """`review.opened`: which application, for which time, and the files put in, digest by code."""

    application: str
    round: int
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Noting:
    """`review.noted`: what was judged, judgement and fault by document; notes stay with the record."""

    findings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Eligible:
    """`review.found_eligible`: the record's digest; `unjudged` and `unmet` documents bar it."""

    digest: str
    unjudged: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """`review.returned`: digest, how many things to mend, the last day for it, inclusive."""

    digest: str
    items: int
    until: date
    unjudged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """`review.rejected`: digest and grounds."""

    digest: str
    grounds: tuple[Ground, ...]


Answering = Eligible | Return | Rejection  # the facts of an answer


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
class Release:
    """`review.released`: why the claim was given back (`release.by_verifier`, …)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the queue: of one scheme, province (two digits), list, handed in before an instant.

    `band` is how the promise stands at the instant `at`: so, or worse.
    """

    scheme: str = ""
    province: str = ""
    collective: str = ""
    before: datetime | None = None
    band: Band | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An application that waits for a review; `barred` says why the reader may not take it."""

    ref: str
    name: str
    region_code: str
    scheme_code: str
    route: str
    submitted_at: datetime
    collective_ref: str
    round: int
    clock: Clock
    barred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review as lists show it."""

    ref: str
    application_ref: str
    name: str
    region_code: str
    scheme_code: str
    route: str
    state: str
    round: int
    judged: int
    submitted_at: datetime
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One document on the verifier's sheet, with its finding once there is one.

    `group` names the set of which one document is enough; empty for a document of its own.
    """

    document: DocumentRow
    finding: Finding | None
    group: str = ""
    faults: tuple[Fault, ...] = ()
    reasons: tuple[ReasonRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A review as the verifier works on it. `correct_by_on` is the day a return would name."""

    rows: tuple[SheetRow, ...]
    eligibility: Eligibility
    unjudged: tuple[str, ...]
    unmet: tuple[str, ...]
    earlier: tuple["Answer", ...]
    correct_by_on: date

    @property
    def is_eligible(self) -> bool:
        """Say whether every document that is asked for was judged and found in order."""
        return not self.unjudged and not self.unmet


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


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two reviews of the same file that differ: `about` names documents and topics, in words or codes."""

    ref: str
    application_ref: str
    name: str
    scheme_code: str
    submitted_at: datetime
    verifiers: tuple[int, int]
    answers: tuple[Answer, Answer]
    about: tuple[str, ...]
