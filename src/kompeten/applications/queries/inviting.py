"""Where does an invitation lead, whose is it, and what does it still ask?"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from kompeten.applications.models import (
    Application,
    Collective,
    CollectiveRow,
    Invitation,
    Repair,
)
from kompeten.applications.queries.lists import sponsored
from kompeten.applications.rules import dates, inviting, mending
from kompeten.applications.terms.application import OPEN, RepairState
from kompeten.applications.terms.invitation import InvitationState, Left, Reach
from kompeten.foundation import privacy
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.people import queries as people
from kompeten.people.terms import Purpose

ENTRY_COLUMN = "applications.repair.entry"
UNSHOWN = mending.UNSHOWN
LINK_COLUMN = "applications.invitation.token"
CODE_COLUMN = "applications.invitation.code"
OBJECTION_COLUMN = "applications.invitation.objection"
TOKEN_LENGTH = 16


def invited(token: str, *, at: datetime) -> Invitation | None:
    """Return the invitation that the address with this token leads to, or None. One query.

    One that is used up, locked, over or without its line looks like one that never was.
    """
    waits = Q(repair__state=RepairState.WAITING.value)
    applies = Q(application__state__in=[s.value for s in OPEN])
    rows = Invitation.objects.filter(state=InvitationState.OPEN.value, ends_at__gt=at)
    found = rows.filter(waits | applies, token_sha256=token_digest(token))
    return found.select_related("repair__line", "application__person", "collective").first()


def token_of(ref: str) -> str:
    """Return the token in the address of the invitation with this reference: 80 bits, 16 letters.

    It is computed with the privacy key, which no database holds: an office can be shown the address
    again, and whoever copies the database has digests only.
    """
    drawn = privacy.blind_index(ref, column=LINK_COLUMN)[:TOKEN_LENGTH]
    return "".join(refs.ALPHABET[byte % 32] for byte in drawn)


def code_of(ref: str) -> str:
    """Return the six digits that the office tells the person by another way than the link."""
    drawn = int.from_bytes(privacy.blind_index(ref, column=CODE_COLUMN)[:8])
    return f"{drawn % 10**inviting.CODE_DIGITS:0{inviting.CODE_DIGITS}d}"


def token_digest(token: str) -> str:
    """Return what is kept of a token, however it was typed: its SHA-256, in hexadecimal."""
    return hashlib.sha256(refs.normalise(token).encode()).hexdigest()


def left(invitation: Invitation) -> Left:
    """Return what the invitation asks next. Two queries at most."""
    if _waits(invitation.repair):
        return Left.MEND
    application = invitation.application
    assert application is not None, "an invitation is for a line that waits, or for an application"
    if people.consent_about(application.ref, Purpose.CERTIFICATION) is None:
        return Left.CONFIRM
    return Left.NOTHING if people.is_entered(application.person_id) else Left.ACCOUNT


def invitation(ref: str, actor: Actor) -> Invitation | None:
    """Return the invitation if `actor` answers for its list, in whatever state. One query."""
    rows = Invitation.objects.filter(collective__in=sponsored(actor), ref=ref)
    return rows.select_related("repair__line", "application__person", "collective").first()


def row(key: int, actor: Actor) -> CollectiveRow | None:
    """Return a line of a list that `actor` answers for. One query."""
    rows = CollectiveRow.objects.filter(collective__in=sponsored(actor), pk=key)
    return rows.select_related("collective", "application", "repair__application").first()


def objection(invitation: Invitation) -> str:
    """Return what the person says is wrong; empty: nothing."""
    sealed = bytes(invitation.objection_sealed)
    return privacy.unseal(sealed, column=OBJECTION_COLUMN, row=invitation.ref) if sealed else ""


def newest_invitations(rows: Iterable[CollectiveRow]) -> dict[int, Invitation]:
    """Return the newest invitation of each line, by the line's key. One query."""
    by_repair, by_application = {}, {}
    for line in rows:
        repair = getattr(line, "repair", None)
        if repair is not None:
            by_repair[repair.pk] = line.pk
        applied = line.application_id or (repair.application_id if repair is not None else None)
        if applied is not None:
            by_application[applied] = line.pk
    sought = Q(repair__in=by_repair) | Q(application__in=by_application)
    found: dict[int, Invitation] = {}
    for held in Invitation.objects.filter(sought).order_by("id"):
        key = by_application.get(held.application_id or 0) or by_repair.get(held.repair_id or 0)
        if key is not None:
            found[key] = held
    return found


