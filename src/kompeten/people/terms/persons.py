"""A person: what is known of one, how others see one, and who settles whose a NIK is."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompeten.kernel.roles import Role


class Sex(StrEnum):
    """As on the identity card."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a person when they first come: NIK of 16 digits, name without titles.

    Everything but the name may be empty; `nik` may lie about birth date and district and is never
    refused for its content (domain: NIK keeps errors of its day).
    """

    nik: str
    name: str
    title_before: str = ""
    title_after: str = ""
    sex: str = ""
    birth_place: str = ""
    birth_on: date | None = None
    region_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    employer: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as other rooms and pages see one: no NIK, no birth date, no address."""

    id: int
    ref: str
    name: str
    full_name: str
    region_code: str
    employer_id: int | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears a NIK: enough to compare with somebody who is listed under it, and no more."""

    id: int
    name: str
    birth_on: date | None


@dataclass(frozen=True, slots=True)
class Particulars:
    """Everything that lists for other authorities ask of a person, the NIK in clear; empty where unknown."""

    id: int
    full_name: str
    nik: str
    sex: str
    birth_place: str
    birth_on: date | None
    region_code: str
    address: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """An assessor as the office lists them; `until` is the last valid day, inclusive."""

    person_ref: str
    name: str
    region_code: str
    registration_number: str
    until: date


# What stands in the place of the name of somebody who was forgotten.
FORGOTTEN = "–"


class ClaimState(StrEnum):
    """The life of a dispute over a NIK: the office finds for the one who claims, or against.

    `lapsed`: who claimed it was forgotten meanwhile, and nobody settles it any more.
    """

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"
    LAPSED = "lapsed"


# Who compares identity cards and says whose a NIK is.
SETTLERS = frozenset({Role.REGISTRAR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Settling:
    """`nik_claim.granted`, `nik_claim.declined`: on what the office relied, in its own words, no NIK."""

    reason: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A dispute as the office lists it; `ends` are the last four digits of the NIK, if it is kept.

    `holder_id` is who holds the NIK now, None when nobody does any more.
    """

    ref: str
    state: ClaimState
    claimant_id: int
    claimant: str
    holder_id: int | None
    holder: str
    ends: str
    opened_at: datetime


def with_titles(name: str, before: str, after: str) -> str:
    """Return the name as printed: titles before, name, comma, titles after.

    >>> with_titles("Ani Rahayu", "Dra.", "M.Si.")
    'Dra. Ani Rahayu, M.Si.'
    """
    front = f"{before} {name}" if before else name
    return f"{front}, {after}" if after else front
