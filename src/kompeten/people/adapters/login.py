"""How does somebody come in? By e-mail or by NIK, through the login library."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import make_password

from kompeten.foundation import privacy
from kompeten.people.models import NIK_COLUMN, Account
from kompeten.people.rules import nik_shape


class NikOrEmailBackend(AuthenticationBackend):
    """Accepts an e-mail address or the 16 digits of a NIK, however they are spaced."""

    def authenticate(self, request: Any, **credentials: Any) -> Account | None:
        """Return the account, or None; an unknown NIK costs as much time as a wrong password."""
        login = str(credentials.get("username") or "")
        digits = "".join(login.split())
        if nik_shape(digits) is None:
            return self._by_nik(digits, str(credentials.get("password") or ""))
        account: Account | None = super().authenticate(request, **credentials)
        return account

    def _by_nik(self, nik: str, password: str) -> Account | None:
        index = privacy.blind_index(nik, column=NIK_COLUMN)
        account = Account.objects.filter(person__nik_index=index).first()
        if account is None:
            make_password(password)
            return None
        return account if account.check_password(password) and account.is_active else None
