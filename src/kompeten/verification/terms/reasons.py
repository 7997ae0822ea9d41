"""What may be said of a document or a statement, why one does not do, and why one is refused for good."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
