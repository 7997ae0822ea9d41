"""What does somebody who works here see first? What waits for them, and how the year goes."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kompeten.web.office import nav
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import page


@require_safe
def home(request: Request) -> HttpResponse:
    """Show what waits for the roles of whoever asks."""
    return page(request, "office/home.html", {"waiting": nav.waiting(request)})
