"""The life of a review, what it holds, and how it is answered."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kompeten.verification.terms.reasons import Fault, Ground, Judgement, Topic


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
class Release:
    """`review.released`: why the claim was given back (`release.by_verifier`, …)."""

    reason: str
