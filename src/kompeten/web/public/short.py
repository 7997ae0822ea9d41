"""Where does a short address lead? To one page of this house, on its own address."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from kompeten.applications import queries as applications
from kompeten.applications.terms.invitation import LinkKind
from kompeten.foundation import lookups, shortlinks
from kompeten.foundation.shortlinks import code_of
from kompeten.web.public import looking
from kompeten.web.public.check import Request
from kompeten.web.ui.http import page

# How the page of a record is found; a kind that stands not here leads nowhere.
TO: dict[str, Callable[[str], str]] = {
    LinkKind.INVITATION: lambda ref: reverse("public:invited", args=[applications.token_of(ref)]),
    LinkKind.RECOMMENDATION: lambda ref: reverse(
        "public:recommend", args=[applications.referee_token(ref)]
    ),
    LinkKind.STATUS: lambda ref: (
        f"{reverse('public:progress')}?kode={code_of(LinkKind.STATUS, ref)}"
    ),
}


@require_safe
@looking.limited
def follow(request: Request, code: str) -> HttpResponse:
    """Lead on to the page of this house that the code stands for; a look of a messenger counts, too."""
    link = shortlinks.find(code, at=request.at)
    if link is None or link.kind not in TO:
        lookups.missed(request)
        return _quiet(page(request, "public/short_over.html", status=404))
    if request.method == "GET":
        shortlinks.note_look(link, on=localdate(request.at))
    return _quiet(HttpResponseRedirect(settings.PUBLIC_URL + TO[link.kind](link.ref)))


def _quiet(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
