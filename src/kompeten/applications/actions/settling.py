"""What becomes of a line that waited? It is closed with its draft, let go, or goes on in a later sheet."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kompeten.applications import queries
from kompeten.applications.chart import INVITATION, REPAIR
from kompeten.applications.models import Application, CollectiveRow, Invitation, Repair
from kompeten.applications.rules import names
from kompeten.applications.terms import Entry
from kompeten.applications.terms.application import Mending, RepairState
from kompeten.applications.terms.invitation import InvitationState
from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor


def close(repair: Repair, draft: Application, *, by: Actor, at: datetime) -> None:
    """Note what a line became. An invitation that began with it goes on with its draft."""
    also = {"application": draft, "entry_sealed": b""}
    facts = Mending(application=draft.ref)
    with transaction.atomic():
        ledger.take(REPAIR, "mend", repair, by=by, at=at, facts=facts, also=also)
        _open(repair).update(application=draft)


def drop(repair: Repair, *, by: Actor, at: datetime, verb: str = "drop") -> None:
    """Let a line go; what was read from it is forgotten, and its link leads nowhere.

    `verb` is `lapse` where nobody has mended it for long.
    """
    with transaction.atomic():
        ledger.take(REPAIR, verb, repair, by=by, at=at, also={"entry_sealed": b""})
        ledger.take_many(INVITATION, "end", list(_open(repair)), by=by, at=at)


def go_on(
    repair: Repair, line: CollectiveRow, *, entry_sealed: bytes, by: Actor, at: datetime
) -> None:
    """Let a line that is still bad wait on as `line` of the later sheet: one person waits once.

    Links that were sent for it lead on.
    """
    also = {"line": line, "entry_sealed": entry_sealed}
    with transaction.atomic():
        ledger.take(REPAIR, "renew", repair, by=by, at=at, also=also)
        _open(repair).update(collective=line.collective)


def waiting(refs: Iterable[str], *, organization_id: int) -> dict[str, Repair]:
    """Return the lines of the organization's lists that wait, of those called `refs`. One query per 500."""
    keys = list(refs)
    found: dict[str, Repair] = {}
    for start in range(0, len(keys), 500):
        rows = Repair.objects.filter(
            ref__in=keys[start : start + 500],
            state=RepairState.WAITING.value,
            line__collective__organization_id=organization_id,
        )
        found |= {held.ref: held for held in rows.select_related("line")}
    return found


def is_same(repair: Repair, entry: Entry) -> bool:
    """Say whether a line that bears the code of a waiting one is about the same person.

    Who sorts a sheet may part the codes from their lines; then nobody must take another's place.
    """
    was: Mapping[str, str] = queries.written(repair)
    if entry.nik and was.get("nik") == entry.nik:
        return True
    return bool(entry.name) and names.alike(was.get("name", ""), entry.name)


def _open(repair: Repair) -> QuerySet[Invitation]:
    return Invitation.objects.filter(repair=repair, state=InvitationState.OPEN.value)
