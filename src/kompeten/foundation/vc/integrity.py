"""How is a JSON document signed so that it stays JSON? Data Integrity with Ed25519, in two suites.

`eddsa-rdfc-2022` signs what the document states, whatever the order of its members; `eddsa-jcs-2022`
signs its canonical JSON and needs no JSON-LD to be checked.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0, sections 3.2 (rdfc) and 3.3 (jcs); RFC 8785.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from kompeten.foundation.vc import linked, multibase, times
from kompeten.kernel import canonical

ASSERTION = "assertionMethod"


class Suite(StrEnum):
    """How the bytes that a proof covers come about."""

    RDFC = "eddsa-rdfc-2022"
    JCS = "eddsa-jcs-2022"


def signed(
    document: Mapping[str, Any],
    *,
    suites: Iterable[Suite],
    sign: Callable[[bytes], bytes],
    verification_method: str,
    created: datetime,
) -> dict[str, Any]:
    """Return `document` with one proof by each of `suites`, side by side; each holds alone.

    A list even of one: Open Badges asks it.

    :raises Unsafe: the document cannot be carried over into statements whole (`Suite.RDFC`)
    """
    proofs = [
        proof(
            document,
            suite=suite,
            sign=sign,
            verification_method=verification_method,
            created=created,
        )
        for suite in suites
    ]
    return {**document, "proof": proofs}


def proof(
    document: Mapping[str, Any],
    *,
    suite: Suite,
    sign: Callable[[bytes], bytes],
    verification_method: str,
    created: datetime,
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the proof of `document`, which must not carry one. `more` are further members of it.

    :raises Unsafe: the document cannot be carried over into statements whole (`Suite.RDFC`)
    """
    options: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite.value,
        "created": times.written(created),
        "verificationMethod": verification_method,
        "proofPurpose": ASSERTION,
        **(more or {}),
    }
    if suite is Suite.JCS and "@context" in document:
        # The context is part of what the proof means, so the suite repeats it inside (3.3.1, step 2).
        options["@context"] = document["@context"]
    return {**options, "proofValue": multibase.encode(sign(signed_bytes(document, options)))}


def signed_bytes(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """Return the 64 bytes that the key signs: digest of the proof's options, digest of the document.

    :raises Unsafe: the document cannot be carried over into statements whole (`Suite.RDFC`)
    :raises ValueError: the options name no suite of ours, or something has no canonical form
    """
    if Suite(options["cryptosuite"]) is Suite.JCS:
        parts = (canonical.dumps(options), canonical.dumps(document))
    else:
        known = {**options, "@context": document["@context"]} if "@context" in document else options
        parts = (linked.canonical(known), linked.canonical(document))
    return b"".join(hashlib.sha256(part).digest() for part in parts)
