"""How does an assessor read, and when is a reader told no?"""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kompeten.foundation import ledger
from kompeten.impartiality.models import Tie
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.portfolios import actions, queries
from kompeten.portfolios.chart import READING
from kompeten.portfolios.models import Reading
from kompeten.portfolios.terms import ReadingState
from tests.make import portfolios as make
from tests.make.actors import CITRA
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db

REASON = "Ceritakan perubahan perilakunya."


def test_marks_are_kept_item_by_item_without_an_event() -> None:
    _, (reading, _), pool = make.assigned()
    citra = pool[reading.assessor_id]

    actions.keep(reading, marks={"a_what": 4}, notes={"a_what": "Runtut."}, by=citra, at=MONDAY)
    actions.keep(
        reading, marks={"a_why": None}, notes={"a_what": ""}, remark="Baik.", by=citra, at=MONDAY
    )

    kept = Reading.objects.get(pk=reading.pk)
    assert kept.marks == {"a_what": 4, "a_why": None}
    assert (kept.notes, kept.remark) == ({}, "Baik.")
    assert len(ledger.history("reading", reading.pk)) == 1


@pytest.mark.parametrize(
    ("marks", "reasons"),
    [({"x9": 3}, ("marks.unknown",)), ({"a_what": 6}, ("marks.off_scale",))],
)
def test_marks_that_have_no_place_are_not_kept(
    marks: dict[str, int], reasons: tuple[str, ...]
) -> None:
    _, (reading, _), pool = make.assigned()

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.keep(reading, marks=marks, by=pool[reading.assessor_id], at=MONDAY)

    assert refusal.value.reasons == reasons


def test_handing_in_adds_up_and_derives_the_verdict() -> None:
    _, (first, second), pool = make.assigned()

    make.read(first, pool, 3, a_what=2)
    make.read(second, pool, 3)

    assert (first.points, first.out_of, first.competent) == (47, 80, False)
    assert (second.points, second.competent) == (48, True)
    assert first.handed_in_at == MONDAY
    assert ledger.replay(READING, ledger.history("reading", first.pk)) == "handed_in"


def test_an_unfinished_reading_stays_and_the_items_are_named() -> None:
    dossier, (reading, _), pool = make.assigned()
    marks = make.marks(dossier)
    del marks["b_why"]

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.hand_in_reading(reading, marks=marks, by=pool[reading.assessor_id], at=MONDAY)

    assert refusal.value.reasons == ("marks.unmarked",)
    assert queries.mark_faults(reading, marks) == {"unmarked": ("b_why",)}


def test_a_short_answer_cannot_get_the_highest_mark() -> None:
    dossier, ani = make.written(scheme="social_worker_generalist")
    actions.save(dossier, answers={"k1": make.essay(149)}, by=ani, at=MONDAY)
    actions.hand_in(dossier, by=ani, at=MONDAY)
    pool = make.assessors(2)
    reading, _ = make.assign([dossier], pool)

    with pytest.raises(ledger.StepRefused, match=r"marks\.capped"):
        make.read(reading, pool, 5)
    assert queries.mark_faults(reading, make.marks(dossier, 5)) == {"capped": ("k1",)}

    make.read(reading, pool, 5, k1=4)

    assert reading.points == 69


def test_a_blank_answer_goes_back_instead_of_being_marked() -> None:
    _, (reading, _), pool = make.assigned()

    with pytest.raises(ledger.StepRefused, match=r"marks\.blank_blocks"):
        make.read(reading, pool, 4, a_what=None)


def test_a_reader_sees_and_marks_only_what_was_assigned_to_them() -> None:
    _, (reading, other), pool = make.assigned()

    for who in (pool[other.assessor_id], CITRA, make.OFFICER):
        with pytest.raises(ledger.StepRefused, match=r"assessor\.not_assigned"):
            actions.hand_in_reading(reading, marks={}, by=who, at=MONDAY)
        with pytest.raises(ledger.StepRefused, match=r"assessor\.not_assigned"):
            actions.keep(reading, marks={}, by=who, at=MONDAY)
        with pytest.raises(ledger.StepRefused, match=r"assessor\.not_assigned"):
            actions.send_back(reading, reasons={"a_what": REASON}, by=who, at=MONDAY)


def test_a_license_that_lapsed_on_the_way_stops_the_reader_with_a_reason() -> None:
    _, (reading, _), pool = make.assigned()
    people.license_assessor(
        reading.assessor_id, registration_number="MET.1", until=date(2026, 3, 1)
    )

    with pytest.raises(ledger.StepRefused, match=r"assessor\.license_lapsed"):
        make.read(reading, pool)
    with pytest.raises(ledger.StepRefused, match=r"assessor\.license_lapsed"):
        actions.keep(reading, marks={}, by=pool[reading.assessor_id], at=MONDAY)


