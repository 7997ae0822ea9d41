"""What does the API say of a certificate, and of a file that somebody holds?"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompeten.api.v1.house import api
from kompeten.certificates import actions, queries
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import SuspensionCause
from kompeten.foundation import clock, lookups, qr
from kompeten.kernel.roles import Role
from kompeten.register import tasks
from tests.make import decisions
from tests.make.actors import actor
from tests.make.decisions import DECIDED_AT
from tests.make.people import BIRTH, identity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bounded_looks")]
BASE = "/api/v1/certificates"


@pytest.fixture(scope="module")
def issued(django_db_setup: None, django_db_blocker: Any) -> Iterator[Certificate]:
    """Return a published certificate that stands in the register."""
    with django_db_blocker.unblock(), transaction.atomic():
        decision = decisions.certified()
        tasks.project(at=DECIDED_AT)
        yield queries.of_applications([decision.application_id])[decision.application_id]
        transaction.set_rollback(True)


def test_by_number_and_by_reference_the_same_is_told(client: Client, issued: Certificate) -> None:
    by_number = client.get(BASE, {"number": issued.number})
    by_ref = client.get(f"{BASE}/{issued.ref.lower()}")

    said, again = by_number.json(), by_ref.json()
    assert (by_number.status_code, by_ref.status_code) == (200, 200)
    assert said | {"as_known_at": ""} == again | {"as_known_at": ""}
    assert (said["number"], said["status"]) == (issued.number, "valid")
    assert said["facts"]["holder"] == said["holder"] == issued.person.full_name
    assert said["pdf_digest"] == f"sha256:{issued.pdf_sha256}"
    assert by_number["Access-Control-Allow-Origin"] == "*"


def test_nothing_is_told_that_is_not_on_the_paper(client: Client, issued: Certificate) -> None:
    said = client.get(f"{BASE}/{issued.ref}").content.decode()

    assert str(BIRTH) not in said
    assert str(identity(1).nik) not in said
    assert issued.person.email not in said


def test_a_suspension_is_told_with_its_last_day(client: Client, issued: Certificate) -> None:
    issued.refresh_from_db()
    actions.suspend(
        issued,
        cause=SuspensionCause.INQUIRY,
        note="rahasia",
        ends_at=clock.now() + timedelta(days=9),
        by=actor(Role.REGISTRAR),
        at=clock.now(),
    )

    answer = client.get(f"{BASE}/{issued.ref}")

    assert answer.json()["status"] == "suspended"
    assert answer.json()["suspended_until"]
    assert "rahasia" not in answer.content.decode()


def test_a_number_that_is_not_there_is_a_problem_in_the_words_of_the_standard(
    client: Client,
) -> None:
    answer = client.get(BASE, {"number": "0"})

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "Not Found"


@pytest.mark.parametrize("asked", ["", "x" * 121])
def test_a_question_without_a_number_is_told_what_is_wrong(client: Client, asked: str) -> None:
    answer = client.get(BASE, {"number": asked})

    assert answer.status_code == 422
    assert "number" in answer.json()["errors"][0]["where"]


def test_guessing_ends_with_429(client: Client, issued: Certificate) -> None:
    for n in range(lookups.MISSES):
        client.get(BASE, {"number": str(n)})

    answer = client.get(BASE, {"number": issued.number})

    assert (answer.status_code, answer["Retry-After"]) == (429, "600")


def judged(client: Client, body: bytes, kind: str = "application/octet-stream") -> Any:
    return client.generic("POST", "/api/v1/verifications", body, content_type=kind)


def test_every_form_of_a_certificate_is_judged(client: Client, issued: Certificate) -> None:
    bodies = {
        "pdf": queries.pdf(issued),
        "credential": queries.credential(issued),
        "jwt": queries.credential_token(issued).encode(),
        "qr": issued.qr.encode(),
    }

    answers = {kind: judged(client, body).json() for kind, body in bodies.items()}
    photo = judged(client, qr.png(issued.qr)).json()
    badge = judged(client, queries.badge(issued, "png")).json()

    for kind, said in answers.items():
        assert (said["ok"], said["kind"]) == (True, kind)
        assert said["register_entry"] == {"ref": issued.ref, "number": issued.number}
    assert photo == answers["qr"] | {"findings": photo["findings"]}
    alike = {"findings": badge["findings"], "not_checked": badge["not_checked"]}
    assert badge == answers["credential"] | alike
    assert "paper.page_text" in badge["not_checked"]
    assert answers["jwt"]["facts"] == answers["credential"]["facts"]
    verdicts = [
        [(part["part"], part["code"]) for part in answers[kind]["findings"]]
        for kind in ("jwt", "credential")
    ]
    assert verdicts[0] == verdicts[1]


@pytest.mark.parametrize(
    ("body", "status", "ok"),
    [(b"", 422, None), (b"\x89PNG broken", 422, None), (b"%PDF-1.7 nothing", 200, False)],
)
def test_what_is_no_certificate_is_told_so(
    client: Client, body: bytes, status: int, ok: bool | None
) -> None:
    answer = judged(client, body)

    assert (answer.status_code, answer.json().get("ok")) == (status, ok)


def test_a_large_file_is_judged_and_a_larger_one_is_a_problem(client: Client) -> None:
    large = judged(client, b"%PDF-1.7\n" + b" " * 4_000_000)
    larger = judged(client, b"%PDF-1.7\n" + b" " * 8_400_000)

    assert (large.status_code, large.json()["ok"]) == (200, False)
    assert larger.status_code == 413


def test_a_look_costs_one_query(client: Client, issued: Certificate) -> None:
    client.get(f"{BASE}/{issued.ref}")

    with CaptureQueriesContext(connection) as asked:
        client.get(f"{BASE}/{issued.ref}")

    assert len(asked) == 1


def test_the_description_in_the_repository_is_the_one_that_is_served(client: Client) -> None:
    kept = settings.PACKAGE.parents[1] / "docs" / "generated" / "openapi-v1.json"

    assert json.loads(kept.read_text()) == json.loads(json.dumps(api.get_openapi_schema()))
    assert client.get("/api/v1/openapi.json").status_code == 200
