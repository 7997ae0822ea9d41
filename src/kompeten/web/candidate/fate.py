"""What became of a certificate, in plain words for its holder?"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from kompeten.certificates import queries
from kompeten.certificates.labels import SUSPENSION, WITHDRAWAL
from kompeten.certificates.terms import OUT, SuspensionCause, WithdrawalCause
from kompeten.register import queries as register
from kompeten.register.labels import STATUS
from kompeten.register.terms import Status
from kompeten.schemes import queries as schemes
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

TONE = {
    Status.VALID: Tone.GOOD,
    Status.NOT_YET: Tone.INFO,
    Status.SUSPENDED: Tone.WAIT,
    Status.EXPIRED: Tone.WAIT,
    Status.WITHDRAWN: Tone.BAD,
    Status.REPLACED: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class Fate:
    """What a certificate is worth today, and why. `day` is the last day of a suspension, or since when.

    `heir` is the number of the certificate that took its place, with its page once it is published;
    `instead_of` is the number whose place it took itself; within `appeal_days` working days the holder
    may object to a suspension or a withdrawal.
    """

    standing: str
    word: Any
    tone: Tone
    day: date | None = None
    why: str = ""
    note: str = ""
    heir: str = ""
    heir_href: str = ""
    instead_of: str = ""
    ground: str = ""
    appeal_days: int = 0


def of(held: "Certificate", *, on: date) -> Fate:
    """Return what became of the certificate by the day `on`. At most four queries."""
    standing = register.standing(held, on=on)
    told: dict[str, Any] = {"instead_of": held.replaces, "ground": held.ground}
    if standing is Status.SUSPENDED:
        told |= _suspended(held)
    if standing is Status.WITHDRAWN:
        told |= _withdrawn(held)
    if standing in (Status.SUSPENDED, Status.WITHDRAWN):
        version = held.application.scheme_version_id
        told["appeal_days"] = schemes.contents([version])[version].appeal.file_days
    if standing in (Status.WITHDRAWN, Status.REPLACED):
        told |= _heir(held)
    return Fate(standing.value, STATUS[standing], TONE[standing], **told)


def _suspended(held: "Certificate") -> dict[str, Any]:
    running = queries.open_suspension(held)
    if running is None:
        return {}
    # The last day, where the body sits: the end itself is midnight.
    last = timezone.localdate(running.ends_at - timedelta(seconds=1))
    why = capfirst(SUSPENSION[SuspensionCause(running.cause)])
    return {"day": last, "why": why, "note": running.note}


def _withdrawn(held: "Certificate") -> dict[str, Any]:
    taken = queries.withdrawal(held)
    if taken is None:
        return {}
    why = capfirst(WITHDRAWAL[WithdrawalCause(taken.cause)])
    return {"day": timezone.localdate(taken.at), "why": why, "note": taken.note}


def _heir(held: "Certificate") -> dict[str, Any]:
    heir = queries.heir(held)
    if heir is None:
        return {}
    is_out = heir.state in OUT
    href = reverse("candidate:certificate", args=[heir.ref]) if is_out else ""
    return {"heir": heir.number, "heir_href": href}
