"""Which links to certificates did their holders give away, and which of them are open?"""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime

from django.db.models import Q, QuerySet

from kompeten.certificates.models import Certificate, ShareLink
from kompeten.certificates.terms import ShareState
from kompeten.foundation import privacy
from kompeten.kernel.actors import Actor

COLUMN = "certificates.share_link.token_sha256"
TOKEN_BYTES = 16


def shares(certificate: Certificate) -> QuerySet[ShareLink]:
    """Return the links to a certificate that its holder gave away, the newest first."""
    return ShareLink.objects.filter(certificate=certificate).order_by("-id")


def own_share(ref: str, actor: Actor) -> ShareLink | None:
    """Return the link if `actor` gave it away, with its certificate. One query."""
    rows = ShareLink.objects.filter(certificate__person_id=actor.person_id or 0, ref=ref)
    return rows.select_related("certificate").first()


def shared(token: str, *, at: datetime) -> ShareLink | None:
    """Return the link whose address holds `token`, with its certificate, if it is open. One query."""
    running = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    rows = ShareLink.objects.filter(running, state=ShareState.OPEN)
    return rows.filter(token_sha256=token_digest(token)).select_related("certificate").first()


def token_of(ref: str) -> str:
    """Return the token in the address of the link with this reference: 128 bits, as 22 characters.

    It is computed with the privacy key, which no database holds: the holder can show the address
    again, and whoever copies the database has digests only.
    """
    token = privacy.blind_index(ref, column=COLUMN)[:TOKEN_BYTES]
    return urlsafe_b64encode(token).decode().rstrip("=")


def token_digest(token: str) -> str:
    """Return what is kept of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
