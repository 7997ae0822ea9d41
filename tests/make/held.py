"""How does a certificate become one that cannot go on? As an earlier release could leave it behind."""

from collections.abc import Callable
from datetime import datetime

from kompeten.certificates.actions import contents
from kompeten.certificates.chart import CERTIFICATE, Intending
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import BODY_ZONE, Content
from kompeten.foundation import ledger
from kompeten.kernel.actors import SYSTEM
from kompeten.kernel.canonical import plain

ARABIC = "محمد علي"


def recorded(
    certificate: Certificate, change: Callable[[Content], Content], *, at: datetime
) -> None:
    """Record a changed content to be signed, without the judgement that keeps such contents out now."""
    (now,) = contents.written([certificate], on=at.astimezone(BODY_ZONE).date())
    said = change(now)
    also = {
        "content": plain(said),
        "digest": said.digest,
        "valid_from": said.valid_from,
        "valid_until": said.valid_until,
    }
    facts = Intending(said.digest)
    ledger.take(CERTIFICATE, "intend", certificate, by=SYSTEM, at=at, facts=facts, also=also)
