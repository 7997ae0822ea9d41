"""What is asked at the entrance?"""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from kompeten.web.ui.fields import PersonName

NAME_LENGTH = 120
LOGIN_LENGTH = 254  # as long as an e-mail address can be; SQLite compares nothing of any length


class Login(LoginForm):
    """E-mail address or NIK, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("E-mail address or NIK")
        login.validators.append(MaxLengthValidator(LOGIN_LENGTH))
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        password.label = _("Password")
        password.help_text = ""
        password.widget.attrs = {"autocomplete": "current-password"}

    def clean_login(self) -> str:
        """Return the NIK without spaces, so that spacing does not get around the lock-out."""
        text: str = super().clean_login()
        digits = "".join(text.split())
        return digits if digits.isdigit() else text


class Signup(SignupForm):
    """Name, e-mail address and a password of one's own; who one is, is asked on the application."""

    field_order = ["name", "email", "password1"]

    name = PersonName(
        label=_("Full name"),
        help_text=_("As on your identity card, without titles."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["email"], self.fields["password1"]
        email.label = _("E-mail address")
        email.help_text = _("News about your application is sent here.")
        email.widget.attrs = {"autocomplete": "email"}
        password.label = _("Password")
        password.help_text = _("At least ten characters; a short sentence is easy to remember.")
        password.widget.attrs = {"autocomplete": "new-password"}
