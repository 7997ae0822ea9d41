"""What are reviews, findings and refusals called on a page? Faults are said to the applicant."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.verification.terms import Correction, Fault, Ground, Judgement, State, Topic

STATE = {
    State.OPEN: _("being reviewed"),
    State.HELD: _("waits for a second look"),
    State.DIFFERED: _("two reviews differ"),
    State.ELIGIBLE: _("meets the requirements"),
    State.RETURNED: _("returned for correction"),
    State.REJECTED: _("not accepted"),
    State.SECONDED: _("second look: the same"),
    State.OVERRULED: _("set aside by the head"),
    State.RELEASED: _("given back to the queue"),
}
JUDGEMENT = {
    Judgement.MET: pgettext_lazy("finding", "there, in order"),
    Judgement.NOT_MET: pgettext_lazy("finding", "there, not in order"),
    Judgement.ABSENT: pgettext_lazy("finding", "not there"),
}
TOPIC = {
    Topic.IDENTITY: _("Identity"),
    Topic.EDUCATION: _("Education"),
    Topic.PRACTICE: _("Practice and working hours"),
    Topic.ROUTE: _("Choice of scheme and route"),
}
FAULT = {
    Fault.NOT_ATTACHED: _("This document has not been uploaded yet."),
    Fault.UNREADABLE: _("The document cannot be read clearly. Please scan or photograph it again."),
    Fault.OTHER_DOCUMENT: _("This is a different document from the one asked for."),
    Fault.INCOMPLETE: _("Some pages or entries are missing."),
    Fault.NOT_SIGNED: _("The signature, stamp or date is missing."),
    Fault.EXPIRED: _("The document is no longer valid. Please upload a current one."),
    Fault.NAME_DIFFERS: _("The name or NIK on the document differs from your application."),
    Fault.CONTENT_DIFFERS: _("What it says differs from what you wrote in the application."),
    Fault.TOO_LITTLE: _("The length of practice or training it shows is not yet enough."),
    Fault.PHOTO_UNFIT: _("The photo does not follow the rules (recent, 3×4, plain background)."),
    Fault.UNCLEAR: _("This part is not clear to us yet. Please explain it further."),
    Fault.OTHER: _("See the verifier's note."),
}
GROUND = {
    Ground.EDUCATION: _("The education does not meet what this route requires."),
    Ground.AGE: _("The age does not meet what this route requires."),
    Ground.PRACTICE: _("The length of practice does not meet what this route requires."),
    Ground.TRAINING: _("The training taken does not meet what this route requires."),
    Ground.RECOMMENDATION: _("The required recommendation was not given."),
    Ground.PROFESSION: _("The work done is outside the profession of this scheme."),
    Ground.NOT_GENUINE: _("A document was found not to be genuine."),
}
REASON = {
    **{fault.value: words for fault, words in FAULT.items()},
    **{ground.value: words for ground, words in GROUND.items()},
    "review.own_help": _("You helped to fill in this application; somebody else reviews it."),
    "review.own_filing": _("You filed this application yourself; somebody else reviews it."),
    "review.own_office": _("Your office filed this application; somebody else reviews it."),
    "review.taken": _("Somebody else is reviewing this application, or it no longer waits."),
    "review.not_yours": _("Only the verifier who took this review can do this."),
    "finding.not_asked": _("This document is not asked for on this route."),
    "finding.nothing_there": _("No file was uploaded for this document; mark it as not there."),
    "finding.file_there": _("A file was uploaded for this document; say whether it is in order."),
    "finding.fault_missing": _("Choose what is not in order, so that the applicant can mend it."),
    "finding.fault_unfit": _("Choose a reason that fits this finding."),
    "finding.reason_unfit": _("This reason is not for this document."),
    "batch.empty": _("Tick at least one file."),
    "batch.not_alike": _("These files are not of the same scheme and route."),
    "reason.code_unfit": _("A code is 3 to 40 small letters, digits and underscores."),
    "reason.kind_unfit": _("Choose what kind of fault this is."),
    "reason.words_missing": _("Write a sentence of 12 to 240 characters in both languages."),
    "finding.note_missing": _("Write a note that says what to mend."),
    "finding.note_long": _("The note is longer than 500 characters."),
    "finding.unjudged": _("Some documents are not judged yet."),
    "finding.unmet": _("Some required documents are not in order yet."),
    "return.nothing_to_mend": _(
        "Mark at least one thing to mend before returning the application."
    ),
    "reject.ground_missing": _("Choose at least one ground for not accepting the application."),
    "review.stack_full": _("You hold as many files as one may. Answer some of them first."),
    "look.own": _("You reviewed this application yourself; somebody else settles it."),
    "look.why_missing": _("Write in a sentence why this review holds."),
    "look.not_differing": _("These two reviews do not differ, or it was settled already."),
    "release.expired": _("The claim ran out; the application waits in the queue again."),
    "release.answered": _("The first review took effect before the second look was finished."),
    "release.by_verifier": _("Given back by the verifier."),
    "release.by_coordinator": _("Given back by the coordinator."),
    "release.withdrawn": _("The application was withdrawn by the applicant."),
}
EVENT = {
    "reason.opened": _("A reason was put on the list."),
    "reason.retired": _("A reason was taken off the list."),
    "review.opened": _("A verifier began to review the application."),
    "review.noted": _("Documents were judged."),
    "review.held": _("An answer waits for a second look."),
    "review.seconded": _("A second look said the same."),
    "review.differed": _("A second look said something else."),
    "review.overruled": _("The head let the other review hold."),
    "review.found_eligible": _("The application meets the requirements."),
    "review.returned": _("The application was returned for correction."),
    "review.rejected": _("The application was not accepted."),
    "review.released": _("The review was given back to the queue."),
}


def fault(correction: Correction) -> str:
    """Return what is wrong, to the applicant: in the words of the list where the verifier chose some."""
    return correction.words or str(FAULT[correction.fault])
