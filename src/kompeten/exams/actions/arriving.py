"""Who came, and how was it seen that it is they? Noted by a person, never by a device alone."""

from collections.abc import Sequence
from datetime import datetime

from kompeten.exams.chart import ENTRY
from kompeten.exams.models import Entry
from kompeten.exams.terms import CheckIn, IdentityCheck
from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor


def check_in(
    entries: Sequence[Entry], *, way: IdentityCheck, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Note that these candidates came, and how their identity was checked; all or none.

    :raises StepRefused: `checkin.done`, or `checkin.no_reason` where it is accepted by hand
    """
    ledger.take_many(
        ENTRY,
        "check_in",
        entries,
        by=by,
        at=at,
        facts=lambda entry: CheckIn(way, reason.strip(), entry.checked_in_at is not None),
        also={"checked_in_at": at},
    )
