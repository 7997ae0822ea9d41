"""What is known of an applicant, line by line, for whoever works on their file?"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kompeten.people import labels as people_labels
from kompeten.people.terms import Sex
from kompeten.schemes import labels as scheme_labels
from kompeten.web.office import shown
from kompeten.web.ui.shapes import Fact

if TYPE_CHECKING:
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


def of_statement(statement: Mapping[str, Any]) -> list[Fact]:
    """Return what the applicant says of education and practice."""
    started = statement.get("started_on")
    return [
        Fact(_("Education"), statement.get("education")),
        Fact(_("Workplace"), statement.get("employer")),
        Fact(_("Position"), statement.get("position")),
        Fact(_("At work since"), _day(date.fromisoformat(started)) if started else ""),
        Fact(_("Hours of practice"), _hours(statement.get("practice_hours"))),
        Fact(_("Hours of training"), _hours(statement.get("training_hours"))),
        Fact(_("Recommended by"), _recommenders(statement.get("recommended_by") or ())),
    ]


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
