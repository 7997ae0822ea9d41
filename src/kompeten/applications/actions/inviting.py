"""How is a person on a list asked to mend and to confirm, and what do they answer?

The office opens the invitation and passes the link on; what follows is done by the person, who has
no account yet and shows by a code or their birth date that it is they.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from kompeten.applications import queries
from kompeten.applications.actions import filing
from kompeten.applications.chart import INVITATION
from kompeten.applications.models import Application, Collective, CollectiveRow, Invitation
from kompeten.applications.queries.inviting import OBJECTION_COLUMN
from kompeten.applications.rules import filers, inviting
from kompeten.applications.terms.application import OPEN, RepairState
from kompeten.applications.terms.invitation import InvitationState, Inviting, Left, Nudge
from kompeten.foundation import ledger, privacy
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel import refs
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people.terms import ConsentWay

if TYPE_CHECKING:
    from kompeten.people.models import Account

PERSON = frozenset({Role.APPLICANT})


def invite_all(collective: Collective, *, by: Actor, at: datetime, rng: random.Random) -> int:
    """Open an invitation for everybody on the list who has something left to do; return how many.

    :raises StepRefused: `role.not_held`: `by` is no sponsor of the organization that sent the list
    :raises StaleRecord: somebody opens them at this moment
    """
    _permit(collective, "open", by=by)
    with _opening(collective):
        _end_over(collective, by=by, at=at)
        lines = list(queries.unasked(collective))
        _open(collective, lines, by=by, at=at, rng=rng)
    return len(lines)


def invite(line: CollectiveRow, *, by: Actor, at: datetime, rng: random.Random) -> Invitation:
    """Return the open invitation of a line; one that is locked or over is replaced.

    :raises StepRefused: `role.not_held`; `invitation.nobody`: nothing waits on this line
    :raises StaleRecord: somebody opens one at this moment
    """
    _permit(line.collective, "open", by=by)
    held = queries.newest_invitations([line]).get(line.pk)
    if held is not None and held.state == InvitationState.OPEN and held.ends_at > at:
        return held
    repair = getattr(line, "repair", None)
    waits = repair is not None and repair.state == RepairState.WAITING
    application = applied(line)
    if not waits and (application is None or application.state not in OPEN):
        raise StepRefused("invitation.nobody", step="open")
    with _opening(line.collective):
        if held is not None and held.state in (InvitationState.OPEN, InvitationState.LOCKED):
            ledger.take(INVITATION, "end", held, by=by, at=at)
        (opened,) = _open(line.collective, [line], by=by, at=at, rng=rng)
    return opened


def nudge(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Record that a message to the person was made ready.

    :raises StepRefused: `role.not_held`; `nudge.too_soon`: one was made ready not long ago;
        `step.not_open`: the invitation leads nowhere any more
    """
    _permit(invitation.collective, "nudge", by=by)
    if not inviting.may_nudge(invitation.nudged_at, at=at):
        raise StepRefused("nudge.too_soon", step="nudge")
    before = Invitation.objects.filter(pk=invitation.pk, nudged_at=invitation.nudged_at)
    if invitation.nudged_at is None:
        before = Invitation.objects.filter(pk=invitation.pk, nudged_at__isnull=True)
    number = invitation.nudges + 1
    with transaction.atomic():
        if not before.update(nudged_at=at, nudges=number):
            raise StaleRecord(f"invitation {invitation.pk} was nudged at this moment")
        ledger.take(INVITATION, "nudge", invitation, by=by, at=at, facts=Nudge(number))
    invitation.nudged_at, invitation.nudges = at, number


def nudge_all(invitations: Sequence[Invitation], *, by: Actor, at: datetime) -> None:
    """Record that a message to each of these people of one list was made ready.

    :raises StepRefused: `role.not_held`
    :raises StaleRecord: one of them was written to at this moment; nothing is recorded
    """
    if not invitations:
        return
    _permit(invitations[0].collective, "nudge", by=by)
    with transaction.atomic():
        ledger.claim(invitations)
        may = queries.to_write(invitations[0].collective, at=at)
        keys = [held.pk for held in invitations]
        if may.filter(pk__in=keys).count() != len(keys):
            raise StaleRecord(f"one of {len(keys)} invitations was nudged at this moment")
        Invitation.objects.filter(pk__in=keys).update(nudged_at=at, nudges=F("nudges") + 1)
        ledger.take_many(
            INVITATION, "nudge", invitations, by=by, at=at, facts=lambda i: Nudge(i.nudges + 1)
        )


