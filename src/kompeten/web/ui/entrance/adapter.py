"""How does the login library meet the house? Accounts by our own action, words of our own."""

import base64
import random
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import privacy
from kompeten.people import actions, queries
from kompeten.people.terms import Identity
from kompeten.web.ui import faces

MFA_COLUMN = "mfa.authenticator.secret"
MISMATCH = _("E-mail address, NIK or password is not right. Please check and try again.")


class Entrance(DefaultAccountAdapter):
    """Opens accounts for individual applicants and sends each to their own face."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "too_many_login_attempts": _(
            "Too many attempts. Wait five minutes and try again, or set a new password."
        ),
        "email_taken": _(
            "There is an account with this e-mail address. Log in with it, or set a new password."
        ),
        "duplicate_email": _("This e-mail address belongs to your account already."),
        "cannot_remove_primary_email": _(
            "This is the address we write to. Choose another one for that before you remove it."
        ),
        "unverified_primary_email": _("Confirm your e-mail address first."),
        "max_email_addresses": _("An account has %d e-mail addresses at most."),
        "unknown_email": _("No account has this e-mail address."),
        "account_inactive": _("This account is closed. Please contact the certification body."),
    }

    def save_user(self, request: Any, user: Any, form: Any, commit: bool = True) -> Any:
        """Make the applicant known and open the account.

        The NIK comes later, on the application: a stranger who knows somebody's NIK must not get
        hold of that person's record by signing up.
        """
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        rng = random.SystemRandom()
        person_id = actions.admit(Identity(nik="", name=name, email=email), at=request.at, rng=rng)
        return actions.open_account(
            at=request.at,
            rng=rng,
            email=email,
            person_id=person_id,
            password=form.cleaned_data["password1"],
            label=name,
        )

    def get_login_redirect_url(self, request: Any) -> str:
        """Send staff to the office and everybody else to their own pages."""
        actor = queries.actor(request.user.pk, at=request.at)
        return (faces.OFFICE if actor.is_staff else faces.CANDIDATE).prefix

    def get_signup_redirect_url(self, request: Any) -> str:
        """Send a new applicant to their own pages."""
        return faces.CANDIDATE.prefix

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Send whoever has logged out to the public front door."""
        return faces.PUBLIC.prefix


class SecondFactor(DefaultMFAAdapter):
    """Keeps the secrets of second factors sealed in the table."""

    def encrypt(self, text: str) -> str:
        """Return `text` sealed, as ASCII."""
        return base64.b64encode(privacy.seal(text, column=MFA_COLUMN, row="")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what `encrypt` has sealed."""
        return privacy.unseal(base64.b64decode(encrypted_text), column=MFA_COLUMN, row="")
