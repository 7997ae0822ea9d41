"""How is a status list published? As a credential of its own, about nobody.

Source: W3C Bitstring Status List v1.0, section 2.2.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from kompeten.foundation.vc import held, status, times

CREDENTIAL, LIST = "BitstringStatusListCredential", "BitstringStatusList"


def document(
    set_: Iterable[int],
    *,
    address: str,
    issuer: str,
    purpose: str,
    begins: datetime,
    ends: datetime,
    ask_again: timedelta,
    size: int = status.SMALLEST,
) -> dict[str, Any]:
    """Return the unsigned list in which the entries at the indexes `set_` are set, as known at `begins`.

    :raises ListInvalid: an index lies outside of it
    """
    return {
        "@context": [held.CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", CREDENTIAL],
        "issuer": issuer,
        "validFrom": times.written(begins),
        "validUntil": times.written(ends),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": LIST,
            "statusPurpose": purpose,
            "encodedList": status.encode(set_, size=size),
            "ttl": int(ask_again / timedelta(milliseconds=1)),
        },
    }
