"""How does a certificate enter the register?"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kompeten.register.models import Entry

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate


def project(certificates: "Sequence[Certificate]", *, at: datetime) -> None:
    """Write the public entry of each published certificate; an entry that is there stays.

    Two statements per 500.
    """
    entries = [_entry(certificate, at=at) for certificate in certificates]
    Entry.objects.bulk_create(entries, batch_size=500, ignore_conflicts=True)


def _entry(certificate: "Certificate", *, at: datetime) -> Entry:
    said = certificate.content or {}
    return Entry(
        certificate=certificate,
        ref=certificate.ref,
        number=certificate.number,
        name=said["holder"],
        profession=said["profession"]["code"],
        level=(said["level"] or {}).get("code", ""),
        scheme_code=certificate.application.scheme_code,
        province_code=certificate.person.region_code[:2],
        valid_from=said["valid_from"],
        valid_until=said["valid_until"],
        published_at=at,
    )
