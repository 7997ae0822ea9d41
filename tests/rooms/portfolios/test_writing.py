"""How does a dossier come to be, grow, and leave the candidate's hands?"""

from datetime import date

import pytest

from kompeten.foundation import ledger
from kompeten.kernel import digest
from kompeten.kernel.actors import STRANGER
from kompeten.portfolios import actions, queries, tasks
from kompeten.portfolios.chart import DOSSIER
from kompeten.portfolios.models import Answer, Dossier, VitaePart
from kompeten.portfolios.terms import EntriesInvalid, Fill, Gaps, Problem
from kompeten.schemes.terms import Route
from tests.make import applications
from tests.make import portfolios as make
from tests.make.actors import EKO
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db

SOCIAL_WORKER = "social_worker_generalist"


def test_a_dossier_opens_for_each_candidate_whose_route_has_a_portfolio() -> None:
    with_portfolio, _ = applications.accepted(1)
    applications.accepted(2, route=Route.TRAINING)
    applications.submitted(3)

    assert tasks.open_dossiers(at=MONDAY) == 1
    assert tasks.open_dossiers(at=MONDAY) == 0
    dossier = make.of(with_portfolio)
    assert (dossier.state, dossier.round, dossier.readers) == ("draft", 1, 2)
    assert Dossier.objects.count() == 1


def test_a_dossier_is_bound_to_the_instruments_of_its_version_and_wanted_by_a_day() -> None:
    older, _ = make.drafted(1, scheme=SOCIAL_WORKER)
    newer, _ = make.drafted(2)

    assert older.self_description == "self_description_2017"
    assert len(make.description(older).items) == 14
    assert newer.self_description == "self_description_2020"
    assert [e.facts for e in ledger.history("dossier", older.pk)] == [
        {
            "self_description": "self_description_2017",
            "curriculum_vitae": "curriculum_vitae",
            "due_on": "2026-04-01",
        }
    ]
    assert older.due_on == date(2026, 4, 1)


def test_saving_keeps_text_and_words_and_is_no_event() -> None:
    dossier, ani = make.drafted(scheme=SOCIAL_WORKER)

    words = actions.save(
        dossier, answers={"k1": " Satu dua.\r\nTiga ", "s1": ""}, by=ani, at=TUESDAY
    )

    assert words == {"k1": 3, "s1": 0}
    text = queries.texts(dossier)["k1"]
    assert (text.text, text.words, text.saved_at) == ("Satu dua.\nTiga", 3, TUESDAY)
    assert dossier.saved_at == TUESDAY
    assert len(ledger.history("dossier", dossier.pk)) == 1


def test_saving_again_changes_nothing_and_later_words_replace_earlier_ones() -> None:
    dossier, ani = make.drafted(scheme=SOCIAL_WORKER)
    for text in ("satu", "satu", "satu dua"):
        actions.save(dossier, answers={"k1": text}, by=ani, at=TUESDAY)

    assert Answer.objects.count() == 1
    assert queries.words(dossier) == {"k1": 2}


@pytest.mark.parametrize(
    ("answers", "code"),
    [({"x9": "satu"}, "answers.unknown"), ({"k1": "a" * 30_001}, "answers.long")],
)
def test_saving_refuses_what_has_no_place_and_keeps_nothing(
    answers: dict[str, str], code: str
) -> None:
    dossier, ani = make.drafted(scheme=SOCIAL_WORKER)

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.save(dossier, answers=answers | {"k2": "satu"}, by=ani, at=TUESDAY)

    assert refusal.value.reasons == (code,)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("who", [EKO, STRANGER, make.OFFICER])
def test_only_the_candidate_writes(who: object) -> None:
    dossier, _ = make.written()

    with pytest.raises(ledger.StepRefused, match=r"role\.not_held"):
        actions.save(dossier, answers={}, by=who, at=TUESDAY)  # type: ignore[arg-type]
    with pytest.raises(ledger.StepRefused, match=r"role\.not_held"):
        actions.save_cv(dossier, parts={}, by=who, at=TUESDAY)  # type: ignore[arg-type]
    with pytest.raises(ledger.StepRefused, match=r"role\.not_held"):
        actions.hand_in(dossier, by=who, at=TUESDAY)  # type: ignore[arg-type]


def test_entries_are_kept_part_by_part_and_replaced_whole() -> None:
    dossier, ani = make.drafted()

    assert actions.save_cv(dossier, parts=make.CV, by=ani, at=MONDAY) == {
        "identity": 1,
        "education": 1,
        "jobs": 1,
    }
    school = {"stage": "master", "school": "Poltekesos", "graduated": "2014"}
    actions.save_cv(dossier, parts={"education": [{}, school]}, by=ani, at=TUESDAY)

    parts = queries.parts(dossier)
    assert parts["education"].entries == (school,)
    assert parts["identity"].entries[0]["birth_date"] == "1985-04-17"
    assert VitaePart.objects.count() == 3


