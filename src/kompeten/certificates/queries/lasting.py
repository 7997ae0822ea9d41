"""Which published certificates wait for a time stamp, for the national signature, or for a proof?"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kompeten.certificates.adapters import wiring
from kompeten.certificates.models import Certificate
from kompeten.certificates.queries.certificates import in_force, published
from kompeten.certificates.queries.signing import key_folder, key_history
from kompeten.certificates.terms import Countersign
from kompeten.foundation.models import Event

REST = timedelta(hours=1)


def to_stamp() -> QuerySet[Certificate]:
    """Return published certificates without a time stamp, the oldest first.

    One that the national service has signed bears that service's own.
    """
    rows = published().filter(stamped_at__isnull=True)
    return rows.exclude(countersign=Countersign.DONE)


def stamped_before(instant: datetime) -> QuerySet[Certificate]:
    """Return published certificates whose newest time stamp is older, or that have none, the oldest first."""
    rows = published().exclude(countersign=Countersign.DONE)
    return rows.filter(Q(stamped_at__isnull=True) | Q(stamped_at__lt=instant))


def to_countersign() -> QuerySet[Certificate]:
    """Return published certificates that are provisional: the national signature is due, the oldest first."""
    return published().filter(countersign=Countersign.DUE)


def is_provisional(certificate: Certificate) -> bool:
    """Say whether the national signature of a certificate is still due."""
    return certificate.countersign == Countersign.DUE


def awaited_reason(certificate: Certificate) -> str:
    """Return why the national signature of a provisional certificate has not come, as a code, or "".

    Where it was not tried itself yet, the reason of whoever waits before it is its own.
    """
    if certificate.countersign_reason:
        return str(certificate.countersign_reason)
    tried = to_countersign().exclude(countersign_reason="").first()
    return str(tried.countersign_reason) if tried else ""


def national_rests(at: datetime) -> bool:
    """Say whether the service is left alone: it refused within the hour, and nobody has changed anything.

    A passphrase tried too often may be locked.
    """
    last = (
        Event.objects.filter(type="certificate.countersignature_awaited", facts__is_refusal=True)
        .order_by("-at")
        .first()
    )
    if last is None or at - last.at >= REST:
        return False
    changed = wiring.signatory_kept_at(key_folder())
    return changed is None or changed <= last.at


def unproven(
    *,
    signed_from: datetime | None,
    signed_until: datetime | None,
    since: datetime,
    witnessed: int = 0,
) -> QuerySet[Certificate]:
    """Return what is in force, signed by a key in its time, and proven by nobody else to be older than `since`.

    `witnessed` is how many entries of the log others had seen before. What is among those, or bears
    a time stamp of before, is proven; a log that nobody else has seen proves nothing to a stranger.
    """
    rows = in_force().exclude(stamped_at__lt=since).exclude(leaf__lt=witnessed)
    if signed_from is not None:
        rows = rows.filter(signed_at__gte=signed_from)
    if signed_until is not None:
        rows = rows.filter(signed_at__lt=signed_until)
    return rows.order_by("number")


def is_doubted(certificate: Certificate) -> bool:
    """Say whether a certificate was signed with a key that is lost, and bears no time stamp from before."""
    signed = certificate.signed_at
    lost = [
        key.compromised_at
        for key in key_history()
        if key.compromised_at is not None and signed is not None and key.covers(signed)
    ]
    rows = (unproven(signed_from=None, signed_until=None, since=since) for since in lost)
    return any(found.filter(pk=certificate.pk).exists() for found in rows)
