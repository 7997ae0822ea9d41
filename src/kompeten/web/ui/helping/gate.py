"""What is open while somebody is helped? Whatever stands not here is shut, to the last address.

No exam, no certificate, no decision, no password and no address of the account, nothing of another
application, and none of the helper's own pages: the device is in another's hands.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from kompeten.web.ui import labels
from kompeten.web.ui.helping import session
from kompeten.web.ui.http import go
from kompeten.web.ui.problems import problem

Answer = Callable[[HttpRequest], HttpResponse]
OPEN = frozenset(
    {
        "candidate:home",  # leads on to the one application
        "candidate:application",
        "candidate:path",
        "candidate:identity",
        "candidate:practice",
        "candidate:documents",
        "candidate:attach",
        "candidate:announce",
        "candidate:transfer",
        "candidate:hand_in",
        "candidate:history",
        "candidate:help_end",
        "candidate:help_alive",
        "public:personal_data",
        "ui:theme",
        "set_language",
    }
)


class Gate:
    """Shuts what is not open while somebody is helped, and says so when it is over."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Lead whoever still looks at what is over to the page that says so."""
        asked: session.Request = request  # type: ignore[assignment]  # `identify` has been here
        if not getattr(asked, "helping_over", False):
            return self.answer(request)
        session.hush(asked)
        return _cleared(go(request, session.over(asked)))

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Return the page that says that this is not open; None where it is."""
        asked: session.Request = request  # type: ignore[assignment]  # `identify` has been here
        if getattr(asked, "helping", None) is None:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN:
            return None
        return problem(request, 403, said=labels.SHUT_WHILE_HELPED)


def _cleared(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
