"""What stands in an application, as a page lists it?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompeten.applications import queries
from kompeten.applications.terms.statement import Statement, WorkSpell
from kompeten.foundation import words
from kompeten.people import queries as people
from kompeten.people.labels import SEX
from kompeten.people.terms import Sex
from kompeten.regions import labels as region_labels
from kompeten.regions import queries as regions
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Practised
from kompeten.web.candidate.experience_forms import Practice
from kompeten.web.candidate.forms import Identity, Path
from kompeten.web.ui.shapes import Fact

if TYPE_CHECKING:
    from kompeten.applications.models import Application

SEALED = frozenset({"nik", "claims"})  # no columns of a person
SHOWN = 4  # digits of a NIK at each end; the rest is nobody's business on a shared screen


@dataclass(frozen=True, slots=True)
class Counted:
    """What the listed times come to, in words; `asked`: of which, and what a reader would ask."""

    total: str
    asked: Sequence[tuple[str, str]]


def scheme_title(application: "Application") -> str:
    """Return what the application's scheme is called. No query once it was read."""
    return scheme_labels.local(schemes.version(application.scheme_version_id).title)


def path(application: "Application") -> tuple[Fact, ...]:
    """Return scheme, route and programme."""
    route = scheme_labels.ROUTE.get(application.route, application.route)
    return (
        Fact(_("Scheme"), scheme_title(application)),
        _fact(Path, "route", route),
        _fact(Path, "program", application.program),
    )


def identity(application: "Application", *, is_own: bool) -> tuple[Fact, ...]:
    """Return who applies, without the middle of the NIK; for their office no more than it knows anyhow.

    Somebody may have been known before their office named them: where they live and how they are
    reached is theirs to tell. One query.
    """
    person = application.person
    said = {name: getattr(person, name) for name in Identity.base_fields if name not in SEALED}
    said |= {
        "name": person.full_name,
        "nik": masked(people.nik_of(person.pk)),
        "sex": SEX[Sex(person.sex)] if person.sex else "",
        "birth_on": _day(person.birth_on),
        "region_code": region_name(person.region_code),
    }
    shown = ("name", "nik", "sex", "birth_place", "birth_on", "region_code", "address", "phone")
    mine = (*shown, "email") if is_own else ("name", "nik", "region_code")
    return tuple(_fact(Identity, name, said[name]) for name in mine)


def practice(application: "Application", *, on: date) -> tuple[Fact, ...]:
    """Return what is stated of education and practice, as it counts on the day `on`."""
    told = Statement.of(application.statement)
    by = [str(scheme_labels.RECOMMENDER.get(who, who)) for who in told.recommended_by]
    stage = scheme_labels.STAGE[told.schooling.stage] if told.schooling else ""
    return (
        _fact(Practice, "stage", stage),
        _fact(Practice, "education", told.education),
        *_posts(told, on=on),
        _fact(Practice, "practice_hours", _number(told.practice_hours)),
        _fact(Practice, "training_hours", _number(told.training_hours)),
        _fact(Practice, "recommended_by", ", ".join(by)),
    )


def counted(
    statement: Statement, *, born_on: date | None, on: date, letters: bool = True
) -> Counted | None:
    """Return what the times of practice come to, with what a reader would ask; None without any.

    Without `letters` nobody has been asked for them yet.
    """
    if not statement.spells:
        return None
    found = queries.experience(statement, born_on=born_on, on=on)
    lines = [
        (line.spell.employer or _day(line.spell.from_on), words.reason(code))
        for line in found.lines
        for code in line.doubts
        if letters or not code.startswith("letter.")
    ]
    return Counted(total=practised(found.total), asked=lines)


def practised(amount: Practised) -> str:
    """Return an amount of practice in words: its months, and its hours as far as they are known."""
    span = scheme_labels.span(amount.months)
    if not amount.hours:
        return span
    hours = ngettext("%(n)s hour", "%(n)s hours", amount.hours) % {"n": _number(amount.hours)}
    if amount.hours_exact:
        return _("%(span)s, %(hours)s") % {"span": span, "hours": hours}
    return _("%(span)s, at least %(hours)s") % {"span": span, "hours": hours}


def time_of(spell: WorkSpell) -> str:
    """Return from when to when a time of practice went."""
    first = _day(spell.from_on)
    if spell.last_on is None:
        return _("%(first)s until now") % {"first": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": _day(spell.last_on)}


def _posts(told: Statement, *, on: date) -> Iterator[Fact]:
    for spell in told.posts():
        where = ", ".join(filter(None, (spell.employer, spell.position)))
        yield Fact(where or _("Practice"), time_of(spell))
    if told.spells:
        total = queries.experience(told, born_on=None, on=on).total
        yield Fact(_("Practice in all"), practised(total))


def masked(nik: str) -> str:
    """Return the NIK as it may stand on a screen: both ends, and dots between.

    >>> masked("1218905704850001")
    '1218 •••• •••• 0001'
    """
    return f"{nik[:SHOWN]} •••• •••• {nik[-SHOWN:]}" if nik else ""


def region_name(code: str) -> str:
    """Return what the region is called; empty where it is unknown."""
    found = regions.region(code) if code else None
    return region_labels.full_name(found) if found else ""


def _fact(form: Any, name: str, value: Any) -> Fact:
    return Fact(form.base_fields[name].label, value)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _number(value: int | None) -> str:
    return "" if value is None else number_format(value)
