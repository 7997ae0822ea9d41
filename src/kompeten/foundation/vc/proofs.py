"""Does a proof hold? Data Integrity, with whoever may sign it given from outside.

Source: W3C Verifiable Credential Data Integrity 1.0, sections 2.1 (proofs) and 4.4 to 4.6 (verify,
sets and chains); Data Integrity EdDSA Cryptosuites v1.0, sections 3.2.2 and 3.3.2.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.foundation.vc import integrity, multibase, times
from kompeten.foundation.vc.words import Unsafe, is_iri

MOST_PROOFS = 16

KeyOf = Callable[[str], bytes | None]


class ProofInvalid(ValueError):
    """A proof is missing, malformed, not meant for this, or its signature does not hold."""


class ForAnotherDomain(ProofInvalid):
    """It was made for another place than it is shown in."""


class ForAnotherChallenge(ProofInvalid):
    """It answers something else than was asked."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a proof has to be made for. Domain and challenge are compared where they are given."""

    purpose: str = integrity.ASSERTION
    domain: str | None = None
    challenge: str | None = None


@dataclass(frozen=True, slots=True)
class Proven:
    """One proof that holds: the address of its key, its suite, when it says it was made.

    `document` is what it covers, without proofs, as the standard hands it on: under the context that
    the proof was made under, which may be shorter than that of the document it came with.
    """

    method: str
    suite: integrity.Suite
    created: datetime | None
    document: Mapping[str, Any]


def verify(
    secured: Mapping[str, Any], *, key_of: KeyOf, at: datetime, expected: Expected = Expected()
) -> tuple[Proven, ...]:
    """Return every proof of `secured`; all of them must hold.

    `key_of` gives the key behind an address, or None where it is nobody's that is believed.

    :raises ProofInvalid: there is none, or one does not hold
    """
    proofs = _listed(secured.get("proof"))
    document = {name: value for name, value in secured.items() if name != "proof"}
    return tuple(
        _verified(document, one, proofs, key_of=key_of, at=at, expected=expected) for one in proofs
    )


def _listed(stated: Any) -> Sequence[Mapping[str, Any]]:
    proofs = stated if isinstance(stated, list) else [stated]
    if not proofs or len(proofs) > MOST_PROOFS:
        raise ProofInvalid("there is no proof, or there are too many")
    if not all(isinstance(one, dict) for one in proofs):
        raise ProofInvalid("there is no proof, or it is no object")
    return proofs


def _verified(
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    every: Sequence[Mapping[str, Any]],
    *,
    key_of: KeyOf,
    at: datetime,
    expected: Expected,
) -> Proven:
    suite = _suite(proof)
    _check_members(proof, at=at, expected=expected)
    method = proof["verificationMethod"]
    key = key_of(method)
    if key is None:
        raise ProofInvalid(f"the key {method} is not known")
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    before = _before(proof, every)
    if suite is integrity.Suite.JCS:
        document = _with_context_of(proof, document)
    covered = {**document, "proof": before} if before else document
    try:
        signature = multibase.decode(proof.get("proofValue"))
        message = integrity.signed_bytes(covered, options)
        ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature as error:
        raise ProofInvalid("the signature does not belong to this content") from error
    except Unsafe as error:
        raise ProofInvalid(str(error)) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise ProofInvalid("the signature, or what it covers, cannot be read") from error
    created = times.read(proof["created"]) if "created" in proof else None
    return Proven(method, suite, created, document)


def _suite(proof: Mapping[str, Any]) -> integrity.Suite:
    if proof.get("type") != "DataIntegrityProof":
        raise ProofInvalid("the proof is of another type")
    try:
        return integrity.Suite(proof["cryptosuite"])
    except (KeyError, ValueError, TypeError) as error:
        raise ProofInvalid("the proof is of a suite that we do not know") from error


def _check_members(proof: Mapping[str, Any], *, at: datetime, expected: Expected) -> None:
    for name in ("verificationMethod", "id"):
        if (name in proof or name != "id") and not _is_address(proof.get(name)):
            raise ProofInvalid(f"{name} is no address")
    if proof.get("proofPurpose") != expected.purpose:
        raise ProofInvalid("the proof was made for another purpose")
    try:
        if "created" in proof:
            times.read(proof["created"])
        if "expires" in proof and times.read(proof["expires"]) <= at:
            raise ProofInvalid("the proof has expired")
    except ProofInvalid:
        raise
    except ValueError as error:
        raise ProofInvalid(f"the proof states a time that is none: {error}") from error
    _check_occasion(proof, expected)


def _check_occasion(proof: Mapping[str, Any], expected: Expected) -> None:
    domains, challenge = proof.get("domain"), proof.get("challenge")
    listed = domains if isinstance(domains, list) else [domains]
    if "domain" in proof and not all(isinstance(one, str) for one in listed):
        raise ProofInvalid("the domain is no text")
    if expected.domain is not None and expected.domain not in listed:
        raise ForAnotherDomain("the proof was made for another domain")
    if "challenge" in proof and not isinstance(challenge, str):
        raise ProofInvalid("the challenge is no text")
    if expected.challenge is not None and challenge != expected.challenge:
        raise ForAnotherChallenge("the proof answers another challenge")
    if "nonce" in proof and not isinstance(proof["nonce"], str):
        raise ProofInvalid("the nonce is no text")


def _before(
    proof: Mapping[str, Any], every: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return the proofs that this one builds on; they are part of what it covers."""
    stated = proof.get("previousProof", [])
    wanted = stated if isinstance(stated, list) else [stated]
    found = []
    for name in wanted:
        named = [one for one in every if isinstance(name, str) and one.get("id") == name]
        if len(named) != 1 or named[0] is proof:
            raise ProofInvalid("the proof builds on one that is not there")
        found += named
    return found


def _with_context_of(proof: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the document with the context that the proof repeats, which must begin its own (3.3.2)."""
    if "@context" not in proof:
        return document
    own, repeated = _as_list(document.get("@context")), _as_list(proof["@context"])
    if own[: len(repeated)] != repeated:
        raise ProofInvalid("the proof was made under another context")
    return {**document, "@context": proof["@context"]}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and is_iri(value)
