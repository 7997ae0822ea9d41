"""What does this room hold of one person, what of it has to stay, and what is over?"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from mimetypes import guess_extension
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kompeten.applications.models import (
    Application,
    Collective,
    Document,
    ListFile,
    Recommendation,
    Referee,
    Repair,
)
from kompeten.applications.queries.helping import help_records
from kompeten.applications.queries.recommending import said
from kompeten.applications.terms.application import OPEN, ListState, RepairState, Scan, State
from kompeten.applications.terms.recommending import RecommendationState, RefereeState
from kompeten.foundation.keeping import HeldFile
from kompeten.foundation.models import Event

CLOSED = (State.WITHDRAWN, State.REJECTED)
# So long does a file that was sent as a list wait to be taken.
LOOKED_AT = timedelta(hours=24)


def states(person_id: int) -> set[State]:
    """Return the states in which the person's applications stand. One query."""
    held = Application.objects.filter(person_id=person_id)
    return {State(state) for state in held.values_list("state", flat=True)}


def applying() -> QuerySet[Any]:
    """Return the keys of the persons who have an open application, as `person_id`."""
    return Application.objects.filter(state__in=OPEN).values("person_id")


def person_of(ref: str) -> int | None:
    """Return the key of the person whose application has this reference, or None. One query."""
    return Application.objects.filter(ref=ref).values_list("person_id", flat=True).first()


def persons_of(refs: Iterable[str]) -> list[int]:
    """Return the keys of the persons whose applications have these references. One query per 500."""
    wanted, found = sorted(set(refs)), set()
    for start in range(0, len(wanted), 500):
        rows = Application.objects.filter(ref__in=wanted[start : start + 500])
        found |= set(rows.values_list("person_id", flat=True))
    return sorted(found)


def stays(person_id: int) -> str:
    """Return why what the person handed in has to stay (`keep.*`), or an empty text. One query."""
    found = states(person_id)
    if not found.isdisjoint(OPEN):
        return "keep.open"
    return "keep.certified" if State.CONCLUDED in found else ""


def application_records(person_id: int) -> list[dict[str, Any]]:
    """Return the person's applications with what they said in them, and who helped. Three queries."""
    helped = help_records(person_id)
    held = Application.objects.filter(person_id=person_id).order_by("id")
    return [
        {
            "reference": a.ref,
            "scheme": a.scheme_code,
            "route": a.route,
            "state": a.state,
            "opened": a.created_at,
            "handed_in": a.submitted_at,
            "statement": dict(a.statement),
            "helped": [row for row in helped if row["application"] == a.ref],
        }
        for a in held
    ]


def document_records(person_id: int) -> list[dict[str, Any]]:
    """Return the person's documents, replaced ones too, with their place in the export. One query."""
    return [
        {
            "application": d.application.ref,
            "requirement": d.code,
            "label": d.label,
            "type": d.media_type,
            "bytes": d.size,
            "attached": d.attached_at,
            "replaced": d.replaced_at,
            "file": "" if d.scan == Scan.INFECTED else _name(d),
            "scan": d.scan,
        }
        for d in _documents(person_id)
    ]


def document_files(person_id: int) -> list[HeldFile]:
    """Return the person's documents as files, those in quarantine left out. One query."""
    given = _documents(person_id).exclude(scan=Scan.INFECTED)
    return [HeldFile(_name(d), d.sha256) for d in given]


def stale_drafts(*, at: datetime) -> QuerySet[Application]:
    """Return the drafts that nobody touched for `draft_days`."""
    since = at - timedelta(days=settings.OPTIONS.draft_days)
    drafts = Application.objects.filter(state=State.DRAFT, created_at__lt=since)
    return drafts.exclude(Exists(_events("application", since)))


def over(*, at: datetime) -> QuerySet[Application]:
    """Return the ended applications whose documents, or what was said in them, are due to go."""
    options = settings.OPTIONS
    closed_since = at - timedelta(days=options.closed_document_days)
    record_since = at - timedelta(days=options.record_days)
    ended = Q(competent_until=None) | Q(competent_until__lt=timezone.localdate(record_since))
    due = (Q(state__in=CLOSED) & ~Exists(_events("application", closed_since))) | (
        Q(state=State.CONCLUDED) & ended & ~Exists(_events("application", record_since))
    )
    return Application.objects.filter(due).filter(holding())


def holding() -> Q:
    """Return the condition that an application still holds documents, or what was said in or of it."""
    documents = Document.objects.filter(application_id=OuterRef("pk"))
    signed = Recommendation.objects.filter(application_id=OuterRef("pk")).exclude(said_sealed=b"")
    return ~Q(statement={}) | Q(Exists(documents)) | Q(Exists(signed))


