"""Does a credential hold, and what does it state? `eddsa-jcs-2022` read anew, nothing fetched.

A file is taken only as it was issued, byte by byte (canonical JSON): a file that was saved again by
another program may be honest, but nobody can see that at a glance.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0, section 3.3.2; RFC 8785.
"""

import hashlib
import json
from datetime import datetime
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.certificates.terms import BODY_ZONE, Content, ContentInvalid
from kompeten.kernel import canonical
from kompeten.register import rules
from kompeten.register.adapters import trust as trusting
from kompeten.register.terms import Finding, Part, Refused, Trust

MAX_BYTES = 1_000_000

_PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-jcs-2022",
    "proofPurpose": "assertionMethod",
}


class Read(NamedTuple):
    """A credential whose signature holds."""

    content: Content
    findings: tuple[Finding, ...]


def verify(document: bytes, *, trust: Trust, at: datetime) -> Read:
    """Return content and findings of a credential that a trusted key signed.

    :raises Refused: it is not readable as issued, not signed by a trusted key, or contradicts itself
    """
    credential = _parsed(document)
    proofs = credential.pop("proof", None)
    if not isinstance(proofs, list) or len(proofs) != 1 or not isinstance(proofs[0], dict):
        raise Refused(Part.SIGNATURE, "signature.missing")
    signature, issuer = proof_holds(credential, proofs[0], trust=trust)
    try:
        content = Content.read(credential["credentialSubject"]["certificate"])
    except (ContentInvalid, KeyError, TypeError) as error:
        raise Refused(Part.AGREEMENT, "agreement.no_certificate") from error
    agreement = _agreement(credential, content)
    on = at.astimezone(BODY_ZONE).date()
    validity = rules.validity(content.valid_from, content.valid_until, on=on)
    return Read(content, (signature, issuer, agreement, validity))


def proof_holds(
    credential: dict[str, Any], proof: dict[str, Any], *, trust: Trust
) -> tuple[Finding, Finding]:
    """Return the findings on a proof over `credential` (which is without its proofs).

    :raises Refused: suite or key are unknown, or the signature does not hold
    """
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if any(options.get(name) != value for name, value in _PROOF.items()):
        raise Refused(
            Part.SIGNATURE, "signature.unknown_algorithm", str(options.get("cryptosuite"))
        )
    if options.get("@context", credential.get("@context")) != credential.get("@context"):
        raise Refused(Part.SIGNATURE, "signature.broken", "context")
    method = options.get("verificationMethod")
    key = trust.keys.get(method) if isinstance(method, str) else None
    if key is None:
        raise Refused(Part.ISSUER, "issuer.unknown", str(method))
    stated = credential.get("issuer")
    if (stated.get("id") if isinstance(stated, dict) else stated) != key.issuer:
        raise Refused(Part.ISSUER, "issuer.other_key", str(method))
    message = b"".join(
        hashlib.sha256(canonical.dumps(part)).digest() for part in (options, credential)
    )
    try:
        signature = trusting.multibase(proof["proofValue"])
        ed25519.Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, message)
    except (InvalidSignature, ValueError, KeyError, AttributeError, TypeError) as error:
        raise Refused(Part.SIGNATURE, "signature.broken") from error
    return (
        Finding(Part.SIGNATURE, "signature.holds", holds=True, detail=str(method)),
        Finding(Part.ISSUER, "issuer.trusted", holds=True, detail=key.issuer),
    )


def _parsed(document: bytes) -> dict[str, Any]:
    if len(document) > MAX_BYTES:
        raise Refused(Part.SIGNATURE, "file.too_large")
    try:
        credential = json.loads(document)
        as_issued = isinstance(credential, dict) and canonical.dumps(credential) == document
    except (ValueError, RecursionError) as error:
        raise Refused(Part.SIGNATURE, "signature.unreadable") from error
    if not as_issued:
        raise Refused(Part.SIGNATURE, "file.rewritten")
    return dict(credential)


def _agreement(credential: dict[str, Any], content: Content) -> Finding:
    """Say whether the credential's own words and dates are those of the content within it."""
    words = (
        (credential.get("id"), content.verify_url),
        (credential["credentialSubject"].get("name"), content.holder),
        (str(credential.get("validFrom"))[:10], content.valid_from.isoformat()),
        (str(credential.get("validUntil"))[:10], content.valid_until.isoformat()),
    )
    if any(said != meant for said, meant in words):
        return Finding(Part.AGREEMENT, "agreement.differs", holds=False)
    return Finding(Part.AGREEMENT, "agreement.holds", holds=True)
