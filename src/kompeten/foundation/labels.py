"""Which words have the refusals of the ledger itself?"""

from django.utils.translation import gettext_lazy as _

REASON = {
    "role.not_held": _("Your role does not allow this step."),
    "step.not_open": _("This step is not open now: the record has moved on, or is not there yet."),
}
