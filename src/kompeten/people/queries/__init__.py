"""Who is this, and what may they do? Reads of people, accounts, organizations, sites and assessors."""

from kompeten.people.queries.accounts import (
    account_by_email,
    account_labels,
    accounts_of,
    accounts_with,
    actor,
    known_mails,
    left_office_at,
)
from kompeten.people.queries.assessors import assessors, is_licensed, licence_rows, licences
from kompeten.people.queries.claims import claim, claim_rows, claims, last_claim
from kompeten.people.queries.grants import SEES_GRANTS, grant_rows, granted, grants, held_grants
from kompeten.people.queries.organizations import (
    office_rows,
    offices,
    organization_by_ref,
    organization_names,
    organizations,
    sites,
)
from kompeten.people.queries.persons import (
    mail_addresses,
    name_changes,
    nik_doubts,
    nik_of,
    person,
    person_by_nik,
    person_by_ref,
    persons,
    persons_by_nik,
)

__all__ = [
    "SEES_GRANTS",
    "account_by_email",
    "account_labels",
    "accounts_of",
    "accounts_with",
    "actor",
    "assessors",
    "claim",
    "claim_rows",
    "claims",
    "grant_rows",
    "granted",
    "grants",
    "held_grants",
    "is_licensed",
    "known_mails",
    "last_claim",
    "left_office_at",
    "licence_rows",
    "licences",
    "mail_addresses",
    "name_changes",
    "nik_doubts",
    "nik_of",
    "office_rows",
    "offices",
    "organization_by_ref",
    "organization_names",
    "organizations",
    "person",
    "person_by_nik",
    "person_by_ref",
    "persons",
    "persons_by_nik",
    "sites",
]
