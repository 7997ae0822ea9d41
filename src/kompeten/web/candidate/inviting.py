"""How does an office ask its people to mend and to confirm? With a link and a message for each of them."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kompeten.applications import actions, queries
from kompeten.applications.labels import INVITATION_STATE
from kompeten.applications.terms import ListUnreadable
from kompeten.applications.terms.invitation import InvitationState, Left, LinkKind
from kompeten.foundation import shortlinks, words
from kompeten.foundation.ledger import StepRefused
from kompeten.notices import actions as printing
from kompeten.notices import queries as notices
from kompeten.notices.terms import MessageKind, Placeholder
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.web.candidate import asking
from kompeten.web.candidate.asking import Request
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.applications.models import Collective, Invitation

TONE = {
    InvitationState.OPEN: Tone.INFO,
    InvitationState.USED: Tone.GOOD,
    InvitationState.LOCKED: Tone.WAIT,
    InvitationState.ENDED: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to send a message: `href` opens the program that sends it, with the text in it."""

    label: Any
    href: str
    icon: str


@require_POST
def invite_all(request: Request, ref: str) -> HttpResponse:
    """Open a link for everybody on a list who has something left to do."""
    found = _list(request, ref)
    made = actions.invite_all(found, by=request.actor, at=request.at, rng=random.SystemRandom())
    said = ngettext("%(n)s link is ready.", "%(n)s links are ready.", made) % {"n": made}
    messages.success(request, said if made else _("Everybody has a link already, or needs none."))
    return go(request, "candidate:batch", ref)


@require_POST
def invite(request: Request, key: int) -> HttpResponse:
    """Open a link for the person of one line, and show it."""
    line = asking.there(queries.row(key, request.actor))
    made = actions.invite(line, by=request.actor, at=request.at, rng=random.SystemRandom())
    return go(request, "candidate:invitation", made.ref)


@require_safe
def invitation(request: Request, ref: str) -> HttpResponse:
    """Show a link, what became of it, and the message that was made ready."""
    found = asking.there(queries.invitation(ref, request.actor))
    reach = queries.reach(found)
    note_list(request, Roll.COLLECTIVE, _person_of(found), about=found.collective.ref)
    is_open = found.state == InvitationState.OPEN and found.ends_at > request.at
    is_over = found.state == InvitationState.OPEN and not is_open
    state = InvitationState.ENDED if is_over else InvitationState(found.state)
    context: dict[str, Any] = {
        "found": found,
        "name": reach.name,
        "word": INVITATION_STATE[state],
        "tone": TONE[state],
        "is_open": is_open,
        "objection": queries.objection(found),
        "code": queries.code_of(found.ref) if queries.came_by_it(found) else "",
        "may_nudge": is_open and queries.may_nudge(found, at=request.at),
        "next_at": queries.next_nudge_at(found),
        "replace": queries.line_of(found),
    }
    if is_open and queries.is_message_shown(found, at=request.at):
        text = _message(request, found, reach.name)
        subject = _("Your certification: please confirm your data")
        context |= {"text": text, "ways": ways(text, reach.phone, reach.email, subject=subject)}
    return page(request, "candidate/invitation.html", context)


@require_POST
def nudge(request: Request, ref: str) -> HttpResponse:
    """Make a message ready, and record it; not more often than every few days."""
    found = asking.there(queries.invitation(ref, request.actor))
    try:
        actions.nudge(found, by=request.actor, at=request.at)
    except StepRefused as refusal:
        if "nudge.too_soon" not in refusal.reasons:
            raise
        messages.info(request, words.reason("nudge.too_soon"))
    else:
        shortlinks.keep(LinkKind.INVITATION, [found.ref], ends_at=found.ends_at)
        if found.application is not None:
            actions.keep_status_codes([found.application.ref], at=request.at)
    return go(request, "candidate:invitation", ref)


