"""Is the day told on which time alone opens a route, and no day where time does not?"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kompeten.schemes.rules import eligibility, waiting
from kompeten.schemes.terms import (
    Component,
    DocumentRules,
    EducationRule,
    Facts,
    PracticeRule,
    Requirements,
    Route,
    RouteRules,
    Schooling,
    Spell,
    Stage,
    Verdict,
)

ON = date(2026, 3, 2)
BACHELOR = Schooling(stage=Stage.BACHELOR, finished_on=date(2025, 1, 1))


def ruled(requirements: Requirements) -> RouteRules:
    return RouteRules(
        components=(Component.INTERVIEW,), requirements=requirements, documents=DocumentRules()
    )


def opens(requirements: Requirements, facts: Facts) -> date | None:
    return waiting.opens_on(Route.TRAINING, ruled(requirements), facts, on=ON)


def test_a_post_that_goes_on_opens_the_route_on_its_day() -> None:
    asked = Requirements(practice=PracticeRule(months=24))

    assert opens(asked, Facts(spells=(Spell(start=date(2025, 3, 15)),))) == date(2027, 3, 15)


def test_the_last_of_several_waits_counts() -> None:
    asked = Requirements(min_age_years=45, practice=PracticeRule(months=24))
    facts = Facts(born_on=date(1983, 8, 17), spells=(Spell(start=date(2025, 3, 15)),))

    assert opens(asked, facts) == date(2028, 8, 17)


def test_a_post_that_has_ended_opens_nothing() -> None:
    asked = Requirements(practice=PracticeRule(months=24))
    ended = Spell(start=date(2025, 1, 1), end=date(2026, 1, 1))

    assert opens(asked, Facts(spells=(ended,))) is None


def test_what_time_does_not_mend_has_no_day() -> None:
    asked = Requirements(
        education=(EducationRule(stage=Stage.BACHELOR),), practice=PracticeRule(months=24)
    )
    low = Facts(
        education=(Schooling(stage=Stage.DIPLOMA),), spells=(Spell(start=date(2025, 3, 15)),)
    )

    assert opens(asked, low) is None


def test_a_diploma_that_grows_old_meanwhile_leaves_no_day() -> None:
    asked = Requirements(
        education=(EducationRule(stage=Stage.BACHELOR, within_months=24),),
        practice=PracticeRule(months=24),
    )
    facts = Facts(education=(BACHELOR,), spells=(Spell(start=date(2025, 3, 15)),))

    assert opens(asked, facts) is None


def test_what_stands_open_or_lies_far_ahead_has_no_day() -> None:
    asked = Requirements(min_age_years=45)

    assert opens(asked, Facts(born_on=date(1970, 1, 1))) is None
    assert opens(asked, Facts(born_on=date(2000, 1, 1))) is None


@given(
    st.dates(min_value=date(1950, 1, 1), max_value=date(2010, 1, 1)),
    st.lists(st.dates(min_value=date(2005, 1, 1), max_value=ON), max_size=3),
    st.integers(min_value=1, max_value=70),
    st.integers(min_value=1, max_value=240),
)
def test_the_day_is_the_first(born: date, began: list[date], years: int, months: int) -> None:
    asked = Requirements(min_age_years=years, practice=PracticeRule(months=months))
    facts = Facts(born_on=born, spells=tuple(Spell(start=day) for day in began))

    day = opens(asked, facts)

    def verdict(on: date) -> Verdict:
        return eligibility.judge(Route.TRAINING, ruled(asked), facts, on=on).verdict

    if day is not None:
        assert verdict(day) is Verdict.OPEN
        assert verdict(day - timedelta(days=1)) is Verdict.CLOSED
