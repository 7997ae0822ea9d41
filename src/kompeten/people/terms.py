"""Which words does the room of people use?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompeten.kernel.roles import Role


class Sex(StrEnum):
    """As on the identity card."""

    FEMALE = "female"
    MALE = "male"


class OrganizationKind(StrEnum):
    """What an organization is to the body; names change often, kinds seldom."""

    BODY = "body"
    MINISTRY_CENTRE = "ministry_centre"
    REGIONAL_CENTRE = "regional_centre"
    SOCIAL_SERVICE_OFFICE = "social_service_office"
    WELFARE_INSTITUTION = "welfare_institution"
    UNIVERSITY = "university"
    PROFESSIONAL_ORGANIZATION = "professional_organization"
    EMPLOYER = "employer"


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


@dataclass(frozen=True, slots=True)
class NameRow:
    """What an organization was called in `[since, until)`; None: still."""

    name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """An organization with all its names, the present one first."""

    ref: str
    kind: OrganizationKind
    region_code: str
    names: tuple[NameRow, ...]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role that somebody holds or held in `[since, until)`; `organization` is its present name."""

    id: int
    account_id: int
    label: str
    email: str
    role: Role
    organization: str
    since: datetime
    until: datetime | None


class ClaimState(StrEnum):
    """The life of a dispute over a NIK: the office finds for the one who claims, or against."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"


class Purpose(StrEnum):
    """For what somebody lets their data be used."""

    CERTIFICATION = "certification"


# Which version of the text somebody agrees to today, by purpose; its words stand in `labels.CONSENT`.
CONSENT_VERSION = {Purpose.CERTIFICATION: "2026-11"}


class ConsentState(StrEnum):
    """The life of a consent: it is given once and stays on record."""

    GIVEN = "given"


class ConsentWay(StrEnum):
    """How somebody showed that it is they who agree."""

    ACCOUNT = "account"  # logged in
    CODE = "code"  # by their own link, and the code that their office told them
    BIRTH_DATE = "birth_date"  # by their own link, and their birth date


@dataclass(frozen=True, slots=True)
class Consenting:
    """`consent.given`: for what, to which version of the text, by which way, and for which record."""

    purpose: str
    version: str
    way: str
    about: str


class Sight(StrEnum):
    """What of a person an officer opened."""

    APPLICATION = "application"
    DOCUMENT = "document"
    PORTFOLIO = "portfolio"
    EXAM = "exam"
    PHOTO = "photo"
    PRACTICAL = "practical"
    DECISION = "decision"
    CERTIFICATE = "certificate"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class AccessRow:
    """That somebody in the office opened what is kept of a person: in which role, and within which hour."""

    role: Role
    sight: Sight
    hour_at: datetime


# Who answers for personal data: reads requests to erase, and keeps the register of breaches.
DATA_KEEPERS = frozenset({Role.DIRECTOR, Role.REGISTRAR})
# Who may enter a breach: whoever runs the house is often the first to see it.
BREACH_NOTERS = DATA_KEEPERS | {Role.ADMIN}
DATA_READERS = BREACH_NOTERS | {Role.AUDITOR}


class RemovalState(StrEnum):
    """The life of a request to erase: it is answered, or taken back by who made it."""

    REQUESTED = "requested"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Removing:
    """`removal.answered`: which kinds of record were erased, and why others stay, code by kind."""

    erased: tuple[str, ...]
    kept: dict[str, str]


@dataclass(frozen=True, slots=True)
class RemovalRow:
    """A request to erase as pages list it; `answer` is empty by kind where that was erased."""

    ref: str
    state: RemovalState
    person_id: int
    name: str
    wish: str
    asked_at: datetime
    answered_at: datetime | None
    answer: Mapping[str, str]
    note: str


class BreachState(StrEnum):
    """The life of a breach: it is worked on until everybody who must know has been told."""

    OPEN = "open"
    CLOSED = "closed"


class ConcernedState(StrEnum):
    """Whether a person whom a breach concerns has been told."""

    NAMED = "named"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What those concerned and the authority are told of a breach (UU 27/2022, art. 46(2)).

    `disclosed`: which personal data; `happened`: when and how; `measures`: what is done about it and
    for its repair.
    """

    disclosed: str
    happened: str
    measures: str


@dataclass(frozen=True, slots=True)
class Naming:
    """`breach.named`: how many more persons are known to be concerned."""

    persons: int


@dataclass(frozen=True, slots=True)
class AuthorityTold:
    """`breach.authority_told`: under which number of letter or receipt."""

    number: str


@dataclass(frozen=True, slots=True)
class PeopleTold:
    """`breach.people_told`: to how many letters were sent."""

    persons: int


@dataclass(frozen=True, slots=True)
class BreachClosing:
    """`breach.closed`: whether all was told, and what is noted; `named` are the persons concerned."""

    is_authority_told: bool
    named: int
    untold: int
    note: str


@dataclass(frozen=True, slots=True)
class BreachRow:
    """A breach as the register lists it; `due_at` is the end of the 3 × 24 hours."""

    ref: str
    state: BreachState
    title: str
    noticed_at: datetime
    due_at: datetime
    authority_told_at: datetime | None
    people_told_at: datetime | None
    named: int
    untold: int

    @property
    def is_told(self) -> bool:
        """Whether authority and people have been told, as far as they are named."""
        return self.authority_told_at is not None and self.named > 0 and self.untold == 0


# Who compares identity cards and says whose a NIK is.
SETTLERS = frozenset({Role.REGISTRAR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Settling:
    """`nik_claim.granted`, `nik_claim.declined`: on what the office relied, in its own words, no NIK."""

    reason: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A dispute as the office lists it; `ends` are the last four digits of the NIK.

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
