"""What does somebody see first?"""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import page


@require_safe
def home(request: Request) -> HttpResponse:
    """Show where the person stands, and what to do next."""
    return page(request, "candidate/home.html", {})
