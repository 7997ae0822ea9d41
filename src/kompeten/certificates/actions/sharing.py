"""How does a holder let somebody look at a certificate, and take that back?"""

import random
from datetime import datetime

from django.db.models import F

from kompeten.certificates import queries
from kompeten.certificates.chart import SHARE, Sharing
from kompeten.certificates.models import Certificate, ShareLink
from kompeten.certificates.rules import steps as rules
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor


def share(
    certificate: Certificate,
    *,
    label: str,
    ends_at: datetime | None,
    by: Actor,
    at: datetime,
    rng: random.Random,
) -> ShareLink:
    """Open a link to the certificate until `ends_at`, or until the holder ends it.

    `label` says for whom it is; nobody but the holder reads it.

    :raises StepRefused: `role.not_held`; `share.not_own`; or why it may not be so (`share.*`)
    """
    if by.person_id != certificate.person_id:
        raise StepRefused("share.not_own", step="open")
    already = queries.shares(certificate).filter(state=SHARE.initial).count()
    if flaws := rules.share_flaws(label, at, ends_at, open_already=already):
        raise StepRefused(*flaws, step="open")
    ref = refs.new(rng)
    link = ShareLink(
        ref=ref,
        certificate=certificate,
        token_sha256=queries.token_digest(queries.token_of(ref)),
        label=label.strip(),
        opened_at=at,
        ends_at=ends_at,
    )
    ledger.enter(SHARE, link, by=by, at=at, facts=Sharing(certificate.number, ends_at))
    return link


def end_share(link: ShareLink, *, by: Actor, at: datetime) -> Event:
    """Let the link lead nowhere from now on.

    :raises StepRefused: `role.not_held`, or `step.not_open`: it was ended before
    """
    return ledger.take(SHARE, "end", link, by=by, at=at, also={"ended_at": at})


def note_look(link: ShareLink, *, at: datetime) -> None:
    """Count that the page of an open link was looked at. One statement."""
    rows = ShareLink.objects.filter(pk=link.pk, state=SHARE.initial)
    rows.update(looks=F("looks") + 1, looked_at=at)
