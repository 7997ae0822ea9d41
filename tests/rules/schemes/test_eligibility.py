"""Which routes stand open, and is anybody refused for what is merely unknown?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.schemes.rules import eligibility, practice
from kompeten.schemes.rules.practice import Amount
from kompeten.schemes.terms import (
    Component,
    DocumentRules,
    EducationRule,
    Facts,
    Need,
    PracticeRule,
    Reason,
    RecommendationRule,
    Recommender,
    Requirements,
    Route,
    RouteRules,
    Schooling,
    Spell,
    Stage,
    Standing,
    StudyField,
    Verdict,
)

ON = date(2026, 3, 2)


def judged(requirements: Requirements, facts: Facts) -> tuple[Verdict, list[str], list[str]]:
    rules = RouteRules(
        components=(Component.INTERVIEW,), requirements=requirements, documents=DocumentRules()
    )
    found = eligibility.judge(Route.TRAINING, rules, facts, on=ON)
    return found.verdict, [r.code for r in found.unmet], [r.code for r in found.unknown]


def test_a_route_that_asks_nothing_is_open() -> None:
    assert judged(Requirements(), Facts()) == (Verdict.OPEN, [], [])


def test_what_is_not_known_is_asked_for_and_refuses_nobody() -> None:
    everything = Requirements(
        education=(EducationRule(stage=Stage.BACHELOR),),
        min_age_years=45,
        practice=PracticeRule(months=24, hours=1344),
        training_hours=120,
        recommendation=RecommendationRule(by=(Recommender.WORKPLACE,), need=Need.ANY),
    )

    verdict, unmet, unknown = judged(everything, Facts())

    assert (verdict, unmet) == (Verdict.UNKNOWN, [])
    assert unknown == [
        "education.unknown",
        "age.unknown",
        "practice.months_unknown",
        "practice.hours_unknown",
        "training.unknown",
        "recommendation.any_unknown",
    ]


def test_one_unmet_requirement_closes_a_route_and_the_unknown_is_still_named() -> None:
    asked = Requirements(min_age_years=45, training_hours=120)

    found = judged(asked, Facts(born_on=date(1990, 1, 1)))

    assert found == (Verdict.CLOSED, ["age.low"], ["training.unknown"])


@pytest.mark.parametrize(
    ("born_on", "on", "years"),
    [
        (date(1981, 3, 2), date(2026, 3, 2), 45),
        (date(1981, 3, 3), date(2026, 3, 2), 44),
        (date(1980, 2, 29), date(2025, 2, 28), 44),
        (date(1980, 2, 29), date(2025, 3, 1), 45),
        (date(1980, 2, 29), date(2024, 2, 29), 44),
    ],
)
def test_age_counts_full_years(born_on: date, on: date, years: int) -> None:
    assert eligibility.age(born_on, on=on) == years


@pytest.mark.parametrize(
    ("rule", "had", "verdict"),
    [
        (EducationRule(stage=Stage.BACHELOR), Schooling(stage=Stage.BACHELOR), Verdict.OPEN),
        (EducationRule(stage=Stage.BACHELOR), Schooling(stage=Stage.MASTER), Verdict.OPEN),
        (EducationRule(stage=Stage.BACHELOR), Schooling(stage=Stage.DIPLOMA), Verdict.CLOSED),
        (
            EducationRule(stage=Stage.BACHELOR),
            Schooling(stage=Stage.BACHELOR, standing=Standing.FINAL_SEMESTER),
            Verdict.CLOSED,
        ),
        (
            EducationRule(stage=Stage.BACHELOR, standing=Standing.FINAL_SEMESTER),
            Schooling(stage=Stage.BACHELOR, standing=Standing.FINAL_SEMESTER),
            Verdict.OPEN,
        ),
        (
            EducationRule(stage=Stage.BACHELOR, standing=Standing.FINAL_SEMESTER),
            Schooling(stage=Stage.BACHELOR),
            Verdict.CLOSED,
        ),
        (
            EducationRule(stage=Stage.BACHELOR, field=StudyField.WELFARE),
            Schooling(stage=Stage.BACHELOR, welfare=True),
            Verdict.OPEN,
        ),
        (
            EducationRule(stage=Stage.BACHELOR, field=StudyField.WELFARE),
            Schooling(stage=Stage.BACHELOR, welfare=False),
            Verdict.CLOSED,
        ),
        (
            EducationRule(stage=Stage.BACHELOR, field=StudyField.OTHER),
            Schooling(stage=Stage.BACHELOR, welfare=False),
            Verdict.OPEN,
        ),
        (
            EducationRule(stage=Stage.BACHELOR, field=StudyField.WELFARE),
            Schooling(stage=Stage.BACHELOR),
            Verdict.UNKNOWN,
        ),
        (
            EducationRule(stage=Stage.BACHELOR, within_months=24),
            Schooling(stage=Stage.BACHELOR, finished_on=date(2024, 6, 1)),
            Verdict.OPEN,
        ),
        (
            EducationRule(stage=Stage.BACHELOR, within_months=24),
            Schooling(stage=Stage.BACHELOR, finished_on=date(2023, 6, 1)),
            Verdict.CLOSED,
        ),
        (
            EducationRule(stage=Stage.BACHELOR, within_months=24),
            Schooling(stage=Stage.BACHELOR),
            Verdict.UNKNOWN,
        ),
    ],
)
def test_education_is_judged_by_stage_field_standing_and_freshness(
    rule: EducationRule, had: Schooling, verdict: Verdict
) -> None:
    assert judged(Requirements(education=(rule,)), Facts(education=(had,)))[0] is verdict


@pytest.mark.parametrize(
    ("had", "code"),
    [
        ((), "education.none"),
        ((Schooling(stage=Stage.DIPLOMA),), "education.low"),
        ((Schooling(stage=Stage.MASTER, welfare=False),), "education.other"),
    ],
)
def test_education_says_why_it_is_not_enough(had: tuple[Schooling, ...], code: str) -> None:
    asked = Requirements(education=(EducationRule(stage=Stage.BACHELOR, field=StudyField.WELFARE),))

    assert judged(asked, Facts(education=had)) == (Verdict.CLOSED, [code], [])


def test_any_one_education_suffices() -> None:
    asked = Requirements(
        education=(
            EducationRule(stage=Stage.BACHELOR, standing=Standing.FINAL_SEMESTER),
            EducationRule(stage=Stage.DIPLOMA),
        )
    )

    assert judged(asked, Facts(education=(Schooling(stage=Stage.DIPLOMA),)))[0] is Verdict.OPEN


@pytest.mark.parametrize(
    ("need", "held", "unmet"),
    [
        (Need.ANY, {Recommender.WORKPLACE}, []),
        (Need.ANY, set(), ["recommendation.any_missing"]),
        (Need.ALL, {Recommender.WORKPLACE}, ["recommendation.missing"]),
        (Need.ALL, {Recommender.WORKPLACE, Recommender.PROFESSION}, []),
    ],
)
def test_recommendations_are_any_or_all(
    need: Need, held: set[Recommender], unmet: list[str]
) -> None:
    rule = RecommendationRule(by=(Recommender.PROFESSION, Recommender.WORKPLACE), need=need)

    found = judged(Requirements(recommendation=rule), Facts(recommendations=frozenset(held)))

    assert found[1] == unmet


def test_each_recommendation_that_is_needed_is_asked_for_by_name() -> None:
    by = (Recommender.PROFESSION, Recommender.WORKPLACE)

    found = [
        judged(Requirements(recommendation=RecommendationRule(by=by, need=need)), Facts())[2]
        for need in (Need.ALL, Need.ANY)
    ]

    assert found == [["recommendation.unknown"] * 2, ["recommendation.any_unknown"]]


def test_practice_may_be_shown_in_months_or_in_hours() -> None:
    asked = Requirements(practice=PracticeRule(months=24, hours=1344, need=Need.ANY))
    short = (Spell(start=date(2025, 3, 2)),)

    by_hours = judged(asked, Facts(spells=short, practice_hours=1344))
    by_neither = judged(asked, Facts(spells=short, practice_hours=1000))
    open_still = judged(asked, Facts(spells=short))

    assert by_hours[0] is Verdict.OPEN
    assert by_neither[1] == ["practice.months_short", "practice.hours_short"]
    assert open_still == (Verdict.UNKNOWN, [], ["practice.hours_unknown"])


def test_practice_in_both_must_reach_both() -> None:
    asked = Requirements(practice=PracticeRule(months=24, hours=1344))
    long = (Spell(start=date(2020, 1, 1)),)

    assert judged(asked, Facts(spells=long, practice_hours=1000))[1] == ["practice.hours_short"]
    assert judged(asked, Facts(spells=long, practice_hours=1344))[0] is Verdict.OPEN


def test_a_list_that_gives_only_the_present_post_never_closes_a_route_for_short_practice() -> None:
    asked = Requirements(practice=PracticeRule(months=24))
    since = (Spell(start=date(2025, 6, 1)),)

    from_list = judged(asked, Facts(spells=since, spells_complete=False))
    from_form = judged(asked, Facts(spells=since))

    assert from_list == (Verdict.UNKNOWN, [], ["practice.months_unknown"])
    assert from_form == (Verdict.CLOSED, ["practice.months_short"], [])


def test_reasons_carry_what_there_is_and_what_is_needed() -> None:
    rules = RouteRules(
        components=(Component.INTERVIEW,),
        requirements=Requirements(practice=PracticeRule(months=24)),
        documents=DocumentRules(),
    )

    found = eligibility.judge(
        Route.TRAINING, rules, Facts(spells=(Spell(start=date(2025, 3, 2)),)), on=ON
    )

    assert found.unmet == (Reason("practice.months_short", have=12, need=24),)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 1, 1), date(2025, 1, 31), 0),
        (date(2025, 1, 1), date(2025, 2, 1), 1),
        (date(2025, 2, 1), date(2025, 3, 1), 1),  # 28 days, and a month all the same
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 1, 31), date(2024, 3, 30), 1),
        (date(2025, 3, 1), date(2025, 11, 1), 8),
        (date(2023, 3, 15), date(2025, 3, 14), 23),
        (date(2023, 3, 15), date(2025, 3, 15), 24),
        (date(2010, 1, 1), date(2025, 1, 1), 180),
        (date(2025, 3, 1), date(2025, 2, 1), 0),
    ],
)
def test_months_are_those_of_the_calendar(start: date, end: date, months: int) -> None:
    assert practice.months_between(start, end) == months


def test_two_years_apart_are_two_years() -> None:
    apart = (
        Spell(start=date(2021, 1, 1), end=date(2022, 1, 1)),
        Spell(start=date(2023, 1, 1), end=date(2024, 1, 1)),
    )

    assert practice.full_months(apart, on=ON) == 24


def test_the_days_left_over_of_short_spells_come_together() -> None:
    weeks = [Spell(start=date(2024, m, 1), end=date(2024, m, 22)) for m in range(1, 13)]

    assert practice.full_months(weeks, on=ON) == 12 * 21 * 12 // 366 == 8


def test_overlapping_posts_count_each_day_once() -> None:
    both = (
        Spell(start=date(2024, 1, 1), end=date(2025, 1, 1)),
        Spell(start=date(2024, 7, 1), end=date(2025, 7, 1)),
    )

    assert practice.days_of(both, on=ON) == (date(2025, 7, 1) - date(2024, 1, 1)).days


def test_hours_of_overlapping_posts_take_the_greater_load() -> None:
    spells = (
        Spell(start=date(2025, 1, 1), end=date(2025, 1, 15), hours_a_week=20),
        Spell(start=date(2025, 1, 8), end=date(2025, 1, 22), hours_a_week=30),
    )

    assert practice.hours_of(Facts(spells=spells), on=ON) == Amount(20 + 30 + 30, exact=True)


def test_hours_are_the_certified_total_or_what_the_spells_come_to() -> None:
    year = Spell(start=date(2025, 1, 1), end=date(2025, 12, 31), hours_a_week=35)
    unloaded = Spell(start=date(2025, 1, 1))

    assert practice.hours_of(Facts(spells=(year,), practice_hours=100), on=ON).at_least == 1820
    assert practice.hours_of(Facts(practice_hours=1000), on=ON) == Amount(1000, exact=True)
    assert practice.hours_of(Facts(spells=(unloaded,)), on=ON) == Amount(0, exact=False)
    assert practice.hours_of(Facts(), on=ON) == Amount(0, exact=False)


def test_practice_still_to_come_does_not_count() -> None:
    ahead = (Spell(start=ON - timedelta(days=10), end=ON + timedelta(days=10)),)

    assert practice.days_of(ahead, on=ON) == 10


DAYS = st.dates(min_value=date(2022, 1, 1), max_value=date(2027, 1, 1))
LOADS = st.none() | st.integers(min_value=0, max_value=60)


@st.composite
def spells(draw: st.DrawFn) -> Spell:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    return Spell(start=start, end=draw(st.sampled_from([end, None])), hours_a_week=draw(LOADS))


LISTS = st.lists(spells(), max_size=6).map(tuple)


@given(LISTS, spells())
def test_another_spell_never_lessens_practice(had: tuple[Spell, ...], more: Spell) -> None:
    before, after = Facts(spells=had), Facts(spells=(*had, more))

    assert practice.full_months(had, on=ON) <= practice.full_months((*had, more), on=ON)
    assert practice.days_of(had, on=ON) <= practice.days_of((*had, more), on=ON)
    assert practice.hours_of(before, on=ON).at_least <= practice.hours_of(after, on=ON).at_least


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_spells_and_their_repetition_change_nothing(
    had: tuple[Spell, ...], rng: st.random_module
) -> None:
    mixed = [*had, *had]
    rng.shuffle(mixed)  # type: ignore[attr-defined]

    assert practice.days_of(mixed, on=ON) == practice.days_of(had, on=ON)
    again, once = Facts(spells=tuple(mixed)), Facts(spells=had)
    assert practice.hours_of(again, on=ON) == practice.hours_of(once, on=ON)


@given(spells(), DAYS)
def test_a_spell_cut_in_two_is_the_same_practice(spell: Spell, cut: date) -> None:
    end = spell.end or ON
    middle = min(max(cut, spell.start), end)
    halves = (
        Spell(start=spell.start, end=middle, hours_a_week=spell.hours_a_week),
        Spell(start=middle, end=end, hours_a_week=spell.hours_a_week),
    )

    assert practice.days_of(halves, on=ON) == practice.days_of((spell,), on=ON)
    assert practice.full_months(halves, on=ON) == practice.full_months((spell,), on=ON)
    assert (
        practice.hours_of(Facts(spells=halves), on=ON).at_least
        == practice.hours_of(Facts(spells=(spell,)), on=ON).at_least
    )


@given(LISTS)
def test_days_are_those_that_a_plain_count_finds(had: tuple[Spell, ...]) -> None:
    counted = set()
    for spell in had:
        end = min(spell.end or ON, ON)
        counted.update(spell.start + timedelta(days=n) for n in range((end - spell.start).days))

    assert practice.days_of(had, on=ON) == len(counted)


@given(LISTS, st.integers(min_value=0, max_value=400))
def test_practice_grows_with_the_days(had: tuple[Spell, ...], days: int) -> None:
    later = ON + timedelta(days=days)

    assert practice.full_months(had, on=ON) <= practice.full_months(had, on=later)


@given(DAYS, st.integers(min_value=0, max_value=200))
def test_a_full_month_is_full_on_its_day_and_not_before(start: date, months: int) -> None:
    day = practice.after(start, months=months)

    assert practice.months_between(start, day) == months
    assert practice.months_between(start, day - timedelta(days=1)) == max(0, months - 1)
