"""What stands on a certificate, and what is made of it? The words and shapes of this room."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

from kompeten.kernel import digest
from kompeten.kernel.canonical import LATER
from kompeten.kernel.roles import Role

# The body sits in Jakarta: a certificate begins and ends with a day of Western Indonesian Time.
BODY_ZONE = timezone(timedelta(hours=7), "WIB")

# Every status list has this many places, so that one among them points at nobody.
# Source: W3C Bitstring Status List v1.0, 6.1 (131,072 at least).
STATUS_LIST_SIZE = 131_072


class ContentInvalid(Exception):
    """A stored or attached content lacks a fact or has one too many; the message names it."""


class State(StrEnum):
    """How far a certificate has come."""

    RESERVED = "reserved"
    INTENDED = "intended"
    SIGNED = "signed"
    CHECKED = "checked"
    LOGGED = "logged"  # its issuance stands in the log that nobody can rewrite
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"  # another certificate bears what was put right
    HELD = "held"  # set aside: something about this one certificate cannot go on
    VOID = "void"  # its number stays used; another one was issued in its place


# Certificates that were published and are neither withdrawn nor replaced.
IN_FORCE = frozenset({State.PUBLISHED, State.SUSPENDED})
# What the public register knows: published once, and whatever became of it since.
OUT = IN_FORCE | {State.WITHDRAWN, State.REPLACED}
# Who lets certificates be issued again, suspends them and puts them right; and who withdraws them.
KEEPERS = frozenset({Role.REGISTRAR, Role.DIRECTOR})
WITHDRAWERS = frozenset({Role.DIRECTOR})
# Whoever holds a certificate gives links to it away; every person is an applicant besides.
HOLDERS = frozenset({Role.APPLICANT})


class StatusPurpose(StrEnum):
    """What an entry of a status list says when it is set: withdrawn for good, or suspended for a while."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


class Countersign(StrEnum):
    """Whether the national signature stands on the sheet beside the body's own."""

    NONE = ""  # none is asked for
    DUE = "due"  # until it comes the certificate is provisional
    DONE = "done"


class SuspensionCause(StrEnum):
    """Why a certificate is suspended (ISO/IEC 17024, 9.5.2)."""

    INQUIRY = "inquiry"
    SURVEILLANCE = "surveillance"
    MISUSE = "misuse"
    REQUEST = "request"


class WithdrawalCause(StrEnum):
    """Why a certificate is withdrawn (ISO/IEC 17024, 9.5.3)."""

    ISSUED_IN_ERROR = "issued_in_error"
    FORGED_EVIDENCE = "forged_evidence"
    CONDUCT = "conduct"
    MISUSE = "misuse"
    NO_LONGER_MET = "no_longer_met"
    REQUEST = "request"
    DECEASED = "deceased"


class RecallState(StrEnum):
    """How far the recall of many certificates has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DONE = "done"
    DROPPED = "dropped"


class ShareState(StrEnum):
    """Whether a link that the holder gave away may still be used; that its time is over is no state."""

    OPEN = "open"
    ENDED = "ended"


class Fact(StrEnum):
    """The facts that are printed, signed and shown beside the paper, in the order people read them."""

    NUMBER = "number"
    HOLDER = "holder"
    PROFESSION = "profession"
    LEVEL = "level"
    SCHEME = "scheme"
    PROGRAMME = "programme"
    UNITS = "units"
    DECREE = "decree"
    BODY = "body"
    SIGNATORY = "signatory"
    SIGNED_ON = "signed_on"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"
    REF = "ref"
    REPLACES = "replaces"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True)
class Named:
    """A code of the scheme with its words as of the day of signing; `title_en` may be empty."""

    code: str
    title: str
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The scheme version under which the person was found competent."""

    code: str
    version: str
    title: str
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class Decree:
    """The director's decree that lists the person as competent."""

    number: str
    on: date


