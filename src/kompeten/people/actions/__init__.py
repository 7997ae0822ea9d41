"""How do people, accounts, roles and organizations come to be known?"""

from kompeten.people.actions.accessing import note_access, note_listing
from kompeten.people.actions.accounts import (
    LABEL_KEEPERS,
    activate,
    change_label,
    invite_many,
    open_account,
)
from kompeten.people.actions.admitting import admit, admit_many
from kompeten.people.actions.breaching import (
    close_breach,
    name_concerned,
    note_breach,
    revise_breach,
    tell_authority,
    tell_people,
)
from kompeten.people.actions.consenting import consent
from kompeten.people.actions.correcting import (
    NAME_KEEPERS,
    correct_name,
    correct_person,
    introduce,
    state_birth,
)
from kompeten.people.actions.forgetting import (
    accounts_closing,
    close_accounts,
    end_sessions,
    forget_person,
)
from kompeten.people.actions.niks import claim_nik, decline_claim, grant_claim
from kompeten.people.actions.organizations import add_site, found_organization, rename_organization
from kompeten.people.actions.removing import answer_removal, request_removal, take_back_removal
from kompeten.people.actions.roles import end_grant, end_grants, grant, license_assessor

__all__ = [
    "LABEL_KEEPERS",
    "NAME_KEEPERS",
    "accounts_closing",
    "activate",
    "add_site",
    "admit",
    "admit_many",
    "answer_removal",
    "change_label",
    "claim_nik",
    "close_accounts",
    "close_breach",
    "consent",
    "correct_name",
    "correct_person",
    "decline_claim",
    "end_grant",
    "end_grants",
    "end_sessions",
    "forget_person",
    "found_organization",
    "grant",
    "grant_claim",
    "introduce",
    "invite_many",
    "license_assessor",
    "name_concerned",
    "note_access",
    "note_breach",
    "note_listing",
    "open_account",
    "rename_organization",
    "request_removal",
    "revise_breach",
    "state_birth",
    "take_back_removal",
    "tell_authority",
    "tell_people",
]
