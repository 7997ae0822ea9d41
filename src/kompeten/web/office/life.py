"""What may be done with a certificate in force, and what became of it? A part of its page."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _

from kompeten.certificates import labels, queries
from kompeten.certificates.terms import (
    BODY_ZONE,
    IN_FORCE,
    KEEPERS,
    OUT,
    WITHDRAWERS,
    State,
    SuspensionCause,
    WithdrawalCause,
)
from kompeten.web.office import stories
from kompeten.web.office.asking import Request
from kompeten.web.office.life_forms import FORMS, Act
from kompeten.web.office.stories import Facts
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

# The states in which each thing may be done, by its word in the address.
OPEN_IN: Mapping[str, frozenset[State]] = {
    "bekukan": frozenset({State.PUBLISHED}),
    "perpanjang": frozenset({State.SUSPENDED}),
    "angkat": frozenset({State.SUSPENDED}),
    "cabut": IN_FORCE,
    "perbaiki": IN_FORCE,
    "pulihkan": frozenset({State.WITHDRAWN}),
}
_WITHDRAWING = frozenset({"cabut", "pulihkan"})
_ANEW = frozenset({"perbaiki", "pulihkan"})


def may(request: Request, deed: str) -> bool:
    """Say whether the reader may do a thing by their role; unknown things nobody may."""
    roles = WITHDRAWERS if deed in _WITHDRAWING else KEEPERS
    return deed in OPEN_IN and request.actor.may(roles)


def is_open(found: "Certificate", deed: str) -> bool:
    """Say whether a thing can still be done; a certificate has one heir at most. One query, or none."""
    return found.state in OPEN_IN[deed] and not (deed in _ANEW and queries.heir(found))


def shown(request: Request, found: "Certificate", refused: Mapping[str, Act]) -> dict[str, Any]:
    """Return what the page says of a published certificate, with the forms that are open to the reader.

    `refused` holds a form that was not taken, by its thing.
    """
    if found.state not in OUT:
        return {}
    state, heir = State(found.state), queries.heir(found)
    running = queries.open_suspension(found) if state is State.SUSPENDED else None
    withdrawal = queries.withdrawal(found) if state is State.WITHDRAWN else None
    return {
        "deeds": {
            deed: refused.get(deed) or form(prefix=deed)
            for deed, form in FORMS.items()
            if state in OPEN_IN[deed] and may(request, deed) and not (heir and deed in _ANEW)
        },
        "refused": next(iter(refused), ""),
        "running": running,
        "last_day": running and running.ends_at - timedelta(seconds=1),
        "withdrawal": withdrawal,
        "cause": _cause(running, withdrawal),
        "heir": heir,
    }


def _cause(running: Any, withdrawal: Any) -> Any:
    if running:
        return labels.SUSPENSION[SuspensionCause(running.cause)]
    return labels.WITHDRAWAL[WithdrawalCause(withdrawal.cause)] if withdrawal else ""


def _suspended(facts: Facts) -> str:
    last = datetime.fromisoformat(facts["ends_at"]) - timedelta(seconds=1)
    return _("%(cause)s; until %(day)s") % {
        "cause": labels.SUSPENSION[SuspensionCause(facts["cause"])],
        "day": formats.date_format(last.astimezone(BODY_ZONE), "DATE_FORMAT"),
    }


stories.offer(
    {},
    tones={
        "certificate.suspended": Tone.WAIT,
        "certificate.lifted": Tone.GOOD,
        "certificate.withdrawn": Tone.BAD,
        "certificate.replaced": Tone.INFO,
        "recall.approved": Tone.WAIT,
        "recall.finished": Tone.GOOD,
    },
    tell={
        "certificate.suspended": _suspended,
        "certificate.suspension_extended": _suspended,
        "certificate.withdrawn": lambda facts: str(
            labels.WITHDRAWAL[WithdrawalCause(facts["cause"])]
        ),
        "certificate.replaced": lambda facts: str(facts["by"]),
    },
)