@dataclass(frozen=True, slots=True)
class Body:
    """The certification body under the name it bore on the day of signing."""

    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for the body, and in which post."""

    name: str
    post: str
    post_en: str = ""


@dataclass(frozen=True, slots=True)
class StatusSlot:
    """The certificate's place in the public status lists: `list` counts from 1, `index` from 0.

    The same place holds in the list of suspensions and in that of withdrawals. Indexes are drawn at
    random, so that a place says nothing of when or to whom it was given.
    """

    list: int
    index: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the holder is, hashed: `hash` is `sha256$` and 64 hexadecimal digits of the identifier and `salt`.

    `kind` is an identity type of Open Badges 3.0, such as `emailAddress`. Never the NIK: sixteen
    digits are tried out in minutes, whatever the salt.
    """

    kind: str
    hash: str
    salt: str


@dataclass(frozen=True, slots=True)
class Content:
    """The intended content of one certificate: recorded before signing, and never changed after.

    `holder` is the name with titles, as the person wants it printed. `level` and `programme` may be
    None. `valid_until` is the last day, as printed. There is no field for NIK, birth date or address.
    `photo` is the SHA-256 of the portrait that is printed, in hexadecimal, and empty for none;
    `replaces` is the number of the certificate whose place this one takes, or empty.
    """

    number: str
    ref: str
    holder: str
    profession: Named
    level: Named | None
    scheme: Scheme
    programme: Named | None
    units: tuple[Named, ...]
    decree: Decree
    legal_basis: tuple[str, ...]
    body: Body
    signatory: Signatory
    place: str
    signed_on: date
    valid_from: date
    valid_until: date
    verify_url: str
    is_demonstration: bool
    status: StatusSlot | None = field(default=None, metadata=LATER)
    identity: Identity | None = field(default=None, metadata=LATER)
    photo: str = field(default="", metadata=LATER)
    replaces: str = field(default="", metadata=LATER)

    @property
    def digest(self) -> str:
        """The fingerprint of the canonical bytes, recorded before signing."""
        return digest.of(self)

    def facts(self) -> dict[Fact, str]:
        """Return what the certificate states, as one line each, in reading order; empty ones left out."""
        lines = {
            Fact.NUMBER: self.number,
            Fact.HOLDER: self.holder,
            Fact.PROFESSION: self.profession.title,
            Fact.LEVEL: self.level.title if self.level else "",
            Fact.SCHEME: f"{self.scheme.title} ({self.scheme.code}, {self.scheme.version})",
            Fact.PROGRAMME: self.programme.title if self.programme else "",
            Fact.UNITS: "; ".join(f"{unit.code} {unit.title}" for unit in self.units),
            Fact.DECREE: f"{self.decree.number}, {self.decree.on.isoformat()}",
            Fact.BODY: self.body.name,
            Fact.SIGNATORY: f"{self.signatory.name}, {self.signatory.post}",
            Fact.SIGNED_ON: f"{self.place}, {self.signed_on.isoformat()}",
            Fact.VALID_FROM: self.valid_from.isoformat(),
            Fact.VALID_UNTIL: self.valid_until.isoformat(),
            Fact.REF: self.ref,
            Fact.REPLACES: self.replaces,
            Fact.DEMONSTRATION: "demonstration" if self.is_demonstration else "",
        }
        return {fact: line for fact, line in lines.items() if line}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Return the content from its JSON form, as `canonical.plain` writes it.

        :raises ContentInvalid: a member is missing, unknown or of the wrong kind
        """
        content: Self = _read(cls, stored, "content")
        return content


@dataclass(frozen=True, slots=True)
class RecallWish:
    """Which certificates in force a recall is to reach: those that meet every part that is not empty.

    `scheme` is a scheme's code, `decree` a decree's number, `province` two digits; the days are
    those on which certificates begin, both within; `numbers` are certificate numbers.
    """

    scheme: str = ""
    decree: str = ""
    province: str = ""
    first_on: date | None = None
    last_on: date | None = None
    numbers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether it asks for nothing, and would reach everybody."""
        return self == RecallWish()


