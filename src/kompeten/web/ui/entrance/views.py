"""How does somebody log in, and go from one face to another? By leaving the session and logging in anew."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView
from django.contrib.auth import logout
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from kompeten.web.ui.http import go
from kompeten.web.ui.views import back

LOCKED = "too_many_login_attempts"


class LogIn(LoginView):
    """The library's log-in; one that was refused says so in its status, too."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Answer 422 with the form, or 429 while the name is locked."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 429 if form.has_error(NON_FIELD_ERRORS, LOCKED) else 422
        return response


@require_POST
def change_face(request: HttpRequest) -> HttpResponse:
    """End this session and ask for a log-in that leads to the page wanted."""
    wanted = back(request)
    logout(request)
    return go(request, f"{reverse('account_login')}?{urlencode({'next': wanted})}")
