"""Is a form exactly to the blueprint, of whole cases, by lot and the same everywhere?"""

from collections import Counter
from dataclasses import replace
from statistics import pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.itembank.rules.assembly import assemble, shortages
from kompeten.itembank.rules.stock import superseded, usable
from kompeten.itembank.terms import FormImpossible, ItemState, Shortage, Stocked, UsableCase
from kompeten.schemes.terms import Blueprint, Difficulty, Domain
from tests.make.demobank import BLUEPRINT, demo_cases

SMALL = Blueprint(
    items=10,
    domains={Domain.KNOWLEDGE: 30, Domain.VALUES: 30, Domain.SKILLS: 40},
    difficulties={Difficulty.HARD: 20, Difficulty.MEDIUM: 30, Difficulty.EASY: 50},
)


def stocked(
    code: str,
    *cells: str,
    version: int = 1,
    state: ItemState = ItemState.APPROVED,
    case_version: int = 1,
) -> list[Stocked]:
    """Return the items of a case; a cell is two letters, `ke` for knowledge and easy."""
    domains = {domain.value[0]: domain for domain in Domain}
    grades = {grade.value[0]: grade for grade in Difficulty}
    return [
        Stocked(
            item_id=hash((code, n, version)) & 0xFFFF,
            case_code=code,
            case_version=case_version,
            code=f"{code}-{n}",
            version=version,
            position=n,
            state=state,
            domain=domains[cell[0]],
            difficulty=grades[cell[1]],
        )
        for n, cell in enumerate(cells, start=1)
    ]


def case(code: str, *cells: str) -> UsableCase:
    return UsableCase(code, tuple(stocked(code, *cells)))


def essay(code: str, *cells: str) -> UsableCase:
    return UsableCase(code, tuple(replace(s, is_essay=True) for s in stocked(code, *cells)))


ESSAYS = tuple(essay(f"E{n}", *["sh"] * (1 + n % 2)) for n in range(1, 9))


@given(st.integers(0, 2**31), st.integers(1, 5))
def test_essays_stand_last_and_change_nothing_before_them(seed: int, wanted: int) -> None:
    asked = replace(BLUEPRINT, essays=wanted)

    form = assemble(asked, (*ESSAYS, *demo_cases()), seed=seed)

    plain = assemble(BLUEPRINT, demo_cases(), seed=seed)
    assert form[: len(plain)] == plain
    assert all(case.is_essay for case in form[len(plain) :])
    assert sum(len(case.items) for case in form[len(plain) :]) == wanted
    assert assemble(asked, (*demo_cases(), *ESSAYS), seed=seed) == form


def test_essays_fill_no_cell_and_a_bank_without_them_says_so() -> None:
    with pytest.raises(FormImpossible) as caught:
        assemble(replace(BLUEPRINT, essays=13), (*ESSAYS, *demo_cases()), seed=1)

    assert caught.value.shortages == (Shortage("bank.short_essays", have=12, need=13),)
    assert shortages(SMALL, ESSAYS)[0].have == 0


def test_fifty_seeds_give_fifty_forms_exactly_to_the_blueprint() -> None:
    whole = {case.code: case for case in demo_cases()}

    forms = [assemble(BLUEPRINT, demo_cases(), seed=seed) for seed in range(1, 51)]

    for form in forms:
        items = [item for chosen in form for item in chosen.items]
        assert Counter(i.domain for i in items) == BLUEPRINT.per_domain
        assert Counter(i.difficulty for i in items) == BLUEPRINT.per_difficulty
        assert [chosen for chosen in form if chosen != whole[chosen.code]] == []
        assert len({chosen.code for chosen in form}) == len(form)
    assert len({frozenset(chosen.code for chosen in form) for form in forms}) == 50