def disposable(person_id: int) -> QuerySet[Application]:
    """Return those of the person's ended applications that still hold something."""
    mine = Application.objects.filter(person_id=person_id, state__in=CLOSED)
    return mine.filter(holding())


def recommendation_records(person_id: int) -> list[dict[str, Any]]:
    """Return whom was asked to recommend the person, and what they signed. One query.

    Why somebody could not recommend them was written for those who review, and is not handed out.
    """
    rows = Recommendation.objects.filter(application__person_id=person_id)
    held = rows.select_related("application", "referee").order_by("id")
    return [_recommendation(row) for row in held]


def _recommendation(row: Recommendation) -> dict[str, Any]:
    signed = said(row)
    told: dict[str, Any] = {
        "application": row.application.ref,
        "of": row.kind,
        "state": row.state,
        "asked": row.referee.opened_at,
        "settled": row.settled_at,
        "confirmed_by": row.confirmed,
        "digest": row.digest,
    }
    if signed is not None:
        told["letter"] = {
            "number": signed.number,
            "dated": signed.dated_on,
            "signatory": signed.name,
            "post": signed.post,
            "office": signed.office,
            "known_since": signed.known_since,
            "words": signed.words if row.state == RecommendationState.GIVEN else "",
        }
    return told


def over_referees(*, at: datetime) -> QuerySet[Referee]:
    """Return those asked to recommend, by a link that is over, of whom nothing signed is held any more.

    One who signed nothing is forgotten `closed_document_days` after the link was to end.
    """
    since = at - timedelta(days=settings.OPTIONS.closed_document_days)
    signed = Recommendation.objects.filter(referee_id=OuterRef("pk")).exclude(said_sealed=b"")
    asked = Recommendation.objects.filter(
        referee_id=OuterRef("pk"), state=RecommendationState.ASKED.value
    )
    closed = [s.value for s in RefereeState if s is not RefereeState.OPEN]
    over = Referee.objects.filter(state__in=closed, ends_at__lt=since).exclude(signatory_sealed=b"")
    return over.exclude(Exists(signed)).exclude(Exists(asked))


def stale_lines(*, at: datetime) -> QuerySet[Repair]:
    """Return the lines of lists that waited `entry_days` to be mended."""
    since = at - timedelta(days=settings.OPTIONS.entry_days)
    waiting = Repair.objects.filter(state=RepairState.WAITING)
    return waiting.filter(line__collective__received_at__lt=since)


def list_records(person_id: int) -> list[dict[str, Any]]:
    """Return the lists, as they came, on which the person's applications stand. One query."""
    held = Collective.objects.filter(
        state=ListState.RECEIVED, applications__person_id=person_id
    ).distinct()
    return [{"list": c.ref, "received": c.received_at} for c in held.order_by("id")]


def settled_lists(*, at: datetime) -> QuerySet[Collective]:
    """Return the lists whose file is over: `entry_days` old, and no line of theirs waits."""
    since = at - timedelta(days=settings.OPTIONS.entry_days)
    waiting = Repair.objects.filter(state=RepairState.WAITING, line__collective_id=OuterRef("pk"))
    held = Collective.objects.filter(state=ListState.RECEIVED, received_at__lt=since)
    return held.exclude(Exists(waiting))


def looked_at(*, at: datetime) -> QuerySet[ListFile]:
    """Return the files that were sent as lists a day ago and became none by it."""
    return ListFile.objects.filter(kept_at__lte=at - LOOKED_AT)


def is_on_list(sha256: str) -> bool:
    """Say whether a list that was taken still has this file. One query."""
    return Collective.objects.filter(sha256=sha256, state=ListState.RECEIVED).exists()


def is_named(sha256: str) -> bool:
    """Say whether a list, what was looked at as one, or a document names this file. Three queries at most."""
    return any(
        rows.filter(sha256=sha256).exists()
        for rows in (Collective.objects.all(), ListFile.objects.all(), Document.objects.all())
    )


def is_sheet_held(sha256: str, *, at: datetime) -> bool:
    """Say whether a file that was sent as a list is still there to be looked at. Two queries at most."""
    waits = ListFile.objects.filter(sha256=sha256, kept_at__gt=at - LOOKED_AT)
    return waits.exists() or is_on_list(sha256)


def _documents(person_id: int) -> QuerySet[Document]:
    held = Document.objects.filter(application__person_id=person_id)
    return held.select_related("application").order_by("id")


def _name(document: Document) -> str:
    """Return the name under which the person gets the file back: no path of theirs, and told apart."""
    end = guess_extension(document.media_type) or ".bin"
    return f"documents/{document.application.ref}/{document.code}-{document.pk}{end}"


def _events(subject: str, since: datetime) -> QuerySet[Event]:
    return Event.objects.filter(subject=subject, subject_id=OuterRef("pk"), at__gte=since)
