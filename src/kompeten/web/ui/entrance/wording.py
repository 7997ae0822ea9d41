"""Which sentences of the login library do people meet? Named here, so that ours are the words they read.

The library has Indonesian of its own, in three words for one thing (email, e-mail, surel) and with
"pengguna" for whoever reads it. A sentence that stands here is in the house's own catalog, which
comes before any library's.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    # On pages, after something was done.
    _("Confirmation email sent to %(email)s."),
    _("You have confirmed %(email)s."),
    _("Removed email address %(email)s."),
    _("Primary email address set."),
    _("You cannot remove your primary email address (%(email)s)."),
    _("Unable to confirm %(email)s because it is already confirmed by a different account."),
    # In mails.
    _("Please Confirm Your Email Address"),
    _(
        "You're receiving this email because user %(user_display)s has given your email address to"
        " register an account on %(site_domain)s."
    ),
    _("Your email verification code is listed below. Please enter it in your open browser window."),
    _("Password Reset Email"),
    _(
        "You're receiving this email because you or someone else has requested a password reset for"
        " your user account.\n"
        "It can be safely ignored if you did not request a password reset. Click the link below to"
        " reset your password."
    ),
    _("In case you forgot, your username is %(username)s."),
)
