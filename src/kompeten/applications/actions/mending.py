"""How is a bad line of a list mended, or let go? By its office, or by the person who has the link."""

import random
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kompeten.applications import queries
from kompeten.applications.actions import inviting, settling
from kompeten.applications.actions.placing import open_drafts, place
from kompeten.applications.models import CollectiveRow, Invitation, Repair
from kompeten.applications.rules import filers, mending
from kompeten.applications.terms import Entry, Place, Row, Verdict
from kompeten.applications.terms.application import RepairState
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.people import queries as people


def mend(
    repair: Repair, written: Mapping[str, str], *, by: Actor, at: datetime, rng: random.Random
) -> tuple[str, ...]:
    """Read the mended line again; when it is good, open its draft. Returns the reasons that remain.

    :raises StepRefused: the line was mended or dropped before; `role.not_held`: `by` is no
        sponsor of the organization that sent the list
    """
    _permit(repair.line, "mend", by=by)
    today = timezone.localdate(at)
    reading = mending.read_again(written, known=queries.known(on=today), on=today)
    if reading.reasons:
        return reading.reasons
    return _settle(repair, reading.entry, by=by, filer=by, at=at, rng=rng)


def mend_invited(
    invitation: Invitation, said: Mapping[str, str], *, at: datetime, rng: random.Random
) -> tuple[str, ...]:
    """Let the person mend what their line lacks, and nothing else. Returns the reasons that remain.

    A NIK that is known under another name or birth date opens nothing, and such tries are counted:
    a link for one line tells nobody whose a number is.

    :raises StepRefused: `step.not_open`: the line was mended or dropped before
    """
    repair = invitation.repair
    if repair is None or repair.state != RepairState.WAITING:
        raise StepRefused("step.not_open", step="mend")
    fields = mending.asked(repair.line.reasons)
    written = queries.written(repair) | {name: said[name] for name in fields if name in said}
    today = timezone.localdate(at)
    reading = mending.read_again(written, known=queries.known(on=today), on=today)
    if reading.reasons:
        return reading.reasons
    by, filer = Actor(None, inviting.PERSON), _office(repair.line, at=at)
    left = _settle(repair, reading.entry, by=by, filer=filer, at=at, rng=rng)
    if "nik.held" in left:
        inviting.miss(invitation, at=at)
        return ("nik.known_otherwise",)
    if not left:
        invitation.refresh_from_db()
    return left


def drop(repair: Repair, *, by: Actor, at: datetime) -> None:
    """Leave a line be: the office says that it names nobody who applies. What was read is forgotten.

    :raises StepRefused: as `mend`
    """
    _permit(repair.line, "drop", by=by)
    settling.drop(repair, by=by, at=at)


def as_written(repair: Repair) -> dict[str, str]:
    """Return what was read from a waiting line, field by field, for the form that mends it."""
    return queries.written(repair)


def _settle(
    repair: Repair, entry: Entry, *, by: Actor, filer: Actor, at: datetime, rng: random.Random
) -> tuple[str, ...]:
    """Open the draft of a line that is good now; `filer` answers for it. Returns why not, if not."""
    line = repair.line
    row = Row(place=Place(line.sheet, line.row), entry=entry, verdict=Verdict.GOOD)
    with transaction.atomic():
        office = line.collective.organization_id
        placed = place([row], organization_id=office, at=at, rng=rng)
        if placed[0].verdict is not Verdict.GOOD:
            return placed[0].reasons
        open_drafts(line.collective, placed, by=by, filer=filer, at=at, rng=rng)
        draft = placed[0].draft
        assert draft is not None  # a good line has a draft
        settling.close(repair, draft, by=by, at=at)
    return ()


def _office(line: CollectiveRow, *, at: datetime) -> Actor:
    """Return who sent the list, to answer for what becomes of it; also when they have left."""
    sender: int = line.collective.filed_by_id
    found = people.actor(sender, at=at)
    return found if found.account_id is not None else Actor(sender, frozenset())


def _permit(line: CollectiveRow, verb: str, *, by: Actor) -> None:
    """Let only those settle a line who hand in lists for the organization it came from."""
    if not filers.sponsors(by, line.collective.organization_id):
        raise StepRefused("role.not_held", step=verb)
