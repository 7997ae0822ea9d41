"""Which keys are the issuer's, for readers that know us by name only? Its `did:web` document.

Made of the file that says whom to trust, so that the two never differ. A key that gave way to the next
stays in it, for what it signed is still believed; one that fell into other hands is shown as revoked.

Source: W3C Decentralized Identifiers 1.0; Controlled Identifiers 1.0, section 2.2 (`revoked`).
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kompeten.foundation.vc import did, times


def document(trust: bytes, name: str) -> dict[str, Any] | None:
    """Return the document of the did `name` by the content of a trust file, or None: it is not in there."""
    issuers = [issuer for issuer in json.loads(trust)["issuers"] if issuer["id"] == name]
    keys = [key for issuer in issuers for key in _keys(issuer)]
    return did.document(name, keys) if keys else None


def _keys(issuer: Mapping[str, Any]) -> Iterator[did.PublishedKey]:
    for key in issuer["keys"]:
        known = key.get("compromised_at")
        revoked_at = times.written(datetime.fromisoformat(known)) if known else ""
        yield did.PublishedKey(key["id"], key["publicKeyMultibase"], revoked_at)
