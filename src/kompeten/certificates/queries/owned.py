"""Which certificates has one person, as they get them back?"""

from collections.abc import Iterable
from typing import Any

from kompeten.certificates.models import Certificate
from kompeten.foundation.keeping import HeldFile


def held_records(person_id: int) -> list[dict[str, Any]]:
    """Return the person's certificates with what was signed. One query."""
    held = Certificate.objects.filter(person_id=person_id).order_by("id")
    return [
        {
            "number": c.number,
            "state": c.state,
            "from": c.valid_from,
            "until": c.valid_until,
            "published": c.published_at,
            "content": c.content,
        }
        for c in held
    ]


def held_files(person_id: int) -> Iterable[HeldFile]:
    """Give the sheets and credentials of the person's published certificates. One query."""
    held = Certificate.objects.filter(person_id=person_id, published_at__isnull=False)
    for c in held.order_by("id"):
        yield HeldFile(f"certificates/{c.ref}.pdf", c.latest_sha256 or c.pdf_sha256)
        yield HeldFile(f"certificates/{c.ref}.json", c.credential_sha256)
