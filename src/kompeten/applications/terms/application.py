"""What an application is: its states, the facts of its events, and rows for pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """The life of an application; `concluded` once a decision has been granted or deferred."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CONCLUDED = "concluded"


OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED)


class ListState(StrEnum):
    """The life of a collective list: received once, then only read; its file goes, its lines stay."""

    RECEIVED = "received"
    DISPOSED = "disposed"


class RepairState(StrEnum):
    """The life of a row that could not go on."""

    WAITING = "waiting"
    MENDED = "mended"
    DROPPED = "dropped"


class Scan(StrEnum):
    """What a scanner for malware says of a document; `not_scanned` where none was asked or none answered."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


class Step(StrEnum):
    """The short steps of the form, in order."""

    IDENTITY = "identity"
    SCHEME = "scheme"
    PRACTICE = "practice"
    DOCUMENTS = "documents"
    REVIEW = "review"


class UploadRefused(Exception):
    """A document cannot be taken; `code` (`document.*`) says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PreviewUnavailable(Exception):
    """A page cannot be shown; `code` says why.

    `gone`, `damaged`, `locked`, `too_large`, `too_heavy`, `wrong_type`, `no_such_page`, `infected`;
    `busy`: ask again.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Opening:
    """`application.opened`: which scheme version it is pinned to, by which route, alone or by list."""

    scheme: str
    version: int
    route: str
    collective: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """`application.revised`: the step of the form that was saved."""

    step: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """`application.attached`: the documents put in, code and digest of each."""

    documents: dict[str, str]


@dataclass(frozen=True, slots=True)
class Quarantine:
    """`application.quarantined`: malware was found in these documents, code and digest of each.

    `found` is the scanner's name for it. `at_once`: when they came, so that they never counted and
    the one who sent them was told; else later, in files that had been taken.
    """

    documents: dict[str, str]
    found: str
    at_once: bool


@dataclass(frozen=True, slots=True)
class Submission:
    """`application.submitted`: codes of the documents handed in, those still missing, and the promise.

    `consent` is the version of the text to which the person agreed; empty: they have not.
    """

    documents: tuple[str, ...]
    missing: tuple[str, ...] = ()
    agreed: bool = True
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """`application.returned`: how many things to mend, the last day, inclusive, and the working days spent.

    `spent_days` are those that the body has used of its own time in all rounds so far.
    """

    items: int
    until: date
    spent_days: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """`application.rejected`: reason codes."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disposal:
    """`application.disposed`: the documents deleted, by code; what was said of education went with them."""

    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListReceived:
    """`collective.opened`: digest of the file and counts of verdicts."""

    file: str
    good: int
    repair: int
    duplicate: int


@dataclass(frozen=True, slots=True)
class Mending:
    """`repair.mended`: the application that the repaired row became."""

    application: str


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application as lists show it; no NIK, no birth date."""

    id: int
    ref: str
    person_id: int
    name: str
    region_code: str
    scheme_code: str
    route: str
    state: str
    submitted_at: datetime | None
    collective_ref: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document asked for: what it is called in the scheme, and the file put in, if any.

    `signed` is the digest of a recommendation that was signed for it by link; the file is its scan then.
    """

    code: str
    title: str
    help: str
    required: bool
    sha256: str = ""
    label: str = ""
    size: int = 0
    media_type: str = ""
    pages: int | None = None
    scan: Scan = Scan.NOT_SCANNED
    signed: str = ""

    @property
    def is_there(self) -> bool:
        """Say whether there is anything for this requirement: a file, or a signature."""
        return bool(self.sha256 or self.signed)


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A file that nobody is given: for which requirement, how it was called, when it came, what it holds."""

    code: str
    title: str
    label: str
    attached_at: datetime
    found: str


@dataclass(frozen=True, slots=True)
class Scanning:
    """Whether uploads are scanned for malicious software: by what, or what keeps it; and how many wait."""

    named: bool
    waiting: int
    version: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A collective list as the office lists it; `counts` says how many lines have each verdict."""

    ref: str
    organization_id: int
    label: str
    received_at: datetime
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a list: its reference, counts by verdict, and whether it had come before."""

    ref: str
    again: bool
    good: int
    repair: int
    duplicate: int
