"""How is a scheme version laid out for reading? Sections of facts, each value without a source marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompeten.schemes import labels, queries
from kompeten.schemes.terms import (
    Component,
    Need,
    Raters,
    Requirements,
    Route,
    RouteRules,
    SchemeContent,
    Settle,
)
from kompeten.web.office import scheme_words as words
from kompeten.web.ui.shapes import Fact, Slice, Tone

Told = tuple[Any, Any, str]  # label, value, and the dotted path the value stands at

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
        said = words.joined([words.education(rule) for rule in asked.education], Need.ANY)
        yield _("Education"), said, f"{at}.education"
    if asked.min_age_years:
        yield _("Age"), words.years(asked.min_age_years), f"{at}.min_age_years"
    if asked.practice:
        yield _("Practice"), words.practice(asked.practice), f"{at}.practice"
    if asked.training_hours:
        yield _("Training"), words.hours(asked.training_hours), f"{at}.training_hours"
    if asked.recommendation:
        yield _("Recommendation"), words.letters(asked.recommendation), f"{at}.recommendation"


def _cognitive(said: SchemeContent) -> Section:
    rules = said.cognitive
    essays = rules.blueprint.essays
    return _section(
        said,
        labels.COMPONENT[Component.COGNITIVE],
        [
            (_("Questions"), rules.blueprint.items, "cognitive.blueprint.items"),
            *([(_("Essays"), essays, "cognitive.blueprint.essays")] if essays else []),
            (_("Time"), words.minutes(rules.minutes), "cognitive.minutes"),
            (_("Pass mark"), words.percent(rules.pass_percent), "cognitive.pass_percent"),
        ],
    )


def _rated(said: SchemeContent) -> Iterable[Section]:
    portfolio = said.portfolio
    yield _section(
        said,
        labels.COMPONENT[Component.PORTFOLIO],
        [
            (_("Pass mark"), words.percent(portfolio.pass_percent), "portfolio.pass_percent"),
            *_raters(portfolio.raters, "portfolio.raters"),
            (_("Points of a blank answer"), portfolio.blank_points, "portfolio.blank_points"),
        ],
    )
    for component, rules in (
        (Component.PRACTICE, said.practice),
        (Component.INTERVIEW, said.interview),
    ):
        told = [
            (_("Time"), words.minutes(rules.minutes), f"{component}.minutes"),
            (_("Pass mark"), words.percent(rules.pass_percent), f"{component}.pass_percent"),
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
        f"{labels.COMPONENT[component]} {words.percent(share)}"
        for component, share in rule.weights.items()
    )
    return _section(
        said,
        _("The whole"),
        [
            (_("Rule"), labels.PASS_MODE[rule.mode], "pass_rule.mode"),
            (_("Weights"), weights, "pass_rule.weights"),
            (_("Least total"), words.percent(rule.total_percent), "pass_rule.total_percent"),
            (
                _("Least share of each"),
                words.percent(rule.floor_percent),
                "pass_rule.floor_percent",
            ),
        ],
    )


def _certificate(said: SchemeContent) -> Section:
    rules = said.certificate
    return _section(
        said,
        labels.PART["certificate"],
        [
            (_("Valid for"), words.years(rules.validity_years), "certificate.validity_years"),
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
                words.months(rules.trainer_wall_months),
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
            (_("Results are kept"), words.months(retake.results_kept_months), "retake"),
            (_("Appeal within"), words.working_days(appeal.file_days), "appeal.file_days"),
            (_("Answer within"), words.working_days(appeal.answer_days), "appeal.answer_days"),
        ],
    )


def _days(said: SchemeContent) -> Section:
    mine, ours = said.candidate_days, said.service_days
    return _section(
        said,
        _("Days"),
        [
            (
                _("To mend an application"),
                words.calendar(mine.correction),
                "candidate_days.correction",
            ),
            (
                _("To write the portfolio"),
                words.calendar(mine.portfolio),
                "candidate_days.portfolio",
            ),
            (
                _("We verify within"),
                words.working_days(ours.verification),
                "service_days.verification",
            ),
            (_("We read within"), words.working_days(ours.reading), "service_days.reading"),
            (_("We examine within"), words.working_days(ours.exam), "service_days.exam"),
            (
                _("We interview within"),
                words.working_days(ours.performance),
                "service_days.performance",
            ),
            (_("We mark within"), words.working_days(ours.result), "service_days.result"),
            (_("We decide within"), words.working_days(ours.decision), "service_days.decision"),
            (
                _("We certify within"),
                words.working_days(ours.certificate),
                "service_days.certificate",
            ),
        ],
    )


def _slices(shares: Mapping[Any, int], words: Mapping[str, Any]) -> list[Slice]:
    return [
        Slice(words[code], share, tone)
        for (code, share), tone in zip(shares.items(), DOMAIN_TONE, strict=False)
    ]
