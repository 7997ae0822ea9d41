"""Does the last word count, is nothing dropped, and are marks what they should be?"""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.exams.rules.answers import batch_reasons, fold, progress
from kompeten.exams.rules.marks import competent, mark
from kompeten.exams.rules.paper import personal
from kompeten.exams.terms import Answer, Batch, Progress, plain_answers
from kompeten.itembank.terms import Key, PaperCase, PaperItem
from kompeten.schemes.terms import Domain

OPTIONS = {number: frozenset("abcd") for number in range(1, 11)}
KEY = {number: Key("abcd"[number % 4], list(Domain)[number % 3]) for number in range(1, 11)}

answer = st.builds(Answer, st.integers(1, 10), st.none() | st.sampled_from("abcd"))
batch = st.builds(Batch, st.lists(answer, min_size=1, max_size=8).map(tuple), st.booleans())
sheet = st.dictionaries(st.integers(1, 10), st.none() | st.sampled_from("abcd"))


@given(st.lists(batch))
def test_the_last_write_in_time_counts_for_each_item(batches: list[Batch]) -> None:
    in_time = list(chain.from_iterable(b.answers for b in batches if not b.late))

    found = fold(batches)

    assert set(found) == {a.item for a in in_time}
    for item, choice in found.items():
        assert [a.choice for a in in_time if a.item == item][-1] == choice


@given(st.lists(batch), st.integers(0, 20))
def test_how_answers_are_cut_into_batches_does_not_matter(batches: list[Batch], cut: int) -> None:
    in_time = tuple(chain.from_iterable(b.answers for b in batches if not b.late))
    parts = [Batch(in_time[:cut]), Batch(in_time[cut:])]

    assert fold(parts) == fold(batches)


def test_a_cleared_answer_is_blank() -> None:
    folded = fold([Batch((Answer(1, "a"), Answer(2, "b"))), Batch((Answer(1, None),))])

    assert progress(folded, items=10) == Progress(answered=1, blank=9)


@pytest.mark.parametrize(
    ("answers", "key", "reasons"),
    [
        ([Answer(1, "a")], "k1", ()),
        ([Answer(1, None)] * 100, "k1", ()),
        ([], "k1", ("answers.count",)),
        ([Answer(1, "a")] * 101, "k1", ("answers.count",)),
        ([Answer(1, "a")], "", ("answers.key",)),
        ([Answer(1, "a")], "k" * 41, ("answers.key",)),
        ([Answer(11, "a")], "k1", ("answers.unknown_item",)),
        ([Answer(1, "e")], "k1", ("answers.unknown_choice",)),
        ([Answer(1, "a", "x" * 41)], "k1", ("answers.client_at",)),
    ],
)
def test_a_batch_is_kept_whole_or_refused_whole(
    answers: list[Answer], key: str, reasons: tuple[str, ...]
) -> None:
    assert batch_reasons(answers, key=key, options=OPTIONS) == reasons


def test_answers_are_kept_with_what_the_device_said() -> None:
    kept = plain_answers((Answer(1, "a", "09:00"), Answer(2, None)))

    assert kept == [
        {"item": 1, "choice": "a", "client_at": "09:00"},
        {"item": 2, "choice": None},
    ]


@given(sheet)
def test_marks_are_within_bounds_and_add_up(answers: dict[int, str | None]) -> None:
    marks = mark(answers, KEY)

    assert 0 <= marks.points <= marks.answered <= marks.out_of == len(KEY)
    assert sum(points for points, _ in marks.by_domain.values()) == marks.points
    assert sum(out_of for _, out_of in marks.by_domain.values()) == marks.out_of


@given(sheet, st.integers(1, 10))
def test_one_more_right_answer_is_never_worth_less(
    answers: dict[int, str | None], number: int
) -> None:
    before = mark(answers, KEY).points
    after = mark(answers | {number: KEY[number].option}, KEY).points

    assert after - before == (answers.get(number) != KEY[number].option)


@given(sheet)
def test_marks_do_not_depend_on_the_order_of_answers(answers: dict[int, str | None]) -> None:
    turned = dict(reversed(answers.items()))

    assert mark(turned, KEY) == mark(answers, KEY)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 100))
def test_the_pass_mark_is_reckoned_exactly(points: int, out_of: int, percent: int) -> None:
    assert competent(points, out_of, pass_percent=percent) == (points * 100 >= percent * out_of)
    assert competent(out_of, out_of, pass_percent=percent)


def paper() -> tuple[PaperCase, ...]:
    numbers = iter(range(1, 31))
    return tuple(
        PaperCase(
            n,
            f"Kasus {n}",
            tuple(
                PaperItem(next(numbers), "Apa?", tuple((c, f"pilihan {c}") for c in "abcd"))
                for _ in range(3)
            ),
        )
        for n in range(1, 11)
    )


@given(st.integers(0, 2**63 - 1))
def test_everybody_gets_every_item_whole_in_an_order_of_their_own(seed: int) -> None:
    mine = personal(paper(), seed=seed)

    assert sorted(case.number for case in mine) == list(range(1, 11))
    by_number = {case.number: case for case in paper()}
    for case in mine:
        original = by_number[case.number]
        assert [i.number for i in case.items] == [i.number for i in original.items]
        for item, held in zip(case.items, original.items, strict=True):
            assert sorted(item.options) == sorted(held.options)
    assert mine == personal(paper(), seed=seed)


def test_orders_differ_between_people_and_every_place_is_reached() -> None:
    papers = [personal(paper(), seed=seed) for seed in range(300)]

    assert len({tuple(case.number for case in p) for p in papers}) == 300
    for place in range(4):
        codes = [p[0].items[0].options[place][0] for p in papers]
        assert all(50 <= codes.count(code) <= 105 for code in "abcd")


def test_a_seed_draws_this_order_on_every_machine() -> None:
    mine = personal(paper(), seed=2026)

    assert [case.number for case in mine] == [9, 10, 8, 5, 1, 6, 7, 3, 4, 2]
    assert ["".join(code for code, _ in i.options) for i in mine[0].items] == [
        "dcba",
        "cdab",
        "badc",
    ]
