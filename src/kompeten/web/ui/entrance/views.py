"""How does somebody go from one face to another? By leaving the session and logging in anew."""

from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from kompeten.web.ui.http import go
from kompeten.web.ui.views import back


@require_POST
def change_face(request: HttpRequest) -> HttpResponse:
    """End this session and ask for a log-in that leads to the page wanted."""
    wanted = back(request)
    logout(request)
    return go(request, f"{reverse('account_login')}?{urlencode({'next': wanted})}")
