"""Who may be helped by whom, who is being helped, and who was?"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet, Sum

from kompeten.applications.chart import HELPERS
from kompeten.applications.models import Application, Help, Invitation
from kompeten.applications.queries.codes import status_code
from kompeten.applications.queries.inviting import code_of
from kompeten.applications.rules import helping
from kompeten.applications.terms.application import State
from kompeten.applications.terms.helping import HelpRow, HelpState
from kompeten.applications.terms.invitation import InvitationState
from kompeten.kernel.actors import Actor, Helper
from kompeten.kernel.roles import Role
from kompeten.people import queries as people

FILLED_IN = (State.DRAFT.value, State.RETURNED.value)


def helpable(actor: Actor) -> QuerySet[Application]:
    """Return what `actor` may help to fill in: those of a sponsor's lists, or whatever is open for the body.

    Nobody helps themselves, and who is being helped helps nobody.
    """
    open_ones = Application.objects.filter(state__in=FILLED_IN)
    if actor.person_id is not None:
        open_ones = open_ones.exclude(person_id=actor.person_id)
    if not may_help(actor):
        return open_ones.none()
    if not actor.may(frozenset({Role.COORDINATOR})):
        open_ones = open_ones.filter(organization_id__in=actor.organization_ids)
    return open_ones.select_related("person", "collective").order_by("person__name", "id")


def may_help(actor: Actor) -> bool:
    """Say whether `actor` lends others a hand at all."""
    return actor.helped_by is None and actor.may(HELPERS)


def search_helpable(actor: Actor, text: str) -> QuerySet[Application]:
    """Return those whom `actor` may help and who were looked for: part of a name, or a reference."""
    found = helpable(actor)
    if not text:
        return found
    return found.filter(Q(person__name__icontains=text) | Q(ref__iexact=text))


def to_help(ref: str, actor: Actor) -> Application | None:
    """Return the application if `actor` may help to fill it in, or None. One query."""
    return helpable(actor).filter(ref=ref).first()


def must_log_in(application: Application, actor: Actor) -> bool:
    """Say whether the person has to use their own account: a sponsor knows all that could be asked here.

    Whoever was known before a list named them has told things that their office does not know.
    """
    if actor.may(frozenset({Role.COORDINATOR})):
        return False
    known_at: datetime = application.person.created_at
    return known_at < application.created_at


def idle() -> timedelta:
    """Return how long a device may lie untouched before a helping is over (option `help_idle_minutes`)."""
    return timedelta(minutes=settings.OPTIONS.help_idle_minutes)


def help_going_on(ref: str, helper: Actor, *, at: datetime) -> Help | None:
    """Return the helping that this device holds, if it goes on and `helper` still may help. One query."""
    reach = helpable(helper).order_by().values("pk")
    submitted = Q(
        application__state=State.SUBMITTED.value
    )  # just handed in: read once more, then end
    rows = _open_of(helper, at=at).filter(ref=ref)
    found = rows.filter(Q(application__in=reach) | submitted)
    return found.select_related("application__person").first()


def helped(held: Help, helper: Actor) -> Actor:
    """Return the person of a helping as they act meanwhile. One query."""
    person = held.application.person
    account = people.accounts_of([person.pk]).get(person.pk)
    by = Helper(helper.account, helper.label, held.application.ref)
    applicant = frozenset({Role.APPLICANT})
    return Actor(account, applicant, person.pk, label=person.name, helped_by=by)


def help_of(helper: Actor, *, at: datetime) -> Help | None:
    """Return whom `helper` helps at this moment, at whatever device. One query."""
    return _open_of(helper, at=at).select_related("application__person").first()


def idle_helps(*, at: datetime) -> QuerySet[Help]:
    """Return the helpings at whose device nobody did anything for too long."""
    return Help.objects.filter(state=HelpState.OPEN.value, seen_at__lte=at - idle())


def help_tries(application: Application, helper: Actor, *, at: datetime) -> tuple[int, int]:
    """Return how many tries of a day there are about this person, and how many by this helper. Three queries.

    The day of a row begins with its first try. About who was locked there is one too many for a day.
    """
    rows = Help.objects.filter(tried_at__gt=at - helping.LOCKED_FOR)
    about = rows.filter(application__person_id=application.person_id)
    by = rows.filter(helper_id=helper.account)
    first, second = (found.aggregate(n=Sum("tries"))["n"] or 0 for found in (about, by))
    least = helping.MOST_TRIES + 1 if locked_helps(application, at=at).exists() else 0
    return max(first, least), second


def locked_helps(application: Application, *, at: datetime) -> QuerySet[Help]:
    """Return by which rows nobody begins to help this person for now."""
    locked = Help.objects.filter(state=HelpState.LOCKED.value, ended_at__gt=at - helping.LOCKED_FOR)
    return locked.filter(application__person_id=application.person_id)


def help_codes(application: Application) -> list[str]:
    """Return the codes that the person may have: that of their link, that on their letters. One query."""
    links = Invitation.objects.filter(application=application, state=InvitationState.OPEN.value)
    codes = [code_of(ref) for ref in links.values_list("ref", flat=True)]
    return [*codes, status_code(application.ref)]


def helps_of(person_id: int) -> list[HelpRow]:
    """Return who helped the person, the newest first. Two queries."""
    rows = Help.objects.filter(application__person_id=person_id, begun_at__isnull=False)
    found = list(rows.select_related("application").order_by("-begun_at", "-id"))
    names = people.account_labels(row.helper_id for row in found)
    return [
        HelpRow(row.application.ref, names.get(row.helper_id, ""), row.begun_at, row.ended_at)
        for row in found
        if row.begun_at is not None
    ]


def help_records(person_id: int) -> list[dict[str, Any]]:
    """Return who helped the person, for the export. Two queries."""
    return [
        {"application": r.application_ref, "by": r.helper, "from": r.begun_at, "until": r.ended_at}
        for r in helps_of(person_id)
    ]


def helped_in(account_id: int | None) -> set[int]:
    """Return the keys of the applications that an account helped to fill in. One query."""
    rows = Help.objects.filter(helper_id=account_id or 0, begun_at__isnull=False)
    return set(rows.values_list("application_id", flat=True))


def _open_of(helper: Actor, *, at: datetime) -> QuerySet[Help]:
    rows = Help.objects.filter(helper_id=helper.account_id or 0, state=HelpState.OPEN.value)
    return rows.filter(seen_at__gt=at - idle())
