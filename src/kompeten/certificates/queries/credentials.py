"""What do programs get of certificates: words, a credential anew or as a token, status lists?"""

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Max

from kompeten.certificates.adapters import credential as credentials
from kompeten.certificates.adapters import statuslist
from kompeten.certificates.models import Certificate
from kompeten.certificates.queries.certificates import content, credential, published
from kompeten.certificates.queries.signing import keys
from kompeten.certificates.terms import IN_FORCE, STATUS_LIST_SIZE, State, StatusPurpose
from kompeten.foundation.vc import jose, parsing, status
from kompeten.kernel import canonical

REF = re.compile(rb'"id":"[^"]+/s/([0-9A-Z]{1,10})"')
# What makes an entry of a status list set.
SET = {
    StatusPurpose.REVOCATION: frozenset({State.WITHDRAWN, State.REPLACED}),
    StatusPurpose.SUSPENSION: frozenset({State.SUSPENDED}),
}


def vocabulary() -> bytes:
    """Return the words of credentials issued before, explained, as JSON-LD; served where they point to."""
    return credentials.CONTEXT_FILE.read_bytes()


def by_credential(unsigned: bytes) -> Certificate | None:
    """Return the published certificate whose credential is this, but for its proofs; None if none is.

    One query, and one file that is read.

    :raises FileDamaged: the stored bytes were changed
    """
    named = REF.search(unsigned)
    found = published().filter(ref=named[1].decode()).first() if named else None
    return found if found and canonical.dumps(_unsecured(found)) == unsigned else None


def credential_token(certificate: Certificate) -> str:
    """Return the signed credential as a VC-JWT, signed with the key of now.

    :raises FileDamaged: the stored bytes were changed
    """
    document = _unsecured(certificate)
    key = keys().credential_signer
    return jose.token(document, sign=key.sign, verification_method=key.verification_method)


def _unsecured(certificate: Certificate) -> dict[str, Any]:
    document: dict[str, Any] = parsing.read(credential(certificate))
    document.pop("proof")
    return document


def refreshed(ref: str, key: str) -> Certificate | None:
    """Return what is to be had today in place of a credential, or None: nobody is told more.

    `key` is what the credential names beside its address. A certificate that was put right or
    reinstated gives way to the one that took its place; one that was only withdrawn is had no more.
    One query, one more each time another took its place.
    """
    certificate = published().filter(ref=ref.upper()).first()
    if certificate is None or credentials.refresh_key(content(certificate)) != key:
        return None
    while certificate is not None and certificate.state not in IN_FORCE:
        certificate = published().filter(replaces=certificate.number).first()
    return certificate


def status_lists() -> int:
    """Return how many status lists of each purpose are published. One query."""
    return Certificate.objects.aggregate(last=Max("status_list"))["last"] or 0


def status_list(purpose: StatusPurpose, number: int, *, at: datetime) -> bytes | None:
    """Return a signed status list with what is known now, or None: there is none of this number.

    It is dated to the minute, and the same for everybody within that minute. Two queries.
    """
    indexes = _indexes(purpose, number)
    if indexes is None:
        return None
    return _status_list(purpose, number, indexes, at.replace(second=0, microsecond=0))


def status_bits(purpose: StatusPurpose, number: int) -> bytes | None:
    """Return the bits of that list as they are now, or None: there is none. Two queries."""
    indexes = _indexes(purpose, number)
    return None if indexes is None else status.bits(indexes, size=STATUS_LIST_SIZE)


def _indexes(purpose: StatusPurpose, number: int) -> tuple[int, ...] | None:
    if not 0 < number <= status_lists():
        return None
    rows = Certificate.objects.filter(state__in=SET[purpose], status_list=number)
    found = rows.order_by("status_index").values_list("status_index", flat=True)
    return tuple(index for index in found if index is not None)


@lru_cache(maxsize=64)
def _status_list(
    purpose: StatusPurpose, number: int, indexes: tuple[int, ...], at: datetime
) -> bytes:
    own = keys()
    return statuslist.issue(
        indexes,
        purpose=purpose,
        number=number,
        issuer=own.issuer,
        signer=own.credential_signer,
        at=at,
    )
