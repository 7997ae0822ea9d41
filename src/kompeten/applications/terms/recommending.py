"""What a recommendation is: a link to the one who shall sign, what they say, how it was confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from kompeten.schemes.terms import Recommender

# The version of the sentence that a signatory signs; the sentences stand in `labels.SENTENCE`.
SENTENCE_VERSION = "2026-11"


class RefereeState(StrEnum):
    """The life of a link; `locked` after too many wrong codes, `ended` when it leads nowhere."""

    OPEN = "open"
    USED = "used"
    LOCKED = "locked"
    ENDED = "ended"


class RecommendationState(StrEnum):
    """The life of one recommendation that was asked for; `lapsed` when nobody signed in time."""

    ASKED = "asked"
    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Confirmed(StrEnum):
    """How it was made sure that the one who was asked has signed.

    `mail_code`: by a code that the house sent to the e-mail address that was asked. `told_code`: by a
    code that whoever asked told them by phone; the house has written to nobody, and says so.
    """

    MAIL_CODE = "mail_code"
    TOLD_CODE = "told_code"


class Capacity(StrEnum):
    """As what the signatory knows the applicant."""

    HEAD = "head"
    SUPERIOR = "superior"
    BOARD = "board"
    COLLEAGUE = "colleague"


class CodeRefused(Exception):
    """The code does not fit; `is_locked`: that was the last try, and the link is closed now."""

    def __init__(self, *, is_locked: bool = False) -> None:
        super().__init__("recommendation.code_wrong")
        self.is_locked = is_locked


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who is asked to sign, as whoever asks knows them; by `email`, or else by `phone`."""

    name: str
    post: str
    office: str
    email: str = ""
    phone: str = ""

    @property
    def address(self) -> str:
        """Return where they are reached."""
        return self.email or self.phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a signatory writes before signing: the letter, who they are, whom they know and since when.

    `recommends` is the answer for the applications in `about`, by reference; `words` are their own, and
    say why where they cannot recommend. `account_person` is the person of the account they are logged
    in with, where they have said that it is theirs.
    """

    recommends: bool
    about: tuple[str, ...]
    number: str
    dated_on: date
    name: str
    post: str
    office: str
    capacity: Capacity
    known_since: date
    words: str = ""
    account_person: int | None = None

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Letter":
        """Return what was kept as JSON."""
        return cls(
            **{name: kept[name] for name in _SAID},
            about=tuple(kept["about"]),
            capacity=Capacity(kept["capacity"]),
            dated_on=date.fromisoformat(kept["dated_on"]),
            known_since=date.fromisoformat(kept["known_since"]),
        )


_SAID = ("recommends", "number", "name", "post", "office", "words", "account_person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signed recommendation, in the form its digest is taken of.

    `sentence` is the version of the sentence that was signed, `asked` the address that was asked, `scan`
    the SHA-256 of the letter's scan where there is one.
    """

    application: str
    scheme: str
    route: str
    kind: Recommender
    recommends: bool
    sentence: str
    number: str
    dated_on: date
    name: str
    post: str
    office: str
    capacity: Capacity
    known_since: date
    words: str
    asked: str
    confirmed: Confirmed
    signed_at: datetime
    scan: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Signed":
        """Return what was kept as JSON."""
        return cls(
            **{
                **kept,
                "kind": Recommender(kept["kind"]),
                "dated_on": date.fromisoformat(kept["dated_on"]),
                "known_since": date.fromisoformat(kept["known_since"]),
                "capacity": Capacity(kept["capacity"]),
                "confirmed": Confirmed(kept["confirmed"]),
                "signed_at": datetime.fromisoformat(kept["signed_at"]),
            }
        )


@dataclass(frozen=True, slots=True)
class RefereeOpening:
    """`referee.opened`: who is to recommend, how many people, and until when the link leads somewhere."""

    kind: Recommender
    people: int
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Coding:
    """`referee.coded`: the how manyth code was asked for."""

    number: int


@dataclass(frozen=True, slots=True)
class Asking:
    """`recommendation.asked`: about which application, from whom, by which link."""

    application: str
    kind: Recommender
    referee: str


@dataclass(frozen=True, slots=True)
class Given:
    """`recommendation.given`: the digest of what was signed, how that was confirmed, with a scan or not."""

    digest: str
    confirmed: Confirmed
    scan: bool


@dataclass(frozen=True, slots=True)
class Declined:
    """`recommendation.declined`: the digest of what was signed, and how that was confirmed."""

    digest: str
    confirmed: Confirmed


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One recommendation that was asked for, as who asked sees it; never why somebody declined."""

    ref: str
    referee_ref: str
    application_ref: str
    person_id: int
    name: str
    kind: Recommender
    state: RecommendationState
    signatory: str
    office: str
    ends_at: datetime
    settled_at: datetime | None
    is_locked: bool


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One link as the office that asked lists it, with how many of its people wait or were answered."""

    ref: str
    kind: Recommender
    signatory: str
    office: str
    ends_at: datetime
    waiting: int
    given: int
    declined: int
