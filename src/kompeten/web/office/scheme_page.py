"""How is a scheme version laid out for reading? Sections of facts, each value without a source marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompeten.schemes import labels, queries
from kompeten.schemes.terms import (
    Component,
    EducationRule,
    Need,
    PracticeRule,
    Raters,
    RecommendationRule,
    Requirements,
    Route,
    RouteRules,
    SchemeContent,
    Settle,
    Standing,
    StudyField,
)
from kompeten.web.ui.shapes import Fact, Slice, Tone

Told = tuple[Any, Any, str]  # label, value, and the dotted path the value stands at

FIELD = {
    StudyField.ANY: gettext_lazy("any field of study"),
    StudyField.WELFARE: gettext_lazy("social welfare"),
    StudyField.OTHER: gettext_lazy("another field of study"),
}
SETTLE = {
    Settle.NEAREST_TWO: gettext_lazy("the two marks nearest to each other"),
    Settle.MEAN: gettext_lazy("the mean of all three"),
    Settle.THIRD: gettext_lazy("the third mark"),
}
DOMAIN_TONE = (Tone.INFO, Tone.WAIT, Tone.GOOD)


@dataclass(frozen=True, slots=True)
class Section:
    """A few facts of a version, and why some of them are not confirmed."""

    title: Any
    facts: tuple[Fact, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteCard:
    """One route: what it asks for, what is to be handed in, and how one is assessed."""

    title: Any
    help: Any
    components: tuple[Any, ...]
    section: Section
    required: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...]
    optional: tuple[str, ...]


def context(said: SchemeContent) -> dict[str, Any]:
    """Return what the page of a version shows."""
    blueprint = said.cognitive.blueprint
    return {
        "routes": [_route(said, route, rules) for route, rules in said.routes.items()],
        "assessment": [_cognitive(said), *_rated(said), _whole(said)],
        "frame": [_certificate(said), _committee(said), _again(said), _days(said)],
        "domains": _slices(blueprint.domains, labels.DOMAIN),
        "difficulties": _slices(blueprint.difficulties, labels.DIFFICULTY),
        "units": [(unit.code, labels.local(unit.title)) for unit in said.units],
        "units_doubt": _why(said, "units"),
        "laws": [(law.code, labels.local(law.subject)) for law in said.legal_basis],
    }


def _section(said: SchemeContent, title: Any, told: Iterable[Told]) -> Section:
    facts: list[Fact] = []
    doubts: dict[str, None] = {}  # in order, each once
    for label, value, path in told:
        why = _why(said, path)
        facts.append(Fact(label, value, _("not verified") if why else ""))
        if why:
            doubts[why] = None
    return Section(title, tuple(facts), tuple(doubts))


def _why(said: SchemeContent, path: str) -> str:
    found = queries.doubt(said, path)
    return labels.local(found) if found is not None else ""


def _route(said: SchemeContent, route: Route, rules: RouteRules) -> RouteCard:
    def titles(codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(labels.local(said.document(code).title) for code in codes)

    return RouteCard(
        title=labels.ROUTE[route],
        help=labels.ROUTE_HELP[route],
        components=tuple(labels.COMPONENT[c] for c in rules.components),
        section=_section(said, labels.ROUTE[route], _asked(route, rules.requirements)),
        required=titles(rules.documents.required),
        one_of=tuple(titles(codes) for codes in rules.documents.one_of.values()),
        optional=titles(rules.documents.optional),
    )


def _asked(route: Route, asked: Requirements) -> Iterable[Told]:
    at = f"routes.{route}.requirements"
    if asked.education:
        words = _joined([_education(rule) for rule in asked.education], Need.ANY)
        yield _("Education"), words, f"{at}.education"
    if asked.min_age_years:
        yield _("Age"), _years(asked.min_age_years), f"{at}.min_age_years"
    if asked.practice:
        yield _("Practice"), _practice(asked.practice), f"{at}.practice"
    if asked.training_hours:
        yield _("Training"), _hours(asked.training_hours), f"{at}.training_hours"
    if asked.recommendation:
        yield _("Recommendation"), _letters(asked.recommendation), f"{at}.recommendation"


def _education(rule: EducationRule) -> str:
    parts = [str(labels.STAGE[rule.stage]), str(FIELD[rule.field])]
    if rule.standing is Standing.FINAL_SEMESTER:
        parts.append(str(labels.STANDING[rule.standing]))
    if rule.within_months:
        parts.append(_("finished at most %(n)d months ago") % {"n": rule.within_months})
    return ", ".join(parts)


def _practice(rule: PracticeRule) -> str:
    parts = []
    if rule.months:
        parts.append(_months(rule.months))
    if rule.hours:
        parts.append(_hours(rule.hours))
    return _joined(parts, rule.need)


def _letters(rule: RecommendationRule) -> str:
    by = [str(labels.RECOMMENDER[who]) for who in rule.by]
    return _joined(by, rule.need)


def _joined(parts: list[str], need: Need) -> str:
    words = _("%(one)s or %(other)s") if need is Need.ANY else _("%(one)s and %(other)s")
    return reduce(lambda one, other: words % {"one": one, "other": other}, parts)


def _cognitive(said: SchemeContent) -> Section:
    rules = said.cognitive
    return _section(
        said,
        labels.COMPONENT[Component.COGNITIVE],
        [
            (_("Questions"), rules.blueprint.items, "cognitive.blueprint.items"),
            (_("Time"), _minutes(rules.minutes), "cognitive.minutes"),
            (_("Pass mark"), _percent(rules.pass_percent), "cognitive.pass_percent"),
        ],
    )


def _rated(said: SchemeContent) -> Iterable[Section]:
    portfolio = said.portfolio
    yield _section(
        said,
        labels.COMPONENT[Component.PORTFOLIO],
        [
            (_("Pass mark"), _percent(portfolio.pass_percent), "portfolio.pass_percent"),
            *_raters(portfolio.raters, "portfolio.raters"),
            (_("Points of a blank answer"), portfolio.blank_points, "portfolio.blank_points"),
        ],
    )
    for component, rules in (
        (Component.PRACTICE, said.practice),
        (Component.INTERVIEW, said.interview),
    ):
        told = [
            (_("Time"), _minutes(rules.minutes), f"{component}.minutes"),
            (_("Pass mark"), _percent(rules.pass_percent), f"{component}.pass_percent"),
            *_raters(rules.raters, f"{component}.raters"),
        ]
        yield _section(said, labels.COMPONENT[component], told)


def _raters(raters: Raters, at: str) -> Iterable[Told]:
    yield _("Assessors"), raters.count, f"{at}.count"
    over = ngettext(
        "when marks differ by more than %(n)d point",
        "when marks differ by more than %(n)d points",
        raters.third_over,
    )
    yield _("A third assessor"), over % {"n": raters.third_over}, f"{at}.third_over"
    yield _("What counts then"), SETTLE[raters.settle], f"{at}.settle"


def _whole(said: SchemeContent) -> Section:
    rule = said.pass_rule
    weights = ", ".join(
        f"{labels.COMPONENT[component]} {_percent(share)}"
        for component, share in rule.weights.items()
    )
    return _section(
        said,
        _("The whole"),
        [
            (_("Rule"), labels.PASS_MODE[rule.mode], "pass_rule.mode"),
            (_("Weights"), weights, "pass_rule.weights"),
            (_("Least total"), _percent(rule.total_percent), "pass_rule.total_percent"),
            (_("Least share of each"), _percent(rule.floor_percent), "pass_rule.floor_percent"),
        ],
    )


def _certificate(said: SchemeContent) -> Section:
    rules = said.certificate
    return _section(
        said,
        labels.PART["certificate"],
        [
            (_("Valid for"), _years(rules.validity_years), "certificate.validity_years"),
            (_("Number"), rules.template, "certificate.template"),
            (_("Signed by"), labels.local(said.authority.signatory), "authority.signatory"),
        ],
    )


def _committee(said: SchemeContent) -> Section:
    rules = said.committee
    return _section(
        said,
        labels.PART["committee"],
        [
            (_("Members at least"), rules.min_members, "committee.min_members"),
            (
                labels.PART["trainer_wall_months"],
                _months(rules.trainer_wall_months),
                "committee.trainer_wall_months",
            ),
            (
                labels.PART["preparation"],
                _("required") if said.preparation.required else _("not required"),
                "preparation.required",
            ),
        ],
    )


def _again(said: SchemeContent) -> Section:
    retake, appeal = said.retake, said.appeal
    attempts = _("no limit") if retake.max_attempts is None else retake.max_attempts
    return _section(
        said,
        _("Retake and appeal"),
        [
            (_("Attempts"), attempts, "retake.max_attempts"),
            (_("Results are kept"), _months(retake.results_kept_months), "retake"),
            (_("Appeal within"), _working_days(appeal.file_days), "appeal.file_days"),
            (_("Answer within"), _working_days(appeal.answer_days), "appeal.answer_days"),
        ],
    )


def _days(said: SchemeContent) -> Section:
    mine, ours = said.candidate_days, said.service_days
    return _section(
        said,
        _("Days"),
        [
            (_("To mend an application"), _calendar(mine.correction), "candidate_days.correction"),
            (_("To write the portfolio"), _calendar(mine.portfolio), "candidate_days.portfolio"),
            (_("We verify within"), _calendar(ours.verification), "service_days.verification"),
            (_("We read within"), _calendar(ours.reading), "service_days.reading"),
            (_("We decide within"), _calendar(ours.decision), "service_days.decision"),
        ],
    )


def _slices(shares: Mapping[Any, int], words: Mapping[str, Any]) -> list[Slice]:
    return [
        Slice(words[code], share, tone)
        for (code, share), tone in zip(shares.items(), DOMAIN_TONE, strict=False)
    ]


def _percent(value: int) -> str:
    return f"{value} %"


def _minutes(value: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", value) % {"n": value}


def _hours(value: int) -> str:
    return ngettext("%(n)d hour", "%(n)d hours", value) % {"n": value}


def _months(value: int) -> str:
    return ngettext("%(n)d month", "%(n)d months", value) % {"n": value}


def _years(value: int) -> str:
    return ngettext("%(n)d year", "%(n)d years", value) % {"n": value}


def _calendar(value: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", value) % {"n": value}


def _working_days(value: int) -> str:
    return ngettext("%(n)d working day", "%(n)d working days", value) % {"n": value}
