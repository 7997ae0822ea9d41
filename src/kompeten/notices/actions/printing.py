"""How do notices leave the house on paper? As one file for the printer, each noted as printed."""

import random
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from kompeten.applications import actions as applications
from kompeten.applications import queries as held
from kompeten.applications.terms.invitation import InvitationState, LinkKind
from kompeten.foundation import ledger, shortlinks
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.notices import queries
from kompeten.notices.adapters import letter
from kompeten.notices.chart import DELIVERY, PRINTERS
from kompeten.notices.models import Delivery, Notice
from kompeten.notices.terms import Channel, Paper, PaperPart, Queued
from kompeten.people import queries as people

if TYPE_CHECKING:
    from kompeten.applications.models import Collective, Invitation

LANGUAGE = "id"


def print_letters(part: PaperPart, *, by: Actor, at: datetime) -> bytes:
    """Return the next letters of a part as one PDF, at most `queries.MOST_PAPERS`, and note them printed.

    A letter printed before is noted no second time.

    :raises StepRefused: `role.not_held`; `paper.none`: nothing is to be printed
    """
    if not by.may(PRINTERS):
        raise StepRefused("role.not_held", step="print")
    with transaction.atomic():
        notices = list(queries.to_print(by, part)[: queries.MOST_PAPERS])
        if not notices:
            raise StepRefused("paper.none", step="print")
        with translation.override(LANGUAGE):
            papers = queries.papers(notices)
        refs = [paper.application_ref for paper in papers]
        applications.keep_status_codes(refs, at=at)
        _note(notices, by=by, at=at)
        # The file is made before anything is noted for good: what cannot be set was not printed.
        return _pages(papers, at=at)


def print_invitations(
    collective: "Collective",
    *,
    only_without_phone: bool,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> bytes:
    """Return letters to those of a list who may be written to, at most `queries.MOST_PAPERS`, as one PDF.

    Links are opened for whoever has none, and each letter is noted as a message made ready: the next
    ones are printed by asking again.

    :raises StepRefused: `role.not_held`; `paper.nobody`: nobody waits who was not written to lately
    :raises StaleRecord: somebody else prints them at this moment
    """
    with transaction.atomic():
        applications.invite_all(collective, by=by, at=at, rng=rng)
        waiting = held.to_write(collective, at=at).iterator(chunk_size=500)
        meant = (i for i in waiting if not (only_without_phone and held.reach(i).phone))
        found = list(islice(meant, queries.MOST_PAPERS))
        if not found:
            raise StepRefused("paper.nobody", step="print")
        applications.nudge_all(found, by=by, at=at)
        return _invitations(found, at=at)


def print_invitation(found: "Invitation", *, by: Actor, at: datetime) -> bytes:
    """Return the letter to one person of a list; it is noted as a message if one may be made ready.

    :raises StepRefused: `role.not_held`; `step.not_open`: the link leads nowhere any more
    """
    with transaction.atomic():
        if found.state != InvitationState.OPEN or found.ends_at <= at:
            raise StepRefused("step.not_open", step="print")
        if held.may_nudge(found, at=at):
            applications.nudge(found, by=by, at=at)
        return _invitations([found], at=at)


def _invitations(found: "Sequence[Invitation]", *, at: datetime) -> bytes:
    key = found[0].collective.organization_id
    office = people.organization_names([key], on=timezone.localdate(at)).get(key, "")
    with translation.override(LANGUAGE):
        papers = queries.invitation_papers(found, office=office)
    last = max(invitation.ends_at for invitation in found)
    shortlinks.keep(LinkKind.INVITATION, [paper.invitation_ref for paper in papers], ends_at=last)
    refs = [paper.application_ref for paper in papers if paper.application_ref]
    applications.keep_status_codes(refs, at=at)
    return _pages(papers, at=at)


def _pages(papers: Sequence[Paper], *, at: datetime) -> bytes:
    with translation.override(LANGUAGE):
        return letter.pages(
            papers, body=settings.OPTIONS.body_name, demonstration=settings.OPTIONS.demo, at=at
        )


def _note(notices: Sequence[Notice], *, by: Actor, at: datetime) -> None:
    rows = Delivery.objects.filter(notice__in=notices, channel=Channel.PAPER)
    before = set(rows.values_list("notice_id", flat=True))
    fresh = [
        Delivery(notice=notice, channel=Channel.PAPER, next_try_at=at)
        for notice in notices
        if notice.pk not in before
    ]
    ledger.enter_many(DELIVERY, fresh, by=by, at=at, facts=_queued)
    ledger.take_many(DELIVERY, "print", fresh, by=by, at=at, also={"sent_at": at})


def _queued(delivery: Delivery) -> Queued:
    return Queued(delivery.notice.ref, Channel.PAPER)
