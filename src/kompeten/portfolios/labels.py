"""What are dossiers, readings and their refusals called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.portfolios.terms import DossierState, Fill, ReadingState

DOSSIER_STATE = {
    DossierState.DRAFT: pgettext_lazy("portfolio", "being written"),
    DossierState.HANDED_IN: pgettext_lazy("portfolio", "being read"),
    DossierState.RETURNED: pgettext_lazy("portfolio", "returned for revision"),
    DossierState.ACCEPTED: pgettext_lazy("portfolio", "accepted"),
    DossierState.ASSESSED: pgettext_lazy("portfolio", "assessed"),
}
READING_STATE = {
    ReadingState.OPEN: pgettext_lazy("reading", "to be read"),
    ReadingState.HANDED_IN: pgettext_lazy("reading", "marks handed in"),
    ReadingState.SENT_BACK: pgettext_lazy("reading", "sent back to the candidate"),
    ReadingState.LAPSED: pgettext_lazy("reading", "no longer needed"),
    ReadingState.RELEASED: pgettext_lazy("reading", "given to somebody else"),
}
FILL = {
    Fill.BLANK: pgettext_lazy("answer", "not written yet"),
    Fill.SHORT: pgettext_lazy("answer", "too short"),
    Fill.DONE: pgettext_lazy("answer", "complete"),
}
BLANK = pgettext_lazy("mark", "blank")
REASON = {
    "answers.blank": _("Some questions are not answered yet."),
    "answers.short": _("Some answers have fewer words than asked for."),
    "answers.unknown": _(
        "This question does not belong to your portfolio. Please reload the page."
    ),
    "answers.long": _("The answer is too long. Please shorten it to the essentials."),
    "vitae.empty": _("Some required parts of the curriculum vitae are still empty."),
    "part.unknown": _(
        "This part does not belong to your curriculum vitae. Please reload the page."
    ),
    "entries.many": _("There are more entries than this part can hold."),
    "field.unknown": _("This field does not belong here. Please reload the page."),
    "field.missing": _("Please fill in this field."),
    "text.long": _("This text is too long. Please shorten it."),
    "year.invalid": _("Write the year in four digits, for example 2019."),
    "year.range": _("This year is too long ago or too far ahead. Please check it."),
    "date.invalid": _("Write the date as day/month/year, for example 17/08/2019."),
    "date.range": _("This date is too long ago or too far ahead. Please check it."),
    "number.invalid": _("Write a number, for example 40."),
    "choice.unknown": _("Choose one of the options given."),
    "marks.unknown": _(
        "A mark was given for something that is not on this form. Please reload it."
    ),
    "marks.off_scale": _("A mark is outside the scale."),
    "marks.unmarked": _("Some parts are not marked yet."),
    "marks.capped": _("An answer with too few words cannot get the highest mark."),
    "marks.on_blank": _("An empty answer cannot get a mark; mark it as blank."),
    "marks.blank_blocks": _(
        "A required answer is blank. Send the portfolio back, so that the candidate can complete it."
    ),
    "reasons.missing": _("Say at least one thing that the candidate has to mend."),
    "reasons.unknown": _("A reason names a part that this portfolio does not have."),
    "reasons.short": _("Write each reason so that the candidate knows what to do."),
    "assessor.not_assigned": _("Only the assessor to whom this was assigned can do this."),
    "assessor.license_lapsed": _(
        "Your assessor's license is no longer valid. Please contact the coordinator."
    ),
    "assessors.too_few": _(
        "There are not enough licensed assessors without a conflict of interest."
    ),
}
HINT = {
    "hint.nik": _("A number that looks like a NIK. Remove it to protect your client."),
    "hint.phone": _(
        "A number that looks like a telephone number. Remove it to protect your client."
    ),
    "hint.email": _(
        "Something that looks like an e-mail address. Remove it to protect your client."
    ),
    "hint.address": _("Something that looks like an address. Remove it to protect your client."),
}
EVENT = {
    "dossier.opened": _("The portfolio was opened."),
    "dossier.handed_in": _("The portfolio was handed in."),
    "dossier.returned": _("The portfolio was returned for revision."),
    "dossier.accepted": _("The portfolio was accepted."),
    "dossier.assessed": _("The portfolio was assessed."),
    "reading.opened": _("An assessor was asked to read the portfolio."),
    "reading.handed_in": _("An assessor handed in marks."),
    "reading.sent_back": _("An assessor sent the portfolio back."),
    "reading.lapsed": _("A reading was no longer needed."),
    "reading.released": _("A reading was taken from its assessor."),
}
KEPT = {
    "portfolio": _("Portfolio"),
    "purpose": _("to assess your competence"),
    "law": _("consent and the body's duty (UU 27/2022, art. 20(2)(a) and (c))"),
    "until": _("as long as the body keeps records of the decision"),
    "then": _("stays"),
}
