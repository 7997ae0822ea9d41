"""Do the packaged schemes say what the sources say, and does a content survive being stored?"""

import json
from datetime import date
from typing import Any

import pytest

from kompeten.kernel import canonical
from kompeten.schemes.adapters.reader import PACKAGED, packaged
from kompeten.schemes.rules.building import digest_of, from_plain, to_plain
from kompeten.schemes.rules.provenance import origin
from kompeten.schemes.terms import (
    CertificateRules,
    Component,
    Difficulty,
    DocumentRules,
    Domain,
    Level,
    PassMode,
    Profession,
    Raters,
    Restart,
    Route,
    SchemeContent,
    SchemeInvalid,
    Settle,
    ValidFrom,
)

CONTENTS = {file.content.code: file.content for file in packaged()}
ALL = pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
TKS = CONTENTS["welfare_worker_generalist"]
PEKSOS = CONTENTS["social_worker_generalist"]

PORTFOLIO, COGNITIVE = Component.PORTFOLIO, Component.COGNITIVE
PRACTICE, INTERVIEW = Component.PRACTICE, Component.INTERVIEW


def test_there_are_three_levels_of_two_professions_and_two_without() -> None:
    said = {(content.profession, content.level) for content in CONTENTS.values()}

    assert said == {
        *((Profession.WELFARE_WORKER, level) for level in Level),
        *((Profession.SOCIAL_WORKER, level) for level in Level),
        (Profession.SOCIAL_EDUCATOR, None),
        (Profession.SOCIAL_VOLUNTEER, None),
    }


def test_routes_of_welfare_workers_are_those_of_the_slides() -> None:
    routes = TKS.routes

    assert {route: rules.components for route, rules in routes.items()} == {
        Route.DIRECT_CERTIFICATION: (PORTFOLIO, INTERVIEW),
        Route.DIRECT_ASSESSMENT: (PORTFOLIO, COGNITIVE, PRACTICE, INTERVIEW),
        Route.TRAINING: (COGNITIVE, PRACTICE),
        Route.EDUCATION: (COGNITIVE, PORTFOLIO, INTERVIEW),
    }
    direct = routes[Route.DIRECT_CERTIFICATION].requirements
    assert (direct.min_age_years, direct.practice and direct.practice.months) == (45, 180)
    assert routes[Route.TRAINING].requirements.training_hours == 120


def test_social_workers_need_hours_and_both_recommendations() -> None:
    asked = PEKSOS.routes[Route.DIRECT_ASSESSMENT].requirements

    assert asked.practice is not None
    assert asked.practice.hours == 1344
    assert asked.recommendation is not None
    assert asked.recommendation.need == "all"


@ALL
def test_every_scheme_has_the_sourced_frame(content: SchemeContent) -> None:
    assert content.cognitive.blueprint.per_domain == {
        Domain.KNOWLEDGE: 30,
        Domain.VALUES: 30,
        Domain.SKILLS: 40,
    }
    assert content.cognitive.blueprint.per_difficulty == {
        Difficulty.HARD: 20,
        Difficulty.MEDIUM: 30,
        Difficulty.EASY: 50,
    }
    assert content.pass_rule.mode is PassMode.CONJUNCTIVE
    assert content.certificate.validity_years == 5
    assert content.certificate.valid_from is ValidFrom.SIGNATURE


@ALL
def test_minutes_and_pass_mark_are_called_unverified(content: SchemeContent) -> None:
    for path in ("cognitive.minutes", "cognitive.pass_percent", "appeal.file_days", "units"):
        assert origin(content, path).doubt is not None
    assert origin(content, "cognitive.blueprint.domains.values").source is not None
    assert origin(content, "certificate.validity_years").verified


@ALL
def test_instruments_have_the_shape_of_the_sources(content: SchemeContent) -> None:
    instruments = content.instruments
    letters = [part.letter for part in instruments.curriculum_vitae.parts]

    assert letters == list("abcdefghijk")
    for rubric in (instruments.practice, instruments.interview):
        assert list(rubric.scale.marks) == [1, 2, 3, 4, 5]
        assert {len(criterion.anchors) for criterion in rubric.criteria} == {5}


def test_the_self_description_of_2017_has_fourteen_items() -> None:
    instrument = PEKSOS.instruments.self_description
    domains = [item.domain for item in instrument.items]

    assert [domains.count(domain) for domain in Domain] == [5, 3, 6]  # knowledge, values, skills
    assert instrument.highest_total == 70
    first = instrument.item("k1")
    assert first.highest_mark(instrument.scale, words=149) == 4
    assert first.highest_mark(instrument.scale, words=150) == 5


def test_the_self_description_of_2020_has_two_cases_of_150_words() -> None:
    instrument = TKS.instruments.self_description

    assert [group.code for group in instrument.groups] == ["a", "b"]
    for group in ("a", "b"):
        told = [f"{group}_{part}" for part in ("what", "when_where", "who", "why")]
        assert sum(instrument.item(code).min_words for code in told) == 150


@ALL
def test_a_scheme_may_ask_for_essays_and_is_unchanged_where_it_does_not(
    content: SchemeContent,
) -> None:
    plain = to_plain(content)
    assert "essays" not in plain["cognitive"]["blueprint"]

    plain["cognitive"]["blueprint"]["essays"] = 2

    asked = from_plain(plain)
    assert asked.cognitive.blueprint.essays == 2
    assert from_plain(json.loads(canonical.dumps(to_plain(asked)))) == asked
    assert digest_of(asked) != digest_of(content)


