"""Is it on record who came and how that was seen, without a device having the last word?"""

import pytest

from kompeten.exams import actions, queries
from kompeten.exams.models import Entry
from kompeten.exams.terms import IdentityCheck
from kompeten.foundation.ledger import StepRefused, history
from tests.make import exams as make
from tests.make.exams import OPENS, PUTU

pytestmark = pytest.mark.django_db


def came(*entries: Entry, way: IdentityCheck = IdentityCheck.CARD, reason: str = "") -> None:
    actions.check_in(entries, way=way, reason=reason, by=PUTU, at=OPENS)


def test_who_came_is_noted_with_how_that_was_seen_and_stays_seated() -> None:
    held = make.sitting()
    entries = [make.one_seated(n, held=held)[0] for n in (1, 2)]

    came(*entries)

    assert [row.checked_in_at for row in queries.board(held)] == [OPENS, OPENS]
    assert set(Entry.objects.values_list("state", flat=True)) == {"seated"}
    assert history("entry", entries[0].pk)[-1].facts["way"] == "card"


def test_whoever_began_before_is_checked_in_too() -> None:
    entry, _ = make.one_started()

    came(entry, way=IdentityCheck.VIDEO)

    entry.refresh_from_db()
    assert (entry.state, entry.checked_in_at) == ("started", OPENS)


def test_by_hand_somebody_says_why() -> None:
    entry, _ = make.one_seated()

    with pytest.raises(StepRefused) as silent:
        came(entry, way=IdentityCheck.BY_HAND, reason="  ")
    came(entry, way=IdentityCheck.BY_HAND, reason="Kartu hilang, dikenal ketua")

    assert silent.value.reasons == ("checkin.no_reason",)
    assert history("entry", entry.pk)[-1].facts["reason"] == "Kartu hilang, dikenal ketua"


def test_it_is_noted_once() -> None:
    entry, _ = make.one_seated()
    came(entry)

    with pytest.raises(StepRefused) as again:
        came(entry)

    assert again.value.reasons == ("checkin.done",)
