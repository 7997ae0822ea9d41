"""How is the summary of each attempt kept up? Added up row by row, read in full where that is not enough."""

from collections.abc import Iterable, Mapping, Sequence

from kompeten.exams.models import Entry, Standing
from kompeten.exams.queries.records import milliseconds, timing
from kompeten.exams.rules.evidence import GRACE, ends_at
from kompeten.exams.terms.joined import Joined
from kompeten.exams.terms.vault import LinkKind, Opening, Received, Stated

FIELDS = (
    "contact", "tip", "last", "segments", "links", "hidden", "clock", "still", "store", "is_odd",
    "conflicts", "late", "gaps",
)  # fmt: skip
COUNTED = {
    LinkKind.HIDDEN: "hidden",
    LinkKind.CLOCK: "clock",
    LinkKind.STILL: "still",
    LinkKind.TROUBLE: "store",
}
Came = Received | Opening | Stated


def standings(entries: Iterable[Entry]) -> dict[int, Standing]:
    """Return the standing of each entry, a new one where it has none. One query."""
    keys = [entry.pk for entry in entries]
    found = Standing.objects.in_bulk(keys)
    return {key: found.get(key) or Standing(entry_id=key) for key in keys}


def add(standing: Standing, entry: Entry, came: Sequence[Came]) -> None:
    """Add what came in for one entry; marks it odd where only a full reading tells how it stands."""
    started = milliseconds(entry.started_at) if entry.started_at else None
    end = ends_at(timing(entry), started) + GRACE
    for one in came:
        standing.contact = max(standing.contact, one.received)
        if isinstance(one, Received):
            _add(standing, one)
            standing.is_odd |= one.received >= end
        elif isinstance(one, Stated):
            standing.is_odd = True


def read_in_full(standing: Standing, found: Joined) -> None:
    """Set what only a full reading tells."""
    standing.conflicts = len(found.conflicts)
    standing.late = len(found.late)
    standing.gaps = len(found.gaps)


def recount(standing: Standing, entry: Entry, came: Sequence[Came]) -> None:
    """Begin anew from everything that ever came: the vault was read again from its beginning."""
    fresh = Standing(entry_id=entry.pk)
    add(fresh, entry, came)
    for name in FIELDS:
        setattr(standing, name, getattr(fresh, name))
    standing.is_odd = True


def keep(changed: Mapping[int, Standing]) -> None:
    """Write the standings. One statement per 500."""
    Standing.objects.bulk_create(
        changed.values(),
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=FIELDS,
        batch_size=500,
    )


def _add(standing: Standing, one: Received) -> None:
    segment = one.segment
    standing.segments += 1
    standing.links += len(segment.links)
    for link in segment.links:
        if (name := COUNTED.get(link.kind)) is not None:
            setattr(standing, name, getattr(standing, name) + 1)
    goes_on = segment.chain == standing.tip and segment.first == standing.last + 1
    # A new page load goes on from the last link that is here, or is the first one.
    before = f"{standing.tip}:{standing.last}:" if standing.tip else ""
    begins = segment.first == 1 and segment.chain != standing.tip
    begins &= segment.parent.startswith(before) and bool(segment.parent) == bool(before)
    if goes_on or begins:
        standing.tip, standing.last = segment.chain, segment.last
    else:
        standing.is_odd = True
