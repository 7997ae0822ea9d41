"""Is the credential signed as W3C says, and does it say what the certificate says?"""

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.certificates.adapters import credential, integrity, multibase
from kompeten.certificates.terms import Content
from kompeten.kernel import canonical
from kompeten.register.adapters import credential as reader
from kompeten.register.adapters import trust
from kompeten.register.terms import CredentialKey, Refused, Trust
from tests.make.certificates import ANI, ISSUER, SIGNED_AT, keys, sealed

# W3C Data Integrity EdDSA Cryptosuites v1.0, appendix B.2 (representation eddsa-jcs-2022).
PUBLIC_KEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET_KEY = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
PROOF_VALUE = (
    "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"
)
DOCUMENT_DIGEST = "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
METHOD = f"https://vc.example/issuers/5678#{PUBLIC_KEY}"
ALUMNI: dict[str, Any] = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/examples/v2",
    ],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}


def published_proof() -> dict[str, Any]:
    """Make the proof of the specification's example with its key."""
    key = ed25519.Ed25519PrivateKey.from_private_bytes(trust.multibase(SECRET_KEY)[2:])
    return integrity.proof(
        ALUMNI,
        sign=key.sign,
        verification_method=METHOD,
        created=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC),
    )


def test_the_proof_is_the_published_one() -> None:
    assert published_proof()["proofValue"] == PROOF_VALUE
    assert hashlib.sha256(canonical.dumps(ALUMNI)).hexdigest() == DOCUMENT_DIGEST


def test_the_published_proof_is_read() -> None:
    key = CredentialKey("https://vc.example/issuers/5678", trust.multibase(PUBLIC_KEY)[2:])

    signature, issuer = reader.proof_holds(
        ALUMNI, published_proof(), trust=Trust((), {METHOD: key})
    )

    assert (signature.holds, issuer.detail) == (True, "https://vc.example/issuers/5678")


@pytest.mark.parametrize(
    "change",
    [
        {"created": "2023-02-24T23:36:39Z"},
        {"proofPurpose": "authentication"},
        {"cryptosuite": "eddsa-rdfc-2022"},
        {"@context": ["https://www.w3.org/ns/credentials/v2"]},
        {"proofValue": PROOF_VALUE[:-1] + "5"},
        {"proofValue": "u" + PROOF_VALUE[1:]},
        {"proofValue": None},
        {"verificationMethod": METHOD + "2"},
        {"nonce": "1"},
    ],
)
def test_a_changed_proof_is_refused(change: dict[str, Any]) -> None:
    key = CredentialKey("https://vc.example/issuers/5678", trust.multibase(PUBLIC_KEY)[2:])

    with pytest.raises(Refused):
        reader.proof_holds(ALUMNI, published_proof() | change, trust=Trust((), {METHOD: key}))


@pytest.mark.parametrize(
    ("raw", "text"),
    [(b"Hello World!", "z2NEpo7TZRRrLZSi2U"), (b"\0\0\x28\x7f\xb4\xcd", "z11233QC4"), (b"", "z")],
)
def test_base58_is_that_of_the_draft(raw: bytes, text: str) -> None:
    # draft-msporny-base58-03, section 5.
    assert multibase.encode(raw) == text
    assert trust.multibase(text) == raw


def test_the_credential_carries_the_whole_content() -> None:
    document = json.loads(sealed().credential)

    assert Content.read(document["credentialSubject"]["certificate"]) == ANI
    assert document["issuer"] == {"id": ISSUER.id, "name": ANI.body.name}
    assert (document["validFrom"], document["validUntil"]) == (
        "2026-11-21T00:00:00+07:00",
        "2031-11-20T23:59:59+07:00",
    )


def test_the_proof_is_a_list_and_names_the_issuers_key() -> None:
    (proof,) = json.loads(sealed().credential)["proof"]

    assert proof["verificationMethod"] == keys().verification_method
    assert proof["verificationMethod"].startswith(f"{ISSUER.id}#z6Mk")
    assert proof["created"] == SIGNED_AT.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_the_credential_says_nothing_that_the_content_does_not() -> None:
    said = sealed().credential.decode()

    assert re.search(r"(?<!\d)\d{16}(?!\d)", said) is None
    assert "birth" not in said
    assert canonical.dumps(json.loads(said)) == sealed().credential


def undefined(value: Any, context: dict[str, Any]) -> list[str]:
    """Return the members of a JSON value that `context` does not explain."""
    if isinstance(value, list):
        return [name for item in value for name in undefined(item, context)]
    if not isinstance(value, dict):
        return []
    missing = [name for name in value if name not in context and name != "name"]
    for name, inner in value.items():
        meaning = context.get(name)
        if isinstance(meaning, dict):
            missing += undefined(inner, meaning.get("@context", {}))
    return missing


def test_every_member_of_the_certificate_is_explained_by_the_context() -> None:
    # `name` is explained by the first context, that of W3C, which protects it.
    context = json.loads(credential.CONTEXT_FILE.read_bytes())["@context"]
    document = json.loads(sealed().credential)

    subject = document["credentialSubject"]

    assert undefined({"certificate": subject["certificate"]}, context) == []
    assert {*document["type"][1:], subject["type"]} <= context.keys()
