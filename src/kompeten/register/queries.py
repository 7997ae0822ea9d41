"""What may anybody know of a certificate?"""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, QuerySet

from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import Fact
from kompeten.register.adapters import trust as reading
from kompeten.register.adapters import verify as verifying
from kompeten.register.models import Entry
from kompeten.register.terms import PublicSheet, Status, Trust, Verdict

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate


def inbox() -> "QuerySet[Certificate]":
    """Return published certificates that are not in the register yet, the oldest first."""
    known = Entry.objects.values("certificate_id")
    return certificates.published().exclude(pk__in=known).select_related("person", "application")


def find(text: str) -> Entry | None:
    """Return the entry whose number or reference is `text`, as a person types it, or None. One query."""
    bare = " ".join(text.split())
    return Entry.objects.filter(number__iexact=bare).first() or by_ref(bare)


def by_ref(ref: str) -> Entry | None:
    """Return the entry with this reference (the one in the QR code), or None. One query."""
    return Entry.objects.filter(ref=ref.upper()).first()


def sheet(entry: Entry, *, on: date) -> PublicSheet:
    """Return everything the paper states, with what holds on the day `on`. One query."""
    certificate = certificates.by_id(entry.certificate_id)
    content = certificates.content(certificate)
    return PublicSheet(
        ref=entry.ref,
        number=entry.number,
        name=content.holder,
        status=status(entry, on=on),
        facts=tuple((fact.value, line) for fact, line in certificates.facts(content).items()),
        units=tuple((unit.code, unit.title) for unit in content.units),
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        pdf_digest=f"sha256:{certificate.pdf_sha256}",
        credential_digest=f"sha256:{certificate.credential_sha256}",
        is_demonstration=content.is_demonstration,
    )


def status(entry: Entry, *, on: date) -> Status:
    """Return what the certificate is on the day `on`; the last day is within."""
    if on < entry.valid_from:
        return Status.NOT_YET
    return Status.EXPIRED if on > entry.valid_until else Status.VALID


def verify(data: bytes, *, at: datetime, trust: Path | None = None) -> Verdict:
    """Return the verdict on a PDF, a credential or the text of a QR code; asks nobody, never raises for bad input.

    Believes the authorities in the file `trust`, or those of this house (none before it has keys).

    :raises TrustUnreadable: the file does not say whom to trust
    """
    return verifying.verify(data, trust=_trust(trust) if trust else _own(), at=at)


def of_verdict(verdict: Verdict) -> Entry | None:
    """Return the entry that a verdict's signed facts name, or None. One query, or none."""
    number = dict(verdict.facts).get(Fact.NUMBER)
    return Entry.objects.filter(number=number).first() if number else None


def own_trust() -> Path:
    """Return the file that says whom this house trusts; it is public, and given to other verifiers."""
    return Path(settings.DATA_DIR) / "keys" / "trust.json"


def counts_by_province() -> dict[str, int]:
    """Return how many certificates each province has. One query."""
    return dict(Entry.objects.values_list("province_code").annotate(n=Count("id")))


def total() -> int:
    """Return how many certificates stand in the register. One query."""
    return Entry.objects.count()


def _own() -> Trust:
    """Return whom this house trusts: nobody, before it has keys."""
    return _trust(own_trust()) if own_trust().exists() else Trust((), {})


@lru_cache(maxsize=4)
def _trust(path: Path) -> Trust:
    return reading.load(path)
