"""What do later rooms do with an application? They call these; nothing here knows them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from kompeten.applications.chart import APPLICATION
from kompeten.applications.models import Application
from kompeten.applications.terms.application import Refusal, Return
from kompeten.foundation import ledger
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor


def accept(application: Application, *, by: Actor, at: datetime) -> Event:
    """Let the application pass the eligibility review: the applicant becomes a candidate."""
    return ledger.take(APPLICATION, "accept", application, by=by, at=at)


def accept_many(applications: Sequence[Application], *, by: Actor, at: datetime) -> None:
    """Let applications pass the eligibility review: all of them or none."""
    ledger.take_many(APPLICATION, "accept", applications, by=by, at=at)


def send_back(
    application: Application,
    *,
    items: int,
    until: date,
    spent_days: int = 0,
    by: Actor,
    at: datetime,
) -> Event:
    """Return the application to be mended: `items` things, by the end of the day `until`.

    The body's clock stops here, after `spent_days` working days in all, and goes on when the
    application comes in again.
    """
    facts = Return(items=items, until=until, spent_days=spent_days)
    also = {"correct_by_on": until, "spent_days": spent_days}
    return ledger.take(APPLICATION, "return", application, by=by, at=at, facts=facts, also=also)


def reject(application: Application, *, reasons: tuple[str, ...], by: Actor, at: datetime) -> Event:
    """Refuse the application for good, with reason codes of the verification room."""
    facts = Refusal(reasons=reasons)
    return ledger.take(APPLICATION, "reject", application, by=by, at=at, facts=facts)


def conclude_many(
    applications: Sequence[Application],
    *,
    competent_until: Mapping[int, date],
    by: Actor,
    at: datetime,
) -> None:
    """Close applications whose decision has been taken, so that a new one may be opened.

    `competent_until` gives the last day on which a granted one counts, by application; deferred
    ones have none. All of them or none.
    """
    by_day: dict[date | None, list[Application]] = {}
    for application in applications:
        by_day.setdefault(competent_until.get(application.pk), []).append(application)
    with transaction.atomic():
        for day, group in by_day.items():
            also = {"competent_until": day}
            ledger.take_many(APPLICATION, "conclude", group, by=by, at=at, also=also)
