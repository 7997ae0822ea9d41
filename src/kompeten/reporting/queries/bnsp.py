"""Whom does the list for BNSP name, K and BK, and with which of their particulars?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kompeten.decisions import queries as decisions
from kompeten.decisions.terms import State
from kompeten.exams import queries as exams
from kompeten.people import queries as people
from kompeten.people.terms import Particulars, Sex
from kompeten.portfolios import queries as portfolios
from kompeten.practicals import queries as practicals
from kompeten.practicals.terms import PERFORMANCES
from kompeten.reporting import rules
from kompeten.reporting.terms import BnspRow, Codes, Order

if TYPE_CHECKING:
    from kompeten.decisions.models import Decision, Decree

SEX = {Sex.MALE: "L", Sex.FEMALE: "P"}
VERDICT = {State.GRANTED: "K", State.DEFERRED: "BK"}


def bnsp_rows(decree: "Decree", *, order: Order, codes: Codes) -> tuple[BnspRow, ...]:
    """Return a line for everybody the decree names, by name, the NIK in clear.

    Whoever hands it on writes down that it leaves the house. A dozen queries per 500 people.
    """
    decided = sorted(
        decisions.agenda(decree.meeting), key=lambda d: (d.person.name.casefold(), d.ref)
    )
    known = people.particulars(d.person_id for d in decided)
    tested = _tested({d.application_id for d in decided})
    met = _assessors({d.application_id for d in decided})
    return tuple(
        _row(
            number,
            decision,
            known[decision.person_id],
            tested=tested.get(decision.application_id),
            assessors=met.get(decision.application_id, ()),
            order=order,
            codes=codes,
        )
        for number, decision in enumerate(decided, start=1)
    )


def _row(
    number: int,
    decision: "Decision",
    person: Particulars,
    *,
    tested: date | None,
    assessors: Iterable[str],
    order: Order,
    codes: Codes,
) -> BnspRow:
    said: Mapping[str, str] = decision.application.statement
    education, post = said.get("education") or "", said.get("position") or ""
    place = person.region_code.replace(".", "")
    cells = (
        str(number),
        person.full_name,
        person.nik,
        person.birth_place,
        _day(person.birth_on),
        SEX[Sex(person.sex)] if person.sex else "",
        person.address,
        place,
        place[:2],
        person.phone,
        person.email,
        rules.education_code(education, codes),
        rules.occupation_code(post, codes),
        order.schedule,
        _day(tested),
        ", ".join(assessors),
        order.funding,
        order.ministry,
        VERDICT[State(decision.state)],
    )
    return BnspRow(cells, education, post)


def _tested(application_ids: set[int]) -> dict[int, date]:
    """Return the last day on which each was examined, by the clock of the place."""
    found: dict[int, date] = {}

    def on(application: int, at: datetime, zone: str) -> None:
        day = at.astimezone(ZoneInfo(zone)).date()
        found[application] = max(found.get(application, day), day)

    for application, entry in exams.of_applications(application_ids).items():
        if entry.handed_in_at is not None:
            on(application, entry.opens_at, entry.zone)
    for component in PERFORMANCES:
        for application, slot in practicals.slots(application_ids, component).items():
            on(application, slot.starts_at, slot.zone)
    return found


def _assessors(application_ids: set[int]) -> dict[int, tuple[str, ...]]:
    """Return the registration numbers of those who examined each: raters, or else readers."""
    examined = portfolios.readers(application_ids) | practicals.examiners(application_ids)
    numbers = people.registrations(person for group in examined.values() for person in group)
    return {
        application: tuple(numbers[person] for person in group if person in numbers)
        for application, group in examined.items()
    }


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
