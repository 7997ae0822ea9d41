"""Where within the house does a short address lead?

An address on paper or in a text message has ten letters, which are computed from what they lead to
with the privacy key: it can be written again at any time, and a copy of the database holds digests
only. A row names a kind and a record, never an address, so that none can lead out of the house. A
look counts up a number; nothing is kept of who looked.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import F

from kompeten.foundation import privacy
from kompeten.foundation.models import ShortLink
from kompeten.kernel import refs

COLUMN = "foundation.shortlink.code"
GROUP = 5


def code_of(kind: str, ref: str) -> str:
    """Return the ten letters for a record: 50 bits, always the same ones."""
    drawn = privacy.blind_index(f"{kind}/{ref}", column=COLUMN)[: refs.LENGTH]
    return "".join(refs.ALPHABET[byte % len(refs.ALPHABET)] for byte in drawn)


def address(kind: str, ref: str) -> str:
    """Return the short address of a record, which leads there once `keep` was told of it."""
    return f"{settings.SHORT_URL}/r/{code_of(kind, ref)}"


def spaced(code: str) -> str:
    """Return a code as it is read aloud and typed.

    >>> spaced("7QK2M0XW4P")
    '7QK2M-0XW4P'
    """
    return f"{code[:GROUP]}-{code[GROUP:]}"


def keep(kind: str, records: Iterable[str], *, ends_at: datetime) -> None:
    """Let the short addresses of these records lead there until `ends_at`. One query per 500, on SQLite per 150.

    One that was kept before holds until the new day.
    """
    rows = [
        ShortLink(digest=_digest(code_of(kind, ref)), kind=kind, ref=ref, ends_at=ends_at)
        for ref in dict.fromkeys(records)
    ]
    ShortLink.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["digest"],
        update_fields=["ends_at"],
    )


def find(code: str, *, at: datetime) -> ShortLink | None:
    """Return what a code leads to, however it was typed; None: to nothing, or no longer. One query."""
    return ShortLink.objects.filter(digest=_digest(refs.normalise(code)), ends_at__gt=at).first()


def note_look(link: ShortLink, *, on: date) -> None:
    """Count one more look at a link, and on which day the last one was."""
    ShortLink.objects.filter(pk=link.pk).update(looks=F("looks") + 1, looked_on=on)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
