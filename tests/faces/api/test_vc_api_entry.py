"""Would the entry that the docs give to the public suites be true? Each address in it is asked."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kompeten.api.vc import issuer
from kompeten.foundation.vc import held
from tests.house.code import ROOT

pytestmark = [pytest.mark.urls("kompeten.api.vc.urls"), pytest.mark.django_db]

PAGE = (ROOT / "docs/operate/vc-api.md").read_text(encoding="utf-8")
HOUSE = "https://sertifikasi.example.go.id"
ISSUER = "did:key:z6Mk…"
CREDENTIAL = {
    "@context": [held.CREDENTIALS],
    "type": ["VerifiableCredential"],
    "credentialSubject": {"id": "did:example:subject"},
}


def entry() -> dict[str, Any]:
    """Return the entry, with the issuer of this house in it."""
    (written,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    read: dict[str, Any] = json.loads(
        written.replace(ISSUER, issuer.of_house(settings.SECRET_KEY).id)
    )
    return read


def asked(client: Client, one: dict[str, Any], body: dict[str, Any]) -> Any:
    """Ask what an entry names, as the suites do: with its issuer and its options."""
    answer = client.post(
        one["endpoint"].removeprefix(HOUSE),
        json.dumps({**body, "options": one.get("options", {})}),
        content_type="application/json",
    )
    assert answer.status_code in {200, 201}, answer.content
    return json.loads(answer.content)


def test_each_issuer_of_the_entry_gives_what_its_tag_says_and_the_verifier_takes_it(
    client: Client,
) -> None:
    given = {}
    (verifier,) = entry()["verifiers"]

    for one in entry()["issuers"]:
        credential = {**CREDENTIAL, "issuer": one["id"]}
        signed = asked(client, one, {"credential": credential})["verifiableCredential"]
        assert signed["issuer"] == one["id"]
        assert asked(client, verifier, {"verifiableCredential": signed})["verified"]
        given[one["tags"][0]] = signed

    assert set(given) == set(verifier["tags"])
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        assert suite in json.dumps(given[suite]["proof"])
    assert given["BitstringStatusList"]["credentialStatus"]["statusPurpose"] == "revocation"


def test_the_entry_names_where_presentations_are_judged(client: Client) -> None:
    (verifier,) = entry()["vpVerifiers"]
    presentation = {"@context": [held.CREDENTIALS], "type": ["VerifiablePresentation"]}

    answer = client.post(
        verifier["endpoint"].removeprefix(HOUSE),
        json.dumps({"verifiablePresentation": presentation}),
        content_type="application/json",
    )

    assert json.loads(answer.content)["detail"] == "there is no proof, or it is no object"
