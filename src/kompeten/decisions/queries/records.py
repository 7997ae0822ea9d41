"""What waits for a committee, and what has been decided?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from kompeten.decisions.models import Decision, Decree, Meeting
from kompeten.decisions.terms import AgendaRow, DecreeState, MeetingRow, MeetingState, State
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.results import queries as results

if TYPE_CHECKING:
    from kompeten.results.models import Sheet

SEES = frozenset(
    {Role.COMMITTEE, Role.COORDINATOR, Role.REGISTRAR, Role.DIRECTOR, Role.AUDITOR, Role.ADMIN}
)


def inbox() -> "QuerySet[Sheet]":
    """Return sealed sheets that no committee has on its agenda, the oldest first."""
    return results.undecided().exclude(pk__in=Decision.objects.values("sheet_id"))


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings that exist for `actor`, the latest first."""
    if not actor.may(SEES):
        return Meeting.objects.none()
    return Meeting.objects.order_by("-held_at", "-id")


def meeting(ref: str, actor: Actor) -> Meeting | None:
    """Return the meeting if it is visible to `actor`. One query."""
    return meetings(actor).filter(ref=ref).select_related("decree").first()


def meeting_rows(meetings: QuerySet[Meeting]) -> list[MeetingRow]:
    """Return meetings as rows for a list, with what became of their agenda. Two queries."""
    held = list(meetings)
    counted = Decision.objects.filter(meeting__in=held).values_list("meeting_id", "state")
    counts: dict[int, dict[str, int]] = {}
    for key, state, n in counted.annotate(n=Count("id")):
        counts.setdefault(key, {})[state] = n
    return [_meeting_row(m, counts.get(m.pk, {})) for m in held]


def sits_in(actor: Actor) -> QuerySet[Meeting]:
    """Return the open meetings in which `actor` sits."""
    mine = Meeting.objects.filter(state=MeetingState.CONVENED, members__account_id=actor.account)
    return mine.order_by("held_at", "id")


def unsigned(actor: Actor) -> QuerySet[Decree]:
    """Return the decrees that wait for a signature, if visible to `actor`."""
    return decrees(actor).filter(state=DecreeState.DRAWN_UP)


def signed() -> QuerySet[Decree]:
    """Return the signed decrees with their meetings, the oldest first."""
    found = Decree.objects.filter(state=DecreeState.SIGNED)
    return found.select_related("meeting").order_by("signed_at", "id")


def decree_of(meeting: Meeting) -> Decree | None:
    """Return the decree of a meeting, or None before it is closed. One query."""
    return Decree.objects.filter(meeting=meeting).select_related("meeting").first()


def member_ids(meeting: Meeting) -> list[int]:
    """Return the persons who sit, the chair first. One query."""
    rows = meeting.members.order_by("-is_chair", "id")
    return list(rows.values_list("person_id", flat=True))


def agenda(meeting: Meeting) -> QuerySet[Decision]:
    """Return the decisions of a meeting in the order they were put on the agenda."""
    return meeting.decisions.select_related("person", "sheet", "application").order_by("id")


def persons_in(meeting: Meeting) -> list[int]:
    """Return the keys of everybody on the agenda of a meeting. One query."""
    return list(meeting.decisions.values_list("person_id", flat=True))


def agenda_rows(decisions: Iterable[Decision]) -> list[AgendaRow]:
    """Return decisions as rows for a list."""
    return [
        AgendaRow(
            ref=d.ref,
            person_id=d.person_id,
            name=d.person.full_name,
            scheme_code=d.application.scheme_code,
            route=d.application.route,
            recommended=d.recommended,
            state=d.state,
            components=tuple(
                (m["component"], m["points"], m["out_of"], m["competent"])
                for m in d.sheet.content["means"]
            ),
            reason=d.reason,
            application_ref=d.application.ref,
        )
        for d in decisions
    ]


def counts(meeting: Meeting) -> dict[str, int]:
    """Return how many decisions of the meeting stand in each state. One query."""
    return dict(meeting.decisions.values_list("state").annotate(n=Count("id")))


def of_application(application_id: int) -> Decision | None:
    """Return the latest decision on an application, or None. One query."""
    rows = Decision.objects.filter(application_id=application_id)
    return rows.select_related("meeting__decree").order_by("-id").first()


def of_applications(ids: Iterable[int]) -> dict[int, Decision]:
    """Return the latest decision on each application, by its key. One query."""
    rows = Decision.objects.filter(application_id__in=list(ids)).order_by("id")
    return {decision.application_id: decision for decision in rows}


def decision(ref: str, actor: Actor) -> Decision | None:
    """Return the decision, with all that its page shows, if it is visible to `actor`. One query."""
    if not actor.may(SEES):
        return None
    found = Decision.objects.filter(ref=ref)
    return found.select_related("person", "sheet", "application", "meeting__decree").first()


def by_ids(ids: Iterable[int]) -> dict[int, Decision]:
    """Return decisions with their meetings, by key. One query."""
    return Decision.objects.select_related("meeting").in_bulk(list(ids))


def in_states(*states: State) -> QuerySet[Decision]:
    """Return the decisions that stand in one of `states`."""
    return Decision.objects.filter(state__in=[s.value for s in states])


def decrees(actor: Actor) -> QuerySet[Decree]:
    """Return the decrees that exist for `actor`, the latest first."""
    if not actor.may(SEES):
        return Decree.objects.none()
    return Decree.objects.select_related("meeting").order_by("-drawn_up_at", "-id")


def decree(ref: str, actor: Actor) -> Decree | None:
    """Return the decree if it is visible to `actor`. One query."""
    return decrees(actor).filter(ref=ref).first()


def certifiable() -> QuerySet[Decision]:
    """Return granted decisions under a signed decree: what certificates may be issued from."""
    rows = Decision.objects.filter(state=State.GRANTED, meeting__decree__state=DecreeState.SIGNED)
    return rows.order_by("id")


def counts_by_state() -> dict[str, int]:
    """Return how many decisions stand in each state. One query."""
    return dict(Decision.objects.values_list("state").annotate(n=Count("id")))


def _meeting_row(meeting: Meeting, counts: dict[str, int]) -> MeetingRow:
    decree = getattr(meeting, "decree", None)
    return MeetingRow(
        ref=meeting.ref,
        held_at=meeting.held_at,
        zone=meeting.zone,
        place=meeting.place,
        state=meeting.state,
        proposed=counts.get(State.PROPOSED, 0),
        granted=counts.get(State.GRANTED, 0),
        deferred=counts.get(State.DEFERRED, 0),
        decree_ref=decree.ref if decree else "",
        decree_number=decree.number if decree else "",
        decree_state=decree.state if decree else "",
    )


def person_of(ref: str) -> int | None:
    """Return the key of the person whose decision has this reference, or None. One query."""
    return Decision.objects.filter(ref=ref).values_list("person_id", flat=True).first()