@given(st.integers(0, 2**63 - 1), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_form_however_the_bank_is_sorted(
    seed: int, rng: object
) -> None:
    shuffled = list(demo_cases())
    rng.shuffle(shuffled)  # type: ignore[attr-defined]

    assert assemble(BLUEPRINT, shuffled, seed=seed) == assemble(BLUEPRINT, demo_cases(), seed=seed)


def test_a_seed_draws_these_cases_on_every_machine() -> None:
    form = assemble(BLUEPRINT, demo_cases(), seed=2026)

    assert " ".join(chosen.code for chosen in form) == (
        "B26 A09 B16 B17 B02 A13 B28 B25 A22 B12 B07 B15 A06 A15 B22 "
        "A30 B27 B06 A20 A12 B20 A02 A24 B04 B09 A14 A26 B13 A27 A01"
    )


def test_cases_used_before_come_later() -> None:
    uses: Counter[str] = Counter()
    for seed in range(20):
        uses.update(c.code for c in assemble(BLUEPRINT, demo_cases(), seed=seed, uses=uses))

    careless = Counter(
        c.code for seed in range(20) for c in assemble(BLUEPRINT, demo_cases(), seed=seed)
    )

    assert set(uses) == {case.code for case in demo_cases()}
    assert pvariance(uses.values()) < pvariance(careless.values()) / 2


def test_a_short_domain_is_named_with_its_figures() -> None:
    few = [case("A", "ke", "kh", "km"), case("B", "ve", "vm", "vh"), case("C", "se", "sm", "se")]

    with pytest.raises(FormImpossible) as caught:
        assemble(SMALL, few, seed=1)

    assert caught.value.shortages == (
        Shortage("bank.short", domain="skills", have=3, need=4),
        Shortage("bank.short", difficulty="easy", have=4, need=5),
    )


def test_a_short_cell_is_named_where_every_margin_has_enough() -> None:
    # Enough easy items and enough of each domain, but the easy ones are all knowledge.
    cells = ["ke"] * 5 + ["kh"] * 2 + ["vh"] * 3 + ["sh"] * 4 + ["km"] * 3
    lopsided = [case(f"C{n:02d}", cell) for n, cell in enumerate(cells)]

    short = shortages(SMALL, lopsided)

    assert {s.code for s in short} == {"bank.short"}
    assert sum(s.need - s.have for s in short) == 5
    assert all(s.domain != "knowledge" and s.difficulty in ("easy", "medium") for s in short)


def test_cases_that_do_not_combine_are_no_shortage_of_items() -> None:
    # Every case brings two knowledge items, and the blueprint asks three.
    pairs = [case(f"K{n}", "kh", "km") for n in range(2)]
    rest = [case(f"R{n}", cell) for n, cell in enumerate(["ve"] * 3 + ["se"] * 4 + ["sm"] * 4)]

    with pytest.raises(FormImpossible) as caught:
        assemble(SMALL, [*pairs, *rest], seed=1)

    assert caught.value.shortages == (Shortage("bank.cases_do_not_combine"),)


def test_an_empty_bank_is_short_everywhere() -> None:
    with pytest.raises(FormImpossible) as caught:
        assemble(SMALL, [], seed=1)

    assert [(s.have, s.need) for s in caught.value.shortages] == [
        (0, 3), (0, 3), (0, 4), (0, 2), (0, 3), (0, 5),
    ]  # fmt: skip


def test_a_blueprint_that_does_not_add_up_is_told_so() -> None:
    uneven = replace(SMALL, items=7)

    with pytest.raises(FormImpossible) as caught:
        assemble(uneven, demo_cases(), seed=1)

    assert caught.value.shortages == (Shortage("blueprint.does_not_add_up"),)


def test_a_case_waits_while_one_of_its_items_waits() -> None:
    whole = stocked("A", "ke", "kh")
    waiting = [*stocked("B", "ke"), *stocked("B", "ke", "kh", state=ItemState.IN_REVIEW)[1:]]

    assert [c.code for c in usable([*whole, *waiting])] == ["A"]


def test_the_old_version_serves_until_the_new_one_is_approved() -> None:
    old = stocked("A", "ke", "kh")
    draft = stocked("A", "ke", version=2, state=ItemState.DRAFT)
    new = stocked("A", "ke", version=2)

    assert usable([*old, *draft]) == (UsableCase("A", tuple(old)),)
    assert superseded([*old, *draft]) == ()
    assert usable([*old, *new]) == (UsableCase("A", (new[0], old[1])),)
    assert superseded([*old, *new]) == (old[0].item_id,)


def test_a_new_vignette_replaces_the_case_only_when_it_is_whole() -> None:
    old = stocked("A", "ke", "kh")
    half = [
        *stocked("A", "ke", version=2, case_version=2),
        *stocked("A", "ke", "kh", version=2, case_version=2, state=ItemState.IN_REVIEW)[1:],
    ]
    new = stocked("A", "ke", "kh", version=2, case_version=2)

    assert usable([*old, *half]) == (UsableCase("A", tuple(old)),)
    assert superseded([*old, *half]) == ()
    assert usable([*old, *new]) == (UsableCase("A", tuple(new)),)
    assert set(superseded([*old, *new])) == {item.item_id for item in old}


def test_a_draft_goes_as_soon_as_something_newer_is_written() -> None:
    first = stocked("A", "ke", state=ItemState.IN_REVIEW)
    second = stocked("A", "ke", version=2, state=ItemState.DRAFT)

    assert superseded([*first, *second]) == (first[0].item_id,)
