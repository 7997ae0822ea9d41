"""Does a reader of Open Badges that is not ours, and a strict one, take our credential for a badge?"""

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError

from kompeten.certificates.adapters import credential
from kompeten.certificates.terms import Content, Identity, StatusSlot
from tests.make.certificates import ANI, ISSUER, SIGNED_AT, keys

FULL = replace(
    ANI,
    status=StatusSlot(1, 54_321),
    identity=Identity("emailAddress", "sha256$" + "0a" * 32, "garam"),
)


def issued(content: Content) -> dict[str, Any]:
    """Return our credential with the proof that this reader knows."""
    key = keys().credential_signer
    raw = credential.issue(content, issuer=ISSUER, signer=key, at=SIGNED_AT)
    document: dict[str, Any] = json.loads(raw)
    return document


def read(document: dict[str, Any]) -> Any:
    """Return the badge that the other reader makes of a document."""
    public = ed25519.Ed25519PublicKey.from_public_bytes(keys().credential_signer.public_key)
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return OB3LdpVerifier(pubkey_pem=pem).verify(deepcopy(document))


@pytest.mark.parametrize("content", [ANI, FULL])
def test_our_credential_is_a_badge(content: Content) -> None:
    badge = read(issued(content))

    assert badge.id == content.verify_url
    assert badge.achievement.name == "Pekerja Sosial Generalis"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Something else"},
        {"validUntil": "2099-01-01T00:00:00Z"},
        {"undefined": "a"},
        {"relatedResource": []},
    ],
)
def test_a_changed_one_is_none(change: dict[str, Any]) -> None:
    with pytest.raises(OB3VerificationError):
        read({**issued(FULL), **change})
