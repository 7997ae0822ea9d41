"""How are applications, collective lists, their fields and what keeps them called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.applications.terms import Verdict
from kompeten.applications.terms.application import RepairState, Scan, State, Step
from kompeten.applications.terms.invitation import InvitationState

STATE = {
    State.DRAFT: _("draft"),
    State.SUBMITTED: _("handed in"),
    State.RETURNED: _("to be mended"),
    State.ACCEPTED: _("accepted"),
    State.REJECTED: _("not accepted"),
    State.WITHDRAWN: _("withdrawn"),
    State.CONCLUDED: _("decided"),
}
STEP = {
    Step.IDENTITY: _("Who you are"),
    Step.SCHEME: _("Scheme and route"),
    Step.PRACTICE: _("Education and practice"),
    Step.DOCUMENTS: _("Documents"),
    Step.REVIEW: _("Check and hand in"),
}
SCAN = {
    Scan.CLEAN: _("scanned, nothing found"),
    Scan.INFECTED: _("in quarantine"),
    Scan.NOT_SCANNED: _("not scanned"),
}
REPAIR_STATE = {
    RepairState.WAITING: _("waits for repair"),
    RepairState.MENDED: _("mended"),
    RepairState.DROPPED: _("left out"),
}

INVITATION_STATE = {
    InvitationState.OPEN: pgettext_lazy("link", "open"),
    InvitationState.USED: pgettext_lazy("link", "used"),
    InvitationState.LOCKED: pgettext_lazy("link", "locked after wrong answers"),
    InvitationState.ENDED: pgettext_lazy("link", "over"),
}
VERDICT = {
    Verdict.GOOD: _("goes on"),
    Verdict.REPAIR: _("waits for repair"),
    Verdict.DUPLICATE: _("already on the list"),
}
# The fields of a line, as whoever mends them by link reads them.
FIELD = {
    "nik": _("NIK"),
    "name": _("Full name"),
    "title_before": _("Title before the name"),
    "title_after": _("Title after the name"),
    "sex": _("Sex"),
    "birth_place": _("Place of birth"),
    "birth_on": _("Date of birth"),
    "region_code": _("Code of the regency or city"),
    "address": _("Address"),
    "phone": _("Phone number"),
    "email": _("E-mail address"),
    "education": _("Last education"),
    "employer": _("Where you work or serve"),
    "position": _("Your post"),
    "program": _("Programme"),
    "started_on": _("Since when"),
    "practice_hours": _("Hours of practice"),
    "profession": _("Profession"),
    "level": pgettext_lazy("scheme", "Level"),
    "route": _("Route"),
}
FIELD_HELP = {
    "nik": _("The 16 digits of the identity card. Type them again from the card."),
    "birth_on": _("Day, month and year, for example 27/01/1992."),
    "region_code": _("The Home Affairs code, for example 32.71."),
    "level": _("Only for social workers and welfare workers."),
}
EVENT = {
    "application.opened": _("The application was begun."),
    "application.revised": _("A step of the form was saved."),
    "application.renumbered": _("The NIK was corrected."),
    "application.attached": _("Documents were put in."),
    "application.quarantined": _("A file with malicious software was put aside."),
    "application.submitted": _("The application was handed in."),
    "application.returned": _("The application was returned for correction."),
    "application.accepted": _("The application was accepted."),
    "application.rejected": _("The application was not accepted."),
    "application.withdrawn": _("The application was withdrawn."),
    "application.concluded": _("The application was closed with a decision."),
    "application.lapsed": _("The draft was let go: nobody had touched it for long."),
    "application.disposed": _("What it held was deleted: its time was over."),
    "collective.opened": _("The list was received."),
    "collective.disposed": _("The file was deleted: its time was over."),
    "repair.opened": _("A line waits for repair."),
    "repair.mended": _("A line was mended."),
    "repair.renewed": _("A line waits on in a later sheet."),
    "repair.dropped": _("A line was left out."),
    "repair.lapsed": _("A line was let go: nobody had mended it."),
    "invitation.opened": _("A link was opened for a person on the list."),
    "invitation.nudged": _("A message to the person was made ready."),
    "invitation.objected": _("The person said that something is wrong."),
    "invitation.used": _("The person has confirmed, and has an account."),
    "invitation.locked": _("The link was locked after too many wrong answers."),
    "invitation.ended": _("The link leads nowhere any more."),
}
KEPT = {
    "law": _("consent and the body's duty (UU 27/2022, art. 20(2)(a) and (c))"),
    "application": _("Applications"),
    "application.purpose": _("to see whether you meet the requirements, and that you asked"),
    "application.until": _("a draft: %(days)s days after it was last touched"),
    "application.then": _("the draft is withdrawn and emptied; that it was begun stays"),
    "documents": _("Documents, and statements on education and practice"),
    "documents.purpose": _("to check what you say against your documents"),
    "documents.until": _(
        "%(days)s days after the application was refused or withdrawn; after a decision, %(record_days)s "
        "days from the last day of the certificate"
    ),
    "documents.then": _("deleted; which documents there were stays"),
    "lines": _("Lines of lists that nobody has mended"),
    "lines.purpose": _("to let the office or the person mend them"),
    "lines.until": _(
        "%(days)s days after the list came; a line that was mended or left out: at once"
    ),
    "lines.then": _("what was read is deleted"),
    "lists": _("Lists as offices sent them"),
    "lists.purpose": _("to give the list back to the office with what became of each line"),
    "lists.until": _("%(days)s days after the list came, when no line of it waits any more"),
    "lists.then": _("the file is deleted; what became of each line stays"),
    "looks": _("Lists that were only looked at"),
    "looks.purpose": _(
        "to show the office what would become of each line before it sends the list"
    ),
    "looks.until": _("%(hours)s hours after it was sent"),
    "looks.then": _("the file is deleted"),
}

# What somebody agrees to who lets themselves be helped, by version of the text.
HELP_TEXT = {
    "2026-11": _(
        "The helper sits beside you and may read and type what stands in this one application. They do "
        "not agree, sit an exam or collect a certificate in your place. Every entry is kept with your "
        "name and theirs, and you can read that at any time. You can end it at once."
    ),
}
