"""Is what is answered counted, and are marks what they should be?"""

from hypothesis import given
from hypothesis import strategies as st

from kompeten.exams.rules.answers import progress
from kompeten.exams.rules.marks import competent, mark
from kompeten.exams.rules.paper import personal
from kompeten.itembank.terms import Key, PaperCase, PaperItem
from kompeten.schemes.terms import Domain

KEY = {number: Key("abcd"[number % 4], list(Domain)[number % 3]) for number in range(1, 11)}

sheet = st.dictionaries(st.integers(1, 10), st.none() | st.sampled_from("abcd"))


@given(sheet)
def test_a_cleared_answer_is_blank(answers: dict[int, str | None]) -> None:
    done = progress(answers, items=10)

    assert done.answered == sum(choice is not None for choice in answers.values())
    assert done.answered + done.blank == 10


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
