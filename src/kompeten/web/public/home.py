"""What does a visitor see first?"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kompeten.web.ui.http import page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what certification is, how it goes, and how a certificate is checked."""
    return page(request, "public/home.html")
