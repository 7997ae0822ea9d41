"""Which rows hold people, accounts, roles, organizations, sites and assessors?"""

from kompeten.people.models.accounts import Account, LabelChange, RoleGrant
from kompeten.people.models.breaches import Breach, Concerned
from kompeten.people.models.organizations import Organization, OrganizationName, Site
from kompeten.people.models.persons import (
    CLAIM_COLUMN,
    NIK_COLUMN,
    Assessor,
    NameChange,
    NikClaim,
    Person,
)
from kompeten.people.models.rights import Access, Consent, Listing, RemovalRequest

__all__ = [
    "CLAIM_COLUMN",
    "NIK_COLUMN",
    "Access",
    "Account",
    "Assessor",
    "Breach",
    "Concerned",
    "Consent",
    "LabelChange",
    "Listing",
    "NameChange",
    "NikClaim",
    "Organization",
    "OrganizationName",
    "Person",
    "RemovalRequest",
    "RoleGrant",
    "Site",
]
