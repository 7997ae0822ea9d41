"""How are rules and measures of a scheme said in words?"""

from functools import reduce

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompeten.schemes import labels
from kompeten.schemes.terms import (
    EducationRule,
    Need,
    PracticeRule,
    RecommendationRule,
    Standing,
    StudyField,
)

FIELD = {
    StudyField.ANY: gettext_lazy("any field of study"),
    StudyField.WELFARE: gettext_lazy("social welfare"),
    StudyField.OTHER: gettext_lazy("another field of study"),
}


def education(rule: EducationRule) -> str:
    """Return one education that opens a route."""
    parts = [str(labels.STAGE[rule.stage]), str(FIELD[rule.field])]
    if rule.standing is Standing.FINAL_SEMESTER:
        parts.append(str(labels.STANDING[rule.standing]))
    if rule.within_months:
        parts.append(_("finished at most %(span)s ago") % {"span": months(rule.within_months)})
    return ", ".join(parts)


def practice(rule: PracticeRule) -> str:
    """Return how much practice a route asks for."""
    parts = []
    if rule.months:
        parts.append(months(rule.months))
    if rule.hours:
        parts.append(hours(rule.hours))
    return joined(parts, rule.need)


def letters(rule: RecommendationRule) -> str:
    """Return who has to recommend."""
    by = [str(labels.RECOMMENDER[who]) for who in rule.by]
    return joined(by, rule.need)


def joined(parts: list[str], need: Need) -> str:
    """Return several conditions as one, of which any or all are needed; empty where there is none."""
    words = _("%(one)s or %(other)s") if need is Need.ANY else _("%(one)s and %(other)s")
    return reduce(lambda one, other: words % {"one": one, "other": other}, parts) if parts else ""


def percent(value: int) -> str:
    """Return a share of a hundred."""
    return f"{value} %"


def minutes(value: int) -> str:
    """Return a number of minutes."""
    return ngettext("%(n)d minute", "%(n)d minutes", value) % {"n": value}


def hours(value: int) -> str:
    """Return a number of hours."""
    return ngettext("%(n)s hour", "%(n)s hours", value) % {"n": number_format(value)}


def months(value: int) -> str:
    """Return a number of months, in years where they are whole ones."""
    return labels.span(value)


def years(value: int) -> str:
    """Return a number of years."""
    return ngettext("%(n)d year", "%(n)d years", value) % {"n": value}


def calendar(value: int) -> str:
    """Return a number of calendar days."""
    return ngettext("%(n)d day", "%(n)d days", value) % {"n": value}


def working_days(value: int) -> str:
    """Return a number of working days."""
    return ngettext("%(n)d working day", "%(n)d working days", value) % {"n": value}
