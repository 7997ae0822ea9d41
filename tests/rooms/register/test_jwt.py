"""Is a certificate in a token judged as the credential is, and every forged one by the part that gives it away?"""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kompeten.foundation.vc import jose
from kompeten.kernel import canonical
from kompeten.register.adapters.verify import sniff, verify
from kompeten.register.terms import CredentialKey, Kind, Part, Tenure, Trust, Verdict
from tests.make.certificates import ANI, LATER, SIGNED_AT, keys, sealed, trusted


def stated() -> dict[str, Any]:
    """Return our credential without its proofs."""
    document: dict[str, Any] = json.loads(sealed().credential)
    del document["proof"]
    return document


def made(document: Any, *, seed: int = 1, method: str = "") -> bytes:
    """Return a token over any document, signed with the key of an authority."""
    key = keys(seed).credential_signer
    named = method or key.verification_method
    return jose.token(document, sign=key.sign, verification_method=named).encode()


def judged(data: bytes, *, by: Trust | None = None) -> Verdict:
    """Return the verdict of somebody who trusts our authority."""
    return verify(data, trust=by or trusted(), at=LATER)


def faults(verdict: Verdict) -> list[tuple[Part, str]]:
    """Return the parts that do not hold."""
    return [(f.part, f.code) for f in verdict.findings if f.holds is False]


def lost(*, at: Any) -> Trust:
    """Return the trust of somebody who knows that the key was lost."""
    known = trusted()
    tenure = Tenure(compromised_at=at)
    keys = {name: CredentialKey(k.issuer, k.public_key, tenure) for name, k in known.keys.items()}
    return replace(known, keys=keys)


def test_a_token_has_the_parts_and_facts_of_the_credential() -> None:
    token, document = judged(made(stated())), judged(sealed().credential)

    assert (token.ok, token.kind) == (True, Kind.JWT)
    assert token.facts == document.facts
    assert token.findings == document.findings
    assert "time.not_stated" in token.not_checked
    assert "status.register" in token.not_checked


def test_a_line_end_behind_it_changes_nothing() -> None:
    assert judged(made(stated()) + b"\r\n").ok


def test_every_changed_letter_is_refused() -> None:
    whole = made(stated())
    for at in [*range(0, len(whole), 97), *range(len(whole) - 86, len(whole))]:
        other = b"A" if whole[at : at + 1] != b"A" else b"B"
        verdict = judged(whole[:at] + other + whole[at + 1 :])

        assert not verdict.ok, at
        assert not verdict.facts, at


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (made(stated(), seed=2), (Part.ISSUER, "issuer.unknown")),
        (
            made(stated() | {"issuer": "did:web:lain.example"}),
            (Part.ISSUER, "issuer.other_key"),
        ),
        (
            made(stated(), seed=2, method=keys().credential_signer.verification_method),
            (Part.SIGNATURE, "signature.broken"),
        ),
        (made({"issuer": stated()["issuer"]}), (Part.AGREEMENT, "agreement.no_certificate")),
        (made(stated() | {"filler": "x" * 200_000}), (Part.SIGNATURE, "file.too_large")),
        (b"eyJ.eyJ.eyJ", (Part.SIGNATURE, "signature.broken")),
    ],
)
def test_what_is_not_ours_is_refused_by_its_part(data: bytes, fault: tuple[Part, str]) -> None:
    assert faults(judged(data))[0] == fault


def test_a_token_that_states_another_name_than_its_content_contradicts_itself() -> None:
    document = stated()
    document["credentialSubject"]["name"] = "Eko"

    assert faults(judged(made(document))) == [(Part.AGREEMENT, "agreement.differs")]


def test_of_a_lost_key_a_token_is_believed_only_if_others_knew_it_before() -> None:
    token, by = made(stated()), lost(at=SIGNED_AT + timedelta(days=1))

    assert faults(judged(token, by=by)) == [(Part.ISSUER, "issuer.compromised")]
    assert verify(token, trust=by, at=LATER, proven=SIGNED_AT).ok


@pytest.mark.parametrize(
    "data", [b"eyJ", b"eyJ.a", b"eyJ.a.b.c", "eyJ.ä.b".encode(), b"abc.def.ghi"]
)
def test_what_has_not_three_parts_is_no_token(data: bytes) -> None:
    assert sniff(data) is Kind.UNKNOWN


def test_the_signed_bytes_are_those_of_the_credential() -> None:
    payload = made(stated()).split(b".")[1]

    assert base64.urlsafe_b64decode(payload + b"==") == canonical.dumps(stated())
    assert ANI.number.encode() in base64.urlsafe_b64decode(payload + b"==")
