"""How does the code that opens a package come to those who read it out? Each showing is on record."""

from datetime import datetime

from django.db.models import F

from kompeten.exams.adapters import keys
from kompeten.exams.chart import SITTING
from kompeten.exams.models import Sitting
from kompeten.exams.terms import PLANNERS, CodeRenewal, CodeShowing
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor


def show_code(sitting: Sitting, *, reason: str = "", by: Actor, at: datetime) -> str:
    """Return the ten characters that open the package of a sitting, and note who saw them.

    :raises StepRefused: `code.too_early` (half an hour before the window), `code.no_reason` (a planner
        looks earlier than that), or the sitting is over
    """
    facts = CodeShowing(
        at=at, opens_at=sitting.opens_at, planner=by.may(PLANNERS), reason=reason.strip()
    )
    ledger.take(SITTING, "show_code", sitting, by=by, at=at, facts=facts)
    return keys.sitting_code(sitting.ref, sitting.code_renewals)


def renew_code(sitting: Sitting, *, reason: str, by: Actor, at: datetime) -> Event:
    """Let another code open the package: the old one opens no package that is fetched from now on.

    Whoever fetched before needs the old code, a line, or to fetch again.

    :raises StepRefused: `code.no_reason`, or the sitting is over
    """
    facts = CodeRenewal(renewals=sitting.code_renewals + 1, reason=reason.strip())
    also = {"code_renewals": F("code_renewals") + 1}
    event = ledger.take(SITTING, "renew_code", sitting, by=by, at=at, facts=facts, also=also)
    sitting.refresh_from_db(fields=["code_renewals"])
    return event
