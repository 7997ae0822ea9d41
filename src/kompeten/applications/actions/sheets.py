"""How long does the store keep what was sent as a list? As long as somebody may need it, and no longer.

A file has its row in `ListFile` before it is in the store. Only who has deleted that row may delete
the file: one that is sent again at that moment is put back, or never goes. No other room stores what
can be read as a list, so a digest is asked of lists only.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kompeten.applications.adapters import workbook
from kompeten.applications.chart import COLLECTIVE
from kompeten.applications.models import Collective, ListFile
from kompeten.applications.queries import keeping, lists
from kompeten.applications.rules import roster
from kompeten.applications.terms import Known, ListUnreadable
from kompeten.foundation import files, ledger
from kompeten.kernel.actors import SYSTEM

# What no list begins with: papers and pictures, and parts of what is on its way.
_OTHERS = (b"%PDF", b"\xff\xd8", b"\x89PNG", b"kompeten part ")
MEDIA_TYPE = "application/octet-stream"
BATCH = 200
DIGEST_LENGTH = 64


def keep_sheet(content: bytes, *, at: datetime) -> str:
    """Store a file that was sent as a list and return its digest; a day later a list has it, or it goes."""
    ref = files.ref_of(content, media_type=MEDIA_TYPE)
    ListFile.objects.update_or_create(sha256=ref.sha256, defaults={"kept_at": at})
    return files.put(content, media_type=MEDIA_TYPE).sha256


def clear_looked_at(*, at: datetime) -> int:
    """Delete up to 200 files that were only looked at; one that a list has too, stays."""
    sent = list(keeping.looked_at(at=at).order_by("id").values_list("sha256", flat=True)[:BATCH])
    for sha256 in sent:
        _let_go(sha256, at=at)
    return len(sent)


def trace_lists(*, at: datetime) -> int:
    """Find the files that were looked at as lists before each had its row, and give them one.

    They go with the next `clear_looked_at`. Every file of the store that no row names is read, once;
    a list is what reads as one and has people on it, with their NIK. Return how many were found.
    """
    known = lists.known(on=timezone.localdate(at))
    names = (name for name in files.names() if len(name) == DIGEST_LENGTH)
    return sum(_trace(name, known=known, at=at) for name in names)


def _trace(sha256: str, *, known: Known, at: datetime) -> bool:
    if keeping.is_named(sha256) or not _is_list(sha256, known=known, on=timezone.localdate(at)):
        return False
    row = {"kept_at": at - keeping.LOOKED_AT}
    return ListFile.objects.get_or_create(sha256=sha256, defaults=row)[1]


def _is_list(sha256: str, *, known: Known, on: date) -> bool:
    try:
        content = files.read(sha256)
        if content.startswith(_OTHERS):
            return False
        judged = roster.judge(workbook.read(content), known=known, on=on)
    except (ListUnreadable, FileNotFoundError, files.FileDamaged):
        return False
    return bool(judged.rows) and "nik" not in judged.missing


def dispose_lists(*, at: datetime) -> int:
    """Delete the files of up to 200 lists whose time is over; what became of each line stays."""
    keys = list(keeping.settled_lists(at=at).order_by("id").values_list("pk", flat=True)[:BATCH])
    settled = [sha256 for key in keys if (sha256 := _dispose(key, at=at))]
    for sha256 in settled:
        _let_go(sha256, at=at)
    return len(settled)


def _dispose(key: int, *, at: datetime) -> str:
    """Note that a list has no file any more, and return which one may go; empty: not now, after all."""
    with transaction.atomic():
        held = Collective.objects.select_for_update().get(pk=key)
        if not keeping.settled_lists(at=at).filter(pk=key).exists():
            return ""  # another job was here
        ledger.take(COLLECTIVE, "dispose", held, by=SYSTEM, at=at)
        # Who looks at the same file at this moment has a younger row, which outlives this.
        row = {"kept_at": held.received_at}
        ListFile.objects.get_or_create(sha256=held.sha256, defaults=row)
    return held.sha256


def _let_go(sha256: str, *, at: datetime) -> None:
    with transaction.atomic():
        gone, _ = keeping.looked_at(at=at).filter(sha256=sha256).delete()
        if gone and not keeping.is_on_list(sha256):
            # While the row is held nobody stores the same bytes; if it comes back, the next run goes on.
            files.delete(sha256)
