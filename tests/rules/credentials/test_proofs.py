"""Are proofs made and read as W3C says? Its published vectors, and every way to spoil one."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.foundation.vc import did, integrity, linked, multibase, proofs
from kompeten.foundation.vc.integrity import Suite
from kompeten.foundation.vc.proofs import Expected, ProofInvalid
from kompeten.kernel import canonical

AT = datetime(2026, 11, 29, tzinfo=UTC)
CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)

# W3C Data Integrity EdDSA Cryptosuites v1.0, appendix B: B.1 (eddsa-rdfc-2022), B.2 (eddsa-jcs-2022).
PUBLIC_KEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET_KEY = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
METHODS = {
    Suite.RDFC: f"did:key:{PUBLIC_KEY}#{PUBLIC_KEY}",
    Suite.JCS: f"https://vc.example/issuers/5678#{PUBLIC_KEY}",
}
VALUES = {
    Suite.RDFC: "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme",
    Suite.JCS: "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4",
}
DIGESTS = {
    Suite.RDFC: "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017",
    Suite.JCS: "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19",
}
OPTIONS_DIGEST = "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
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
KEY = ed25519.Ed25519PrivateKey.from_private_bytes(multibase.decode(SECRET_KEY)[2:])


def key_of(method: str) -> bytes | None:
    """Return the published key for the published addresses, and no other."""
    return multibase.read_public_key(PUBLIC_KEY) if method in METHODS.values() else None


def made(suite: Suite, document: dict[str, Any] = ALUMNI, **more: Any) -> dict[str, Any]:
    """Return a proof with the published key."""
    return integrity.proof(
        document,
        suite=suite,
        sign=KEY.sign,
        verification_method=METHODS[suite],
        created=CREATED,
        more=more,
    )


@pytest.mark.parametrize("suite", Suite)
def test_the_proof_is_the_published_one(suite: Suite) -> None:
    assert made(suite)["proofValue"] == VALUES[suite]


def test_what_is_hashed_is_what_was_published() -> None:
    options = made(Suite.RDFC) | {"@context": ALUMNI["@context"]}
    del options["proofValue"]

    assert hashlib.sha256(linked.canonical(ALUMNI)).hexdigest() == DIGESTS[Suite.RDFC]
    assert hashlib.sha256(canonical.dumps(ALUMNI)).hexdigest() == DIGESTS[Suite.JCS]
    assert hashlib.sha256(linked.canonical(options)).hexdigest() == OPTIONS_DIGEST


def test_both_side_by_side_are_read() -> None:
    secured = {**ALUMNI, "proof": [made(suite) for suite in Suite]}

    found = proofs.verify(secured, key_of=key_of, at=AT)

    assert [(one.suite, one.method) for one in found] == list(METHODS.items())


@pytest.mark.parametrize("suite", Suite)
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"type": "UnknownProofType"}, "another type"),
        ({"type": None}, "another type"),
        ({"cryptosuite": "unknown-2017"}, "suite that we do not know"),
        ({"cryptosuite": None}, "suite that we do not know"),
        ({"cryptosuite": ["eddsa-jcs-2022"]}, "suite that we do not know"),
        ({"verificationMethod": None}, "verificationMethod is no address"),
        ({"verificationMethod": "key-1"}, "verificationMethod is no address"),
        ({"verificationMethod": "did:key:invalidVm"}, "is not known"),
        ({"proofPurpose": None}, "another purpose"),
        ({"proofPurpose": "authentication"}, "another purpose"),
        ({"proofValue": None}, "cannot be read"),
        ({"proofValue": "2YwC"}, "cannot be read"),
        ({"proofValue": multibase.encode(bytes(64))}, "does not belong"),
        ({"proofValue": multibase.encode(bytes(96))}, "does not belong|cannot be read"),
        ({"created": "invalidDate"}, "states a time that is none"),
        ({"created": "2023-02-24T23:36:38"}, "states a time that is none"),
        ({"created": "2023-02-24T23:36:39Z"}, "does not belong"),
        ({"expires": "2026-11-28T00:00:00Z"}, "expired"),
        ({"expires": "2099-01-01T00:00:00"}, "states a time that is none"),
        ({"id": 7}, "id is no address"),
        ({"id": "relative"}, "id is no address"),
        ({"domain": [1]}, "domain is no text"),
        ({"challenge": 1}, "challenge is no text"),
        ({"nonce": 1}, "nonce is no text"),
        ({"nonce": "added"}, "does not belong"),
        ({"previousProof": "urn:uuid:missing"}, "builds on one that is not there"),
        ({"previousProof": [1]}, "builds on one that is not there"),
        ({"undefined": "added"}, "does not belong|not defined"),
    ],
)
def test_a_spoiled_proof_is_refused(suite: Suite, change: dict[str, Any], why: str) -> None:
    proof = made(suite) | change

    with pytest.raises(ProofInvalid, match=why):
        proofs.verify({**ALUMNI, "proof": proof}, key_of=key_of, at=AT)


@pytest.mark.parametrize("suite", Suite)
@pytest.mark.parametrize(
    "name", ["type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue"]
)
def test_a_proof_that_lacks_a_member_is_refused(suite: Suite, name: str) -> None:
    proof = made(suite)
    del proof[name]

    with pytest.raises(ProofInvalid):
        proofs.verify({**ALUMNI, "proof": [proof]}, key_of=key_of, at=AT)


@pytest.mark.parametrize("proof", [None, [], "z", [None], [{}] * 17])
def test_what_is_no_proof_is_refused(proof: Any) -> None:
    with pytest.raises(ProofInvalid):
        proofs.verify({**ALUMNI, "proof": proof}, key_of=key_of, at=AT)


@pytest.mark.parametrize("suite", Suite)
@pytest.mark.parametrize(
    "change",
    [
        {"name": "Alumni credential"},
        {"validFrom": "2023-01-01T00:00:01Z"},
        {"issuer": "https://vc.example/issuers/5679"},
        {"added": "x"},
        {"type": ["VerifiableCredential"]},
        {"credentialSubject": {"id": "did:example:abcdefgh"}},
        {"@context": ALUMNI["@context"][:1]},
        {"@context": [*ALUMNI["@context"], {"more": "urn:more"}]},
    ],
)
def test_a_changed_document_is_refused(suite: Suite, change: dict[str, Any]) -> None:
    secured = {**ALUMNI, **change, "proof": [made(suite)]}
    lost = suite is Suite.RDFC and change.get("@context", [])[2:] != []

    if lost:
        # A further context that defines nothing used changes no statement: the suite allows it.
        assert proofs.verify(secured, key_of=key_of, at=AT)
    elif suite is Suite.JCS and "@context" in change and len(change["@context"]) > 2:
        # The proof repeats the context that it was made under, and it must begin with that (3.3.2).
        assert proofs.verify(secured, key_of=key_of, at=AT)
    else:
        with pytest.raises(ProofInvalid):
            proofs.verify(secured, key_of=key_of, at=AT)


def test_a_suite_hashed_in_another_way_is_refused() -> None:
    options = {name: value for name, value in made(Suite.RDFC).items() if name != "proofValue"}
    by_json = canonical.dumps(options) + canonical.dumps(ALUMNI)
    for message in (by_json, hashlib.sha512(by_json).digest()):
        proof = {**options, "proofValue": multibase.encode(KEY.sign(message))}
        with pytest.raises(ProofInvalid, match="does not belong"):
            proofs.verify({**ALUMNI, "proof": proof}, key_of=key_of, at=AT)


@pytest.mark.parametrize("suite", Suite)
def test_domain_and_challenge_are_compared_where_they_are_asked(suite: Suite) -> None:
    proof = made(suite, proofPurpose="authentication", domain="lsp.example", challenge="1234")
    secured = {**ALUMNI, "proof": proof}

    asked = Expected("authentication", "lsp.example", "1234")
    assert proofs.verify(secured, key_of=key_of, at=AT, expected=asked)
    elsewhere = Expected("authentication", "other.example", "1234")
    with pytest.raises(proofs.ForAnotherDomain):
        proofs.verify(secured, key_of=key_of, at=AT, expected=elsewhere)
    another = Expected("authentication", "lsp.example", "5678")
    with pytest.raises(proofs.ForAnotherChallenge):
        proofs.verify(secured, key_of=key_of, at=AT, expected=another)


@pytest.mark.parametrize("suite", Suite)
def test_a_proof_that_builds_on_another_covers_it(suite: Suite) -> None:
    first = made(suite, id="urn:uuid:first")
    second = made(suite, {**ALUMNI, "proof": [first]}, previousProof="urn:uuid:first")

    assert len(proofs.verify({**ALUMNI, "proof": [first, second]}, key_of=key_of, at=AT)) == 2
    other = made(suite, id="urn:uuid:first", nonce="n")
    with pytest.raises(ProofInvalid):
        proofs.verify({**ALUMNI, "proof": [other, second]}, key_of=key_of, at=AT)


def test_a_document_that_cannot_be_stated_whole_is_not_signed() -> None:
    with pytest.raises(ValueError, match="not defined"):
        made(Suite.RDFC, {**ALUMNI, "@context": ALUMNI["@context"][:1]})


def test_a_did_key_is_its_own_address() -> None:
    raw = multibase.read_public_key(PUBLIC_KEY)

    assert did.method_of_key(raw) == METHODS[Suite.RDFC]
    assert did.key_of_method(METHODS[Suite.RDFC]) == raw
    assert did.key_document(raw)["verificationMethod"][0]["publicKeyMultibase"] == PUBLIC_KEY


@pytest.mark.parametrize(
    "method",
    ["did:key:z6Mk", f"did:key:{PUBLIC_KEY}", f"did:key:{PUBLIC_KEY}#other", "did:web:a#b", None],
)
def test_what_is_no_did_key_has_no_key(method: Any) -> None:
    assert did.key_of_method(method) is None
