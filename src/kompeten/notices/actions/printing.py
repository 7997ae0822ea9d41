"""How do notices leave the house on paper? As one file for the printer, each noted as printed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation

from kompeten.foundation import ledger, shortlinks
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.notices import queries
from kompeten.notices.adapters import letter
from kompeten.notices.chart import DELIVERY, PRINTERS
from kompeten.notices.models import Delivery, Notice
from kompeten.notices.terms import Channel, LinkKind, PaperPart, Queued

LANGUAGE = "id"
# A way takes a year at most; who still holds the letter then asks for another one.
CODE_LASTS = timedelta(days=365)


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
        shortlinks.keep(LinkKind.STATUS, refs, ends_at=at + CODE_LASTS)
        _note(notices, by=by, at=at)
        # The file is made before anything is noted for good: what cannot be set was not printed.
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
