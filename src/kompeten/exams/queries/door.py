"""What does a candidate hear at the door beside the state of their seat?"""

from kompeten.exams.models import Entry
from kompeten.exams.queries.records import arrived, count, counting
from kompeten.exams.rules.answers import progress
from kompeten.exams.terms import EntryState, Progress
from kompeten.foundation import ledger

GAVE_TIME = frozenset({"entry.extended", "entry.reseated"})


def handed_in(entry: Entry) -> Progress | None:
    """Return how much was handed in of an attempt under way, None where nothing was.

    The vault knows it some seconds before the room does.
    """
    if entry.state != EntryState.STARTED:
        return None
    standing = arrived(entry)
    if standing.handed_in is None:
        return None
    return progress(counting(entry, standing), items=count(entry.form_digest))


def time_given(entry: Entry) -> list[tuple[int, str]]:
    """Return the minutes given on top and why, in their order: a reason code or a few words. One query."""
    return [
        (event.facts["minutes"], event.facts.get("reason", ""))
        for event in ledger.history("entry", entry.pk)
        if event.type in GAVE_TIME and event.facts.get("minutes")
    ]
