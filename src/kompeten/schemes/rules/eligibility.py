"""Which routes stand open to an applicant? What is not known asks for proof and refuses nobody.

Source: TKS22 (routes), LTM18 (hours); the numbers are those of the scheme version.
"""

from collections.abc import Iterable
from datetime import date

from kompeten.schemes.rules import practice
from kompeten.schemes.rules.practice import Amount
from kompeten.schemes.terms.applicants import Eligibility, Facts, Reason, Schooling, Verdict
from kompeten.schemes.terms.content import SchemeContent
from kompeten.schemes.terms.requirements import EducationRule, PracticeRule, RouteRules
from kompeten.schemes.terms.words import Need, Route, Stage, Standing, StudyField

# What one requirement says: the verdict, and why unless it is met.
Finding = tuple[Verdict, tuple[Reason, ...]]
MET: Finding = (Verdict.OPEN, ())


def routes(content: SchemeContent, facts: Facts, *, on: date) -> tuple[Eligibility, ...]:
    """Return what each route of the scheme says to somebody with `facts` on the day `on`."""
    return tuple(judge(route, rules, facts, on=on) for route, rules in content.routes.items())


def judge(route: Route, rules: RouteRules, facts: Facts, *, on: date) -> Eligibility:
    """Return what one route says: closed by any unmet requirement, else unknown, else open."""
    findings = (
        _education(rules.requirements.education, facts, on=on),
        _age(rules.requirements.min_age_years, facts, on=on),
        _practice(rules.requirements.practice, facts, on=on),
        _training(rules.requirements.training_hours, facts),
        _recommendation(rules, facts),
    )
    unmet = _reasons(findings, Verdict.CLOSED)
    unknown = _reasons(findings, Verdict.UNKNOWN)
    verdict = Verdict.CLOSED if unmet else Verdict.UNKNOWN if unknown else Verdict.OPEN
    return Eligibility(route=route, verdict=verdict, unmet=unmet, unknown=unknown)


def age(born_on: date, *, on: date) -> int:
    """Return the full years lived on the day `on`; who was born on 29 February turns on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _reasons(findings: Iterable[Finding], verdict: Verdict) -> tuple[Reason, ...]:
    return tuple(reason for said, reasons in findings if said is verdict for reason in reasons)


def _age(least: int | None, facts: Facts, *, on: date) -> Finding:
    if least is None:
        return MET
    if facts.born_on is None:
        return Verdict.UNKNOWN, (Reason("age.unknown", need=least),)
    years = age(facts.born_on, on=on)
    return MET if years >= least else (Verdict.CLOSED, (Reason("age.low", years, least),))


def _education(wanted: tuple[EducationRule, ...], facts: Facts, *, on: date) -> Finding:
    if not wanted:
        return MET
    least = min((rule.stage for rule in wanted), key=lambda stage: stage.rank)
    if facts.education is None:
        return Verdict.UNKNOWN, (Reason("education.unknown", need=least),)
    said = {_schooling(rule, had, on=on) for rule in wanted for had in facts.education}
    if Verdict.OPEN in said:
        return MET
    if Verdict.UNKNOWN in said:
        return Verdict.UNKNOWN, (Reason("education.field_unknown", need=least),)
    return Verdict.CLOSED, (_education_reason(facts.education, least),)


def _education_reason(had: tuple[Schooling, ...], least: Stage) -> Reason:
    if not had:
        return Reason("education.none", need=least)
    best = max((school.stage for school in had), key=lambda stage: stage.rank)
    code = "education.other" if best.rank >= least.rank else "education.low"
    return Reason(code, have=best, need=least)


def _schooling(rule: EducationRule, had: Schooling, *, on: date) -> Verdict:
    """Return whether one education satisfies one rule; a higher stage always may."""
    if had.stage.rank < rule.stage.rank:
        return Verdict.CLOSED
    if rule.standing is Standing.GRADUATE and had.standing is not Standing.GRADUATE:
        return Verdict.CLOSED
    if rule.standing is Standing.FINAL_SEMESTER and had.standing is not Standing.FINAL_SEMESTER:
        return Verdict.CLOSED
    return _least(_field(rule, had), _freshness(rule, had, on=on))


def _least(*verdicts: Verdict) -> Verdict:
    for verdict in (Verdict.CLOSED, Verdict.UNKNOWN):
        if verdict in verdicts:
            return verdict
    return Verdict.OPEN


def _field(rule: EducationRule, had: Schooling) -> Verdict:
    if rule.field is StudyField.ANY:
        return Verdict.OPEN
    if had.welfare is None:
        return Verdict.UNKNOWN
    return Verdict.OPEN if had.welfare == (rule.field is StudyField.WELFARE) else Verdict.CLOSED


def _freshness(rule: EducationRule, had: Schooling, *, on: date) -> Verdict:
    if rule.within_months is None:
        return Verdict.OPEN
    if had.finished_on is None:
        return Verdict.UNKNOWN
    passed = practice.months_between(had.finished_on, on)
    return Verdict.OPEN if passed < rule.within_months else Verdict.CLOSED


def _practice(rule: PracticeRule | None, facts: Facts, *, on: date) -> Finding:
    if rule is None:
        return MET
    asked = []
    if rule.months is not None:
        asked.append(_amount("practice.months", practice.months_of(facts, on=on), rule.months))
    if rule.hours is not None:
        asked.append(_amount("practice.hours", practice.hours_of(facts, on=on), rule.hours))
    return _any(asked) if rule.need is Need.ANY else _all(asked)


def _amount(name: str, amount: Amount, least: int) -> Finding:
    if amount.at_least >= least:
        return MET
    if not amount.exact:
        return Verdict.UNKNOWN, (Reason(f"{name}_unknown", amount.at_least, least),)
    return Verdict.CLOSED, (Reason(f"{name}_short", amount.at_least, least),)


def _training(least: int | None, facts: Facts) -> Finding:
    if least is None:
        return MET
    if facts.training_hours is None:
        return Verdict.UNKNOWN, (Reason("training.unknown", need=least),)
    return _amount("training.hours", Amount(facts.training_hours, exact=True), least)


def _recommendation(rules: RouteRules, facts: Facts) -> Finding:
    rule = rules.requirements.recommendation
    if rule is None:
        return MET
    held = facts.recommendations
    absent = [who for who in rule.by if held is None or who not in held]
    if not absent or (rule.need is Need.ANY and len(absent) < len(rule.by)):
        return MET
    verdict, word = (Verdict.UNKNOWN, "unknown") if held is None else (Verdict.CLOSED, "missing")
    if rule.need is Need.ANY:
        return verdict, (Reason(f"recommendation.any_{word}", need=", ".join(absent)),)
    return verdict, tuple(Reason(f"recommendation.{word}", need=who) for who in absent)


def _all(findings: list[Finding]) -> Finding:
    verdict = _least(*(said for said, _ in findings))
    return verdict, _reasons(findings, verdict)


def _any(findings: list[Finding]) -> Finding:
    if any(said is Verdict.OPEN for said, _ in findings):
        return MET
    said = [verdict for verdict, _ in findings]
    verdict = Verdict.UNKNOWN if Verdict.UNKNOWN in said else Verdict.CLOSED
    return verdict, _reasons(findings, verdict)
