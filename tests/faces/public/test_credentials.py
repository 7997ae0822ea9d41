"""What do other programs get of us: keys, status lists, a credential anew?"""

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from kompeten.certificates import actions, queries
from kompeten.certificates.models import Certificate
from kompeten.certificates.queries import credentials as credential_queries
from kompeten.certificates.terms import StatusPurpose, SuspensionCause
from kompeten.foundation.vc import did, integrity, jose, proofs, status
from kompeten.foundation.vc.proofs import KeyOf
from kompeten.kernel import canonical
from kompeten.kernel.roles import Role
from kompeten.register import queries as register
from kompeten.web.public import credentials
from tests.make.actors import actor
from tests.make.decisions import DECIDED_AT

pytestmark = pytest.mark.django_db
REVOCATION, SUSPENSION = "/status/revocation/1", "/status/suspension/1"


def place(issued: Certificate) -> int:
    """Return where in the lists the certificate is."""
    assert issued.status_index is not None
    return issued.status_index


def key_of(client: Client) -> KeyOf:
    """Return the keys as a stranger finds them: in the document under our name."""
    document = client.get(did.web_path(did.of_web(settings.PUBLIC_URL))).json()
    by_id = {method["id"]: method for method in document["verificationMethod"]}

    def key(method: str) -> bytes | None:
        if method not in document["assertionMethod"]:
            return None
        return did.multibase.read_public_key(by_id[method]["publicKeyMultibase"])

    return key


def test_our_name_leads_to_our_keys(client: Client, issued: Certificate) -> None:
    answer = client.get("/.well-known/did.json")

    document = answer.json()
    assert document["id"] == did.of_web(settings.PUBLIC_URL)
    assert document["id"] == json.loads(queries.credential(issued))["issuer"]["id"]
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == (
        "application/did+json",
        "*",
    )


def test_a_stranger_can_check_a_credential_by_our_name_alone(
    client: Client, issued: Certificate
) -> None:
    credential = json.loads(queries.credential(issued))

    assert len(proofs.verify(credential, key_of=key_of(client), at=DECIDED_AT)) == 2


def test_the_same_credential_is_had_as_a_token(client: Client, issued: Certificate) -> None:
    credential, method = jose.read(queries.credential_token(issued), key_of=key_of(client))

    stored = json.loads(queries.credential(issued))
    stored.pop("proof")
    assert credential == stored
    assert did.controller(method) == credential["issuer"]["id"]


def bits(client: Client, address: str) -> bytes:
    """Return the bits of a list whose signature holds for a stranger."""
    document = json.loads(client.get(address).content)
    assert proofs.verify(document, key_of=key_of(client), at=DECIDED_AT)
    return status.decode(document["credentialSubject"]["encodedList"])


def test_a_certificate_in_force_is_set_nowhere(client: Client, issued: Certificate) -> None:
    assert {
        status.is_set(bits(client, one), place(issued)) for one in (REVOCATION, SUSPENSION)
    } == {False}


def test_a_suspension_shows_in_its_list_at_once_and_in_no_other(
    client: Client, issued: Certificate
) -> None:
    before = client.get(SUSPENSION)["ETag"]

    actions.suspend(
        queries.by_id(issued.pk),
        cause=SuspensionCause.INQUIRY,
        note="Ditanyakan",
        ends_at=DECIDED_AT + timedelta(days=30),
        by=actor(Role.REGISTRAR),
        at=DECIDED_AT + timedelta(days=1),
    )

    assert status.is_set(bits(client, SUSPENSION), place(issued))
    assert not status.is_set(bits(client, REVOCATION), place(issued))
    assert client.get(SUSPENSION)["ETag"] != before


@pytest.mark.urls("kompeten.api.vc.urls")
def test_the_vc_api_looks_our_own_certificates_up_in_our_own_lists(
    client: Client, issued: Certificate
) -> None:
    body = {"verifiableCredential": json.loads(queries.credential(issued))}

    def asked() -> HttpResponse:
        return client.post("/credentials/verify", body, content_type="application/json")  # type: ignore[return-value]

    good = asked()
    assert json.loads(good.content) == {"verified": True, "warnings": [], "errors": []}

    Certificate.objects.filter(pk=issued.pk).update(state="suspended")
    bad = asked()
    assert bad.status_code == 400
    assert json.loads(bad.content)["detail"] == "suspension is set"


