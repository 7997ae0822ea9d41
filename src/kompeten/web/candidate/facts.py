"""What stands in an application, as a page lists it?"""

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from kompeten.applications.terms.application import Statement
from kompeten.people import queries as people
from kompeten.people.labels import SEX
from kompeten.people.terms import Sex
from kompeten.regions import labels as region_labels
from kompeten.regions import queries as regions
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.web.candidate.forms import Identity, Path, Practice
from kompeten.web.ui.shapes import Fact

if TYPE_CHECKING:
    from kompeten.applications.models import Application

SEALED = frozenset({"nik", "claims"})  # no columns of a person
SHOWN = 4  # digits of a NIK at each end; the rest is nobody's business on a shared screen


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


def identity(application: "Application") -> tuple[Fact, ...]:
    """Return who applies, without the middle of the NIK. One query."""
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
    return tuple(_fact(Identity, name, said[name]) for name in (*shown, "email"))


def practice(application: "Application") -> tuple[Fact, ...]:
    """Return what is stated of education and practice."""
    told = statement(application)
    by = [str(scheme_labels.RECOMMENDER.get(who, who)) for who in told.recommended_by]
    return (
        _fact(Practice, "education", told.education),
        _fact(Practice, "employer", told.employer),
        _fact(Practice, "position", told.position),
        _fact(Practice, "started_on", _day(told.started_on)),
        _fact(Practice, "practice_hours", _number(told.practice_hours)),
        _fact(Practice, "training_hours", _number(told.training_hours)),
        _fact(Practice, "recommended_by", ", ".join(by)),
    )


def statement(application: "Application") -> Statement:
    """Return what the application states, from its JSON."""
    kept = application.statement
    told = {f.name: kept[f.name] for f in fields(Statement) if kept.get(f.name) is not None}
    if "started_on" in told:
        told["started_on"] = date.fromisoformat(told["started_on"])
    if "recommended_by" in told:
        told["recommended_by"] = tuple(told["recommended_by"])
    return Statement(**told)


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
