"""Which words does the room of people use?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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


def with_titles(name: str, before: str, after: str) -> str:
    """Return the name as printed: titles before, name, comma, titles after.

    >>> with_titles("Ani Rahayu", "Dra.", "M.Si.")
    'Dra. Ani Rahayu, M.Si.'
    """
    front = f"{before} {name}" if before else name
    return f"{front}, {after}" if after else front