def test_one_bad_field_keeps_all_entries_out_and_is_named() -> None:
    dossier, ani = make.drafted()
    bad = make.CV | {"education": [{"stage": "bachelor", "graduated": "80"}], "hobby": []}

    with pytest.raises(EntriesInvalid) as refusal:
        actions.save_cv(dossier, parts=bad, by=ani, at=MONDAY)

    assert refusal.value.problems == (
        Problem("education", 0, "school", "field.missing"),
        Problem("education", 0, "graduated", "year.invalid"),
        Problem("hobby", 0, "", "part.unknown"),
    )
    assert not VitaePart.objects.exists()


def test_nothing_is_handed_in_with_gaps_and_each_gap_is_named() -> None:
    dossier, ani = make.drafted()
    actions.save(dossier, answers={"a_what": make.essay(49)}, by=ani, at=MONDAY)

    with pytest.raises(ledger.StepRefused) as refusal:
        actions.hand_in(dossier, by=ani, at=MONDAY)

    assert refusal.value.reasons == ("answers.blank", "answers.short", "vitae.empty")
    codes = [item.code for item in make.description(dossier).items]
    assert queries.gaps(dossier) == Gaps(
        blank=tuple(codes[1:]), short=("a_what",), parts=("identity", "education", "jobs")
    )
    dossier.refresh_from_db()
    assert dossier.state == "draft"


def test_handing_in_records_the_digest_of_all_that_was_written() -> None:
    dossier, ani = make.written()

    event = actions.hand_in(dossier, by=ani, at=TUESDAY)

    whole = {
        "answers": {item: text.text for item, text in queries.texts(dossier).items()},
        "vitae": {code: part.entries for code, part in queries.parts(dossier).items()},
    }
    assert dossier.digest == event.facts["digest"] == digest.of(whole)
    assert (event.facts["round"], event.facts["words"]) == (1, 16 * 160)
    assert (dossier.state, dossier.handed_in_at) == ("handed_in", TUESDAY)
    assert ledger.replay(DOSSIER, ledger.history("dossier", dossier.pk)) == "handed_in"


def test_a_second_click_hands_in_nothing() -> None:
    dossier, ani = make.written()
    twin = Dossier.objects.get(pk=dossier.pk)
    actions.hand_in(dossier, by=ani, at=TUESDAY)

    with pytest.raises(ledger.StepRefused, match=r"step\.not_open"):
        actions.hand_in(dossier, by=ani, at=TUESDAY)
    with pytest.raises(ledger.StaleRecord):
        actions.hand_in(twin, by=ani, at=TUESDAY)

    assert len(ledger.history("dossier", dossier.pk)) == 2


def test_a_page_left_open_cannot_write_into_a_dossier_that_was_handed_in() -> None:
    dossier, ani = make.written()
    left_open = Dossier.objects.get(pk=dossier.pk)
    actions.hand_in(dossier, by=ani, at=TUESDAY)
    before = queries.texts(dossier)

    with pytest.raises(ledger.StepRefused, match=r"step\.not_open"):
        actions.save(dossier, answers={"a_what": "lain"}, by=ani, at=TUESDAY)
    with pytest.raises(ledger.StaleRecord):
        actions.save(left_open, answers={"a_what": "lain"}, by=ani, at=TUESDAY)
    with pytest.raises(ledger.StaleRecord):
        actions.save_cv(left_open, parts=make.CV, by=ani, at=TUESDAY)

    assert queries.texts(dossier) == before


def test_the_page_shows_what_is_done_and_what_may_name_a_client() -> None:
    dossier, ani = make.drafted(scheme=SOCIAL_WORKER)
    actions.save(
        dossier,
        answers={"k1": make.essay(150), "k2": "Telepon 0812-3456-7890"},
        by=ani,
        at=TUESDAY,
    )

    view = queries.view(dossier, language="en")

    items = {item.code: item for item in view.items}
    assert (items["k1"].fill, items["k1"].words) == (Fill.DONE, 150)
    assert (items["k3"].fill, items["k3"].text) == (Fill.BLANK, "")
    assert [(h.place, h.code) for h in view.hints] == [("k2", "hint.phone")]
    assert view.hints == queries.hints(dossier)
    assert view.done_share == pytest.approx(2 / 17)
    assert view.words == 152
    assert [part.letter for part in view.parts] == list("abcdefghijk")
    assert view.title == "Self-description (instrument of 2017)"
