"""Does a record of a scheme contradict itself? One small check for each kind of record."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from string import Formatter
from typing import Any

from kompeten.schemes.terms.assessment import Blueprint, PassRule, Raters
from kompeten.schemes.terms.certification import CertificateRules
from kompeten.schemes.terms.content import Authority, SchemeContent
from kompeten.schemes.terms.instruments import AnswerField, Rubric, Scale, SelfDescription
from kompeten.schemes.terms.requirements import DocumentRules, PracticeRule
from kompeten.schemes.terms.words import Component, Difficulty, Domain, FieldKind, PassMode

# What is wrong: the field it stands in, a code, and a sentence.
Contradiction = tuple[str, str, str]

PLACEHOLDERS = frozenset({"serial", "scheme", "month", "year"})


def contradictions(record: object) -> Iterator[Contradiction]:
    """Yield what is wrong with `record` by itself; nothing for records without a check."""
    check = CHECKS.get(type(record))
    if check is not None:
        yield from check(record)


def _blueprint(blueprint: Blueprint) -> Iterator[Contradiction]:
    yield from _shares("domains", blueprint.domains, tuple(Domain))
    yield from _shares("difficulties", blueprint.difficulties, tuple(Difficulty))
    marginals: dict[str, Mapping[Any, int]] = {
        "domains": blueprint.domains,
        "difficulties": blueprint.difficulties,
    }
    for name, shares in marginals.items():
        odd = [word for word, share in shares.items() if share * blueprint.items % 100]
        if odd:
            message = f"of {blueprint.items} items, {', '.join(odd)} would be no whole number"
            yield name, "blueprint.fraction", message


def _shares(
    name: str, shares: Mapping[Any, int], words: tuple[str, ...]
) -> Iterator[Contradiction]:
    absent = [word for word in words if word not in shares]
    if absent:
        yield name, "share.missing", f"no share for {', '.join(absent)}"
    if (total := sum(shares.values())) != 100:
        yield name, "sum.shares", f"the shares sum to {total}, not to 100"


def _pass_rule(rule: PassRule) -> Iterator[Contradiction]:
    yield from _shares("weights", rule.weights, tuple(Component))
    if rule.mode is PassMode.COMPENSATORY and rule.floor_percent > rule.total_percent:
        message = f"the floor of {rule.floor_percent} is above the total of {rule.total_percent}"
        yield "floor_percent", "floor.above_total", message


def _raters(raters: Raters) -> Iterator[Contradiction]:
    if raters.count == 1 and raters.third_on_verdict:
        yield "third_on_verdict", "raters.single", "one assessor cannot differ with another"


def _certificate(rules: CertificateRules) -> Iterator[Contradiction]:
    try:
        used = {name for _, name, _, _ in Formatter().parse(rules.template) if name is not None}
        rules.template.format(**dict.fromkeys(PLACEHOLDERS, 1))
    except (ValueError, KeyError, IndexError):
        named = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
        yield "template", "template.invalid", f"only {named} can be used in a number"
        return
    if "serial" not in used:
        yield "template", "template.serial", "a number without {serial} is not unique"
    if rules.restart == "yearly" and "year" not in used:
        message = "a series that restarts yearly needs {year} in its numbers"
        yield "template", "template.year", message


def _authority(authority: Authority) -> Iterator[Contradiction]:
    start, end = authority.licensed_on, authority.licensed_until
    if start and end and end <= start:
        yield "licensed_until", "date.order", f"{end} is not after {start}"


def _scale(scale: Scale) -> Iterator[Contradiction]:
    if scale.most <= scale.least:
        yield "most", "scale.order", f"{scale.most} is not above {scale.least}"


def _self_description(instrument: SelfDescription) -> Iterator[Contradiction]:
    groups = {group.code for group in instrument.groups}
    for item in instrument.items:
        if item.group is not None and item.group not in groups:
            yield f"items.{item.code}.group", "group.unknown", f"unknown group {item.group!r}"
        if 0 < item.full_score_words < item.min_words:
            message = f"{item.full_score_words} words are below the minimum of {item.min_words}"
            yield f"items.{item.code}.full_score_words", "words.order", message


def _rubric(rubric: Rubric) -> Iterator[Contradiction]:
    needed = len(rubric.scale.marks)
    for criterion in rubric.criteria:
        if len(criterion.anchors) != needed:
            message = f"{len(criterion.anchors)} anchors for {needed} marks"
            yield f"criteria.{criterion.code}.anchors", "anchors.count", message


def _answer_field(field: AnswerField) -> Iterator[Contradiction]:
    if (field.kind is FieldKind.CHOICE) != bool(field.choices):
        yield "kind", "choices.kind", "choices belong to kind 'choice', and it needs them"


def _practice(rule: PracticeRule) -> Iterator[Contradiction]:
    if rule.months is None and rule.hours is None:
        yield "months", "practice.empty", "months or hours are needed"


def _documents(rules: DocumentRules) -> Iterator[Contradiction]:
    for code, times in Counter(rules.codes).items():
        if times > 1:
            yield "required", "code.duplicate", f"{code!r} is asked for {times} times"


def _content(content: SchemeContent) -> Iterator[Contradiction]:
    if not content.routes:
        yield "routes", "list.short", "at least one route is needed"
    known = {document.code for document in content.documents}
    for route, rules in content.routes.items():
        for code in rules.documents.codes:
            if code not in known:
                yield f"routes.{route}.documents", "reference.unknown", f"unknown code {code!r}"


CHECKS: dict[type, Callable[[Any], Iterator[Contradiction]]] = {
    Blueprint: _blueprint,
    PassRule: _pass_rule,
    Raters: _raters,
    CertificateRules: _certificate,
    Authority: _authority,
    Scale: _scale,
    SelfDescription: _self_description,
    Rubric: _rubric,
    AnswerField: _answer_field,
    PracticeRule: _practice,
    DocumentRules: _documents,
    SchemeContent: _content,
}
