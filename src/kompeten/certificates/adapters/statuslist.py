"""Which certificates no longer hold? Said of all at once, in a signed list that names nobody.

A list is a credential of its own, one for withdrawals and one for suspensions; each certificate has
the same place in both. Whoever fetches a list does not tell us for whose sake.

Source: W3C Bitstring Status List v1.0, sections 2.2 and 3.1.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from kompeten.certificates.adapters.credential import status_list_url
from kompeten.certificates.ports import CredentialSigner
from kompeten.certificates.terms import STATUS_LIST_SIZE, Issuer, StatusPurpose
from kompeten.foundation.vc import integrity, listing
from kompeten.kernel import canonical

# How long a copy may be shown to others, and how often somebody who has a network should ask anew.
GOOD_FOR = timedelta(days=7)
ASK_AGAIN = timedelta(minutes=1)


def issue(
    indexes: Iterable[int],
    *,
    purpose: StatusPurpose,
    number: int,
    issuer: Issuer,
    signer: CredentialSigner,
    at: datetime,
) -> bytes:
    """Return the signed list in which the entries at `indexes` are set, as canonical JSON.

    It says what was known at `at`. The same entries and time give the same bytes. About 20 ms.
    """
    document = listing.document(
        indexes,
        address=status_list_url(purpose, number, issuer=issuer),
        issuer=issuer.id,
        purpose=purpose.value,
        size=STATUS_LIST_SIZE,
        begins=at,
        ends=at + GOOD_FOR,
        ask_again=ASK_AGAIN,
    )
    signed = integrity.signed(
        document,
        suites=integrity.Suite,
        sign=signer.sign,
        verification_method=signer.verification_method,
        created=at,
    )
    return canonical.dumps(signed)
