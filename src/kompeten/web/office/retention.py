"""How long is which kind of personal data kept, on what ground, and what waits to be let go?"""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kompeten.foundation import keeping
from kompeten.people.terms import DATA_READERS
from kompeten.web.office import asking, removals
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import page


@require_safe
@asking.only(DATA_READERS)
def table(request: Request) -> HttpResponse:
    """Show the table of retention, with what is over now."""
    waiting = keeping.due(at=request.at)
    context: dict[str, Any] = {
        "lines": [{"kind": k, "waiting": waiting.get(k.name)} for k in keeping.kinds()],
        "columns": [_("Kind of record"), _("Ground"), _("Kept"), _("Then"), _("Over now")],
        "tabs": removals.tabs(request, "office:retention"),
    }
    return page(request, "office/retention.html", context)
