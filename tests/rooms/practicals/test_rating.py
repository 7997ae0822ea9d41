"""How does an assessor rate, and when is one told no?"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kompeten.foundation import ledger
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.practicals import actions, queries
from kompeten.practicals.chart import RATING
from kompeten.practicals.models import Rating
from tests.make import practicals as make
from tests.make.actors import CITRA
from tests.make.practicals import ELEVEN, TEN

pytestmark = pytest.mark.django_db


def test_marks_and_notes_are_kept_one_by_one_without_an_event() -> None:
    _, (rating, _), pool = make.booked()
    citra = pool[rating.assessor_id]

    actions.keep(rating, marks={"ethics": 4}, notes={"ethics": "Jujur."}, by=citra, at=TEN)
    actions.keep(
        rating, marks={"skill": 2}, notes={"skill": "Ragu."}, remark="Gugup.", by=citra, at=TEN
    )

    kept = Rating.objects.get(pk=rating.pk)
    assert kept.marks == {"ethics": 4, "skill": 2}
    assert kept.notes == {"ethics": "Jujur.", "skill": "Ragu."}
    assert (kept.remark, kept.state) == ("Gugup.", "open")
    assert len(ledger.history("rating", rating.pk)) == 1


def test_handing_in_adds_up_and_keeps_the_recommendation() -> None:
    _, (rating, _), pool = make.booked()

    make.rate(rating, pool, 3, competent=False, ethics=5)

    assert (rating.points, rating.out_of, rating.competent) == (17, 25, False)
    assert rating.handed_in_at == ELEVEN
    assert ledger.replay(RATING, ledger.history("rating", rating.pk)) == "handed_in"


@pytest.mark.parametrize(
    ("marks", "notes", "reasons"),
    [
        ({"charm": 3}, {}, ("marks.unknown",)),
        ({"skill": 0}, {}, ("marks.off_scale",)),
        ({}, {"skill": "baik"}, ("notes.short",)),
    ],
)
def test_a_rating_at_fault_stays_open(
    marks: dict[str, int], notes: dict[str, str], reasons: tuple[str, ...]
) -> None:
    slot, (rating, _), pool = make.booked()

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.hand_in(
            rating,
            marks=make.marks(slot) | marks,
            notes=make.notes(slot) | notes,
            competent=True,
            by=pool[rating.assessor_id],
            at=ELEVEN,
        )

    assert refusal.value.reasons == reasons
    assert Rating.objects.get(pk=rating.pk).state == "open"


def test_what_is_missing_is_named() -> None:
    _, (rating, _), _ = make.booked()

    assert queries.mark_faults(rating, {"ethics": 9}, {"ethics": "Menjaga rahasia."}) == {
        "off_scale": ("ethics",),
        "unmarked": ("authenticity", "reasoning", "skill", "growth"),
        "short_notes": ("authenticity", "reasoning", "skill", "growth"),
    }


def test_nobody_hands_in_before_the_performance() -> None:
    _, (rating, _), pool = make.booked()

    with pytest.raises(ledger.StepRefused, match=r"slot\.not_started"):
        make.rate(rating, pool, at=TEN - timedelta(seconds=1))

    make.rate(rating, pool, at=TEN)


def test_an_assessor_rates_only_what_was_assigned_to_them() -> None:
    slot, (rating, other), pool = make.booked()

    for who in (pool[other.assessor_id], CITRA, make.OFFICER):
        with pytest.raises(ledger.StepRefused, match=r"assessor\.not_assigned"):
            actions.hand_in(
                rating,
                marks=make.marks(slot),
                notes=make.notes(slot),
                competent=True,
                by=who,
                at=ELEVEN,
            )
        with pytest.raises(ledger.StepRefused, match=r"assessor\.not_assigned"):
            actions.keep(rating, marks={}, notes={}, by=who, at=ELEVEN)


def test_a_license_that_lapsed_on_the_way_stops_the_assessor_with_a_reason() -> None:
    _, (rating, _), pool = make.booked()
    people.license_assessor(rating.assessor_id, registration_number="M.1", until=date(2026, 3, 8))

    with pytest.raises(ledger.StepRefused, match=r"assessor\.license_lapsed"):
        make.rate(rating, pool)


def test_a_role_that_lapsed_on_the_way_stops_the_assessor() -> None:
    slot, (rating, _), pool = make.booked()
    citra = pool[rating.assessor_id]
    former = Actor(citra.account_id, frozenset({Role.APPLICANT}), citra.person_id)

    with pytest.raises(ledger.StepRefused, match=r"role\.not_held"):
        actions.hand_in(
            rating,
            marks=make.marks(slot),
            notes=make.notes(slot),
            competent=True,
            by=former,
            at=ELEVEN,
        )
    assert queries.own_rating(rating.ref, former) is None
    assert not queries.ratings(former).exists()


def test_a_second_click_hands_in_nothing() -> None:
    _, (rating, _), pool = make.booked()
    twin = Rating.objects.select_related("slot").get(pk=rating.pk)
    make.rate(rating, pool, 4)

    with pytest.raises(ledger.StepRefused, match=r"step\.not_open"):
        make.rate(rating, pool, 1)
    with pytest.raises(ledger.StaleRecord):
        make.rate(twin, pool, 1)
    with pytest.raises(ledger.StaleRecord):
        actions.keep(twin, marks={}, notes={}, by=pool[twin.assessor_id], at=ELEVEN)

    assert Rating.objects.get(pk=rating.pk).points == 20


def test_what_was_handed_in_is_kept_by_the_database_too() -> None:
    _, (rating, _), pool = make.booked()
    make.rate(rating, pool)

    with pytest.raises(IntegrityError, match="kept as they are"), transaction.atomic():
        Rating.objects.filter(pk=rating.pk).update(competent=False)
