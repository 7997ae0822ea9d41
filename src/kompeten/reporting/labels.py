"""What are stages and waiting places called on a page?"""

from django.utils.translation import pgettext_lazy

from kompeten.reporting.terms import Aside, Stage, Wait

STAGE = {
    Stage.APPLIED: pgettext_lazy("stage", "Applied"),
    Stage.SUBMITTED: pgettext_lazy("stage", "Handed in"),
    Stage.ACCEPTED: pgettext_lazy("stage", "Accepted"),
    Stage.PREPARED: pgettext_lazy("stage", "Attended the preparation session"),
    Stage.PORTFOLIO_HANDED_IN: pgettext_lazy("stage", "Portfolio handed in"),
    Stage.PORTFOLIO_ACCEPTED: pgettext_lazy("stage", "Portfolio accepted"),
    Stage.SEATED: pgettext_lazy("stage", "Has a seat in the written test"),
    Stage.SAT: pgettext_lazy("stage", "Took the written test"),
    Stage.PERFORMED: pgettext_lazy("stage", "Practice exam or interview rated"),
    Stage.DECIDED: pgettext_lazy("stage", "Decided"),
    Stage.COMPETENT: pgettext_lazy("stage", "Competent (K)"),
    Stage.CERTIFIED: pgettext_lazy("stage", "Certified"),
}
ASIDE = {
    Aside.IN_REPAIR: pgettext_lazy("stage", "Line of a list waits for repair"),
    Aside.RETURNED: pgettext_lazy("stage", "Returned for correction"),
    Aside.REJECTED: pgettext_lazy("stage", "Not accepted"),
    Aside.WITHDRAWN: pgettext_lazy("stage", "Withdrawn"),
    Aside.NOT_YET_COMPETENT: pgettext_lazy("stage", "Not yet competent (BK)"),
}
WAIT = {
    Wait.REPAIR: pgettext_lazy("waits for", "Repair of a line"),
    Wait.CLAIM: pgettext_lazy("waits for", "A verifier"),
    Wait.REVIEW: pgettext_lazy("waits for", "The verifier's answer"),
    Wait.CORRECTION: pgettext_lazy("waits for", "Correction by the applicant"),
    Wait.PORTFOLIO: pgettext_lazy("waits for", "Portfolio by the candidate"),
    Wait.READING: pgettext_lazy("waits for", "Reading by assessors"),
    Wait.AGENDA: pgettext_lazy("waits for", "A committee's agenda"),
    Wait.DECISION: pgettext_lazy("waits for", "The committee's decision"),
    Wait.CERTIFICATE: pgettext_lazy("waits for", "The certificate"),
}
