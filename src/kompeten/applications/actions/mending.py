"""How is a bad line of a list mended, or let go?"""

import json
import random
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kompeten.applications import queries
from kompeten.applications.actions.collective import ENTRY_COLUMN, open_drafts, place
from kompeten.applications.chart import REPAIR
from kompeten.applications.models import CollectiveRow, Repair
from kompeten.applications.rules import filers, mending
from kompeten.applications.terms import Place, Row, Verdict
from kompeten.applications.terms.application import Mending
from kompeten.foundation import ledger, privacy
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor


def mend(
    repair: Repair, written: Mapping[str, str], *, by: Actor, at: datetime, rng: random.Random
) -> tuple[str, ...]:
    """Read the mended line again; when it is good, open its draft. Returns the reasons that remain.

    :raises StepRefused: the line was mended or dropped before; `role.not_held`: `by` is no
        sponsor of the organization that sent the list
    """
    line = repair.line
    _permit(line, "mend", by=by)
    reading = mending.read_again(written, known=queries.known(on=at.date()), on=at.date())
    if reading.reasons:
        return reading.reasons
    row = Row(place=Place(line.sheet, line.row), entry=reading.entry, verdict=Verdict.GOOD)
    with transaction.atomic():
        office = line.collective.organization_id
        placed = place([row], organization_id=office, at=at, rng=rng)
        if placed[0].verdict is not Verdict.GOOD:
            return placed[0].reasons
        open_drafts(line.collective, placed, by=by, at=at, rng=rng)
        draft = placed[0].draft
        assert draft is not None  # a good line has a draft
        facts = Mending(application=draft.ref)
        also = {"application": draft, "entry_sealed": b""}
        ledger.take(REPAIR, "mend", repair, by=by, at=at, facts=facts, also=also)
    return ()


def drop(repair: Repair, *, by: Actor, at: datetime) -> None:
    """Leave a line be: the office says that it names nobody who applies. What was read is forgotten.

    :raises StepRefused: as `mend`
    """
    _permit(repair.line, "drop", by=by)
    ledger.take(REPAIR, "drop", repair, by=by, at=at, also={"entry_sealed": b""})


def as_written(repair: Repair) -> dict[str, str]:
    """Return what was read from a waiting line, field by field, for the form that mends it."""
    sealed = bytes(repair.entry_sealed)
    if not sealed:
        return {}
    text = privacy.unseal(sealed, column=ENTRY_COLUMN, row=repair.ref)
    written: dict[str, str] = json.loads(text)
    return written


def _permit(line: CollectiveRow, verb: str, *, by: Actor) -> None:
    """Let only those settle a line who hand in lists for the organization it came from."""
    if not filers.sponsors(by, line.collective.organization_id):
        raise StepRefused("role.not_held", step=verb)
