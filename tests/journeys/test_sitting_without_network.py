"""A sitting on an island without a line: held around a laptop, home by boat three days later."""

from datetime import timedelta
from pathlib import Path

import pytest

from kompeten.exams.models import Entry
from kompeten.exams.queries import answers
from kompeten.exams.rules.rows import read
from kompeten.exams.terms import EntryState
from kompeten.exams.terms.vault import Received
from kompeten.foundation.ledger import drain_all, history
from kompeten.node import actions
from tests.make import exams, node
from tests.make.exams import CLOSES, KARTIKA, OPENS, PUTU

pytestmark = pytest.mark.django_db
BOAT = timedelta(days=3)


def test_who_sat_without_a_line_has_sat(tmp_path: Path) -> None:
    # 1. A coordinator gives the sitting to the laptop; all three sit there, and nobody hears of it.
    sitting, entries, load = node.given(tmp_path / "ende")
    with node.at_site(tmp_path / "ende"):
        kept = node.worked(load, minutes=20, hands_in=True)
        parcel = actions.give_back(load, at=CLOSES)

    # 2. At headquarters the window closes: as far as is known there, nobody came.
    exams.opened(sitting)
    exams.actions.close_sitting(sitting, by=PUTU, at=CLOSES)
    assert states(entries) == {EntryState.ABSENT}

    # 3. The parcel comes home, cut off at first, then whole, then once more.
    for content in (parcel[:-20], parcel, parcel):
        actions.unpack(content, by=KARTIKA, at=CLOSES + BOAT)
        exams.actions.drain_all(at=CLOSES + BOAT)
        drain_all(at=CLOSES + BOAT)

    # 4. Each has sat, with exactly what the phone recorded, at the time it was recorded.
    assert states(entries) <= {EntryState.HANDED_IN, EntryState.SCORED}
    for entry in Entry.objects.filter(pk__in=[e.pk for e in entries]).select_related("sitting"):
        told = {
            link.item: link.choice
            for row in kept
            if row.attempt == entry.ref and isinstance(came := read(row), Received)
            for link in came.segment.links
            if link.kind == "a"
        }
        assert answers(entry) == told
        assert entry.handed_in_at is not None
        assert OPENS < entry.handed_in_at < OPENS + timedelta(minutes=25)
        types = [event.type for event in history("entry", entry.pk)]
        assert types.count("entry.recovered") == 1


def states(entries: list[Entry]) -> set[str]:
    """Return the states in which these entries stand."""
    found = Entry.objects.filter(pk__in=[entry.pk for entry in entries])
    return set(found.values_list("state", flat=True))
