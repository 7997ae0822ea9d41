"""Has every code words, and are reasons and paths sentences for people?"""

from enum import StrEnum

import pytest
from django.utils import translation

from kompeten.schemes import labels
from kompeten.schemes.terms import (
    Bilingual,
    Component,
    Difficulty,
    Domain,
    Level,
    PassMode,
    Profession,
    Reason,
    Recommender,
    Route,
    Stage,
    Standing,
    Verdict,
    VersionState,
)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (labels.PROFESSION, Profession),
        (labels.LEVEL, Level),
        (labels.ROUTE, Route),
        (labels.ROUTE_HELP, Route),
        (labels.COMPONENT, Component),
        (labels.DOMAIN, Domain),
        (labels.DIFFICULTY, Difficulty),
        (labels.STAGE, Stage),
        (labels.STANDING, Standing),
        (labels.RECOMMENDER, Recommender),
        (labels.PASS_MODE, PassMode),
        (labels.VERDICT, Verdict),
        (labels.STATE, VersionState),
    ],
)
def test_every_code_has_words(words: labels.Words, codes: type[StrEnum]) -> None:
    assert set(words) == set(codes)


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (0, "0 bulan"),
        (11, "11 bulan"),
        (12, "1 tahun"),
        (111, "9 tahun 3 bulan"),
        (180, "15 tahun"),
    ],
)
def test_months_are_said_in_years_and_what_is_left(months: int, said: str) -> None:
    with translation.override("id"):
        assert labels.span(months) == said


def test_large_numbers_in_reasons_are_grouped() -> None:
    with translation.override("id"):
        short = labels.reason(Reason("practice.hours_short", have=1344, need=4200))

    assert short == "Jam praktik Anda 1.344 dari 4.200 jam yang disyaratkan."


def test_reasons_are_sentences_with_what_there_is_and_what_is_needed() -> None:
    with translation.override("en"):
        short = labels.reason(Reason("practice.months_short", have=12, need=24))
        low = labels.reason(Reason("education.low", have=Stage.DIPLOMA, need=Stage.BACHELOR))
        asked = labels.reason(Reason("recommendation.any_unknown", need="profession, workplace"))

    assert short == "You show 1 year of practice of the 2 years needed."
    assert low == "Your education is Diploma (D1–D3); this route asks for Bachelor (D4/S1)."
    assert asked == (
        "Attach one recommendation; it may be by the professional association / the workplace."
    )


@pytest.mark.parametrize(
    ("dotted", "words"),
    [
        ("cognitive.minutes", "Written test › Minutes"),
        ("practice", "Practice exam"),
        (
            "routes.direct_assessment.requirements.practice",
            "Routes › Direct assessment › Requirements › Practice",
        ),
        (
            "routes.education.requirements.education",
            "Routes › Education › Requirements › Education",
        ),
        (
            "instruments.self_description.items.*.prompt",
            "Instruments › Self-description › Items › Question",
        ),
        ("legal_basis.UU 14/2019", "Legal basis › UU 14/2019"),
    ],
)
def test_paths_are_named(dotted: str, words: str) -> None:
    with translation.override("en"):
        assert labels.path(dotted) == words


def test_words_of_a_scheme_follow_the_reader() -> None:
    said = Bilingual(id="Wawancara", en="Interview")

    with translation.override("en"):
        assert labels.local(said) == "Interview"
    with translation.override("id"):
        assert labels.local(said) == "Wawancara"
