"""How are ties and what they bar called on a page?"""

from django.utils.translation import gettext_lazy as _

REASON = {
    "tie.self": _("Nobody acts on their own case."),
    "tie.filed": _("This person filed the candidate's application."),
    "tie.trained": _("This person trained the candidate less than two years ago."),
    "tie.recommended": _("This person was asked to recommend the candidate, and answered."),
    "tie.examined": _("This person examined the candidate."),
    "tie.decided": _("This person decided on the candidate before."),
    "tie.same_unit": _("This person works in the candidate's unit."),
    "tie.superior": _("This person is the candidate's superior."),
    "tie.family": _("This person is a relative of the candidate."),
    "tie.business": _("This person has business with the candidate."),
}
