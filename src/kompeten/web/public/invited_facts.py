"""What does a person see of themselves by link? Enough to say whether it is right, the NIK masked."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kompeten.applications import queries
from kompeten.applications.labels import FIELD
from kompeten.people import queries as people
from kompeten.people.labels import SEX
from kompeten.people.terms import Sex
from kompeten.regions import labels as region_labels
from kompeten.regions import queries as regions
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes
from kompeten.web.ui.shapes import Fact

if TYPE_CHECKING:
    from kompeten.applications.models import Application, Invitation

LAST = 4


def office(found: "Invitation", *, at: datetime) -> str:
    """Return what the office that sent the list is called on the day. One query."""
    key = found.collective.organization_id
    return people.organization_names([key], on=localdate(at)).get(key, "")


def masked_line(found: "Invitation") -> tuple[Fact, ...]:
    """Return by what somebody knows that this line is theirs: the name, as it was written."""
    repair = found.repair
    name = queries.written(repair).get("name", "") if repair is not None else ""
    return (Fact(FIELD["name"], name),) if name else ()


def data(application: "Application") -> tuple[Fact, ...]:
    """Return who applies, the NIK by its last digits only. One query."""
    person = application.person
    place = regions.region(person.region_code) if person.region_code else None
    return (
        Fact(FIELD["name"], person.full_name),
        Fact(FIELD["nik"], masked(people.nik_of(person.pk))),
        Fact(FIELD["sex"], SEX[Sex(person.sex)] if person.sex else ""),
        Fact(FIELD["birth_place"], person.birth_place),
        Fact(FIELD["birth_on"], date_format(person.birth_on) if person.birth_on else ""),
        Fact(_("Regency or city"), region_labels.full_name(place) if place else ""),
        Fact(FIELD["phone"], person.phone),
        Fact(FIELD["email"], person.email),
    )


def way(application: "Application") -> tuple[Fact, ...]:
    """Return for what the person was put on the list."""
    title = scheme_labels.local(schemes.version(application.scheme_version_id).title)
    route = scheme_labels.ROUTE.get(application.route, application.route)
    return (Fact(_("Scheme"), title), Fact(FIELD["route"], route))


def masked(nik: str) -> str:
    """Return the NIK by its last four digits.

    >>> masked("1218905704850001")
    '•••• •••• •••• 0001'
    """
    return f"•••• •••• •••• {nik[-LAST:]}" if nik else ""
