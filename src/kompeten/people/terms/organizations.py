"""An organization: what it is, what it was called, and which roles are held for it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kompeten.kernel.roles import Role


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
    account_ref: str
    label: str
    email: str
    role: Role
    organization: str
    since: datetime
    until: datetime | None
