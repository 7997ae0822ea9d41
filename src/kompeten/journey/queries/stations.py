"""How far is each person of a list? One expression for the database, so that a count stays one query."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from kompeten.applications.terms.application import RepairState, State
from kompeten.certificates import queries as certificates
from kompeten.exams import queries as exams
from kompeten.exams.terms import EntryState
from kompeten.foundation import ledger
from kompeten.journey import rules
from kompeten.journey.terms import THEIRS, Station
from kompeten.people import queries as people
from kompeten.people.terms import Purpose
from kompeten.practicals import queries as practicals
from kompeten.practicals.terms import PERFORMANCES, SlotState

if TYPE_CHECKING:
    from kompeten.applications.models import CollectiveRow

TO_SIT = (EntryState.SEATED, EntryState.STARTED)
SAT = (EntryState.HANDED_IN, EntryState.SCORED)
OVER = (State.REJECTED, State.WITHDRAWN)


def stationed(rows: "QuerySet[CollectiveRow]") -> "QuerySet[CollectiveRow]":
    """Return the lines of lists, each with its `station` (`terms.Station`) and its application's key.

    No answer, score or finding is looked at: an office learns how far somebody is, and no more.
    """
    return rows.annotate(
        applied_id=Coalesce("application_id", "repair__application_id"),
        applied_ref=Coalesce("application__ref", "repair__application__ref"),
        applied_state=Coalesce("application__state", "repair__application__state"),
    ).annotate(station=_station())


def counts(rows: "QuerySet[CollectiveRow]") -> dict[Station, int]:
    """Return how many lines stand at each station. One query for any number."""
    placed: Any = stationed(rows)
    counted = placed.order_by().values_list("station").annotate(n=Count("pk"))
    return {Station(station): n for station, n in counted}


def stuck(rows: "QuerySet[CollectiveRow]", *, at: datetime) -> "QuerySet[CollectiveRow]":
    """Return the lines whose people have had the next step for longer than `rules.STUCK_AFTER`."""
    limit = at - rules.STUCK_AFTER
    theirs = [s.value for s in THEIRS if s is not Station.MEND]
    moved = ledger.happened("application", after=limit).filter(subject_id=OuterRef("applied_id"))
    agreed = people.consents(Purpose.CERTIFICATION).filter(
        about=OuterRef("applied_ref"), given_at__gt=limit
    )
    still = Q(station__in=theirs) & ~Exists(moved) & ~Exists(agreed)
    waits = Q(station=Station.MEND.value, collective__received_at__lte=limit)
    return stationed(rows).filter(still | waits)


def since(rows: "Iterable[CollectiveRow]") -> dict[int, datetime]:
    """Return when anything happened last to the application of each line, by the line's key. Two queries.

    `rows` come from `stationed`. Lines without an application have waited since their list came.
    """
    held = list(rows)
    keys = [key for row in held if (key := _applied(row)) is not None]
    moved = ledger.last_moved("application", keys)
    refs = [str(ref) for row in held if (ref := getattr(row, "applied_ref", None))]
    agreed = people.consents(Purpose.CERTIFICATION).filter(about__in=refs)
    consented = dict(agreed.values_list("about", "given_at"))
    found: dict[int, datetime] = {}
    for row in held:
        key = _applied(row)
        moments = [moved.get(key) if key is not None else row.collective.received_at]
        moments.append(consented.get(getattr(row, "applied_ref", "")))
        found[row.pk] = max(moment for moment in moments if moment is not None)
    return found


def _applied(row: "CollectiveRow") -> int | None:
    key: int | None = getattr(row, "applied_id", None)
    return key


def _station() -> Case:
    def at(station: Station, condition: Any) -> When:
        return When(condition, then=Value(station.value))

    own = {"application_id": OuterRef("applied_id")}
    agreed = people.consents(Purpose.CERTIFICATION).filter(about=OuterRef("applied_ref"))
    booked = Exists(_slots(SlotState.BOOKED).filter(**own))
    seated = Exists(exams.in_states(*TO_SIT).filter(**own))
    sat = Exists(exams.in_states(*SAT).filter(**own))
    met = Exists(_slots(SlotState.RATED, SlotState.SETTLED).filter(**own))
    accepted = Q(applied_state=State.ACCEPTED.value)
    return Case(
        at(Station.CERTIFIED, Exists(certificates.in_force().filter(**own))),
        at(Station.DECIDED, Q(applied_state=State.CONCLUDED.value)),
        at(Station.SEATED, accepted & (seated | booked)),
        at(Station.EXAMINED, accepted & (sat | met)),
        at(Station.ACCEPTED, accepted),
        at(Station.REVIEW, Q(applied_state=State.SUBMITTED.value)),
        at(Station.RETURNED, Q(applied_state=State.RETURNED.value)),
        at(Station.OVER, Q(applied_state__in=[s.value for s in OVER])),
        at(Station.DOCUMENTS, Q(applied_state=State.DRAFT.value) & Exists(agreed)),
        at(Station.CONFIRM, Q(applied_state=State.DRAFT.value)),
        at(Station.MEND, Q(repair__state=RepairState.WAITING.value)),
        at(Station.LEFT_OUT, Q(repair__state=RepairState.DROPPED.value)),
        default=Value(Station.ELSEWHERE.value),
        output_field=CharField(),
    )


def _slots(*states: SlotState) -> Any:
    practice, interview = (practicals.standing(component) for component in PERFORMANCES)
    return (practice | interview).filter(state__in=[s.value for s in states])
