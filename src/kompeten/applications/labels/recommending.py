"""How are recommendations, who signs them and what they sign called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.applications.terms.recommending import (
    Capacity,
    Confirmed,
    RecommendationState,
)
from kompeten.schemes.terms import Recommender

RECOMMENDATION_STATE = {
    RecommendationState.ASKED: pgettext_lazy("recommendation", "asked, not yet signed"),
    RecommendationState.GIVEN: pgettext_lazy("recommendation", "signed"),
    RecommendationState.DECLINED: pgettext_lazy(
        "recommendation", "answered without a recommendation"
    ),
    RecommendationState.WITHDRAWN: pgettext_lazy("recommendation", "taken back"),
    RecommendationState.LAPSED: pgettext_lazy("recommendation", "no answer in time"),
}
CAPACITY = {
    Capacity.HEAD: _("Head of the institution where they work or serve"),
    Capacity.SUPERIOR: _("Direct superior"),
    Capacity.BOARD: _("Board of the professional organization"),
    Capacity.COLLEAGUE: _("Senior colleague or companion in the field"),
}
CONFIRMED = {
    Confirmed.MAIL_CODE: _("by a code that we sent to the e-mail address"),
    Confirmed.TOLD_CODE: _("by a code that who asked told by phone; we wrote to nobody"),
}
# What a signatory signs. A text that changes gets a new version; the old ones stay for what was signed.
SENTENCE = {
    (Recommender.WORKPLACE, "2026-11"): _(
        "I recommend the person named for this certification. They work or serve under our institution as "
        "stated, and as far as I know they keep the ethics of social service. I sign this truthfully and "
        "may be asked about it."
    ),
    (Recommender.PROFESSION, "2026-11"): _(
        "On behalf of the professional organization I recommend the person named for this certification. "
        "They are a member in good standing, and no breach of the code of ethics is known to us. I sign "
        "this truthfully and may be asked about it."
    ),
}
REASON = {
    "recommendation.no_address": _("Give an e-mail address or a phone number of who shall sign."),
    "recommendation.own_address": _(
        "This is the applicant's own address. A recommendation comes from somebody else, at an address "
        "of their own."
    ),
    "recommendation.own_account": _("Nobody recommends themselves."),
    "recommendation.not_asked": _("This route does not ask for this recommendation."),
    "recommendation.asked_already": _(
        "Somebody was asked for this already and can still answer. Take that back first if you want to "
        "ask another person."
    ),
    "recommendation.too_often": _(
        "Somebody was asked for this many times already. Put in the letter as a photo, or call us."
    ),
    "recommendation.address_too_often": _(
        "Many links went to this address today. Ask for several people together, or go on tomorrow."
    ),
    "recommendation.too_many_people": _("At most 200 people go in one link. Choose fewer."),
    "recommendation.nobody_left": _("Nobody is left for whom this has to be asked."),
    "recommendation.too_many_codes": _(
        "Many codes were sent by this link already, so it sends no more. The newest one holds for half an "
        "hour. After that, ask whoever asked you for a new link tomorrow."
    ),
    "recommendation.address_codes": _(
        "Many codes went to this address today, so no more go out before tomorrow. The code in the last "
        "e-mail for this link signs for half an hour. If it cannot wait until tomorrow, whoever asked you "
        "can ask by phone number instead and tell you the code."
    ),
    "recommendation.no_mail": _(
        "This site sends no mail, so no code would arrive. Give their phone number instead: you tell them "
        "the code."
    ),
    "recommendation.code_over": _("This code holds no longer. Ask for another one."),
    "recommendation.code_wrong": _("That is not the code. After five tries the link is closed."),
    "referee.forgotten": _("Who was asked"),
    "letter.old": _("The letter is older than a year. Please write a new one."),
    "letter.known_later": _("The day since when you know them lies after the letter, or ahead."),
    "letter.why_missing": _("Say in a few words why you cannot recommend. Only reviewers read it."),
    "letter.changed": _(
        "The letter was changed after you opened this page. Read it once more before you sign."
    ),
    "letter.about_nobody": _("Tick at least one person."),
    "letter.about_others": _(
        "Somebody whom you ticked no longer waits for your answer. Look at the page again."
    ),
    "document.too_late": _(
        "A verifier has the application already, so no scan can be put beside. Sign without it."
    ),
}
EVENT = {
    "referee.opened": _("A link was opened for who shall recommend."),
    "referee.coded": _("The signatory has written the letter and asked for a code."),
    "referee.used": _("The link was used: everybody was answered."),
    "referee.locked": _("The link was closed after too many wrong codes."),
    "referee.ended": _("The link leads nowhere any more."),
    "referee.disposed": _("Who was asked was deleted: its time was over."),
    "recommendation.asked": _("Somebody was asked to recommend the applicant."),
    "recommendation.given": _("A recommendation was signed."),
    "recommendation.declined": _("Who was asked answered without a recommendation."),
    "recommendation.withdrawn": _("The request for a recommendation was taken back."),
    "recommendation.lapsed": _("Nobody answered the request for a recommendation in time."),
    "recommendation.disposed": _("What was signed was deleted: its time was over."),
}
KEPT = {
    "recommendations": _("Recommendations that were signed by link, and who was asked"),
    "recommendations.purpose": _("to see that your workplace or organization recommends you"),
    "recommendations.until": _(
        "as long as the documents of the application; who was asked: %(days)s days after the link ended, "
        "when nothing signed is held"
    ),
    "recommendations.then": _(
        "what was signed and by whom is deleted; its digest and the day stay"
    ),
}
