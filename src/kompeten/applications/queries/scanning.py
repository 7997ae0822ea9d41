"""Who scans what is put in, what waits for it, and what lies in quarantine?"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from kompeten.applications.adapters.clamd import Clamd
from kompeten.applications.models import Application, Document
from kompeten.applications.ports import Scanner, ScannerSilent
from kompeten.applications.queries.documents import document_kinds
from kompeten.applications.terms.application import QuarantineRow, Scan, Scanning

AGAIN_AFTER = timedelta(days=1)


def scanner() -> Scanner | None:
    """Return who scans uploads for malicious software; None where nobody does."""
    address = settings.OPTIONS.clamd
    return Clamd(address) if address else None


def to_scan(*, at: datetime) -> QuerySet[Document]:
    """Return the documents in force that nobody has judged, those that were never tried first."""
    waiting = Document.objects.filter(scan=Scan.NOT_SCANNED.value, replaced_at__isnull=True)
    due = waiting.filter(Q(scanned_at__isnull=True) | Q(scanned_at__lte=at - AGAIN_AFTER))
    return due.select_related("application").order_by("scanned_at", "id")


def scanner_state() -> Scanning:
    """Return whether uploads are scanned, by what, and how many wait. One query, and a word with the scanner."""
    present = Document.objects.filter(replaced_at__isnull=True)
    waiting = present.filter(scan=Scan.NOT_SCANNED.value).count()
    named = scanner()
    if named is None:
        return Scanning(named=False, waiting=waiting)
    try:
        return Scanning(named=True, waiting=waiting, version=named.version())
    except ScannerSilent as silence:
        return Scanning(named=True, waiting=waiting, problem=str(silence))


def quarantined(application: Application, *, language: str = "id") -> list[QuarantineRow]:
    """Return what was set aside of an application, the newest first. One query."""
    kinds = document_kinds(application)
    rows = application.documents.filter(scan=Scan.INFECTED.value).order_by("-id")
    return [
        QuarantineRow(
            code=row.code,
            title=kinds[row.code].title.of(language) if row.code in kinds else row.code,
            label=row.label,
            attached_at=row.attached_at,
            found=row.found,
        )
        for row in rows
    ]
