"""What was somebody told? Their notices, the newest first; what is read stays to be looked up."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from kompeten.journey.terms import Target
from kompeten.notices import actions, queries
from kompeten.web.candidate import asking, places
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page

PAGE_SIZE = 20


@require_safe
def notices(request: Request) -> HttpResponse:
    """List the notices by page."""
    count = queries.of(request.actor).count()
    shown = Paginator(range(count), PAGE_SIZE).get_page(request.GET.get("halaman"))
    first = max(shown.start_index() - 1, 0)
    context = {
        "rows": queries.box(request.actor, offset=first, limit=PAGE_SIZE),
        "page": shown,
        "unread": queries.unread(request.actor),
    }
    return page(request, "candidate/notices.html", context, part="rows")


@require_POST
def open_notice(request: Request, ref: str) -> HttpResponse:
    """Note that a notice was read, and lead to what it speaks of."""
    notice = asking.there(queries.of(request.actor).filter(ref=ref).first())
    actions.mark_read(request.actor, [ref], at=request.at)
    return go(request, places.address(Target(notice.target), notice.target_ref))


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Note that everything was read."""
    actions.mark_all_read(request.actor, at=request.at)
    return go(request, "candidate:notices")
