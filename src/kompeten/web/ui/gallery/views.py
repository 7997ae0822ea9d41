"""What can pages be built of?"""

from django.http import HttpRequest, HttpResponse

from kompeten.web.ui.gallery import samples
from kompeten.web.ui.http import page


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return page(request, "ui/gallery.html", samples.context(request))