@pytest.mark.urls("kompeten.api.vc.urls")
@pytest.mark.parametrize(
    ("tenure", "code", "as_token"),
    [
        ({}, "", ""),
        ({"compromised_at": "2030-01-01T00:00:00Z"}, "issuer.compromised", "issuer.compromised"),
        # A token bears no date: of a key that has ended it may be an old one.
        ({"until": "2026-01-02T00:00:00Z"}, "issuer.not_in_use", ""),
        ({"from": "2099-01-01T00:00:00Z"}, "issuer.not_in_use", ""),
    ],
)
def test_the_vc_api_believes_a_key_of_the_house_for_the_same_time_as_the_register(
    client: Client,
    issued: Certificate,
    settings: Any,
    tmp_path: Path,
    tenure: dict[str, str],
    code: str,
    as_token: str,
) -> None:
    stored, token = queries.credential(issued), queries.credential_token(issued)
    envelope = {
        "@context": json.loads(stored)["@context"],
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token}",
    }
    trust = json.loads(register.own_trust().read_bytes())
    key = trust["issuers"][0]["keys"][0]
    key |= {"from": "2026-01-01T00:00:00Z"} | tenure
    (tmp_path / "keys").mkdir()
    settings.DATA_DIR = tmp_path
    register.own_trust().write_text(json.dumps(trust), encoding="utf-8")
    said = {"issuer.compromised": "in other hands", "issuer.not_in_use": "not in use"}

    for document, file, fault in (
        (json.loads(stored), stored, code),
        (envelope, token.encode(), as_token),
    ):
        body = {"verifiableCredential": document}
        answer = client.post("/credentials/verify", body, content_type="application/json")

        codes = {found.code for found in register.verify(file, at=DECIDED_AT).findings}
        assert (fault in codes) is bool(fault)
        assert answer.status_code == (400 if fault else 200), answer.content
        assert not fault or said[fault] in answer.json()["detail"]


@pytest.mark.urls("kompeten.api.vc.urls")
def test_the_vc_api_asks_what_holds_and_the_register_what_we_issued(
    client: Client, issued: Certificate
) -> None:
    stored = json.loads(queries.credential(issued))
    stated = {name: value for name, value in stored.items() if name != "proof"}
    key = ed25519.Ed25519PrivateKey.generate()
    strangers = integrity.proof(
        stated,
        suite=integrity.Suite.RDFC,
        sign=key.sign,
        verification_method=did.method_of_key(key.public_key().public_bytes_raw()),
        created=DECIDED_AT,
    )
    rdfc, jcs = stored["proof"]
    more = [*stored["@context"], {"extra": "https://example.org/extra"}]

    for file, code in (
        (json.dumps(stored, indent=1).encode(), "file.rewritten"),
        (canonical.dumps({**stored, "proof": [rdfc, jcs, strangers]}), "signature.missing"),
        (canonical.dumps({**stored, "proof": [rdfc, strangers]}), "issuer.unknown"),
        (canonical.dumps({**stored, "proof": [rdfc]}), "log.other_file"),
        (canonical.dumps({**stored, "@context": more}), "signature.broken"),
        (canonical.dumps({**stored, "@context": more, "proof": [rdfc]}), "log.other_file"),
    ):
        body = {"verifiableCredential": json.loads(file)}
        answer = client.post("/credentials/verify", body, content_type="application/json")
        verdict, _ = register.judge(file, at=DECIDED_AT)

        assert answer.status_code == 200, answer.content
        assert code in {found.code for found in verdict.findings if found.holds is False}


