"""Which sentences of the framework do people meet on fields? Named here, so that ours are the words they read.

Its Indonesian of "Enter a whole number." is no sentence (*Masukkan keseluruhan angka bilangan*), and of
bounds it speaks as of equations. What stands here is in the house's own catalog, which comes first.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("Enter a whole number."),
    _("Enter a valid date."),
    _("Enter a valid date/time."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
)