def test_a_role_that_lapsed_on_the_way_stops_the_reader() -> None:
    dossier, (reading, _), pool = make.assigned()
    citra = pool[reading.assessor_id]
    former = Actor(citra.account_id, frozenset({Role.APPLICANT}), citra.person_id)

    with pytest.raises(ledger.StepRefused, match=r"role\.not_held"):
        actions.hand_in_reading(reading, marks=make.marks(dossier), by=former, at=MONDAY)
    assert queries.own_reading(reading.ref, former) is None
    assert not queries.readings(former).exists()


def test_a_second_click_hands_in_nothing() -> None:
    _, (reading, _), pool = make.assigned()
    twin = Reading.objects.select_related("dossier").get(pk=reading.pk)
    make.read(reading, pool, 4)

    with pytest.raises(ledger.StepRefused, match=r"step\.not_open"):
        make.read(reading, pool, 2)
    with pytest.raises(ledger.StaleRecord):
        make.read(twin, pool, 2)
    with pytest.raises(ledger.StaleRecord):
        actions.keep(twin, marks={"a_what": 1}, by=pool[reading.assessor_id], at=MONDAY)

    assert Reading.objects.get(pk=reading.pk).points == 64


def test_what_was_handed_in_is_kept_by_the_database_too() -> None:
    _, (reading, _), pool = make.assigned()
    make.read(reading, pool)

    with pytest.raises(IntegrityError, match="kept as they are"), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(points=80)


def test_sending_back_opens_a_new_round_and_keeps_what_was_read() -> None:
    dossier, (first, second), pool = make.assigned()
    make.read(first, pool, 4)

    actions.send_back(
        second, reasons={"a_what": REASON, "jobs": REASON}, by=pool[second.assessor_id], at=TUESDAY
    )

    dossier.refresh_from_db()
    assert (dossier.state, dossier.round) == ("returned", 2)
    assert dossier.due_on == date(2026, 3, 17)
    assert [e.type for e in ledger.history("dossier", dossier.pk)][-1] == "dossier.returned"
    assert ledger.history("dossier", dossier.pk)[-1].facts == {
        "reading": second.ref,
        "items": ["a_what", "jobs"],
        "until": "2026-03-17",
    }
    states = dict(dossier.readings.values_list("pk", "state"))
    assert states == {first.pk: "handed_in", second.pk: "sent_back"}
    view = queries.view(dossier)
    asked = {item.code: item.returned for item in view.items if item.returned}
    assert asked == {"a_what": REASON}
    assert [part.code for part in view.parts if part.returned] == ["jobs"]
    assert Tie.objects.filter(kind="examined", person=second.assessor_id).count() == 1


def test_sending_back_releases_the_other_reader_who_has_not_finished() -> None:
    _, (first, second), pool = make.assigned()

    actions.send_back(first, reasons={"a_what": REASON}, by=pool[first.assessor_id], at=TUESDAY)

    second.refresh_from_db()
    assert second.state == ReadingState.LAPSED
    with pytest.raises(ledger.StepRefused, match=r"step\.not_open"):
        make.read(second, pool)
    assert queries.own_reading(second.ref, pool[second.assessor_id]) is None


@pytest.mark.parametrize(
    ("reasons", "code"),
    [
        ({}, "reasons.missing"),
        ({"x9": REASON}, "reasons.unknown"),
        ({"a_what": "perbaiki"}, "reasons.short"),
    ],
)
def test_a_dossier_goes_back_only_with_reasons_that_help(
    reasons: dict[str, str], code: str
) -> None:
    dossier, (reading, _), pool = make.assigned()

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.send_back(reading, reasons=reasons, by=pool[reading.assessor_id], at=TUESDAY)

    assert refusal.value.reasons == (code,)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.round) == ("handed_in", 1)


def test_what_is_written_after_a_return_leaves_the_round_before_as_it_was_read() -> None:
    dossier, (first, second), pool = make.assigned()
    make.read(first, pool, 4)
    actions.send_back(second, reasons={"a_what": REASON}, by=pool[second.assessor_id], at=TUESDAY)
    dossier.refresh_from_db()

    ani = make.account_of(dossier.person_id)
    actions.save(dossier, answers={"a_what": make.essay(200)}, by=ani, at=TUESDAY)

    assert queries.words(dossier)["a_what"] == 200
    assert queries.words(dossier, upto=1)["a_what"] == 160
    assert queries.words(dossier)["b_why"] == 160
    seen = queries.reading_view(Reading.objects.select_related("dossier__person").get(pk=first.pk))
    assert {item.code: item.words for item in seen.dossier.items}["a_what"] == 160


def test_an_accepted_dossier_is_not_sent_back_any_more() -> None:
    dossier, readings, pool = make.assigned(count=4)
    make.read(readings[0], pool, 4)
    make.read(readings[1], pool, 2)
    make.settle()
    (third,) = dossier.readings.filter(state="open").select_related("dossier")

    with pytest.raises(ledger.StepRefused, match=r"step\.not_open"):
        actions.send_back(third, reasons={"a_what": REASON}, by=pool[third.assessor_id], at=TUESDAY)

    third.refresh_from_db()
    assert third.state == "open"