def test_who_has_the_list_is_told_that_nothing_changed(issued: Certificate) -> None:
    def asked(**headers: str) -> HttpResponse:
        request = RequestFactory().get(REVOCATION, headers=headers)
        request.at = DECIDED_AT  # type: ignore[attr-defined]
        return credentials.status_list(request, "revocation", 1)

    first = asked()
    again = asked(**{"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    # Not under another name than theirs.
    other = {"accept": "application/json", "if-none-match": first["ETag"]}
    assert asked(**other).status_code == 200
    assert asked(accept="application/json")["ETag"] != first["ETag"]
    assert "max-age=60" in first["Cache-Control"]
    assert first["Content-Type"] == "application/vc"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "application/vc"),
        ("*/*", "application/vc"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/vc"),
        ("application/vc", "application/vc"),
        ("application/ld+json, application/json", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/json;q=0.5, application/vc", "application/vc"),
        (
            'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
            "application/ld+json",
        ),
        ('application/json;x="a,b;q=0;\\"";Q=0.9, application/vc;q=0.8', "application/json"),
        ("application/json;q=0.1;x=y, application/vc;q=0.2", "application/vc"),
        ("APPLICATION/JSON", "application/json"),
        ("*/*, application/json", "application/json"),
        ("application/json, application/ld+json", "application/json"),
        ("application/*;q=0.1, application/vc;q=0", "application/ld+json"),
        ("application/json;q=0.1, application/*", "application/vc"),
        ("application/vc;q=0.000, */*", "application/ld+json"),
        ("application/vc;q=0", "application/ld+json"),
        ("application/vc;q=0, application/ld+json;q=0, text/html", "application/json"),
        ("*/*;q=0", "application/vc"),
        (';;;,,, "', "application/vc"),
        # Of what is longer than any program sends, the rest is not read.
        (f"text/html;x={'a' * 1000}, application/json", "application/vc"),
        (f"text/html;x={'a' * 900}, application/json", "application/json"),
        # Nothing that it is: as it is, and no refusal.
        ("image/png", "application/vc"),
    ],
)
def test_a_credential_is_sent_under_the_name_that_is_asked_for(
    client: Client, issued: Certificate, accept: str, name: str
) -> None:
    refresh = json.loads(queries.credential(issued))["refreshService"]["id"]
    paths = [REVOCATION, refresh.removeprefix(settings.PUBLIC_URL)]

    for answer in [client.get(path, headers={"accept": accept}) for path in paths]:
        assert answer.status_code == 200
        assert answer["Content-Type"] == name
        names = answer["Vary"].split(", ")
        assert "Accept" in names
        # What anybody may keep is the same whoever asks.
        assert ("Cookie" in names) == ("public" not in answer["Cache-Control"])
        assert json.loads(answer.content)["type"][0] == "VerifiableCredential"


def test_a_list_costs_two_queries(client: Client, issued: Certificate) -> None:
    client.get(REVOCATION)

    with CaptureQueriesContext(connection) as asked:
        client.get(REVOCATION)

    assert len(asked) == 2


@pytest.mark.parametrize(
    "path", ["/status/revocation/0", "/status/revocation/2", "/status/refresh/1", "/status/x/99999"]
)
def test_there_are_no_other_lists(client: Client, issued: Certificate, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_list_travels_in_less_than_three_kilobytes(
    client: Client, issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A little under one in a hundred of 131,072.
    spread = tuple(range(0, 131_072, 101))
    whole = credential_queries._status_list(StatusPurpose.REVOCATION, 1, spread, DECIDED_AT)

    assert len(gzip.compress(whole)) < 3_000


def test_a_credential_is_had_anew_by_who_has_it(client: Client, issued: Certificate) -> None:
    stored = queries.credential(issued)
    address = json.loads(stored)["refreshService"]["id"].removeprefix(settings.PUBLIC_URL)

    answer = client.get(address)

    assert (answer.status_code, answer.content) == (200, stored)
    assert "no-store" in answer["Cache-Control"]
    for guess in ("0" * 32, "x", address.rpartition("/")[2][:-1]):
        assert client.get(f"/s/{issued.ref}/{guess}").status_code == 404


def test_a_withdrawn_one_is_had_no_more(client: Client, issued: Certificate) -> None:
    address = json.loads(queries.credential(issued))["refreshService"]["id"]
    Certificate.objects.filter(pk=issued.pk).update(state="withdrawn")

    assert client.get(address.removeprefix(settings.PUBLIC_URL)).status_code == 404


def test_what_a_scheme_asks_is_read_where_credentials_say(
    client: Client, issued: Certificate
) -> None:
    achievement: dict[str, Any] = json.loads(queries.credential(issued))["credentialSubject"][
        "achievement"
    ]

    answer = client.get(achievement["id"].removeprefix(settings.PUBLIC_URL))

    page = answer.content.decode()
    assert answer.status_code == 200
    for unit in achievement["alignment"]:
        assert f'id="{unit["targetCode"]}"' in page
    assert client.get("/skema/TIDAK-ADA/1").status_code == 404


def test_a_key_in_other_hands_may_assert_nothing(issued: Certificate) -> None:
    trust = json.loads(register.own_trust().read_bytes())
    (issuer,) = trust["issuers"]
    issuer["keys"][0]["compromised_at"] = "2027-01-01T07:00:00+07:00"
    document = register.naming.document(json.dumps(trust).encode(), issuer["id"])

    assert document is not None
    assert document["assertionMethod"] == []
    assert document["verificationMethod"][0]["revoked"] == "2027-01-01T00:00:00Z"
    assert register.naming.document(json.dumps(trust).encode(), "did:web:other.example") is None
