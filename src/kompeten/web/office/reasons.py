"""Which reasons may verifiers give, and who words them? Read by all at the desk, maintained by the head."""

import random
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompeten.foundation.ledger import StepRefused
from kompeten.verification import actions, labels, queries
from kompeten.web.office import asking
from kompeten.web.office.asking import Request
from kompeten.web.office.verification import HEADS, READERS, tabs
from kompeten.web.office.verification_desk_forms import Worded
from kompeten.web.ui.http import go, page

TEMPLATE = "office/verification_reasons.html"


@require_http_methods(["GET", "POST"])
@asking.only(READERS)
def index(request: Request) -> HttpResponse:
    """Show the list; the head adds to it, or gives a code new words."""
    form = Worded(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        rng = random.SystemRandom()
        try:
            actions.word(form.wording(), by=request.actor, at=request.at, rng=rng)
        except StepRefused as refusal:
            if "role.not_held" in refusal.reasons:
                raise
            form.refuse(refusal)
        else:
            messages.success(request, _("The reason stands on the list now."))
            return go(request, "office:reasons")
    return page(request, TEMPLATE, _context(request, form), status=422 if form.errors else 200)


@require_POST
@asking.only(HEADS)
def retire(request: Request, code: str) -> HttpResponse:
    """Take a reason off the list; what it said to somebody stays."""
    actions.retire(asking.there(queries.reason(code)), by=request.actor, at=request.at)
    messages.success(
        request, _("The reason is off the list. Answers that gave it stay as they are.")
    )
    return go(request, "office:reasons")


def _context(request: Request, form: Worded) -> dict[str, Any]:
    return {
        "form": form,
        "words": [(row, labels.FAULT[row.kind]) for row in queries.reasons()],
        "maintains": request.actor.may(HEADS),
        "tabs": tabs("office:reasons"),
    }
