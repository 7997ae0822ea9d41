"""How long have cases waited, and where? By three small aggregates for each place."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from kompeten.applications import queries as applications
from kompeten.certificates import queries as certificates
from kompeten.decisions import queries as decisions
from kompeten.decisions.terms import State as DecisionState
from kompeten.portfolios import queries as portfolios
from kompeten.portfolios.terms import WRITABLE, DossierState
from kompeten.reporting import rules
from kompeten.reporting.terms import Age, Wait
from kompeten.verification import queries as verification

Place = tuple[Wait, QuerySet[Any], str]


def ages(*, at: datetime) -> tuple[Age, ...]:
    """Return for each place how many wait, and the ages of the oldest and the middle one at `at`.

    At most two queries for each place, for any number of cases.
    """
    return tuple(_age(wait, cases, since, at=at) for wait, cases, since in _places())


def _places() -> Iterator[Place]:
    yield Wait.REPAIR, applications.repairs_waiting(), "line__collective__received_at"
    yield Wait.CLAIM, verification.inbox(), "submitted_at"
    yield Wait.REVIEW, verification.at_work(), "opened_at"
    yield Wait.CORRECTION, verification.awaiting_correction(), "closed_at"
    yield Wait.PORTFOLIO, portfolios.in_states(*WRITABLE), "opened_at"
    yield Wait.READING, portfolios.in_states(DossierState.HANDED_IN), "handed_in_at"
    yield Wait.AGENDA, decisions.inbox(), "sealed_at"
    yield Wait.DECISION, decisions.in_states(DecisionState.PROPOSED), "sheet__sealed_at"
    yield Wait.CERTIFICATE, certificates.inbox(), "decided_at"


def _age(wait: Wait, cases: QuerySet[Any], since: str, *, at: datetime) -> Age:
    found = cases.order_by().aggregate(count=Count("pk"), oldest=Min(since))
    count, oldest = found["count"], found["oldest"]
    median = None
    if count:
        # The upper middle: no average of two instants, and one row instead of a window function.
        ordered = cases.order_by(since).values_list(since, flat=True)
        median = ordered[count // 2]
    return rules.age(wait, count, oldest_at=oldest, median_at=median, at=at)
