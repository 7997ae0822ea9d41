"""How are roles, sexes and kinds of organizations called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.kernel.roles import Role
from kompeten.people.terms import ClaimState, ConsentWay, OrganizationKind, Purpose, Sex

ROLE = {
    Role.APPLICANT: _("Applicant"),
    Role.SPONSOR: _("Collective applicant"),
    Role.VERIFIER: _("Verifier"),
    Role.TRAINER: _("Resource person"),
    Role.ITEM_WRITER: _("Item writer"),
    Role.ASSESSOR: _("Assessor"),
    Role.INVIGILATOR: _("Invigilator"),
    Role.COMMITTEE: _("Decision committee"),
    Role.DIRECTOR: _("Director"),
    Role.REGISTRAR: _("Registrar"),
    Role.COORDINATOR: _("Coordinator"),
    Role.MINISTRY: _("Ministry"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMIN: _("Administrator"),
    Role.SYSTEM: _("The system"),
}
SEX = {Sex.FEMALE: _("Female"), Sex.MALE: _("Male")}
ORGANIZATION_KIND = {
    OrganizationKind.BODY: _("Certification body"),
    OrganizationKind.MINISTRY_CENTRE: _("Ministry centre"),
    OrganizationKind.REGIONAL_CENTRE: _("Regional centre"),
    OrganizationKind.SOCIAL_SERVICE_OFFICE: _("Social service office"),
    OrganizationKind.WELFARE_INSTITUTION: _("Welfare institution"),
    OrganizationKind.UNIVERSITY: _("University"),
    OrganizationKind.PROFESSIONAL_ORGANIZATION: _("Professional organization"),
    OrganizationKind.EMPLOYER: _("Employer"),
}
# What somebody agreed to, by purpose and version. A text that was agreed to is never changed: a new
# one gets a new version, and a test holds the old ones to their digests.
CONSENT = {
    (Purpose.CERTIFICATION, "2026-11"): _(
        "I agree that the certification body uses my data and documents to check whether I meet the "
        "requirements, to examine me, to decide, and to keep my certificate. If an office has put me on "
        "its list, it may see how far I am, but neither my answers nor my scores. Once I hold a "
        "certificate, anybody may look up my name, its number and whether it is valid. I may see and "
        "correct my data at any time, and take this back: then my application ends, and what the law "
        "asks to be kept is kept."
    ),
}
CONSENT_WAY = {
    ConsentWay.ACCOUNT: _("logged in"),
    ConsentWay.CODE: _("by link and code"),
    ConsentWay.BIRTH_DATE: _("by link and birth date"),
}
CLAIM_STATE = {
    ClaimState.OPEN: pgettext_lazy("dispute", "to be settled"),
    ClaimState.GRANTED: _("belongs to who claims it"),
    ClaimState.DECLINED: _("stays with who holds it"),
}
EVENT = {
    "nik_claim.opened": _("Somebody says that a NIK known under another name is theirs."),
    "nik_claim.granted": _("The NIK went to who claims it."),
    "nik_claim.declined": _("The NIK stays with who holds it."),
    "consent.given": _("The person agreed that their data is used."),
}
REASON = {
    "name.letters": _(
        "The name holds a sign that cannot be printed. Write it in Latin letters, as on the"
        " identity card."
    ),
    "name.digits": _(
        "A long number stands in the name. Write only the name, as on the identity card."
    ),
    "name.own": _("Nobody puts right their own name; somebody else of the office does it."),
    "name.no_ground": _("Write what you have seen, for example the identity card in the file."),
    "organization.letters": _(
        "The name of the organization holds a sign that cannot be printed. Write it in Latin"
        " letters."
    ),
    "text.letters": _("This holds a sign that cannot be printed. Write it in Latin letters."),
    "nik.taken": _(
        "Somebody is already known under this NIK. Check the 16 digits. If your office has put you"
        " on a list, log out and log in with your NIK: the account is yours already. If the NIK is"
        " as on your card and neither fits, let the certification body check it: tick the box below."
    ),
    "nik.bound": _(
        "Another application of yours has been handed in under your NIK, so it cannot be changed"
        " here. If it is wrong, tell the certification body."
    ),
    "claim.exists": _(
        "The certification body is checking your NIK already. You need not ask again."
    ),
    "claim.own": _("Nobody settles a dispute over their own NIK; somebody else does it."),
    "claim.reason_missing": _("Write on what you rely, for example whose identity card you saw."),
    "claim.number_in_reason": _("Leave the number itself out of the reason; it stays on record."),
    "account.active": _(
        "You have set a password before. Log in with it, or set a new one by e-mail."
    ),
    "consent.missing": _(
        "The person has not yet agreed that their data is used. Send them their own link; nobody "
        "agrees in their place."
    ),
    "consent.outdated": _("The text has changed meanwhile. Please read it once more."),
    "grant.own": _("Nobody ends their own role; another administrator does it."),
}
