"""Whose entries in the log can be opened no more, and who asked for that?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kompeten.certificates.queries import SEES
from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor
from kompeten.register.chart import ORDERED
from kompeten.register.models import Erasure, Leaf
from kompeten.register.terms.erasing import Erasing

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate


def erasures(actor: Actor) -> QuerySet[Erasure]:
    """Return the erasures that exist for `actor`, the newest first: all for staff who see certificates."""
    if not actor.may(SEES):
        return Erasure.objects.none()
    return Erasure.objects.select_related("certificate").order_by("-id")


def of(certificate: "Certificate") -> list[Erasure]:
    """Return every erasure of a certificate, the newest first. One query."""
    return list(Erasure.objects.filter(certificate=certificate).order_by("-id"))


def proposed(certificate: "Certificate") -> Erasure | None:
    """Return the erasure of a certificate that waits for somebody, or None. One query."""
    rows = Erasure.objects.filter(certificate=certificate, state=Erasing.PROPOSED)
    return rows.select_related("certificate").first()


def waiting() -> int:
    """Return how many erasures wait for somebody. One query."""
    return Erasure.objects.filter(state=Erasing.PROPOSED).count()


def salted_leaves(certificate: "Certificate") -> QuerySet[Leaf]:
    """Return the entries of a certificate that can still be opened, the oldest first."""
    rows = Leaf.objects.filter(event__subject="certificate", event__subject_id=certificate.pk)
    return rows.filter(salt__isnull=False).order_by("index")


def salted(certificate: "Certificate") -> int:
    """Return how many entries of a certificate can still be opened. One query."""
    return salted_leaves(certificate).count()


def entries(certificate: "Certificate") -> int:
    """Return how many entries the log has of a certificate, opened or not. One query."""
    rows = Leaf.objects.filter(event__subject="certificate", event__subject_id=certificate.pk)
    return rows.count()


def ordered(certificates: Iterable[int]) -> dict[int, int]:
    """Return, by key of the certificate, the key of the event that last ordered an erasure of it.

    One query where none was, else two.
    """
    done = Erasure.objects.filter(certificate_id__in=certificates, state=Erasing.DONE)
    certificate_of = dict(done.values_list("pk", "certificate_id"))
    if not certificate_of:
        return {}
    events = ledger.together({"erasure": certificate_of})
    return {certificate_of[e.subject_id]: e.pk for e in events if e.type == ORDERED}
