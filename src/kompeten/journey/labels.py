"""What are the steps of the way called, and what is said at each?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.journey.terms import Station, Status, Step

STEP = {
    Step.APPLICATION: _("Application"),
    Step.REVIEW: _("Review of requirements"),
    Step.PREPARATION: _("Preparation session"),
    Step.PORTFOLIO: _("Portfolio"),
    Step.COGNITIVE: _("Written test"),
    Step.PRACTICE: _("Practice exam"),
    Step.INTERVIEW: _("Interview"),
    Step.DECISION: _("Decision of the committee"),
    Step.CERTIFICATE: _("Certificate"),
}
STATUS = {
    Status.DONE: pgettext_lazy("step", "done"),
    Status.NOW: pgettext_lazy("step", "now"),
    Status.NEXT: pgettext_lazy("step", "later"),
    Status.BLOCKED: pgettext_lazy("step", "stopped"),
    Status.SKIPPED: pgettext_lazy("step", "not needed"),
}
STATION = {
    Station.MEND: _("data to mend"),
    Station.CONFIRM: _("to confirm"),
    Station.DOCUMENTS: _("documents to come"),
    Station.REVIEW: _("being reviewed"),
    Station.RETURNED: _("to be mended"),
    Station.ACCEPTED: _("accepted, preparing"),
    Station.SEATED: _("has an exam date"),
    Station.EXAMINED: _("examined"),
    Station.DECIDED: _("decided"),
    Station.CERTIFIED: _("has the certificate"),
    Station.OVER: _("goes no further"),
    Station.LEFT_OUT: _("left out"),
    Station.ELSEWHERE: _("in another list or line"),
}
HINT = {
    "way.ended": _("This application goes no further. You may open a new one."),
    "application.draft": _("Complete your application and hand it in."),
    "application.mend": _("Mend what is marked and hand the application in again."),
    "application.mend_late": _("The last day to mend has passed. Please hand it in soon."),
    "application.withdrawn": _("You have withdrawn this application."),
    "application.handed_in": _("Your application has been handed in."),
    "review.next": _("A verifier looks at your documents once you hand the application in."),
    "review.waiting": _("Your application waits for a verifier. You need not do anything."),
    "review.open": _("A verifier is looking at your documents. You need not do anything."),
    "review.accepted": _("You meet the requirements."),
    "review.rejected": _("Your application could not be accepted. Your application says why."),
    "preparation.advised": _("You will be invited to a preparation session. It is advised."),
    "preparation.required": _("You will be invited to a preparation session before the exam."),
    "preparation.attend": _("Come to the preparation session, or give the place back in time."),
    "preparation.over": _("The session is over; the attendance list is being completed."),
    "preparation.attended": _("You attended the preparation session."),
    "preparation.skipped": _("You went on without a preparation session."),
    "portfolio.next": _("You write your portfolio once your application has been accepted."),
    "portfolio.write": _("Write your portfolio and hand it in."),
    "portfolio.revise": _("Revise the parts that are marked and hand the portfolio in again."),
    "portfolio.reading": _("Assessors are reading your portfolio. You need not do anything."),
    "portfolio.accepted": _("Your portfolio has been accepted."),
    "exam.after_portfolio": _("You get a date once your portfolio has been accepted."),
    "cognitive.wait": _("You will get a date for the written test."),
    "cognitive.sit": _("Take the written test on its day."),
    "cognitive.go_on": _("Your written test is running. Go on with it now."),
    "cognitive.handed_in": _("Your written test has been handed in."),
    "cognitive.scored": _("Your written test has been scored."),
    "cognitive.interrupted": _("The written test was interrupted. You will get another date."),
    "cognitive.again": _("You could not take the written test. You will get another date."),
    "performance.wait": _("You will get an appointment with two assessors."),
    "performance.come": _("Come to your appointment with your identity card."),
    "performance.rated": _("Your appointment is behind you."),
    "decision.next": _("The committee decides once all parts are finished."),
    "decision.composing": _("All parts are finished. We are putting your result together."),
    "decision.waiting": _("All parts are finished. The committee meets and decides."),
    "decision.granted": _("The committee has found you competent."),
    "decision.deferred": _("The committee's decision: not yet competent."),
    "certificate.next": _("The certificate follows the committee's decision."),
    "certificate.issuing": _("Your certificate is being issued once the decree is signed."),
    "certificate.held": _(
        "The certification body is putting something right on your certificate before it is issued."
        " You need not do anything."
    ),
    "certificate.ready": _("Your certificate is ready."),
    "certificate.suspended": _(
        "Your certificate is suspended for now. Its page says why, and how to object."
    ),
    "certificate.withdrawn": _(
        "Your certificate was withdrawn. Its page says why, and how to appeal."
    ),
    "certificate.replaced": _("Another certificate takes the place of this one."),
    "certificate.not_yet": _("You may try again: the decision shows which parts are missing."),
    "way.answered": _("There is an answer. Your application page and your letter say which."),
    "decision.answered": _("The committee has decided. Your page and your letter say what."),
    "certificate.told": _(
        "The committee has decided. What it decided and what follows stand on your page and in your"
        " letter."
    ),
}
KEPT = {
    "identity.until": _(
        "as long as an application or a certificate needs it, or what somebody did for the body"
    ),
    "identity.then": _("erased on request, when nothing needs it"),
    "results": _("Decisions and results"),
    "results.purpose": _("to prove the decision"),
    "results.until": _("as long as the body keeps records of the decision"),
    "steps": _("History of applications"),
    "steps.purpose": _("to prove who took which step, and when"),
    "law": _("the law asks it of the body (UU 27/2022, art. 20(2)(c) and 31)"),
    "then": _("stays"),
}
