"""What needs a person? Noted once while it is open, and settled with a word."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.exams.chart import ENTRY, REMARK
from kompeten.exams.models import Entry, Remark
from kompeten.exams.queries.facts import in_doubt
from kompeten.exams.terms import IN_DOUBT, Doubt, Noting, RemarkState, Settlement
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import SYSTEM, Actor

Found = tuple[str, str, Entry | None, int]  # code, attempt, entry, number in the vault


def note(found: Iterable[Found], *, at: datetime) -> None:
    """Note what was found, once for each attempt and kind while it is open. A few statements."""
    by_place = {(code, attempt): (entry, number) for code, attempt, entry, number in found}
    if not by_place:
        return
    attempts = {attempt for _, attempt in by_place}
    open_ones = Remark.objects.filter(state=RemarkState.OPEN, attempt__in=attempts)
    for place in open_ones.values_list("code", "attempt"):
        by_place.pop(place, None)
    remarks = [
        Remark(code=code, attempt=attempt, entry=entry, number=number, noted_at=at)
        for (code, attempt), (entry, number) in sorted(by_place.items(), key=lambda kv: kv[0])
    ]
    ledger.enter_many(
        REMARK,
        remarks,
        by=SYSTEM,
        at=at,
        facts=lambda remark: Noting(code=remark.code, attempt=remark.attempt),
    )


def doubt_identity(entry: Entry, *, note: str, by: Actor, at: datetime) -> Remark:
    """Note that it is in doubt who sits there; it stops nothing, and waits for a person to settle it.

    :raises StepRefused: `doubt.no_note`, `doubt.open_already`, or nobody came (`step.not_open`)
    """
    said = note.strip()
    facts = Doubt(said, before=in_doubt(entry))
    remark = Remark(code=IN_DOUBT, attempt=entry.ref, entry=entry, number=0, note=said, noted_at=at)
    try:
        with transaction.atomic():
            ledger.take(ENTRY, "doubt", entry, by=by, at=at, facts=facts)
            noting = Noting(remark.code, remark.attempt, said)
            ledger.enter(REMARK, remark, by=by, at=at, facts=noting)
    except IntegrityError as error:  # two looked at the same face
        raise ledger.StepRefused("doubt.open_already", step="doubt") from error
    return remark


def settle_remark(remark: Remark, *, note: str, by: Actor, at: datetime) -> Event:
    """Note what a person made of a remark.

    :raises StepRefused: `remark.no_note`
    """
    facts = Settlement(note=note.strip())
    return ledger.take(REMARK, "settle", remark, by=by, at=at, facts=facts)
