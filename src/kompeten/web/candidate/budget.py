"""How many documents may one account put in within an hour? Every one is kept, also when it is replaced."""

from typing import TYPE_CHECKING

from django.conf import settings

from kompeten.foundation.limits import too_often
from kompeten.web.candidate import steps
from kompeten.web.candidate.asking import Request

if TYPE_CHECKING:
    from kompeten.applications.models import Application

SPENT = "document.too_often"
HOUR = 3600
# Who files for others puts in what several people bring.
FOR_OTHERS = 5
# The hour began with the first document: mostly it is over before another one is.
RETRY_AFTER = 600


def is_spent(request: Request, application: "Application") -> bool:
    """Count one document more of the account that asks, and say whether that is too many."""
    most = settings.OPTIONS.documents_per_hour
    if request.actor.helped_by is not None or not steps.is_own(request, application):
        most *= FOR_OTHERS
    return bool(most) and too_often(f"document/{request.actor.hand}", most=most, seconds=HOUR)
