"""What stands on a certificate, and what is made of it? The words and shapes of this room."""

from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

from kompeten.kernel import digest

# The body sits in Jakarta: a certificate begins and ends with a day of Western Indonesian Time.
BODY_ZONE = timezone(timedelta(hours=7), "WIB")


class ContentInvalid(Exception):
    """A stored or attached content lacks a fact or has one too many; the message names it."""


class State(StrEnum):
    """How far a certificate has come."""

    RESERVED = "reserved"
    INTENDED = "intended"
    SIGNED = "signed"
    CHECKED = "checked"
    PUBLISHED = "published"
    HELD = "held"  # set aside: something about this one certificate cannot go on
    VOID = "void"  # its number stays used; another one was issued in its place


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
class Content:
    """The intended content of one certificate: recorded before signing, and never changed after.

    `holder` is the name with titles, as the person wants it printed. `level` and `programme` may be
    None. `valid_until` is the last day, as printed. There is no field for NIK, birth date or address.
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
        hints = _hints(kind)
        if not isinstance(value, Mapping) or value.keys() != hints.keys():
            raise ContentInvalid(f"{path} does not have exactly the members {', '.join(hints)}")
        return kind(
            **{name: _read(hint, value[name], f"{path}.{name}") for name, hint in hints.items()}
        )
    if kind is date:
        return _day(value, path)
    if type(value) is not kind:
        raise ContentInvalid(f"{path} is not of kind {kind.__name__}")
    return value


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
