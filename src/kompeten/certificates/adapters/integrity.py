"""How is a JSON document signed so that it stays JSON? Data Integrity with `eddsa-jcs-2022`.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0, section 3.3; RFC 8785.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from kompeten.certificates.adapters import multibase
from kompeten.kernel import canonical

CRYPTOSUITE = "eddsa-jcs-2022"


def proof(
    document: Mapping[str, Any],
    *,
    sign: Callable[[bytes], bytes],
    verification_method: str,
    created: datetime,
) -> dict[str, Any]:
    """Return the proof of `document`, which must not carry one yet."""
    options: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }
    # The context is part of what the proof means, so the suite repeats it inside (step 2 of 3.3.1).
    if "@context" in document:
        options["@context"] = document["@context"]
    return {**options, "proofValue": multibase.encode(sign(signed_bytes(document, options)))}


def signed_bytes(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """Return the 64 bytes that the key signs: digest of the proof's options, digest of the document."""
    return (
        hashlib.sha256(canonical.dumps(options)).digest()
        + hashlib.sha256(canonical.dumps(document)).digest()
    )