@dataclass(frozen=True, slots=True)
class RecallReach:
    """What a recall would reach: how many, some of them to look at, and numbers that are not in force.

    `digest` names exactly these certificates, so that what is proposed is what was looked at.
    """

    count: int
    digest: str
    sample: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issuer:
    """Under which names the body issues credentials: a DID or address, and where its words are explained."""

    id: str
    context_url: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """One finished certificate: signed, and read back by a reader that did not make it."""

    number: str
    content_digest: str
    pdf: bytes
    credential: bytes
    qr: str
    pdf_digest: str
    credential_digest: str
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A content that could not be made a certificate: why, as codes.

    `foreseen` says that the content itself is known to be at fault; if not, somebody has to find
    out whether it is this content or the maker.
    """

    reasons: tuple[str, ...]
    foreseen: bool


def _read(kind: Any, value: Any, path: str) -> Any:
    """Return `value` as `kind`: a dataclass of this module, a tuple, a date, or plain JSON, strictly."""
    if isinstance(kind, UnionType):
        return None if value is None else _read(get_args(kind)[0], value, path)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ContentInvalid(f"{path} is not a list")
        return tuple(_read(get_args(kind)[0], item, f"{path}[{n}]") for n, item in enumerate(value))
    if isinstance(kind, type) and is_dataclass(kind):
        return _made(kind, value, path)
    if kind is date:
        return _day(value, path)
    if type(value) is not kind:
        raise ContentInvalid(f"{path} is not of kind {kind.__name__}")
    return value


def _made(kind: Any, value: Any, path: str) -> Any:
    hints, later = _hints(kind), _later(kind)
    if not isinstance(value, Mapping) or value.keys() | later.keys() != hints.keys():
        raise ContentInvalid(f"{path} does not have exactly the members {', '.join(hints)}")
    made = {name: _read(hints[name], item, f"{path}.{name}") for name, item in value.items()}
    # What is left out at its default may not be spelled out either: one content has one form.
    if any(name in made and made[name] == default for name, default in later.items()):
        raise ContentInvalid(f"{path} spells out a member that says nothing")
    return kind(**made)


def _day(value: Any, path: str) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ContentInvalid(f"{path} is not a date") from error
    # `fromisoformat` takes other notations too; one content has one form.
    if day.isoformat() != value:
        raise ContentInvalid(f"{path} is not a date as YYYY-MM-DD")
    return day


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _later(kind: Any) -> dict[str, Any]:
    return {f.name: f.default for f in fields(kind) if LATER.keys() <= f.metadata.keys()}


# Who keeps the stock of numbered sheets.
STOCK_KEEPERS = frozenset({Role.REGISTRAR})


class SealedKind(StrEnum):
    """A paper of a decree that is signed with the body's document key."""

    DECREE = "decree"
    MINUTES = "minutes"


class PaperState(StrEnum):
    """A sealed paper is made once and stays."""

    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class PaperSealing:
    """`paper.sealed`: which paper of which decree, its digest as signed by hand and with the signature."""

    decree: str
    kind: str
    source: str
    digest: str


class BlankState(StrEnum):
    """A numbered sheet waits in stock, is printed for one certificate, or is spoiled; never used again."""

    STOCK = "stock"
    ISSUED = "issued"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Range:
    """A run of numbered sheets, both ends included; `digits` is how many a number is printed with."""

    prefix: str
    first: int
    last: int
    digits: int

    @property
    def count(self) -> int:
        """How many sheets."""
        return self.last - self.first + 1

    def serial(self, number: int) -> str:
        """Return a number as it stands on its sheet."""
        return f"{self.prefix}{number:0{self.digits}d}"

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last number, as printed."""
        return self.serial(self.first), self.serial(self.last)


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one delivered range: every number is in exactly one of the three."""

    range: Range
    stock: int
    issued: int
    void: int

    @property
    def is_whole(self) -> bool:
        """Whether every number of the range is accounted for, none twice."""
        return self.stock + self.issued + self.void == self.range.count


@dataclass(frozen=True, slots=True)
class BlankReceiving:
    """`blank.received`: the number on the sheet, and the delivery it came with."""

    serial: str
    delivery: str


@dataclass(frozen=True, slots=True)
class BlankIssuing:
    """`blank.issued`: the sheet, and the number of the certificate that is printed on it."""

    serial: str
    certificate: str


@dataclass(frozen=True, slots=True)
class BlankVoiding:
    """`blank.voided`: the sheet, why it cannot be used, and the certificate it was issued to, if any."""

    serial: str
    reason: str
    certificate: str = ""
