"""How many people have come how far? Counted over all rooms in one query.

Each room names the records that have reached a stage; the database asks for each application in
which of these sets it is. Nobody is counted twice, however often they were sent back.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from kompeten.applications import queries as applications
from kompeten.applications.terms.application import State
from kompeten.certificates import queries as certificates
from kompeten.decisions import queries as decisions
from kompeten.decisions.terms import State as DecisionState
from kompeten.exams import queries as exams
from kompeten.exams.terms import EntryState
from kompeten.portfolios import queries as portfolios
from kompeten.portfolios.terms import DossierState
from kompeten.practicals import queries as practicals
from kompeten.practicals.terms import SlotState
from kompeten.reporting import rules
from kompeten.reporting.terms import Aside, Funnel, FunnelRow, Stage, Tally
from kompeten.training import queries as training
from kompeten.training.terms import EnrolmentState

PASSED = (State.ACCEPTED, State.CONCLUDED)
READ = (DossierState.ACCEPTED, DossierState.ASSESSED)
SEATED = (EntryState.SEATED, EntryState.STARTED)
SAT = (EntryState.HANDED_IN, EntryState.SCORED)
PERFORMED = (SlotState.RATED, SlotState.SETTLED)


def funnel(*, on: date, target: int | None = None, scheme: str = "") -> Funnel:
    """Return the figures of the year of `on`: applications opened in it, up to and including that day.

    Two queries for any number of people. `scheme` narrows to one scheme's code; lines that wait
    for repair have no scheme that could be trusted, so they are counted for all schemes only.
    """
    since, until = _midnight(date(on.year, 1, 1)), _midnight(on + timedelta(days=1))
    opened = applications.opened(since=since, until=until)
    if scheme:
        opened = opened.filter(scheme_code=scheme)
    rows = tuple(_rows(opened))
    total = rules.total(rows)
    if not scheme:
        waiting = applications.repairs_waiting()
        received = {"line__collective__received_at__gte": since}
        total[Aside.IN_REPAIR] = waiting.filter(
            **received, line__collective__received_at__lt=until
        ).count()
    return Funnel(
        on=on,
        total=total,
        provinces=rows,
        target=target,
        target_share=rules.target_share(total[Stage.CERTIFIED], target=target),
        year_share=rules.year_share(on),
    )


def _rows(opened: QuerySet[Any]) -> list[FunnelRow]:
    counted = {tally.value: Count("pk", filter=reached) for tally, reached in _reached().items()}
    by_province = opened.annotate(province=Substr("person__region_code", 1, 2)).values("province")
    rows = by_province.annotate(applied=Count("pk"), **counted).order_by("province")
    tallies: list[Tally] = [Stage.APPLIED, *_reached()]
    return [FunnelRow(row["province"], {t: row[t.value] for t in tallies}) for row in rows]


def _reached() -> dict[Tally, Q]:
    """Return who has reached each stage, as conditions on applications."""
    seated, sat = exams.in_states(*SEATED, *SAT), exams.in_states(*SAT)
    handed_in = portfolios.in_states(DossierState.HANDED_IN, *READ)
    granted = decisions.in_states(DecisionState.GRANTED)
    deferred = decisions.in_states(DecisionState.DEFERRED)
    decided = decisions.in_states(DecisionState.GRANTED, DecisionState.DEFERRED)
    return {
        Stage.SUBMITTED: Q(submitted_at__isnull=False),
        Stage.ACCEPTED: Q(state__in=PASSED),
        Stage.PREPARED: _among(training.in_states(EnrolmentState.ATTENDED)),
        Stage.PORTFOLIO_HANDED_IN: _among(handed_in),
        Stage.PORTFOLIO_ACCEPTED: _among(portfolios.in_states(*READ)),
        Stage.SEATED: _among(seated),
        Stage.SAT: _among(sat),
        Stage.PERFORMED: _among(practicals.in_states(*PERFORMED)),
        Stage.DECIDED: _among(decided),
        Stage.COMPETENT: _among(granted),
        Stage.CERTIFIED: _among(certificates.published()),
        Aside.RETURNED: Q(state=State.RETURNED),
        Aside.REJECTED: Q(state=State.REJECTED),
        Aside.WITHDRAWN: Q(state=State.WITHDRAWN),
        Aside.NOT_YET_COMPETENT: _among(deferred),
    }


def _among(records: QuerySet[Any]) -> Q:
    """Return that an application has one of these records; the set is built once a query."""
    return Q(pk__in=records.order_by().values("application_id"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
