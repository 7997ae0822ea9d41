"""What is known of an applicant, line by line, for whoever works on their file?"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kompeten.applications import queries as applications
from kompeten.applications.terms.statement import Statement
from kompeten.foundation import words
from kompeten.people import labels as people_labels
from kompeten.people.terms import Sex
from kompeten.schemes import labels as scheme_labels
from kompeten.web.office import shown
from kompeten.web.ui.shapes import Fact

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.applications.terms.statement import Letter, WorkSpell
    from kompeten.people.models import Person


def of_person(person: "Person", *, nik: str, on: date, doubts: str = "") -> list[Fact]:
    """Return who somebody is; `nik` is already as it may be shown, `doubts` says what to look at."""
    return [
        Fact(_("Name"), person.full_name),
        Fact(pgettext("identity number", "NIK"), nik, doubts),
        Fact(_("Born"), _birth(person, on)),
        Fact(_("Sex"), people_labels.SEX[Sex(person.sex)] if person.sex else ""),
        Fact(_("Region"), shown.region(person.region_code)),
        Fact(_("Address"), person.address),
        Fact(_("Phone"), person.phone),
        Fact(_("E-mail"), person.email),
    ]


def of_statement(application: "Application", *, on: date) -> list[Fact]:
    """Return what the applicant says of education and practice, with what there is to ask about it."""
    told = Statement.of(application.statement)
    return [
        Fact(_("Education"), told.education, _schooling(told)),
        *(_spells(told, application, on=on) if told.spells else _present(told)),
        Fact(_("Hours of practice"), _hours(told.practice_hours)),
        Fact(_("Hours of training"), _hours(told.training_hours)),
        Fact(_("Recommended by"), _recommenders(told.recommended_by)),
    ]


def _present(told: Statement) -> Iterator[Fact]:
    yield Fact(_("Workplace"), told.employer)
    yield Fact(_("Position"), told.position)
    yield Fact(_("At work since"), _day(told.started_on) if told.started_on else "")


def _spells(told: Statement, application: "Application", *, on: date) -> Iterator[Fact]:
    found = applications.experience(told, born_on=application.person.birth_on, on=on)
    for line in found.lines:
        where = ", ".join(filter(None, (line.spell.employer, line.spell.position)))
        asked = " ".join(words.reason(code) for code in line.doubts)
        yield Fact(where or _("Practice"), _spell(line.spell), asked)
    span = scheme_labels.span(found.total.months)
    said = {"span": span, "hours": formats.number_format(found.total.hours)}
    yield Fact(_("Practice in all"), _("%(span)s; hours: %(hours)s") % said)


def _spell(spell: "WorkSpell") -> str:
    """Return one time of practice: its days, its load, and the letter that shows it."""
    days = _("%(first)s until now") % {"first": _day(spell.from_on)}
    if spell.last_on is not None:
        said = {"first": _day(spell.from_on), "last": _day(spell.last_on)}
        days = _("%(first)s to %(last)s") % said
    load = ""
    if spell.hours_a_week is not None:
        load = _("%(hours)s hours a week") % {"hours": spell.hours_a_week}
    return " · ".join(filter(None, (days, load, _letter(spell.letter))))


def _letter(letter: "Letter") -> str:
    dated = _day(letter.dated_on) if letter.dated_on else ""
    parts = ", ".join(filter(None, (letter.number, dated, letter.signatory)))
    return _("letter: %(said)s") % {"said": parts} if parts else ""


def _schooling(told: Statement) -> str:
    """Return what was chosen beside the text: stage, standing and the day of the diploma."""
    school = told.schooling
    if school is None:
        return ""
    day = _day(school.finished_on) if school.finished_on else ""
    parts = (scheme_labels.STAGE[school.stage], scheme_labels.STANDING[school.standing], day)
    return ", ".join(str(part) for part in parts if part)


def _birth(person: "Person", on: date) -> str:
    if person.birth_on is None:
        return person.birth_place
    years = on.year - person.birth_on.year
    years -= (on.month, on.day) < (person.birth_on.month, person.birth_on.day)
    said = ngettext("%(day)s (%(years)d year)", "%(day)s (%(years)d years)", years)
    day = said % {"day": _day(person.birth_on), "years": years}
    return f"{person.birth_place}, {day}" if person.birth_place else day


def _hours(value: int | None) -> str:
    return "" if value is None else formats.number_format(value)


def _recommenders(codes: "list[str] | tuple[str, ...]") -> str:
    return ", ".join(str(scheme_labels.RECOMMENDER.get(code, code)) for code in codes)


def _day(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")
