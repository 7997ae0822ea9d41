"""Who came, and how was it seen that it is they? Noted by a person, never by a device alone."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry
from kompeten.exams.terms import CheckIn, CheckInWithdrawal, IdentityCheck, NoPhoto
from kompeten.foundation import files, ledger, pictures
from kompeten.foundation.models import Event
from kompeten.foundation.pictures import PictureRefused
from kompeten.kernel.actors import Actor

EDGE, MOST_BYTES = 640, 60_000  # enough to know a face again
WHY_NOT = {
    "empty": "photo.empty",
    "wrong_type": "photo.wrong_type",
    "too_large": "photo.too_large",
    "damaged": "photo.damaged",
}


def check_in(
    entries: Sequence[Entry],
    *,
    way: IdentityCheck,
    by: Actor,
    at: datetime,
    reason: str = "",
    photo: bytes | None = None,
    without: NoPhoto | None = None,
) -> None:
    """Note that these candidates came, and how their identity was checked; all or none.

    `photo` is the file of one candidate's photo as it came. It is drawn anew and small, and stored
    only when all else is written; `without` says why there is none, and counts only then.

    :raises StepRefused: `checkin.done`, also where somebody was faster by a moment;
        `checkin.no_reason`, `checkin.known_by_whom`, `checkin.no_photo` where the way asks for more;
        `photo.…` where it is no picture
    :raises ValueError: one photo for several
    """
    if photo is not None and len(entries) != 1:
        raise ValueError(f"one photo for {len(entries)} entries")
    drawn = _drawn(entries[0], photo) if photo is not None else b""
    digest = files.ref_of(drawn, media_type=pictures.MEDIA_TYPE).sha256 if drawn else ""
    held = {"photo": digest, "photos_held": True} if digest else {}
    with transaction.atomic():
        _claim(entries, at=at)
        ledger.take_many(
            ENTRY,
            "check_in",
            entries,
            by=by,
            at=at,
            facts=lambda entry: CheckIn(
                way=way,
                reason=reason.strip(),
                before=entry.checked_in_at is not None,
                photo=digest,
                without=None if digest else without,
            ),
            also={"checked_in_at": at} | held,
        )
        if drawn:
            # Last, so that a refusal leaves no face behind that nothing refers to.
            files.put(drawn, media_type=pictures.MEDIA_TYPE)


def withdraw_check_in(entry: Entry, *, reason: str, by: Actor, at: datetime) -> Event:
    """Take a check-in back, and show its photo no longer; the photo stays until photos are deleted.

    :raises StepRefused: `checkin.not_noted`, `checkin.why_back`, or it is handed in (`step.not_open`)
    :raises StaleRecord: it was taken back, and perhaps noted again, since it was read
    """
    facts = CheckInWithdrawal(reason.strip(), entry.checked_in_at, entry.photo)
    gone = {"checked_in_at": None, "photo": ""}
    with transaction.atomic():
        standing = Entry.objects.filter(pk=entry.pk, checked_in_at=entry.checked_in_at)
        if not standing.update(**gone):
            raise ledger.StaleRecord(f"the check-in of {entry.ref} is another")
        return ledger.take(ENTRY, "withdraw_check_in", entry, by=by, at=at, facts=facts, also=gone)


def _claim(entries: Sequence[Entry], *, at: datetime) -> None:
    """Let one of two who note the same arrival at once be told.

    The step leaves the state as it is, so the state cannot tell that somebody was faster.
    """
    keys = [entry.pk for entry in entries]
    free = Entry.objects.filter(pk__in=keys, checked_in_at__isnull=True)
    if free.update(checked_in_at=at) != len(keys):
        raise ledger.StepRefused("checkin.done", step="check_in")


def _drawn(entry: Entry, photo: bytes) -> bytes:
    """Return the photo as it is stored; the seat's reference in it makes it a file of its own.

    Else the same picture, taken to the right seat after the wrong one, would be one file of two.
    """
    try:
        return pictures.redrawn(
            photo, edge=EDGE, most_bytes=MOST_BYTES, comment=entry.ref.encode("ascii")
        )
    except PictureRefused as refusal:
        raise ledger.StepRefused(WHY_NOT[refusal.code], step="check_in") from refusal
