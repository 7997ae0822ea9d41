"""What did dossiers come to, who may sit the exam, and which readings are to be settled?"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from kompeten.foundation import ledger
from kompeten.portfolios.models import Assessment, Dossier, Reading
from kompeten.portfolios.queries.dossiers import reading_count
from kompeten.portfolios.terms import DossierState, ReadingState

READY = (DossierState.ACCEPTED, DossierState.ASSESSED)


def assessment(dossier: Dossier) -> Assessment | None:
    """Return what the dossier came to, or None. One query."""
    return Assessment.objects.filter(dossier=dossier).first()


def accepted_at(dossiers: Iterable[Dossier]) -> dict[int, datetime]:
    """Return when each of the dossiers was accepted, by application, as the ledger says. One query."""
    held = {d.pk: d.application_id for d in dossiers if d.state in READY}
    if not held:
        return {}
    events = ledger.together({"dossier": held})
    return {held[e.subject_id]: e.at for e in events if e.type == "dossier.accepted"}


def acceptance() -> Subquery:
    """Return when the portfolio of each of many applications was accepted, as a subquery."""
    held = Dossier.objects.filter(application_id=OuterRef("pk"), state__in=READY)
    when = held.annotate(accepted_at=ledger.taken_at("dossier.accepted", "dossier"))
    return Subquery(when.values("accepted_at")[:1])


def settled() -> QuerySet[Assessment, int]:
    """Return the keys of applications whose portfolio is assessed, as a subquery."""
    return Assessment.objects.values_list("application_id", flat=True)


def outcomes(application_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return (points, out of) by application, for those assessed. One query per 500."""
    found: dict[int, tuple[int, int]] = {}
    for rows in _assessments(application_ids):
        for application_id, points, out_of in rows.values_list(
            "application_id", "points", "out_of"
        ):
            found[application_id] = (points, out_of)
    return found


def seals(application_ids: Iterable[int]) -> dict[int, str]:
    """Return the digest of each application's sealed assessment. One query per 500."""
    found: dict[int, str] = {}
    for rows in _assessments(application_ids):
        found |= dict(rows.values_list("application_id", "digest"))
    return found


def ready(application_ids: Iterable[int]) -> set[int]:
    """Return those applications whose dossier was accepted, so that they may be seated. One query per 500."""
    keys, found = list(application_ids), set()
    for start in range(0, len(keys), 500):
        rows = Dossier.objects.filter(application_id__in=keys[start : start + 500])
        found |= set(rows.filter(state__in=READY).values_list("application_id", flat=True))
    return found


def ready_keys() -> QuerySet[Dossier, Any]:
    """Return the same for all applications, as a subquery of their keys."""
    return Dossier.objects.filter(state__in=READY).values("application_id")


def to_accept() -> QuerySet[Dossier]:
    """Return the dossiers that all their readers have read, and nobody has sent back."""
    waiting = Dossier.objects.filter(state=DossierState.HANDED_IN)
    read = waiting.alias(read=reading_count([ReadingState.HANDED_IN]))
    return read.filter(read__gte=F("readers")).order_by("id")


def to_assess() -> QuerySet[Dossier]:
    """Return the accepted dossiers on which no reader is still at work."""
    at_work = Reading.objects.filter(
        dossier_id=OuterRef("pk"), round=OuterRef("round"), state=ReadingState.OPEN
    )
    accepted = Dossier.objects.filter(state=DossierState.ACCEPTED)
    return accepted.filter(~Exists(at_work)).order_by("id")


def _assessments(application_ids: Iterable[int]) -> Iterator[QuerySet[Assessment]]:
    keys = list(application_ids)
    for start in range(0, len(keys), 500):
        yield Assessment.objects.filter(application_id__in=keys[start : start + 500])
