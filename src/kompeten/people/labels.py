"""How are roles, sexes and kinds of organizations called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.kernel.roles import Role
from kompeten.people.terms import ClaimState, OrganizationKind, Sex

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
CLAIM_STATE = {
    ClaimState.OPEN: pgettext_lazy("dispute", "to be settled"),
    ClaimState.GRANTED: _("belongs to who claims it"),
    ClaimState.DECLINED: _("stays with who holds it"),
}
EVENT = {
    "nik_claim.opened": _("Somebody says that a NIK known under another name is theirs."),
    "nik_claim.granted": _("The NIK went to who claims it."),
    "nik_claim.declined": _("The NIK stays with who holds it."),
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
    "grant.own": _("Nobody ends their own role; another administrator does it."),
}
