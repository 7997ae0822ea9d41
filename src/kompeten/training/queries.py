"""Which sessions are there, who has a place, and who has none yet?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet

from kompeten.applications import queries as applications
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.training.models import Enrolment, Session, Trainer
from kompeten.training.terms import (
    LIVE,
    EnrolmentState,
    ParticipantRow,
    PlaceRow,
    SessionRow,
    State,
    WaitingRow,
    Zone,
)

if TYPE_CHECKING:
    from kompeten.applications.models import Application

SEES_ALL = frozenset({Role.COORDINATOR, Role.REGISTRAR, Role.AUDITOR, Role.ADMIN, Role.MINISTRY})
PUBLIC = (State.OPEN, State.HELD, State.CLOSED)


def inbox(*, scheme: str = "", province: str = "") -> "QuerySet[Application]":
    """Return accepted applications without a place or an attendance, the longest accepted first."""
    places = Enrolment.objects.filter(application_id=OuterRef("pk"), state__in=LIVE)
    waiting = applications.accepted().filter(~Exists(places))
    if scheme:
        waiting = waiting.filter(scheme_code=scheme)
    if province:
        waiting = waiting.filter(person__region_code__startswith=province)
    return waiting


def waiting_rows(
    waiting: "QuerySet[Application]", *, offset: int = 0, limit: int = 25
) -> list[WaitingRow]:
    """Return a page of candidates without a place. One query."""
    fields = ("id", "ref", "person__name", "person__region_code", "scheme_code", "person_id")
    return [WaitingRow(*row) for row in waiting.values_list(*fields)[offset : offset + limit]]


def visible(actor: Actor) -> QuerySet[Session]:
    """Return the sessions that exist for `actor`: all for the office, their own for trainers, else none."""
    if actor.may(SEES_ALL):
        return Session.objects.all()
    if actor.may(frozenset({Role.TRAINER})):
        return Session.objects.filter(trainers__person_id=actor.person_id or 0)
    return Session.objects.none()


def session(ref: str, actor: Actor) -> Session | None:
    """Return the session if it is visible to `actor`; absent and forbidden look the same. One query."""
    return visible(actor).filter(ref=ref).first()


def calendar(
    sessions: QuerySet[Session],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    offset: int = 0,
    limit: int = 25,
) -> list[SessionRow]:
    """Return sessions that start in `[since, until)`, the earliest first. Three queries."""
    if since is not None:
        sessions = sessions.filter(starts_at__gte=since)
    if until is not None:
        sessions = sessions.filter(starts_at__lt=until)
    page = list(sessions.order_by("starts_at", "id")[offset : offset + limit])
    return session_rows(page)


def session_rows(sessions: Sequence[Session]) -> list[SessionRow]:
    """Return sessions as rows, with the names of their trainers. Two queries."""
    taught = Trainer.objects.filter(session__in=[s.pk for s in sessions]).order_by("id")
    pairs = list(taught.values_list("session_id", "person_id"))
    names = people.persons(person for _, person in pairs)
    by_session: dict[int, list[str]] = {}
    for session_id, person in pairs:
        by_session.setdefault(session_id, []).append(names[person].full_name)
    return [_row(s, tuple(by_session.get(s.pk, ()))) for s in sessions]


def trainer_ids(session: Session) -> list[int]:
    """Return the persons who teach in the session. One query."""
    return list(session.trainers.order_by("id").values_list("person_id", flat=True))


def participants(session: Session) -> list[ParticipantRow]:
    """Return who is on the session's list, by name; withdrawn places are left out. One query."""
    held = session.enrolments.exclude(state=EnrolmentState.WITHDRAWN)
    rows = held.order_by("application__person__name", "id").values_list(
        "id",
        "application__ref",
        "application__person__name",
        "application__person__region_code",
        "application__person_id",
        "state",
    )
    return [ParticipantRow(*row[:-1], state=EnrolmentState(row[-1])) for row in rows]


def places(application_ids: Iterable[int]) -> dict[int, PlaceRow]:
    """Return the newest place of each application, by key; absent means none. Three queries."""
    rows = Enrolment.objects.filter(application_id__in=list(application_ids))
    newest: dict[int, Enrolment] = {}
    for row in rows.select_related("session", "application").order_by("id"):
        newest[row.application_id] = row
    sessions = {e.session_id: e.session for e in newest.values()}
    shown = dict(zip(sessions, session_rows(list(sessions.values())), strict=True))
    return {
        key: PlaceRow(e.ref, e.application.ref, EnrolmentState(e.state), shown[e.session_id])
        for key, e in newest.items()
    }


def mine(actor: Actor) -> list[PlaceRow]:
    """Return the actor's own places, the newest first. Three queries."""
    held = Enrolment.objects.filter(application__person_id=actor.person_id or 0)
    rows = list(held.select_related("session", "application").order_by("-id"))
    sessions = {e.session_id: e.session for e in rows}
    shown = dict(zip(sessions, session_rows(list(sessions.values())), strict=True))
    return [
        PlaceRow(e.ref, e.application.ref, EnrolmentState(e.state), shown[e.session_id])
        for e in rows
    ]


def own(ref: str, actor: Actor) -> Enrolment | None:
    """Return the actor's own place, to act on. One query."""
    held = Enrolment.objects.filter(ref=ref, application__person_id=actor.person_id or 0)
    return held.select_related("session", "application").first()


def place_in(session: Session, key: int) -> Enrolment | None:
    """Return a place of the session by its key; a number that no key can be finds none. One query."""
    return session.enrolments.select_related("session").filter(pk=key).first()


def by_ids(ids: Iterable[int]) -> dict[int, Enrolment]:
    """Return places with their sessions, by key. One query."""
    return Enrolment.objects.select_related("session").in_bulk(list(ids))


def in_states(*states: EnrolmentState) -> QuerySet[Enrolment]:
    """Return the places that stand in one of `states`."""
    return Enrolment.objects.filter(state__in=[s.value for s in states])


def enrolled_in(session_ids: Iterable[int]) -> list[Enrolment]:
    """Return who has a place in these sessions, with the sessions. One query."""
    rows = Enrolment.objects.filter(session__in=list(session_ids), state=EnrolmentState.ENROLLED)
    return list(rows.select_related("session").order_by("id"))


def attended(application_ids: Iterable[int]) -> frozenset[int]:
    """Return which of the applications attended a session. One query.

    For schemes that require preparation before an exam; a mark may not see it.
    """
    rows = Enrolment.objects.filter(
        application_id__in=list(application_ids), state=EnrolmentState.ATTENDED
    )
    return frozenset(rows.values_list("application_id", flat=True))


def counts_by_state() -> dict[str, int]:
    """Return how many places stand in each state. One query."""
    return dict(Enrolment.objects.values_list("state").annotate(n=Count("id")).order_by())


def _row(s: Session, trainers: tuple[str, ...]) -> SessionRow:
    return SessionRow(
        ref=s.ref,
        title=s.title,
        starts_at=s.starts_at,
        ends_at=s.ends_at,
        zone=Zone(s.zone),
        place=s.place,
        link=s.link,
        quota=s.quota,
        taken=s.taken,
        state=State(s.state),
        trainers=trainers,
    )
