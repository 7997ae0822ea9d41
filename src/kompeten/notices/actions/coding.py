"""How does a code reach who was asked to recommend? By mail, to the address that was asked."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation

from kompeten.applications import actions as applications
from kompeten.applications import queries as referees
from kompeten.notices import labels, rules
from kompeten.notices.actions.telling import LANGUAGE
from kompeten.notices.adapters.post import round_of_post
from kompeten.notices.ports import Post, PostOffice, Refused, Unavailable
from kompeten.notices.terms import Mail, Posted

if TYPE_CHECKING:
    from kompeten.applications.models import Referee

ROUND = 20
AGAIN = timedelta(minutes=1)  # a code is waited for: it is tried again at the next sweep


def send_codes(*, at: datetime, office: PostOffice = round_of_post) -> Posted:
    """Mail up to 20 codes that are due: each is noted as sent, or tried again a minute later.

    A code whose time is over while no mail goes out is replaced by the next that is asked for. Should
    the worker die on the way, the same one goes out again under the same key.
    """
    held = _lease(at=at)
    if not held:
        return Posted()
    outcomes = _hand_over(held, office)
    for referee in held:
        trouble = outcomes[referee.pk]
        again_at = at + AGAIN if isinstance(trouble, Unavailable) else None
        is_refused = isinstance(trouble, Refused)
        applications.note_mailed(referee, at=at, again_at=again_at, is_refused=is_refused)
    failed = sum(isinstance(trouble, Unavailable) for trouble in outcomes.values())
    refused = sum(isinstance(trouble, Refused) for trouble in outcomes.values())
    return Posted(sent=len(held) - failed - refused, given_up=refused, failed=failed)


def _lease(*, at: datetime) -> "list[Referee]":
    """Take codes in hand: other workers do not see them until the lease ends."""
    with transaction.atomic():
        due = referees.codes_due(at=at).select_for_update(skip_locked=True, of=("self",))
        held = list(due[:ROUND])
        for referee in held:
            applications.note_mailed(referee, at=at, again_at=at + rules.LEASE)
    return held


def _hand_over(
    held: "Sequence[Referee]", office: PostOffice
) -> dict[int, Refused | Unavailable | None]:
    """Return by referee what stood in the way; outside of any transaction, since a server may be slow."""
    outcomes: dict[int, Refused | Unavailable | None] = {}
    with ExitStack() as stack:
        try:
            round_ = stack.enter_context(office())
        except Unavailable as closed:
            return {referee.pk: closed for referee in held}
        for referee in held:
            outcomes[referee.pk] = _deliver(round_, referee)
    return outcomes


def _deliver(round_: Post, referee: "Referee") -> Refused | Unavailable | None:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    signatory = referees.signatory(referee)
    with translation.override(LANGUAGE):
        subject, body = labels.code_mail(
            referees.mailed_code(referee),
            name=signatory.name,
            site=settings.PUBLIC_URL,
            sender=settings.OPTIONS.body_name,
        )
    key = f"<{referee.ref}.{referee.codes}@{host}>"
    try:
        round_.deliver(Mail(to=signatory.email, subject=subject, body=body, key=key))
    except (Refused, Unavailable) as trouble:
        return trouble
    return None