def prove(invitation: Invitation, said: str, *, at: datetime) -> ConsentWay | None:
    """Return by what the one who opened the link shows that it is they, or None; wrong answers count.

    Whoever was known before this list cannot show it here at all: their office has the code and wrote
    the birth date, and shall not open the record of somebody whom it only named. They log in.
    """
    way = inviting.proof(
        said,
        code=queries.code_of(invitation.ref),
        birth_on=queries.birth_of(invitation),
        on=timezone.localdate(at),
    )
    if not queries.came_by_it(invitation):
        way = None
    if way is None:
        miss(invitation, at=at)
    return way


def miss(invitation: Invitation, *, at: datetime) -> None:
    """Count one wrong answer; the last one locks the link, and the office has to open another."""
    rows = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.OPEN.value)
    rows.update(tries=F("tries") + 1)
    found = rows.filter(tries__gte=inviting.MOST_TRIES).first()
    if found is not None:
        ledger.take(INVITATION, "lock", found, by=SYSTEM, at=at)


def confirm(invitation: Invitation, *, version: str, way: ConsentWay, at: datetime) -> None:
    """Record that the person found their data right and agreed to the text of this version.

    :raises StepRefused: `consent.outdated`
    """
    application, by = person(invitation)
    with transaction.atomic():
        filing.consent(application, version=version, way=way, by=by, at=at)
        Invitation.objects.filter(pk=invitation.pk).update(objection_sealed=b"")
        _use_up(invitation, by=by, at=at)


def object_to(invitation: Invitation, text: str, *, at: datetime) -> None:
    """Keep what the person says is wrong with their data; their office reads it."""
    _, by = person(invitation)
    sealed = privacy.seal(text, column=OBJECTION_COLUMN, row=invitation.ref)
    ledger.take(INVITATION, "object", invitation, by=by, at=at, also={"objection_sealed": sealed})


def decline(invitation: Invitation, *, at: datetime) -> None:
    """Take the person off: they do not want to apply. What was drafted for them ends.

    :raises StepRefused: `step.not_open`: the application was accepted meanwhile
    """
    application, by = person(invitation)
    with transaction.atomic():
        filing.withdraw(application, by=by, at=at)
        ledger.take(INVITATION, "end", invitation, by=by, at=at)


def activate(
    invitation: Invitation, *, password: str, at: datetime, rng: random.Random
) -> "Account":
    """Let the person set the password of their account.

    :raises StepRefused: `account.active`
    """
    application, by = person(invitation)
    with transaction.atomic():
        account = people.activate(application.person_id, password=password, by=by, at=at, rng=rng)
        _use_up(invitation, by=by, at=at)
    return account


def person(invitation: Invitation) -> tuple[Application, Actor]:
    """Return the application that the invitation is about, and the person as they act by link.

    :raises StepRefused: `step.not_open`: the line has to be mended first; `invitation.known`: they
        were known before this list, and log in
    """
    application = invitation.application
    if application is None:
        raise StepRefused("step.not_open", step="confirm")
    if not queries.came_by_it(invitation):
        raise StepRefused("invitation.known", step="confirm")
    return application, Actor(None, PERSON, application.person_id)


def applied(line: CollectiveRow) -> Application | None:
    """Return what became of the line: at once, or after it was mended."""
    repair = getattr(line, "repair", None)
    return line.application or (repair.application if repair is not None else None)


@contextmanager
def _opening(collective: Collective) -> Iterator[None]:
    """Open invitations together or not at all; the database lets nobody have two that are open."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:  # the second click of a double one
        raise StaleRecord(f"invitations of list {collective.pk} were opened") from clash


def _open(
    collective: Collective,
    lines: Sequence[CollectiveRow],
    *,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> list[Invitation]:
    made = []
    for line in lines:
        ref, application = refs.new(rng), applied(line)
        made.append(
            Invitation(
                ref=ref,
                collective=collective,
                repair=getattr(line, "repair", None) if application is None else None,
                application=application,
                token_sha256=queries.token_digest(queries.token_of(ref)),
                opened_at=at,
                ends_at=at + inviting.LASTS,
            )
        )
    facts = Inviting(collective.ref, at + inviting.LASTS)
    ledger.enter_many(INVITATION, made, by=by, at=at, facts=lambda _: facts)
    return made


def _end_over(collective: Collective, *, by: Actor, at: datetime) -> None:
    """End what is still open and leads nowhere, so that another one may take its place."""
    over = Invitation.objects.filter(collective=collective, state=InvitationState.OPEN.value)
    ledger.take_many(INVITATION, "end", list(over.filter(ends_at__lte=at)), by=by, at=at)


def _use_up(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Let the link lead nowhere once nothing is left to do there."""
    if queries.left(invitation) is Left.NOTHING:
        ledger.take(INVITATION, "use", invitation, by=by, at=at)


def _permit(collective: Collective, verb: str, *, by: Actor) -> None:
    if not filers.sponsors(by, collective.organization_id):
        raise StepRefused("role.not_held", step=verb)
