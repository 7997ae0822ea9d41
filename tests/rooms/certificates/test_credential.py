"""Is the credential what W3C and Open Badges say, and does it say what the certificate says?"""

import base64
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from kompeten.certificates.adapters import credential
from kompeten.certificates.terms import Content, Identity, StatusSlot
from kompeten.foundation.vc import did, held, linked, model, multibase, proofs
from kompeten.kernel import canonical
from tests.make.certificates import ANI, ISSUER, LATER, SIGNED_AT, keys, sealed
from tests.make.linked import by_pyld

FULL = replace(
    ANI,
    status=StatusSlot(2, 77_001),
    identity=Identity("emailAddress", "sha256$" + "0a" * 32, "garam"),
    photo="5f" * 32,
    replaces="88900 2635 2 0000001 2026",
)


def carried(document: dict[str, Any]) -> Any:
    """Return the content that a credential carries."""
    (resource,) = document["relatedResource"]
    return json.loads(base64.b64decode(resource["id"].removeprefix(credential.CONTENT)))


def test_the_credential_carries_the_whole_content() -> None:
    document = json.loads(sealed().credential)

    assert Content.read(carried(document)) == ANI
    assert document["issuer"] == {"id": ISSUER.id, "type": ["Profile"], "name": ANI.body.name}
    assert (document["validFrom"], document["validUntil"]) == (
        "2026-11-21T00:00:00+07:00",
        "2031-11-20T23:59:59+07:00",
    )


def test_the_proofs_are_a_list_and_name_the_issuers_key() -> None:
    both: list[dict[str, Any]] = json.loads(sealed().credential)["proof"]

    assert [proof["cryptosuite"] for proof in both] == ["eddsa-rdfc-2022", "eddsa-jcs-2022"]
    for proof in both:
        assert proof["verificationMethod"] == keys().verification_method
        assert proof["verificationMethod"].startswith(f"{ISSUER.id}#z6Mk")
        assert proof["created"] == SIGNED_AT.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_the_credential_says_nothing_that_the_content_does_not() -> None:
    said = sealed().credential.decode()

    assert re.search(r"(?<!\d)\d{16}(?!\d)", said) is None
    assert "birth" not in said
    assert canonical.dumps(json.loads(said)) == sealed().credential


@pytest.mark.parametrize("content", [ANI, FULL, replace(ANI, level=None, programme=None)])
def test_it_is_a_credential_that_says_nothing_undefined(content: Content) -> None:
    document = credential.unsigned(content, issuer=ISSUER)

    assert model.credential(document) is document
    assert linked.canonical(document) == by_pyld(document)


def test_it_is_an_open_badge() -> None:
    document = credential.unsigned(FULL, issuer=ISSUER)
    subject = document["credentialSubject"]

    assert document["@context"] == [
        held.CREDENTIALS,
        held.OPEN_BADGES,
        held.OPEN_BADGES_EXTENSIONS,
    ]
    assert "OpenBadgeCredential" in document["type"]
    assert subject["type"] == ["AchievementSubject"]
    assert subject["identifier"] == [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": "sha256$" + "0a" * 32,
            "identityType": "emailAddress",
            "salt": "garam",
        }
    ]
    assert subject["achievement"]["achievementType"] == "Certification"
    assert [unit["targetCode"] for unit in subject["achievement"]["alignment"]] == [
        unit.code for unit in ANI.units
    ]


def test_without_a_hashed_identity_the_badge_still_names_its_holder() -> None:
    subject = credential.unsigned(ANI, issuer=ISSUER)["credentialSubject"]

    assert "identifier" not in subject
    assert (subject["id"], subject["name"]) == (f"{ANI.verify_url}#holder", ANI.holder)


def test_its_places_in_both_lists_are_one() -> None:
    entries = credential.unsigned(FULL, issuer=ISSUER)["credentialStatus"]

    assert [(e["statusPurpose"], e["statusListIndex"]) for e in entries] == [
        ("revocation", "77001"),
        ("suspension", "77001"),
    ]
    assert entries[0]["statusListCredential"] == "https://lsp.example/status/revocation/2"
    assert len({entry["id"] for entry in entries}) == 2


def test_where_it_is_had_anew_is_known_to_whoever_has_it() -> None:
    document = credential.unsigned(ANI, issuer=ISSUER)
    other = credential.unsigned(replace(ANI, place="Bandung"), issuer=ISSUER)

    assert document["refreshService"]["id"].startswith(ANI.verify_url + "/")
    assert document["refreshService"]["id"] != other["refreshService"]["id"]


def test_its_proofs_hold_for_a_reader_of_anybodys_credentials() -> None:
    public = keys().credential_signer.public_key

    proven = proofs.verify(json.loads(sealed().credential), key_of=lambda _: public, at=LATER)

    assert [one.suite.value for one in proven] == ["eddsa-rdfc-2022", "eddsa-jcs-2022"]
    assert {did.controller(one.method) for one in proven} == {ISSUER.id}


def test_all_that_is_signed_as_statements_is_the_whole_content() -> None:
    # The content is part of an address, so that nothing within it is left out of the statements.
    document = credential.unsigned(FULL, issuer=ISSUER)
    statements = linked.canonical(document).decode()

    assert f"<{document['relatedResource'][0]['id']}>" in statements
    assert carried(document) == canonical.plain(FULL)


def test_the_digest_beside_the_content_is_true() -> None:
    document = credential.unsigned(FULL, issuer=ISSUER)
    document["relatedResource"][0]["digestMultibase"] = multibase.digest(b"other")

    with pytest.raises(model.Malformed, match="another digest"):
        model.credential(document)


def test_the_words_that_it_brought_before_stay_explained() -> None:
    context = json.loads(credential.CONTEXT_FILE.read_bytes())["@context"]

    assert {"CompetenceCertificate", "CertifiedPerson", "certificate"} <= context.keys()