def unasked(collective: Collective) -> QuerySet[CollectiveRow]:
    """Return the lines whose people have something to mend or to confirm and no open invitation."""
    agreed = people.consents(Purpose.CERTIFICATION).values("about")
    waits = Q(repair__state=RepairState.WAITING.value)
    drafts = Q(application__state="draft") & ~Q(application__ref__in=agreed)
    mended = Q(repair__application__state="draft") & ~Q(repair__application__ref__in=agreed)
    asked = Invitation.objects.filter(state=InvitationState.OPEN.value)
    repairs = asked.filter(repair__isnull=False).values("repair")
    applications = asked.filter(application__isnull=False).values("application")
    rows = collective.rows.filter(waits | drafts | mended).select_related(
        "application", "repair__application"
    )
    free = rows.exclude(application__in=applications).exclude(repair__in=repairs)
    return free.exclude(repair__application__in=applications).order_by("id")


def birth_of(invitation: Invitation) -> date | None:
    """Return the birth date that the person has to know: their own, or the one on the line to mend."""
    if invitation.application is not None:
        born: date | None = invitation.application.person.birth_on
        return born
    repair = invitation.repair
    if repair is None or any(code.startswith("birth_date.") for code in repair.line.reasons):
        return None
    opened_on = timezone.localdate(invitation.opened_at)
    return dates.day(written(repair).get("birth_on", ""), on=opened_on)[0]


def came_by_it(invitation: Invitation) -> bool:
    """Say whether the person became known by this list, and not by another hand before."""
    application = invitation.application
    return application is None or came_by(application)


def is_fresh(proven_at: float, *, at: datetime) -> bool:
    """Say whether what somebody showed at this instant, in seconds, still counts at `at`."""
    return datetime.fromtimestamp(proven_at, tz=UTC) + inviting.PROVEN_FOR > at


def came_by(application: Application) -> bool:
    """Say whether the person of an application that a list opened became known at that very instant."""
    known_at: datetime = application.person.created_at
    return known_at >= application.created_at


def written(repair: Repair) -> dict[str, str]:
    """Return what was read from a waiting line, field by field; empty once it is settled."""
    sealed = bytes(repair.entry_sealed)
    if not sealed:
        return {}
    text = privacy.unseal(sealed, column=ENTRY_COLUMN, row=repair.ref)
    said: dict[str, str] = json.loads(text)
    return said


def may_nudge(invitation: Invitation, *, at: datetime) -> bool:
    """Say whether another message to the person may be made ready."""
    return inviting.may_nudge(invitation.nudged_at, at=at)


def next_nudge_at(invitation: Invitation) -> datetime | None:
    """Return from when on another message may be made ready; None: none was yet."""
    return inviting.next_nudge_at(invitation.nudged_at)


def is_message_shown(invitation: Invitation, *, at: datetime) -> bool:
    """Say whether the message that was made ready last may still be read."""
    return inviting.is_shown(invitation.nudged_at, at=at)


def to_write(collective: Collective, *, at: datetime) -> QuerySet[Invitation]:
    """Return the open invitations of a list whose people may be written to now, the oldest first."""
    rows = Invitation.objects.filter(collective=collective, state=InvitationState.OPEN.value)
    rested = Q(nudged_at__isnull=True) | Q(nudged_at__lte=at - inviting.NUDGE_EVERY)
    found = rows.filter(rested, ends_at__gt=at).order_by("id")
    return found.select_related("repair__line", "application__person", "collective")


def persons_written_to(collective: Collective, *, at: datetime) -> list[int]:
    """Return who of a list a message was made ready for at the very instant `at`, by key. One query.

    Whose line still waits to be mended is nobody yet.
    """
    found = Invitation.objects.filter(
        collective=collective, nudged_at=at, application__isnull=False
    )
    return list(found.values_list("application__person_id", flat=True))


def reach(invitation: Invitation) -> Reach:
    """Return name, phone and e-mail address as the list had them.

    Of somebody who was known before, the office is told no more than the name it wrote itself.
    """
    application, repair = invitation.application, invitation.repair
    if application is None:
        said = written(repair) if repair is not None else {}
        return Reach(said.get("name", ""), said.get("phone", ""), said.get("email", ""))
    person = application.person
    if not came_by_it(invitation):
        return Reach(person.name, "", "")
    return Reach(person.name, person.phone, person.email, person.address, person.region_code)


def line_of(invitation: Invitation) -> int | None:
    """Return the key of the line in the list that the invitation stands on. One query."""
    rows = invitation.collective.rows
    sought = Q(application=invitation.application_id) if invitation.application_id else Q(pk=None)
    if invitation.repair_id:
        sought |= Q(repair=invitation.repair_id)
    return rows.filter(sought).values_list("pk", flat=True).first()


def _waits(repair: Repair | None) -> bool:
    return repair is not None and repair.state == RepairState.WAITING.value
