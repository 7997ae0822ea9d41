"""Which words have the refusals of the ledger itself?"""

from django.utils.translation import gettext_lazy as _

REASON = {
    "role.not_held": _("Your role does not allow this step."),
    "role.helped": _(
        "This is not done with a helper. You do it alone, in your own account or by your own link."
    ),
    "step.not_open": _("This step is not open now: the record has moved on, or is not there yet."),
}