@ALL
def test_a_content_survives_being_stored(content: SchemeContent) -> None:
    stored = json.loads(canonical.dumps(to_plain(content)))

    assert from_plain(stored) == content
    assert digest_of(from_plain(stored)) == digest_of(content)


def test_the_order_in_which_a_store_returns_keys_changes_nothing() -> None:
    def reversed_keys(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: reversed_keys(value[key]) for key in reversed(value)}
        return [reversed_keys(item) for item in value] if isinstance(value, list) else value

    again = from_plain(reversed_keys(to_plain(TKS)))

    assert digest_of(again) == digest_of(TKS)
    assert list(again.routes) == list(TKS.routes)
    assert list(again.cognitive.blueprint.domains) == list(Domain)


def test_a_change_of_one_value_changes_the_digest() -> None:
    plain = to_plain(TKS)
    plain["cognitive"]["minutes"] = 91

    assert digest_of(from_plain(plain)) != digest_of(TKS)


@pytest.mark.parametrize(
    ("change", "key", "code"),
    [
        ({"schema": 2}, "schema", "value.range"),
        ({"level": "master"}, "level", "value.choice"),
        ({"routes": {}}, "routes", "list.short"),
        ({"more": 1}, "more", "key.unknown"),
    ],
)
def test_what_is_no_content_is_refused(change: dict[str, Any], key: str, code: str) -> None:
    with pytest.raises(SchemeInvalid) as refused:
        from_plain(to_plain(TKS) | change)

    assert [(problem.key, problem.code) for problem in refused.value.problems] == [(key, code)]


def test_a_route_cannot_ask_for_a_document_that_is_not_described() -> None:
    plain = to_plain(TKS)
    plain["documents"] = [kind for kind in plain["documents"] if kind["code"] != "photo"]

    with pytest.raises(SchemeInvalid) as refused:
        from_plain(plain)

    assert {problem.message for problem in refused.value.problems} == {"unknown code 'photo'"}


def test_a_content_cannot_be_changed_in_memory() -> None:
    with pytest.raises(TypeError):
        TKS.routes[Route.TRAINING] = TKS.routes[Route.EDUCATION]  # type: ignore[index]


def test_missing_documents_are_single_codes_or_groups() -> None:
    rules = DocumentRules(required=("card", "photo"), one_of={"letter": ("head", "branch")})

    assert rules.codes == ("card", "photo", "head", "branch")
    assert rules.missing({"photo"}) == (("card",), ("head", "branch"))
    assert rules.missing({"photo", "card", "branch"}) == ()


@ALL
def test_documents_of_a_route_are_described(content: SchemeContent) -> None:
    for route, rules in content.routes.items():
        assert tuple(kind.code for kind in content.documents_of(route)) == rules.documents.codes


def test_words_come_in_both_languages() -> None:
    assert [TKS.title.of(language) for language in ("id", "en", "en-us", "jv")] == [
        "Tenaga Kesejahteraan Sosial Generalis",
        "Generalist Welfare Worker",
        "Generalist Welfare Worker",
        "Tenaga Kesejahteraan Sosial Generalis",
    ]


CERTIFICATE = CertificateRules(
    validity_years=5,
    valid_from=ValidFrom.SIGNATURE,
    series="certificate",
    restart=Restart.YEARLY,
    template="{serial:06d}/{scheme}/LSP/{month}/{year}",
    names_program=False,
)


def test_certificate_numbers_follow_the_template() -> None:
    number = CERTIFICATE.number(7, scheme="TKS-G", on=date(2026, 12, 31))

    assert number == "000007/TKS-G/LSP/XII/2026"


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2026, 3, 2), date(2031, 3, 2)),
        (date(2026, 12, 31), date(2031, 12, 31)),
        (date(2028, 2, 29), date(2033, 3, 1)),
    ],
)
def test_a_certificate_is_valid_five_years(starts_on: date, ends_on: date) -> None:
    assert CERTIFICATE.ends_on(starts_on) == ends_on


@pytest.mark.parametrize(
    ("first", "second", "verdicts_differ", "needed"),
    [
        ({"a": 3}, {"a": 4}, False, False),
        ({"a": 3}, {"a": 5}, False, True),
        ({"a": 3}, {"a": 3}, True, True),
        ({"a": 2}, {}, False, True),  # left blank by one of them
        ({"a": 1}, {}, False, False),
    ],
)
def test_a_third_assessor_is_called_when_two_differ(
    first: dict[str, int], second: dict[str, int], verdicts_differ: bool, needed: bool
) -> None:
    raters = Raters(count=2, third_over=1, third_on_verdict=True, settle=Settle.NEAREST_TWO)

    assert raters.third_needed(first, second, verdicts_differ=verdicts_differ) is needed


@pytest.mark.parametrize(("points", "passed"), [(59, False), (60, True)])
def test_a_component_is_passed_at_its_mark(points: int, passed: bool) -> None:
    assert TKS.is_passed(COGNITIVE, points=points, out_of=100) is passed


@ALL
def test_every_source_is_explained_beside_the_files(content: SchemeContent) -> None:
    explained = (PACKAGED / "README.md").read_text(encoding="utf-8").split("## Source keys")[1]

    for said in content.sources.values():
        keys = said.split(":")[0].split(", ")
        assert [key for key in keys if key not in explained] == []


@ALL
def test_every_value_that_is_not_confirmed_says_so_in_both_languages(
    content: SchemeContent,
) -> None:
    for path, why in content.unverified.items():
        assert why.id != why.en, path
