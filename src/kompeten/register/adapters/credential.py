"""Does a credential hold, and what does it state? Every proof read anew, nothing fetched.

A file is taken only as it was issued, byte by byte (canonical JSON): a file that was saved again by
another program may be honest, but nobody can see that at a glance. Each of the two suites holds alone;
where both stand there, both must. What a document states is drawn from it by the same reader that
was used for signing; everything else here is written a second time.

Source: W3C Data Integrity EdDSA Cryptosuites v1.0, sections 3.2.2 (rdfc) and 3.3.2 (jcs); RFC 8785.
"""

import base64
import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.certificates.terms import BODY_ZONE, Content, ContentInvalid
from kompeten.foundation.vc import linked
from kompeten.kernel import canonical
from kompeten.register import rules
from kompeten.register.adapters import trust as trusting
from kompeten.register.terms import CredentialKey, Finding, Part, Refused, Trust, When

# Ours have 7 kB, a status list 23 kB at most; a hostile document of this size takes half a second.
MAX_BYTES = 200_000
MAX_PROOFS = 2

_PROOF = {"type": "DataIntegrityProof", "proofPurpose": "assertionMethod"}
_CARRIED = "data:application/json;base64,"
_RDFC, _JCS = "eddsa-rdfc-2022", "eddsa-jcs-2022"


class Read(NamedTuple):
    """A credential whose signature holds; `entries` are its places in status lists."""

    content: Content
    findings: tuple[Finding, ...]
    entries: tuple[dict[str, Any], ...] = ()


def verify(document: bytes, *, trust: Trust, when: When) -> Read:
    """Return content and findings of a credential that a trusted key signed.

    :raises Refused: it is not readable as issued, not signed by a trusted key, or contradicts itself
    """
    credential = parsed(document)
    signature, issuer = proofs_hold(credential, trust=trust)
    in_time(credential, trust=trust, when=when)
    return judged(credential, signature, issuer, at=when.at)


def judged(
    credential: dict[str, Any], signature: Finding, issuer: Finding, *, at: datetime
) -> Read:
    """Return what a credential states, with findings, whose `signature` and `issuer` hold.

    :raises Refused: it states no certificate of ours
    """
    content = _content(credential)
    agreement = _agreement(credential, content)
    on = at.astimezone(BODY_ZONE).date()
    validity = rules.validity(content.valid_from, content.valid_until, on=on)
    return Read(content, (signature, issuer, agreement, validity), _entries(credential))


def _content(credential: dict[str, Any]) -> Content:
    """Return the content that a credential carries, in the form of today or in the one before."""
    try:
        if "relatedResource" not in credential:
            return Content.read(credential["credentialSubject"]["certificate"])
        (carried,) = credential["relatedResource"]
        raw = base64.b64decode(carried["id"].removeprefix(_CARRIED), validate=True)
        stated = json.loads(raw)
        if canonical.dumps(stated) != raw or not carried["id"].startswith(_CARRIED):
            raise ContentInvalid("the content is not carried in its one form")
        return Content.read(stated)
    except (ContentInvalid, LookupError, TypeError, AttributeError, ValueError) as error:
        raise Refused(Part.AGREEMENT, "agreement.no_certificate") from error


def proofs_hold(secured: dict[str, Any], *, trust: Trust) -> tuple[Finding, Finding]:
    """Return the findings on the proofs of `secured`: one, or two of different suites by one issuer.

    :raises Refused: there is none, or one of them does not hold
    """
    proofs = secured.get("proof")
    credential = {name: value for name, value in secured.items() if name != "proof"}
    if not isinstance(proofs, list) or not 0 < len(proofs) <= MAX_PROOFS:
        raise Refused(Part.SIGNATURE, "signature.missing")
    if not all(isinstance(proof, dict) for proof in proofs):
        raise Refused(Part.SIGNATURE, "signature.missing")
    found = [proof_holds(credential, proof, trust=trust) for proof in proofs]
    if len({proof["cryptosuite"] for proof in proofs}) != len(proofs):
        raise Refused(Part.SIGNATURE, "signature.several")
    return found[0]


