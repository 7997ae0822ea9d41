"""Does the VC-API answer as the public suites of W3C ask? Each assertion of theirs, in our own words.

Sources: w3c/vc-data-model-2.0-test-suite (4.3 to 7), w3c/vc-di-eddsa-test-suite with
w3c-ccg/data-integrity-test-suite-assertion, w3c/vc-bitstring-status-list-test-suite.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from kompeten.api.vc import issuer
from kompeten.api.vc.problems import Problem
from kompeten.api.vc.verifier import NotVerified, Verifier
from kompeten.foundation.vc import (
    did,
    held,
    integrity,
    jose,
    linked,
    listing,
    multibase,
    status,
    times,
)
from kompeten.foundation.vc.integrity import Suite
from kompeten.register import rules
from kompeten.register.terms import Tenure, When

pytestmark = [pytest.mark.urls("kompeten.api.vc.urls"), pytest.mark.django_db]

EX = "https://example.org/examples#"
OURS = issuer.of_house(settings.SECRET_KEY)
# Somebody else, with a key of their own.
KEY = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = did.of_key(KEY.public_key().public_bytes_raw())
METHOD = did.method_of_key(KEY.public_key().public_bytes_raw())
SIGNED_AT = datetime(2026, 1, 1, tzinfo=UTC)
VALID: dict[str, Any] = {
    "@context": [held.CREDENTIALS],
    "type": ["VerifiableCredential"],
    "issuer": OURS.id,
    "credentialSubject": {"id": "did:example:subject"},
}
VP: dict[str, Any] = {"@context": [held.CREDENTIALS], "type": ["VerifiablePresentation"]}


def post(client: Client, path: str, body: Any) -> HttpResponse:
    """Send a body as JSON."""
    return client.post(path, json.dumps(body), content_type="application/json")  # type: ignore[return-value]


def issued(client: Client, credential: Any, **options: Any) -> HttpResponse:
    """Ask for a credential to be issued."""
    return post(client, "/credentials/issue", {"credential": credential, "options": options})


def verified(client: Client, credential: Any, **options: Any) -> HttpResponse:
    """Ask for a credential to be judged."""
    body = {"verifiableCredential": credential, "options": {"checks": ["proof"], **options}}
    return post(client, "/credentials/verify", body)


def presented(client: Client, presentation: Any, **options: Any) -> HttpResponse:
    """Ask for a presentation to be judged."""
    body = {"verifiablePresentation": presentation, "options": options}
    return post(client, "/presentations/verify", body)


def signed(document: dict[str, Any], *, suite: Suite = Suite.RDFC, **more: Any) -> dict[str, Any]:
    """Return a document signed by somebody else; one proof, not in a list."""
    proof = integrity.proof(
        document,
        suite=suite,
        sign=KEY.sign,
        verification_method=METHOD,
        created=SIGNED_AT,
        more=more,
    )
    return {**document, "proof": proof}


def presentation(**members: Any) -> dict[str, Any]:
    """Return a presentation signed by somebody else for an occasion."""
    return signed(
        {**VP, **members}, proofPurpose="authentication", domain="a.example", challenge="u123"
    )


def foreign(**members: Any) -> dict[str, Any]:
    """Return a credential signed by somebody else."""
    return signed({**VALID, "issuer": OTHER, **members})


def refused(answer: HttpResponse) -> str:
    """Return why something was refused; a refusal is never a 200."""
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert problem["type"] in set(Problem)
    return str(problem["detail"])


# -- What may be issued -------------------------------------------------------------------------

DEFINED = [
    held.CREDENTIALS,
    {
        name: EX + name
        for name in ("ExampleCredential", "Policy", "Document", "Refresh", "Schema", "StatusList")
    },
]
DOG = [
    {"@value": "Dog", "@language": "en"},
    {"@value": "Chien", "@language": "fr"},
    {"@value": "كلب", "@language": "ar", "@direction": "rtl"},
]
SRI = "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"
MULTIBASE = "uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ"


@pytest.mark.parametrize("suite", Suite)
@pytest.mark.parametrize(
    "members",
    [
        {},
        {"id": "urn:uuid:86294362-4254-4f36-854f-3952fe42555d"},
        {"id": "did:example:credential"},
        {"@context": [held.CREDENTIALS, held.EXAMPLES]},
        {
            "@context": [held.CREDENTIALS, {"Own": EX + "Own"}],
            "type": ["VerifiableCredential", "Own"],
        },
        {"type": ["VerifiableCredential", "https://example.org/#Own"]},
        {"type": ["https://example.org/#A", "VerifiableCredential", "https://example.org/#B"]},
        {"type": "VerifiableCredential"},
        {"name": "A credential", "description": "It says little."},
        {"name": DOG[0], "description": DOG},
        {"name": DOG, "description": DOG[2]},
        {"issuer": {"id": OURS.id, "name": "Somebody", "description": DOG}},
        {"issuer": {"id": OURS.id, "name": DOG}},
        {"issuer": "did:example:somebody-else"},
        {"credentialSubject": [{"id": "did:example:a"}, {"id": "did:example:b"}]},
        {"credentialSubject": {"name": "Without an id"}},
        {"validFrom": "2023-02-25T19:10:39.123Z", "validUntil": "2099-02-25T19:10:39-06:00"},
        {"validFrom": "2023-02-25T19:10:39-06:00"},
        {"validFrom": "2099-01-01T00:00:00Z"},
        {"validUntil": "2023-02-25T19:10:39Z"},
        {"@context": DEFINED, "credentialStatus": {"type": "StatusList", "id": "did:example:s"}},
        {"@context": DEFINED, "credentialStatus": {"type": "StatusList"}},
        {"@context": DEFINED, "termsOfUse": {"type": "Policy"}},
        {
            "@context": DEFINED,
            "termsOfUse": [{"type": "Policy"}, {"type": "Policy", "id": "urn:p"}],
        },
        {"@context": DEFINED, "evidence": {"type": "Document"}},
        {"@context": DEFINED, "evidence": [{"type": "Document"}, {"type": ["Document"]}]},
        {"@context": DEFINED, "refreshService": {"type": "Refresh", "id": "did:example:r/1"}},
        {"@context": DEFINED, "credentialSchema": {"type": "Schema", "id": "did:example:s/1"}},
        {
            "credentialSchema": [
                {"type": EX + "Schema", "id": "did:example:s/1"},
                {"type": EX + "Schema", "id": "did:example:s/2"},
            ]
        },
        {"relatedResource": {"id": held.CREDENTIALS, "digestSRI": SRI}},
        {"relatedResource": {"id": held.CREDENTIALS, "digestMultibase": MULTIBASE}},
        {
            "relatedResource": [
                {"id": held.CREDENTIALS, "mediaType": "application/ld+json", "digestSRI": SRI},
                {"id": "https://example.org/other", "digestSRI": "sha256-notlookedup"},
            ]
        },
    ],
)
def test_what_the_data_model_allows_is_issued_and_holds(
    client: Client, suite: Suite, members: dict[str, Any]
) -> None:
    answer = issued(client, {**VALID, **members}, cryptosuite=suite)

    assert answer.status_code == 201, answer.content
    credential = json.loads(answer.content)["verifiableCredential"]
    (proof,) = credential["proof"]
    assert (proof["type"], proof["cryptosuite"]) == ("DataIntegrityProof", suite)
    assert proof["proofPurpose"] == "assertionMethod"
    assert proof["verificationMethod"] == did.method_of_key(OURS.public_key)
    assert len(multibase.decode(proof["proofValue"])) == 64
    assert times.read(proof["created"])
    period = {"2099-01-01T00:00:00Z", "2023-02-25T19:10:39Z"}
    if not period & {credential.get("validFrom"), credential.get("validUntil")}:
        assert verified(client, credential).status_code == 200


def without(name: str) -> Callable[[dict[str, Any]], object]:
    """Return an edit that takes a member away."""
    return lambda d: d.pop(name)


def with_(**members: Any) -> Callable[[dict[str, Any]], object]:
    """Return an edit that sets members."""
    return lambda d: d.update(members)


BITSTRING = {
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "5",
    "statusListCredential": "https://example.com/status/1",
}
NOT_A_CREDENTIAL = [
    without("@context"),
    with_(**{"@context": held.CREDENTIALS}),
    with_(**{"@context": []}),
    with_(**{"@context": [held.EXAMPLES, held.CREDENTIALS]}),
    with_(**{"@context": [held.EXAMPLES]}),
    with_(**{"@context": [held.CREDENTIALS, "https ://not-a-url/contexts/example/v1"]}),
    with_(**{"@context": [held.CREDENTIALS, "https://example.com"]}),
    with_(**{"@context": [held.CREDENTIALS, 123192875]}),
    with_(**{"@context": [held.CREDENTIALS, {"VerifiableCredential": EX + "Bad"}]}),
    with_(
        **{"@context": [held.CREDENTIALS, {"@protected": True, "Own": EX + "A"}, {"Own": EX + "B"}]}
    ),
    without("type"),
    with_(type=[]),
    with_(type=None),
    with_(type=[1]),
    with_(type=["NonconformingDocument"]),
    with_(type=["VerifiableCredential", "Unmapped"]),
    with_(
        **{"@context": [held.CREDENTIALS, {"Own": "https ://not-a-url#Own"}]},
        type=["VerifiableCredential", "Own"],
    ),
    with_(id=None),
    with_(id="not a url"),
    with_(id=["did:example:a", "did:example:b"]),
    with_(credentialSubject={"id": ["did:example:a", "did:example:b"]}),
    with_(credentialSubject={"id": "not a url"}),
    without("issuer"),
    with_(issuer=None),
    with_(issuer="not a url"),
    with_(issuer={"id": None}),
    with_(issuer={"id": "not a url"}),
    with_(issuer={"name": "Nobody"}),
    with_(issuer=[OURS.id]),
    without("credentialSubject"),
    with_(credentialSubject={}),
    with_(credentialSubject=[]),
    with_(credentialSubject=[{"id": "did:example:a"}, {}]),
    with_(credentialSubject="did:example:subject"),
    with_(validFrom="yesterday"),
    with_(validFrom="2023-02-25"),
    with_(validFrom="2023-02-25T19:10:39"),
    with_(validFrom="2023-13-25T19:10:39Z"),
    with_(validUntil="9999-12-31T24:00:00Z"),
    with_(validUntil=20230225),
    with_(validFrom="2027-01-01T00:00:00Z", validUntil="2025-01-01T00:00:00Z"),
    with_(name={**DOG[0], "url": "did:example:credential"}),
    with_(description=1),
    with_(description={"@value": "Dog", "@language": "no_language"}),
    with_(name={"@value": "Dog", "@direction": "up"}),
    with_(issuer={"id": OURS.id, "name": {**DOG[0], "url": "did:example:x"}}),
    with_(issuer={"id": OURS.id, "description": {**DOG[0], "url": "did:example:x"}}),
    with_(credentialStatus={"id": "did:example:status"}),
    with_(credentialStatus={"type": "NotDefined"}),
    with_(credentialStatus={"type": EX + "S", "id": ["urn:a", "urn:b"]}),
    with_(credentialStatus={"type": EX + "S", "id": "not a url"}),
    with_(credentialStatus=[{"type": EX + "S"}, "urn:a"]),
    with_(credentialStatus={**BITSTRING, "statusListIndex": True}),
    with_(credentialStatus={**BITSTRING, "statusListIndex": 5}),
    with_(credentialStatus={**BITSTRING, "statusListIndex": "-5"}),
    with_(credentialStatus={**BITSTRING, "statusPurpose": ["revocation"]}),
    with_(credentialStatus={**BITSTRING, "statusListCredential": "not a url"}),
    with_(credentialStatus={**BITSTRING, "id": BITSTRING["statusListCredential"]}),
    with_(credentialStatus={**BITSTRING, "statusSize": 0}),
    with_(credentialStatus={**BITSTRING, "statusSize": 2}),
    with_(credentialStatus={**BITSTRING, "statusSize": 1, "statusMessage": [{"status": "0x0"}]}),
    with_(statusEntry={**BITSTRING, "statusListIndex": True}),
    with_(termsOfUse={"id": "urn:policy"}),
    with_(evidence={"id": "urn:document"}),
    with_(refreshService={"id": "urn:refresh"}),
    with_(credentialSchema={"id": "urn:schema"}),
    with_(credentialSchema={"type": EX + "Schema"}),
    with_(credentialSchema={"type": EX + "Schema", "id": "not a url"}),
    with_(credentialSchema={"type": EX + "Schema", "id": 7}),
    with_(relatedResource=[held.CREDENTIALS]),
    with_(relatedResource=[{"digestMultibase": MULTIBASE}]),
    with_(relatedResource=[{"id": held.CREDENTIALS}]),
    with_(
        relatedResource=[
            {"id": held.CREDENTIALS, "digestSRI": SRI},
            {"id": held.CREDENTIALS, "digestMultibase": MULTIBASE},
        ]
    ),
    with_(
        relatedResource=[
            {
                "id": held.CREDENTIALS,
                "digestMultibase": "uM4RgWQc3RUDtjJCSgTJtTfvpZ7SPEg_LNO0ESlovQC0",
            }
        ]
    ),
    with_(
        relatedResource=[
            {
                "id": held.CREDENTIALS,
                "digestSRI": "sha384-_rCVIV7fSXXTNIvpiq26jRDyj8JG8TDjij-tD0ewLk4JpnXEz6a5AeeY_1qQ0d0P",
            }
        ]
    ),
    with_(undefined="a word that nobody defined"),
    with_(credentialSubject={"undefined": "a"}),
]


@pytest.mark.parametrize("suite", Suite)
@pytest.mark.parametrize("edit", NOT_A_CREDENTIAL)
def test_what_is_no_credential_is_not_issued(
    client: Client, suite: Suite, edit: Callable[[dict[str, Any]], object]
) -> None:
    credential = deepcopy(VALID)
    edit(credential)

    assert refused(issued(client, credential, cryptosuite=suite))


@pytest.mark.parametrize("edit", NOT_A_CREDENTIAL)
def test_what_is_no_credential_does_not_hold_whoever_signed_it(
    client: Client, edit: Callable[[dict[str, Any]], object]
) -> None:
    credential = {**deepcopy(VALID), "issuer": OTHER}
    edit(credential)

    assert refused(verified(client, signed(credential, suite=Suite.JCS)))


@pytest.mark.parametrize("credential", [None, [], "z", 7, {}, {**VALID, "proof": []}])
def test_malformed_input_is_refused(client: Client, credential: Any) -> None:
    assert refused(issued(client, credential))
    assert refused(verified(client, credential))
    assert refused(presented(client, credential))


@pytest.mark.parametrize(
    "path", ["credentials/issue", "credentials/verify", "presentations/verify"]
)
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"a":1,"a":2}', b'{"a":NaN}', b'{"options":1}', b"\xff", b"[" * 9_999],
)
def test_a_body_that_cannot_be_read_is_refused(client: Client, path: str, body: bytes) -> None:
    assert refused(client.post(f"/{path}", body, content_type="application/json"))


@pytest.mark.parametrize(
    "path", ["credentials/issue", "credentials/verify", "presentations/verify"]
)
def test_nothing_is_redirected_and_only_posts_are_answered(client: Client, path: str) -> None:
    assert client.get(f"/{path}").status_code == 405
    assert client.post(f"/{path}").status_code == 400


@pytest.mark.parametrize("suite", ["ecdsa-rdfc-2019", "", None, 7, ["eddsa-jcs-2022"], {}])
def test_a_suite_that_is_none_of_ours_is_refused(client: Client, suite: Any) -> None:
    assert "none of ours" in refused(issued(client, VALID, cryptosuite=suite))


# -- What holds ---------------------------------------------------------------------------------


def test_what_others_signed_holds(client: Client) -> None:
    answer = verified(client, foreign())

    assert answer.status_code == 200
    assert json.loads(answer.content) == {"verified": True, "warnings": [], "errors": []}


@pytest.mark.parametrize("suite", Suite)
@pytest.mark.parametrize(
    "change",
    [
        {"type": "UnknownProofType"},
        {"type": None},
        {"cryptosuite": "UnknownCryptosuite"},
        {"verificationMethod": "did:key:invalidVm"},
        {"verificationMethod": None},
        {"proofPurpose": "invalidPurpose"},
        {"proofPurpose": None},
        {"proofValue": None},
        {"proofValue": "2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx"},
        {"proofValue": multibase.encode(bytes(96))},
        {"proofValue": "z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh"},
        {"created": "invalidDate"},
        {"created": "2026-01-01T00:00:00"},
        {"expires": "2026-01-01T00:00:00"},
        {"expires": "2026-01-01T00:00:00Z"},
        {"previousProof": "urn:uuid:nothing"},
    ],
)
def test_a_spoiled_proof_does_not_hold(
    client: Client, suite: Suite, change: dict[str, Any]
) -> None:
    credential = signed({**VALID, "issuer": OTHER}, suite=suite)
    credential["proof"].update(change)

    assert refused(verified(client, credential))


@pytest.mark.parametrize(
    "name", ["type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue"]
)
def test_a_proof_that_lacks_a_member_does_not_hold(client: Client, name: str) -> None:
    credential = foreign()
    del credential["proof"][name]

    assert refused(verified(client, credential))


@pytest.mark.parametrize("proof", [None, [], "z"])
def test_without_a_proof_nothing_holds(client: Client, proof: Any) -> None:
    assert refused(verified(client, {**VALID, "proof": proof}))
    assert refused(verified(client, VALID))


def test_a_credential_that_another_signed_than_its_issuer_does_not_hold(client: Client) -> None:
    assert "another than the issuer" in refused(verified(client, signed(VALID)))


def signed_by(who: ed25519.Ed25519PrivateKey, document: dict[str, Any], **more: Any) -> Any:
    """Return a proof of a document by whom it is said."""
    return integrity.proof(
        document,
        suite=Suite.RDFC,
        sign=who.sign,
        verification_method=did.method_of_key(who.public_key().public_bytes_raw()),
        created=SIGNED_AT,
        more=more,
    )


def test_a_proof_without_a_date_is_one_of_today() -> None:
    ended = Tenure(ends=SIGNED_AT + timedelta(days=1))

    def judge(at: datetime) -> Verifier:
        when = When(at)
        return Verifier(
            key_of=did.key_of_method,
            fault_of=lambda _, *, claimed: rules.key_fault(ended, replace(when, claimed=claimed)),
            list_of=lambda _: None,
            at=at,
        )

    undated = {**STATED, "proof": signed_by(KEY, STATED)}
    options = {n: v for n, v in undated["proof"].items() if n not in {"created", "proofValue"}}
    message = integrity.signed_bytes(STATED, options)
    undated["proof"] = {**options, "proofValue": multibase.encode(KEY.sign(message))}
    later = SIGNED_AT + timedelta(days=2)

    judge(later).credential({**STATED, "proof": signed_by(KEY, STATED)}, {})
    judge(SIGNED_AT).credential(undated, {})
    with pytest.raises(NotVerified, match="not in use"):
        judge(later).credential(undated, {})


# EdDSA Cryptosuites 3.3.2, step 4: what a JCS proof covers may be handed in with more contexts.
WORD = {"level": "https://example.org/#lowest"}
OTHER_WORD = {"level": "https://example.org/#highest"}
LEVEL = {**VALID, "issuer": OTHER, "@context": [held.CREDENTIALS, WORD], "level": "5"}


@pytest.mark.parametrize("more", [OTHER_WORD, {"@context": OTHER_WORD}, {"level": None}])
def test_a_context_appended_after_the_signature_changes_no_meaning(
    client: Client, more: dict[str, Any]
) -> None:
    credential = signed(LEVEL, suite=Suite.JCS)
    changed = {**credential, "@context": [*LEVEL["@context"], more]}

    assert verified(client, credential).status_code == 200
    assert refused(verified(client, changed))
    within = {**VP, "verifiableCredential": [changed]}
    occasion = {"proofPurpose": "authentication"}
    assert refused(presented(client, signed(within, suite=Suite.JCS, **occasion)))


def test_a_context_appended_after_the_signature_defines_no_word_in_it(client: Client) -> None:
    credential = signed({**LEVEL, "@context": [held.CREDENTIALS]}, suite=Suite.JCS)

    changed = {**credential, "@context": [held.CREDENTIALS, OTHER_WORD]}
    assert "as it was signed" in refused(verified(client, changed))


def test_what_many_proofs_sign_is_compared_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    credential = signed(LEVEL, suite=Suite.JCS)
    context = [*LEVEL["@context"], {"other": EX + "other"}]
    found: list[bytes] = []
    canonical = linked.canonical
    watched = lambda document: found.append(canonical(document)) or found[-1]  # noqa: E731
    monkeypatch.setattr(linked, "canonical", watched)
    counts = []

    for many in (1, 9):
        proofs = [credential["proof"]] * many
        answer = verified(client, {**credential, "@context": context, "proof": proofs})
        assert answer.status_code == 200
        counts.append(len(found))

    assert counts[1] == 2 * counts[0] > 0


def test_an_appended_context_that_changes_nothing_is_said(client: Client) -> None:
    credential = signed(LEVEL, suite=Suite.JCS)

    added = {**credential, "@context": [*LEVEL["@context"], {"other": EX + "other"}]}
    answer = verified(client, added)

    assert answer.status_code == 200
    (warning,) = json.loads(answer.content)["warnings"]
    assert "appended" in warning
    # At the end alone: the contexts of the proof begin those of the document.
    first = {**credential, "@context": [held.CREDENTIALS, {"other": EX + "other"}, WORD]}
    assert "another context" in refused(verified(client, first))


# Data Integrity 1.0, sections 2.1.1 (several parties sign the same) and 2.1.2 (one signs after another).
WITNESS = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
STATED = {**VALID, "issuer": OTHER}
FIRST = signed_by(WITNESS, STATED, id="urn:uuid:first")


@pytest.mark.parametrize("before", ["urn:uuid:first", ["urn:uuid:first"]])
def test_a_witness_may_sign_before_the_issuer(client: Client, before: Any) -> None:
    second = signed_by(KEY, {**STATED, "proof": [FIRST]}, previousProof=before)

    assert verified(client, {**STATED, "proof": [FIRST, second]}).status_code == 200
    assert refused(verified(client, {**STATED, "proof": [second]}))
    spoiled = {**FIRST, "proofValue": second["proofValue"]}
    assert refused(verified(client, {**STATED, "proof": [spoiled, second]}))


def test_a_witness_may_sign_beside_the_issuer_and_not_in_their_place(client: Client) -> None:
    own = signed_by(KEY, STATED)

    assert verified(client, {**STATED, "proof": [FIRST, own]}).status_code == 200
    assert verified(client, {**STATED, "proof": [own, FIRST]}).status_code == 200
    assert "another than the issuer" in refused(verified(client, {**STATED, "proof": [FIRST]}))
    # All of them must hold.
    assert refused(verified(client, {**STATED, "name": "changed", "proof": [FIRST, own]}))


def test_every_key_has_to_be_in_time_and_not_the_first_alone() -> None:
    late = did.method_of_key(WITNESS.public_key().public_bytes_raw())
    judge = Verifier(
        key_of=did.key_of_method,
        fault_of=lambda method, *, claimed: "issuer.not_in_use" if method == late else "",
        list_of=lambda _: None,
        at=SIGNED_AT,
    )
    own = signed_by(KEY, STATED)

    judge.credential({**STATED, "proof": [own]}, {})
    for proofs in ([own, FIRST], [FIRST, own]):
        with pytest.raises(NotVerified, match="not in use"):
            judge.credential({**STATED, "proof": proofs}, {})


def test_a_context_appended_between_two_proofs_changes_no_meaning(client: Client) -> None:
    changed = {**LEVEL, "@context": [*LEVEL["@context"], OTHER_WORD]}
    early, late = signed(LEVEL, suite=Suite.JCS)["proof"], signed_by(KEY, changed)

    for proofs in ([early, late], [late, early]):
        assert "another meaning" in refused(verified(client, {**changed, "proof": proofs}))


def test_a_witness_may_sign_beside_the_holder(client: Client) -> None:
    document = {**VP, "holder": OTHER}
    proofs = [signed_by(who, document, proofPurpose="authentication") for who in (WITNESS, KEY)]

    assert presented(client, {**document, "proof": proofs}).status_code == 200
    assert "another than the holder" in refused(
        presented(client, {**document, "proof": proofs[:1]})
    )


@pytest.mark.parametrize(
    "options",
    [
        {"expectedProofPurpose": "authentication"},
        {"domain": "domain.example"},
        {"challenge": "1235abcd6789"},
        {"challenge": 7},
    ],
)
def test_a_proof_is_good_for_its_own_occasion_only(client: Client, options: Any) -> None:
    assert refused(verified(client, foreign(), **options))


@pytest.mark.parametrize(
    "period", [{"validFrom": "2099-01-01T00:00:00Z"}, {"validUntil": "2025-01-01T00:00:00Z"}]
)
def test_out_of_its_period_nothing_holds(client: Client, period: dict[str, str]) -> None:
    assert "valid" in refused(verified(client, foreign(**period)))


def test_a_credential_in_an_envelope_holds_as_it_is(client: Client) -> None:
    token = jose.token({**VALID, "issuer": OTHER}, sign=KEY.sign, verification_method=METHOD)
    envelope = {
        "@context": [held.CREDENTIALS],
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token}",
    }

    assert verified(client, envelope).status_code == 200
    for change in (
        {"@context": []},
        {"@context": held.EXAMPLES},
        {"id": token},
        {"id": envelope["id"][:-4] + "AAAA"},
        {"type": "VerifiableCredential"},
        {"type": None},
        {"id": f"data:application/vp+jwt,{token}"},
    ):
        assert refused(verified(client, {**envelope, **change})), change
    assert presented(client, presentation(verifiableCredential=[envelope])).status_code == 200


# -- Presentations ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"id": "urn:uuid:9c9a36f8-518f-4976-a934-6649502d0008"},
        {"verifiableCredential": []},
        {"verifiableCredential": [foreign(), foreign(id="urn:second")]},
        {"verifiableCredential": foreign()},
        {"holder": OTHER},
        {"holder": {"id": OTHER}},
        {"@context": [held.CREDENTIALS, held.EXAMPLES], "type": ["VerifiablePresentation", "Own"]},
        # What the holder says of themselves is secured by the presentation.
        {"holder": OTHER, "verifiableCredential": [{**VALID, "issuer": OTHER}]},
    ],
)
def test_a_presentation_holds(client: Client, members: dict[str, Any]) -> None:
    answer = presented(client, presentation(**members), domain="a.example", challenge="u123")

    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize(
    "members",
    [
        {"@context": [held.EXAMPLES, held.CREDENTIALS]},
        {"type": ["VerifiableCredential"]},
        {"id": "not a url"},
        {"holder": {"name": "Nobody"}},
        {"holder": "not a url"},
        {"holder": "did:example:acme"},
        {"verifiableCredential": ["https://example.org/credential"]},
        {"verifiableCredential": [7]},
        {"verifiableCredential": [{**foreign(), "name": "changed"}]},
        {"verifiableCredential": [{**VALID, "issuer": OTHER}]},
        {"holder": OTHER, "verifiableCredential": [{**VALID, "issuer": "did:example:acme"}]},
    ],
)
def test_a_presentation_that_is_none_or_presents_what_does_not_hold_is_refused(
    client: Client, members: dict[str, Any]
) -> None:
    document = {**VP, **members}
    more = {"proofPurpose": "authentication"}

    assert refused(presented(client, signed(document, suite=Suite.JCS, **more)))


@pytest.mark.parametrize(
    "change",
    [
        {"@context": None},
        {"@context": [held.CREDENTIALS, "https://example.com"]},
        {"@context": [held.CREDENTIALS, 123192875]},
        {"type": None},
        {"proof": None},
        {"id": "urn:changed"},
    ],
)
def test_a_changed_presentation_is_refused(client: Client, change: dict[str, Any]) -> None:
    assert refused(presented(client, {**presentation(), **change}))


@pytest.mark.parametrize("options", [{"domain": "b.example"}, {"challenge": "u124"}])
def test_a_presentation_answers_its_own_challenge_only(client: Client, options: Any) -> None:
    assert refused(presented(client, presentation(), **options))


def test_a_presentation_in_an_envelope_holds(client: Client) -> None:
    head, _, _ = jose.token(VP, sign=KEY.sign, verification_method=METHOD).split(".")
    stated = json.loads(multibase.decode_url("u" + head)) | {"typ": "vp+jwt", "cty": "vp"}
    parts = [multibase.encode_url(json.dumps(part).encode())[1:] for part in (stated, VP)]
    message = ".".join(parts)
    token = f"{message}.{multibase.encode_url(KEY.sign(message.encode()))[1:]}"
    envelope = {
        "@context": [held.CREDENTIALS],
        "type": "EnvelopedVerifiablePresentation",
        "id": f"data:application/vp+jwt,{token}",
    }

    assert presented(client, envelope).status_code == 200
    assert refused(presented(client, {**envelope, "id": token}))
    assert refused(presented(client, {**envelope, "type": ["VerifiablePresentation"]}))
    assert refused(presented(client, {**envelope, "@context": []}))


# -- Status -------------------------------------------------------------------------------------


def test_a_place_in_a_list_is_given_where_it_is_asked(client: Client) -> None:
    answer = issued(client, VALID, credentialStatus={"statusPurpose": "suspension"})

    credential = json.loads(answer.content)["verifiableCredential"]
    entry = credential["credentialStatus"]
    assert entry["type"] == "BitstringStatusListEntry"
    assert entry["statusListCredential"] == f"{settings.PUBLIC_URL}/credentials/status/suspension"
    assert 0 <= status.read_index(entry["statusListIndex"]) < status.SMALLEST
    assert json.loads(verified(client, credential).content)["warnings"] == []


@pytest.mark.parametrize("purpose", issuer.PURPOSES)
def test_the_list_is_a_credential_of_the_issuer(client: Client, purpose: str) -> None:
    answer = client.get(f"/credentials/status/{purpose}")

    document = json.loads(answer.content)
    assert listing.CREDENTIAL in document["type"]
    assert document["credentialSubject"]["type"] == listing.LIST
    assert document["credentialSubject"]["statusPurpose"] == purpose
    assert len(status.decode(document["credentialSubject"]["encodedList"])) >= 16 * 1024
    assert verified(client, document).status_code == 200
    assert answer["Content-Type"] == "application/vc"


def test_the_list_is_sent_under_the_name_that_is_asked_for(client: Client) -> None:
    answer = client.get("/credentials/status/revocation", headers={"accept": "application/json"})

    assert answer["Content-Type"] == "application/json"
    assert "Accept" in answer["Vary"].split(", ")


def test_there_is_no_list_of_another_purpose(client: Client) -> None:
    assert client.get("/credentials/status/refresh").status_code == 404
    assert refused(issued(client, VALID, credentialStatus={"statusPurpose": "refresh"}))
    assert refused(issued(client, VALID, credentialStatus="revocation"))


def test_a_list_that_is_not_ours_is_not_fetched_and_that_is_said(client: Client) -> None:
    (warning,) = json.loads(verified(client, foreign(credentialStatus=BITSTRING)).content)[
        "warnings"
    ]

    assert warning == "the status was not looked up: https://example.com/status/1"


@pytest.mark.parametrize("index", ["131072", "999999999"])
def test_a_place_outside_of_a_list_of_ours_is_refused(client: Client, index: str) -> None:
    entry = {
        **BITSTRING,
        "statusListIndex": index,
        "statusListCredential": f"{settings.PUBLIC_URL}/credentials/status/revocation",
    }

    assert "outside" in refused(verified(client, foreign(credentialStatus=entry)))


OWN_LIST = {
    **BITSTRING,
    "statusListCredential": f"{settings.PUBLIC_URL}/credentials/status/revocation",
}


def test_a_list_of_another_purpose_proves_nothing(client: Client) -> None:
    entry = {**OWN_LIST, "statusPurpose": "suspension"}

    assert "another purpose" in refused(verified(client, foreign(credentialStatus=entry)))


def test_an_entry_of_several_bits_takes_that_many_places(client: Client) -> None:
    messages = [{"status": f"0x{n}", "message": f"m{n}"} for n in range(4)]
    entry = {**OWN_LIST, "statusSize": 2, "statusMessage": messages}

    last = {**entry, "statusListIndex": str(status.SMALLEST // 2 - 1)}
    assert verified(client, foreign(credentialStatus=last)).status_code == 200
    beyond = {**entry, "statusListIndex": str(status.SMALLEST // 2)}
    assert "outside" in refused(verified(client, foreign(credentialStatus=beyond)))


@pytest.mark.parametrize(
    "entry",
    [
        # Of another kind, though it names a list of ours.
        {"type": "Other", "statusListCredential": OWN_LIST["statusListCredential"]},
        {**BITSTRING, "statusListCredential": f"{settings.PUBLIC_URL}/status/revocation/99999"},
        {
            **BITSTRING,
            "statusListCredential": f"{settings.PUBLIC_URL}/status/revocation/{'9' * 5_000}",
        },
        {**BITSTRING, "statusListCredential": f"{settings.PUBLIC_URL}/status/refresh/1"},
        {**BITSTRING, "statusListCredential": "urn:x:/status/revocation/1"},
    ],
)
def test_what_is_no_list_of_ours_is_not_looked_up(client: Client, entry: dict[str, str]) -> None:
    contexts = [held.CREDENTIALS, held.EXAMPLES]
    credential = foreign(**{"@context": contexts, "credentialStatus": entry})

    (warning,) = json.loads(verified(client, credential).content)["warnings"]

    assert warning.startswith("the status was not looked up")


# -- What is wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("credential", "options", "name"),
    [
        # Data model 7.2.
        (foreign(validUntil="2025-01-01T00:00:00Z"), {}, "www.w3.org/TR/vc-data-model#RANGE_ERROR"),
        ({**VALID, "type": []}, {}, "www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"),
        (signed(VALID), {}, "www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR"),
        # Data Integrity 4.4 and 4.7.
        ({**foreign(), "name": "changed"}, {}, "w3id.org/security#PROOF_VERIFICATION_ERROR"),
        (foreign(), {"domain": "a.example"}, "w3id.org/security#INVALID_DOMAIN_ERROR"),
        (foreign(), {"challenge": "u123"}, "w3id.org/security#INVALID_CHALLENGE_ERROR"),
        # Bitstring Status List 3.2.
        (
            foreign(credentialStatus={**OWN_LIST, "statusListIndex": "131072"}),
            {},
            "www.w3.org/ns/credentials/status-list#RANGE_ERROR",
        ),
        (
            foreign(credentialStatus={**OWN_LIST, "statusPurpose": "suspension"}),
            {},
            "www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR",
        ),
    ],
)
def test_what_is_wrong_has_the_name_of_its_standard(
    client: Client, credential: Any, options: dict[str, Any], name: str
) -> None:
    answer = verified(client, credential, **options)

    assert refused(answer)
    said = json.loads(answer.content)
    assert (said["type"], said["title"]) == (f"https://{name}", name.partition("#")[2])


def test_what_cannot_be_read_has_that_name(client: Client) -> None:
    for path in ("/credentials/issue", "/credentials/verify", "/presentations/verify"):
        answer = client.post(path, b"{", content_type="application/json")

        said = json.loads(answer.content)
        assert said["type"] == "https://www.w3.org/TR/vc-data-model#PARSING_ERROR"


# -- The issuer ---------------------------------------------------------------------------------


def test_the_issuer_is_of_this_house_alone_and_not_the_body() -> None:
    assert issuer.of_house("another secret").id != OURS.id
    assert OURS.id.startswith("did:key:z6Mk")


@pytest.mark.urls("kompeten.config.urls")
def test_it_is_off_unless_somebody_switches_it_on(client: Client) -> None:
    assert settings.OPTIONS.vc_api is False
    assert post(client, "/credentials/issue", {"credential": VALID}).status_code == 404
