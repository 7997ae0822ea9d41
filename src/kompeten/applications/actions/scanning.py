"""Is malicious software among what people put in? Scanned as it comes, or as soon as somebody can."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from kompeten.applications import queries
from kompeten.applications.adapters import uploads
from kompeten.applications.chart import APPLICATION
from kompeten.applications.models import Application, Document
from kompeten.applications.ports import Scanned, Scanner, ScannerSilent
from kompeten.applications.terms.application import Quarantine, Scan
from kompeten.foundation import files, ledger
from kompeten.kernel.actors import SYSTEM, Actor

log = logging.getLogger("kompeten.applications")


def scan_all(contents: Mapping[str, bytes]) -> dict[str, Scanned]:
    """Return what a scanner says of each file, by code; what none judged is not in it.

    One that does not answer is asked once: nobody who hands in a document waits for it.
    """
    scanner, told = queries.scanner(), {}
    if scanner is None:
        return {}
    for code, content in contents.items():
        try:
            told[code] = scanner.scan(content)
        except ScannerSilent as silence:
            log.warning("documents are taken without a scan: %s", silence)
            break
    return told


def set_aside(
    application: Application,
    infected: Mapping[str, tuple[str, bytes, str]],
    told: Mapping[str, Scanned],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Keep what came infected, by code (name, content, media type), where nobody is given it.

    It replaces nothing and counts for nothing.
    """
    rows = [
        Document(
            application=application,
            code=code,
            sha256=files.put(content, media_type=media_type).sha256,
            sent_sha256=uploads.digest(content),
            size=len(content),
            media_type=media_type,
            label=uploads.label(name, media_type=media_type),
            attached_at=at,
            replaced_at=at,
            scan=Scan.INFECTED.value,
            found=told[code].found[:120],
            scanned_at=at,
        )
        for code, (name, content, media_type) in infected.items()
    ]
    with transaction.atomic():
        _tell(application, rows, by=by, at=at, at_once=True)
        Document.objects.bulk_create(rows)


def scan_waiting(documents: Iterable[Document], *, at: datetime) -> int:
    """Let documents that nobody has scanned be scanned now; return how many were looked at.

    Stops where the scanner does not answer: the sweep asks again. What it cannot judge, and what is
    gone from the store, is tried again tomorrow.
    """
    scanner = queries.scanner()
    if scanner is None:
        return 0
    done = 0
    for document in documents:
        if not _scan(document, scanner, at=at):
            return done
        done += 1
    return done


def _scan(document: Document, scanner: Scanner, *, at: datetime) -> bool:
    """Scan one document and write down what is found; say whether the scanner is there at all."""
    told: Scanned | None = None
    try:
        told = scanner.scan(files.read(document.sha256))
    except (FileNotFoundError, files.FileDamaged) as error:
        log.warning("document %s cannot be scanned: %r", document.pk, error)
    except ScannerSilent as silence:
        if not _answers(scanner):
            return False
        log.warning("document %s cannot be judged: %s", document.pk, silence)
    document.scanned_at = at
    if told is not None:
        document.scan = (Scan.INFECTED if told.found else Scan.CLEAN).value
        document.found = told.found[:120]
    with transaction.atomic():
        document.save(update_fields=["scan", "found", "scanned_at"])
        if document.scan == Scan.INFECTED:
            _tell(document.application, [document], by=SYSTEM, at=at, at_once=False)
    return True


def _answers(scanner: Scanner) -> bool:
    try:
        scanner.version()
    except ScannerSilent:
        return False
    return True


def _tell(
    application: Application, rows: list[Document], *, by: Actor, at: datetime, at_once: bool
) -> None:
    facts = Quarantine(
        documents={row.code: row.sha256 for row in rows}, found=rows[0].found, at_once=at_once
    )
    ledger.take(APPLICATION, "quarantine", application, by=by, at=at, facts=facts)