@require_POST
def letters(request: Request, ref: str) -> HttpResponse:
    """Print letters for those of a list who may be written to now, opening their links."""
    found = _list(request, ref)
    return _printed(
        request,
        found.ref,
        lambda: printing.print_invitations(
            found,
            only_without_phone="tanpa_ponsel" in request.POST,
            by=request.actor,
            at=request.at,
            rng=random.SystemRandom(),
        ),
        named=lambda: queries.persons_written_to(found, at=request.at),
        back=("candidate:batch", ref),
    )


@require_POST
def letter(request: Request, ref: str) -> HttpResponse:
    """Print the letter of one person; as often as it is wanted, noted once in three days."""
    found = asking.there(queries.invitation(ref, request.actor))
    return _printed(
        request,
        found.ref,
        lambda: printing.print_invitation(found, by=request.actor, at=request.at),
        named=lambda: _person_of(found),
        back=("candidate:invitation", ref),
    )


def _printed(
    request: Request,
    name: str,
    make: Callable[[], bytes],
    *,
    named: Callable[[], list[int]],
    back: tuple[str, str],
) -> HttpResponse:
    """Send a file of letters, noting who is `named` in it; say on the page before why there is none."""
    try:
        made = make()
    except StepRefused as refusal:
        if "role.not_held" in refusal.reasons:
            raise
        messages.info(request, " ".join(words.reason(code) for code in refusal.reasons))
        return go(request, *back)
    note_list(request, Roll.COLLECTIVE, named(), about=name, is_file=True)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = (
        f'attachment; filename="undangan-{name}-{asking.today(request):%Y%m%d}.pdf"'
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def sheet(request: Request, ref: str) -> HttpResponse:
    """Send the list back as it came, with what became of each line beside it."""
    found = _list(request, ref)
    try:
        content = queries.sheet(found)
    except ListUnreadable as refusal:
        messages.info(request, words.reason(refusal.code))
        return go(request, "candidate:batch", ref)
    named = queries.persons_of_collective(found.ref)
    note_list(request, Roll.COLLECTIVE, named, about=ref, is_file=True)
    answer = HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = f'attachment; filename="daftar-{found.ref}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _person_of(found: "Invitation") -> list[int]:
    """Return the person to whom a link leads, if their line has become one already."""
    return [] if found.application is None else [found.application.person_id]


def _list(request: Request, ref: str) -> "Collective":
    return asking.there(queries.sponsored(request.actor).filter(ref=ref).first())


def _message(request: Request, found: "Invitation", name: str) -> str:
    """Return the message as the body words it: who writes, why, where, until when."""
    key = found.collective.organization_id
    kind = MessageKind.MEND if queries.left(found) is Left.MEND else MessageKind.CONFIRM
    values = {
        Placeholder.NAME: name,
        Placeholder.OFFICE: people.organization_names([key], on=asking.today(request)).get(key, ""),
        Placeholder.LINK: shortlinks.address(LinkKind.INVITATION, found.ref),
        Placeholder.DAY: date_format(localdate(found.ends_at), "DATE_FORMAT"),
        Placeholder.CODE: queries.status_code(found.application.ref) if found.application else "",
    }
    return notices.message(kind, asking.language(), values)


def ways(text: str, phone: str, mail: str, *, subject: str) -> list[Way]:
    """Return how the message may be sent; without a number the phone asks to whom."""
    said, digits, subject = quote(text, safe=""), international(phone), quote(subject, safe="")
    return [
        Way(_("WhatsApp"), f"https://wa.me/{digits}?text={said}", "chat-bubble-left-right"),
        Way(_("SMS"), f"sms:{'+' + digits if digits else ''}?body={said}", "device-phone-mobile"),
        Way(_("E-mail"), f"mailto:{quote(mail)}?subject={subject}&body={said}", "envelope"),
    ]


def international(phone: str) -> str:
    """Return the digits of a number as programs that send messages want them, with its country.

    >>> international("0812-3456 789"), international("+62 812 3456 789"), international("")
    ('628123456789', '628123456789', '')
    """
    digits = re.sub(r"\D", "", phone)
    return f"62{digits[1:]}" if digits.startswith("0") else digits