def proof_holds(
    credential: dict[str, Any], proof: dict[str, Any], *, trust: Trust
) -> tuple[Finding, Finding]:
    """Return the findings on a proof over `credential` (which is without its proofs).

    :raises Refused: suite or key are unknown, or the signature does not hold
    """
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    suite = options.get("cryptosuite")
    if any(options.get(name) != value for name, value in _PROOF.items()):
        raise Refused(Part.SIGNATURE, "signature.unknown_algorithm", str(options.get("type")))
    if suite not in (_RDFC, _JCS):
        raise Refused(Part.SIGNATURE, "signature.unknown_algorithm", str(suite))
    if options.get("@context", credential.get("@context")) != credential.get("@context"):
        raise Refused(Part.SIGNATURE, "signature.broken", "context")
    key = issuing_key(options.get("verificationMethod"), credential, trust)
    try:
        signature = trusting.multibase(proof["proofValue"])
        message = _message(suite, options, credential)
        ed25519.Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature, message)
    except (InvalidSignature, ValueError, KeyError, AttributeError, TypeError) as error:
        raise Refused(Part.SIGNATURE, "signature.broken", suite) from error
    return (
        Finding(
            Part.SIGNATURE, "signature.holds", holds=True, detail=options["verificationMethod"]
        ),
        Finding(Part.ISSUER, "issuer.trusted", holds=True, detail=key.issuer),
    )


def issuing_key(method: object, credential: dict[str, Any], trust: Trust) -> CredentialKey:
    """Return the key at the address `method`, which is one of the credential's own issuer.

    :raises Refused: nobody who is believed has it, or another issuer
    """
    key = trust.keys.get(method) if isinstance(method, str) else None
    if key is None:
        raise Refused(Part.ISSUER, "issuer.unknown", str(method))
    stated = credential.get("issuer")
    if (stated.get("id") if isinstance(stated, dict) else stated) != key.issuer:
        raise Refused(Part.ISSUER, "issuer.other_key", str(method))
    return key


def in_time(secured: dict[str, Any], *, trust: Trust, when: When) -> None:
    """Hold every proof of `secured`, which hold by themselves, against the time of its key.

    :raises Refused: a key was not in use at the time that its proof states, or is lost
    """
    for proof in secured["proof"]:
        method = proof["verificationMethod"]
        try:
            claimed = trusting.instant(proof["created"])
        except (KeyError, TypeError, ValueError) as error:
            raise Refused(Part.SIGNATURE, "signature.unreadable", "created") from error
        if fault := rules.key_fault(trust.keys[method].tenure, replace(when, claimed=claimed)):
            raise Refused(Part.ISSUER, fault, method)


def _message(suite: str, options: dict[str, Any], credential: dict[str, Any]) -> bytes:
    """Return what the key signed. :raises ValueError: what is signed cannot be read"""
    if suite == _JCS:
        parts = [canonical.dumps(options), canonical.dumps(credential)]
    else:
        parts = [
            linked.canonical({**options, "@context": credential.get("@context")}),
            linked.canonical(credential),
        ]
    return b"".join(hashlib.sha256(part).digest() for part in parts)


def parsed(document: bytes) -> dict[str, Any]:
    """Return the members of a file that is canonical JSON.

    :raises Refused: it is not, or too large
    """
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


def _entries(credential: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    stated = credential.get("credentialStatus", [])
    listed = stated if isinstance(stated, list) else [stated]
    return tuple(entry for entry in listed if isinstance(entry, dict))


def _agreement(credential: dict[str, Any], content: Content) -> Finding:
    """Say whether the credential's own words, dates and places are those of the content within it."""
    slot = content.status
    places = {entry.get("statusListIndex") for entry in _entries(credential)}
    stated = credential.get("credentialSubject")
    subject = stated if isinstance(stated, dict) else {}
    words: tuple[tuple[object, object], ...] = (
        (credential.get("id"), content.verify_url),
        (subject.get("name"), content.holder),
        (subject.get("licenseNumber", content.number), content.number),
        (str(credential.get("validFrom"))[:10], content.valid_from.isoformat()),
        (str(credential.get("validUntil"))[:10], content.valid_until.isoformat()),
        (places, {str(slot.index)} if slot else set()),
    )
    if any(said != meant for said, meant in words):
        return Finding(Part.AGREEMENT, "agreement.differs", holds=False)
    return Finding(Part.AGREEMENT, "agreement.holds", holds=True)
