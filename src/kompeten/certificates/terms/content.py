"""What stands on a certificate, word by word, and how is it read back as it was recorded?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache, partial
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

from kompeten.kernel import digest
from kompeten.kernel.canonical import LATER


class ContentInvalid(Exception):
    """A stored or attached content lacks a fact or has one too many; the message names it."""


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
        content: Self = _made(cls, stored, "content")
        return content


@cache
def _reader(kind: Any) -> Callable[[Any, str], Any]:
    """Return what reads a JSON value strictly as `kind`: a dataclass here, a tuple, a date, or plain JSON."""
    if isinstance(kind, UnionType):
        known = _reader(get_args(kind)[0])
        return lambda value, path: None if value is None else known(value, path)
    if get_origin(kind) is tuple:
        return partial(_several, _reader(get_args(kind)[0]))
    if isinstance(kind, type) and is_dataclass(kind):
        return partial(_made, kind)
    return _day if kind is date else partial(_as_it_is, kind)


def _several(each: Callable[[Any, str], Any], value: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ContentInvalid(f"{path} is not a list")
    return tuple(each(item, f"{path}[{n}]") for n, item in enumerate(value))


def _as_it_is(kind: type, value: Any, path: str) -> Any:
    if type(value) is not kind:
        raise ContentInvalid(f"{path} is not of kind {kind.__name__}")
    return value


def _made(kind: Any, value: Any, path: str) -> Any:
    readers, later = _readers(kind), _later(kind)
    if not isinstance(value, Mapping) or value.keys() | later.keys() != readers.keys():
        raise ContentInvalid(f"{path} does not have exactly the members {', '.join(readers)}")
    made = {name: readers[name](item, f"{path}.{name}") for name, item in value.items()}
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
def _readers(kind: Any) -> dict[str, Callable[[Any, str], Any]]:
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}


@cache
def _later(kind: Any) -> dict[str, Any]:
    return {f.name: f.default for f in fields(kind) if LATER.keys() <= f.metadata.keys()}
