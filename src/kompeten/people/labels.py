"""How are roles, sexes and kinds of organizations called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.kernel.roles import Role
from kompeten.people.terms import (
    BreachState,
    ClaimState,
    ConcernedState,
    ConsentWay,
    OrganizationKind,
    Purpose,
    RemovalState,
    Roll,
    Sex,
    Sight,
)

ROLE = {
    Role.APPLICANT: _("Applicant"),
    Role.SPONSOR: _("Collective applicant"),
    Role.REFEREE: _("Signatory of a recommendation"),
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
PURPOSE = {Purpose.CERTIFICATION: _("Certification")}
CONSENT_WAY = {
    ConsentWay.ACCOUNT: _("logged in"),
    ConsentWay.CODE: _("by link and code"),
    ConsentWay.BIRTH_DATE: _("by link and birth date"),
}
CLAIM_STATE = {
    ClaimState.OPEN: pgettext_lazy("dispute", "to be settled"),
    ClaimState.GRANTED: _("belongs to who claims it"),
    ClaimState.DECLINED: _("stays with who holds it"),
    ClaimState.LAPSED: _("not settled: who claimed it was forgotten"),
}
SIGHT = {
    Sight.APPLICATION: _("Your application"),
    Sight.DOCUMENT: _("A document of yours"),
    Sight.PORTFOLIO: _("Your portfolio"),
    Sight.EXAM: _("Your place in an exam"),
    Sight.PHOTO: _("A photo of you, at the door of an exam"),
    Sight.PRACTICAL: _("Your practice exam or interview"),
    Sight.DECISION: _("The decision on you"),
    Sight.CERTIFICATE: _("Your certificate"),
    Sight.IDENTITY: _("Your name or NIK"),
}
# For what an office needs to see it, in the words of the person whose data it is.
SIGHT_PURPOSE = {
    Sight.APPLICATION: _("to see whether you meet the requirements"),
    Sight.DOCUMENT: _("to check what you say against your documents"),
    Sight.PORTFOLIO: _("to read and assess it"),
    Sight.EXAM: _("to seat you and to look after your exam"),
    Sight.PHOTO: _("to see that it is you who sits the exam"),
    Sight.PRACTICAL: _("to plan and to rate it"),
    Sight.DECISION: _("to prepare and to take the decision"),
    Sight.CERTIFICATE: _("to issue it and to keep it right"),
    Sight.IDENTITY: _("to put right what is written of you"),
}
# What somebody who sent the list opens an application for.
FILLED_IN = _("to fill it in for you")
# Which list of several people, and what it is for, in the words of those who stand on it.
ROLL = {
    Roll.APPLICATIONS: _("List of applications"),
    Roll.QUEUE: _("Queue of applications to review"),
    Roll.COLLECTIVE: _("Collective list you stand on"),
    Roll.HELP: _("List of people who can be helped"),
    Roll.RECOMMENDATION: _("List of people to be recommended"),
    Roll.LETTERS: _("List of letters to print"),
    Roll.TRAINING: _("Participants of a preparation session"),
    Roll.PORTFOLIOS: _("List of portfolios"),
    Roll.SITTING: _("Participants of a written exam"),
    Roll.PRACTICALS: _("List for practice exam and interview"),
    Roll.MEETING: _("Agenda of a committee meeting"),
    Roll.DECREE: _("Decree and its papers"),
    Roll.BNSP: _("List for BNSP"),
    Roll.HANDOVER: _("Handing-over list and address labels"),
    Roll.CERTIFICATES: _("List of certificates"),
    Roll.IDENTITY: _("List of disputed NIKs"),
    Roll.REMOVALS: _("List of requests to erase"),
}
ROLL_PURPOSE = {
    Roll.APPLICATIONS: _("to find applications and to see how they stand"),
    Roll.QUEUE: _("to see who waits for a review"),
    Roll.COLLECTIVE: _("to see how its people are getting on"),
    Roll.HELP: _("to help somebody to fill in"),
    Roll.RECOMMENDATION: _("to ask somebody to recommend you"),
    Roll.LETTERS: _("to write to those whom no mail reaches"),
    Roll.TRAINING: _("to give places and to note who came"),
    Roll.PORTFOLIOS: _("to have portfolios read"),
    Roll.SITTING: _("to seat candidates and to look after the exam"),
    Roll.PRACTICALS: _("to plan and to rate"),
    Roll.MEETING: _("to prepare and to take decisions"),
    Roll.DECREE: _("to write down what was decided"),
    Roll.BNSP: _("to report certificates to BNSP"),
    Roll.HANDOVER: _("to hand certificates over"),
    Roll.CERTIFICATES: _("to issue certificates and to keep them right"),
    Roll.IDENTITY: _("to settle whose NIK it is"),
    Roll.REMOVALS: _("to answer what people ask"),
}
REMOVAL_STATE = {
    RemovalState.REQUESTED: _("waits for an answer"),
    RemovalState.ANSWERED: _("answered"),
    RemovalState.TAKEN_BACK: _("taken back"),
}
BREACH_STATE = {
    BreachState.OPEN: pgettext_lazy("breach", "being worked on"),
    BreachState.CLOSED: pgettext_lazy("breach", "closed"),
}
CONCERNED_STATE = {
    ConcernedState.NAMED: _("not yet told"),
    ConcernedState.TOLD: _("told"),
}
EVENT = {
    "removal.requested": _("The person asks that what is kept of them is erased."),
    "removal.answered": _("The request was answered."),
    "removal.taken_back": _("The request was taken back."),
    "breach.opened": _("The breach was entered."),
    "breach.revised": _("What is known of it was written down anew."),
    "breach.named": _("Persons concerned were named."),
    "breach.authority_told": _("The authority was told."),
    "breach.people_told": _("Letters went to those concerned."),
    "breach.closed": _("The breach was closed."),
    "concerned.named": _("The person is known to be concerned."),
    "concerned.told": _("The person was told."),
    "nik_claim.opened": _("Somebody says that a NIK known under another name is theirs."),
    "nik_claim.granted": _("The NIK went to who claims it."),
    "nik_claim.declined": _("The NIK stays with who holds it."),
    "nik_claim.lapsed": _("Who claimed the NIK was forgotten; nothing was settled."),
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
    "label.long_word": _(
        "This word is too long for the line under which certificates are signed: %(what)s. Write it with"
        " blanks, for example after the commas between titles."
    ),
    "label.own": _("Nobody puts right the name they sign under; another administrator does it."),
    "label.no_ground": _("Write what you have seen, for example the letter of appointment."),
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
    "claim.forgotten": _(
        "Who claims the NIK asked to be forgotten, and nothing says who they are any more. Nothing can"
        " be settled for them."
    ),
    "claim.reason_missing": _("Write on what you rely, for example whose identity card you saw."),
    "claim.number_in_reason": _("Leave the number itself out of the reason; it stays on record."),
    "account.active": _(
        "You have set a password before. Log in with it, or set a new one by e-mail."
    ),
    "keep.open": _(
        "It is needed for a procedure that has not ended (UU 27/2022, art. 43(1)(a)). Once that has "
        "ended, or you take back your application, it can go."
    ),
    "keep.certified": _(
        "It proves a decision on your competence, and the body has to be able to show it for as long "
        "as records are kept (UU 27/2022, art. 16(2)(g) and 20(2)(c); ISO/IEC 17024, 7.1)."
    ),
    "keep.role": _(
        "You act or have acted for the body or for an office, and others' results rest on it: it has to "
        "be able to show who that was (UU 27/2022, art. 20(2)(c) and 31; ISO/IEC 17024, 6.1)."
    ),
    "keep.public": _(
        "It stands in the public register, on which employers and clients rely; the body has to "
        "answer for it (UU 27/2022, art. 20(2)(e); ISO/IEC 17024, 7.2)."
    ),
    "keep.proof": _(
        "The body has to be able to prove what you agreed to and what it did with your data "
        "(UU 27/2022, art. 24 and 31)."
    ),
    "keep.login": _(
        "You need it to read this answer. If all that says who you are was erased, it is closed "
        "30 days after the answer."
    ),
    "keep.doubt": _(
        "It is being settled whether it was you; until then it stays (UU 27/2022, art. 43(1)(a))."
    ),
    "keep.shared": _(
        "Others stand in the same file, so it does not go for one alone; it is deleted when its time is "
        "over (UU 27/2022, art. 16(2)(g) and 43(1))."
    ),
    "keep.noted": _("Why it stays is written below the list."),
    "removal.exists": _("You have asked already; the answer comes here."),
    "removal.own": _("Nobody answers their own request; somebody else does it."),
    "removal.stays": _("Something you chose has to stay after all. Please look at the list again."),
    "removal.note_missing": _("Write why what could be erased stays; the person reads it."),
    "breach.in_future": _("That lies before it was noticed, or in the future."),
    "breach.incomplete": _(
        "The law asks for all three: which data, when and how, and what is done."
    ),
    "breach.nobody_new": _("None of these is known, or all of them are named already."),
    "breach.no_number": _("Write the number of the letter or of its receipt."),
    "breach.nobody_waits": _("Everybody named has been told. Name whom it concerns first."),
    "breach.authority_untold": _("The authority has not been told yet."),
    "breach.people_untold": _("Some of those concerned have not been told yet."),
    "breach.nobody_named": _("Nobody is named. Write why nobody's data was disclosed."),
    "consent.missing": _(
        "The person has not yet agreed that their data is used. Send them their own link; nobody "
        "agrees in their place."
    ),
    "consent.helped": _(
        "Show once more that it is you who agree: with your code, or your NIK and date of birth."
    ),
    "consent.outdated": _("The text has changed meanwhile. Please read it once more."),
    "grant.own": _("Nobody ends their own role; another administrator does it."),
}
KEPT = {
    "identity": _("Identity and contact"),
    "identity.purpose": _("to know you, to write to you and to print your certificate"),
    "account": _("Account"),
    "account.purpose": _("to let you in and nobody else"),
    "account.until": _(
        "until 30 days after all that says who you are was erased; a session that has run out: at once"
    ),
    "consents": _("Consents"),
    "consents.purpose": _("to prove that you agreed, and to what"),
    "accesses": _("Access log"),
    "accesses.purpose": _("to let you see what was done with your data"),
    "accesses.until": _("%(days)s days after it was opened"),
    "requests": _("Requests to erase"),
    "requests.purpose": _("to prove how your requests were answered"),
    "always": _("as long as the body keeps records"),
    "deleted": _("deleted"),
    "stays": _("stays"),
    "law.consent": _("consent (UU 27/2022, art. 20(2)(a))"),
    "law.duty": _("the law asks it of the body (UU 27/2022, art. 20(2)(c))"),
    "law.public": _("a task in the public interest (UU 27/2022, art. 20(2)(e))"),
    "law.proof": _("the body must be able to prove it (UU 27/2022, art. 24 and 31)"),
    "law.trace": _("what was done with the data can be seen (UU 27/2022, art. 32)"),
    "law.interest": _("safety of the system (UU 27/2022, art. 20(2)(f) and 39)"),
}
