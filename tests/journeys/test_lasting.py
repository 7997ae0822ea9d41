"""Does a published certificate come to last, and complete by itself what others were away for?"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.utils import timezone

from kompeten.certificates import actions, queries
from kompeten.certificates.models import Certificate
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel.roles import Role
from kompeten.ops import cli
from kompeten.register import queries as register
from kompeten.register.terms import Part, Verdict
from tests.make import journey as make
from tests.make import national, timestamps
from tests.make.journey import REGISTRAR, Traveler
from tests.make.people import account

pytestmark = pytest.mark.django_db
KEYS = Path(django_settings.DATA_DIR) / "keys"


@pytest.fixture
def options(settings: Any) -> Any:
    """Return how to change options for one test."""

    def change(**changes: Any) -> None:
        settings.OPTIONS = type(settings.OPTIONS)(values={**settings.OPTIONS.values, **changes})

    return change


@pytest.fixture
def keys_as_they_were() -> Iterator[None]:
    """Put the folder of keys back to what it was before the test."""
    make.keys_made()
    before = {path: path.read_bytes() for path in KEYS.rglob("*") if path.is_file()}
    yield
    for path in [path for path in KEYS.rglob("*") if path.is_file()]:
        if path not in before:
            path.unlink()
        elif path.read_bytes() != before[path]:
            path.write_bytes(before[path])


@pytest.fixture(scope="module")
def decided(django_db_setup: None, django_db_blocker: Any) -> Iterator[Traveler]:
    """Return a person whose decree is signed, and whose certificate nobody has made yet."""
    with django_db_blocker.unblock(), transaction.atomic():
        traveler = make.certifiable()
        yield traveler
        transaction.set_rollback(True)


def issued(traveler: Traveler) -> Certificate:
    """Let the certificate be issued."""
    traveler.drain()
    return Certificate.objects.get()


def again(certificate: Certificate, traveler: Traveler) -> Certificate:
    """Let another minute pass, and look again."""
    traveler.later(minutes=1)
    ledger.drain("certificates.stamp", at=traveler.at)
    ledger.drain("certificates.countersign", at=traveler.at)
    certificate.refresh_from_db()
    return certificate


def judged(certificate: Certificate, traveler: Traveler) -> Verdict:
    """Return our verifier's verdict on what is handed out, a week later."""
    return register.verify(queries.pdf(certificate), at=traveler.at + timedelta(days=7))


def codes(verdict: Verdict) -> dict[Part, str]:
    return {finding.part: finding.code for finding in verdict.findings}


def trusted(authority: timestamps.Authority) -> None:
    """Believe a time-stamp authority."""
    root = x509.load_der_x509_certificate(authority.root)
    actions.trust_timestamps(root.public_bytes(serialization.Encoding.PEM))


# -- The sheet -----------------------------------------------------------------------------------


def test_the_photo_of_the_application_stands_on_the_sheet(decided: Traveler) -> None:
    certificate = issued(decided)
    content = queries.content(certificate)

    verdict = judged(certificate, decided)

    assert len(content.photo) == 64
    assert verdict.ok
    assert codes(verdict)[Part.AGREEMENT] == "agreement.holds"
    assert "issuer.revocation" not in verdict.not_checked


# -- Time stamps ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("keys_as_they_were")
def test_a_time_stamp_follows_by_itself_once_its_authority_answers(
    decided: Traveler, options: Any
) -> None:
    authority = timestamps.Authority(now=decided.at + timedelta(minutes=5), down=True)
    trusted(authority)
    with timestamps.served(authority) as url:
        options(timestamp_url=url)
        certificate = issued(decided)
        without = (certificate.state, certificate.stamped_at, judged(certificate, decided).ok)

        authority.down = False
        stamped = again(certificate, decided)

    assert without == ("published", None, True)
    assert stamped.stamped_at == authority.now
    assert queries.pdf(stamped).startswith(queries.signed_pdf(stamped))
    assert codes(judged(stamped, decided))[Part.TIME] == "time.stamped"
    event = ledger.history("certificate", stamped.pk)[-1]
    assert (event.type, event.facts["pdf"]) == (
        "certificate.stamped",
        f"sha256:{stamped.latest_sha256}",
    )
    assert queries.to_stamp().count() == 0


@pytest.mark.usefixtures("keys_as_they_were")
def test_of_two_workers_at_the_same_sheet_one_writes(decided: Traveler, options: Any) -> None:
    authority = timestamps.Authority(now=decided.at + timedelta(minutes=5))
    trusted(authority)
    certificate = issued(decided)
    with timestamps.served(authority) as url:
        options(timestamp_url=url)
        first, second = (Certificate.objects.get(pk=certificate.pk) for _ in range(2))

        actions.stamp([first], at=decided.at)
        actions.stamp([second], at=decided.at)

    stamps = Event.objects.filter(type="certificate.stamped")
    assert stamps.count() == 1
    assert Certificate.objects.get().latest_sha256 == first.latest_sha256


@pytest.mark.usefixtures("keys_as_they_were")
def test_an_authority_that_nobody_trusts_stamps_nothing(decided: Traveler, options: Any) -> None:
    with timestamps.served(timestamps.Authority()) as url:
        options(timestamp_url=url)
        certificate = again(issued(decided), decided)

    assert (certificate.state, certificate.stamped_at) == ("published", None)


@pytest.mark.usefixtures("keys_as_they_were")
def test_upgrade_appends_another_stamp_years_later(
    decided: Traveler, options: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = timestamps.Authority(now=decided.at + timedelta(minutes=5))
    trusted(authority)
    with timestamps.served(authority) as url:
        options(timestamp_url=url)
        certificate = again(issued(decided), decided)
        first = queries.pdf(certificate)
        authority.now += timedelta(days=100)

        code = cli.run(["certificate", "upgrade", certificate.number, "--json"])

    certificate.refresh_from_db()
    assert (code, json.loads(capsys.readouterr().out)) == (0, {"stamped": 1, "due": 1})
    assert queries.pdf(certificate).startswith(first)
    assert certificate.stamped_at == authority.now
    assert cli.run(["certificate", "upgrade", certificate.number]) == 1  # no authority any more
    assert cli.run(["certificate", "upgrade"]) == 2
    assert cli.run(["certificate", "upgrade", "keine", "--json"]) == 1


# -- The national signature ----------------------------------------------------------------------


@pytest.mark.usefixtures("keys_as_they_were")
def test_while_the_national_service_is_away_the_certificate_is_provisional(
    decided: Traveler, options: Any, client: Client
) -> None:
    service = national.Service(down=True)
    actions.name_signatory(national.NIK, national.PASSPHRASE, service.certificate, at=decided.at)
    with national.served(service) as url:
        options(esign_url=url, esign_user=national.USER, esign_password=national.PASSWORD)
        certificate = issued(decided)
        waiting = again(certificate, decided)
        entry = register.by_ref(waiting.ref)
        assert entry is not None
        shown = client.get(f"/s/{waiting.ref}").content.decode()
        officer = account(140, Role.REGISTRAR, at=decided.at)
        client.force_login(get_user_model().objects.get(pk=officer.account_id))
        office = client.get(f"/kantor/sertifikat/{waiting.ref}/").content.decode()
        reasons = Event.objects.filter(type="certificate.countersignature_awaited")

        # Credential, register and page are there, and say what is missing.
        assert (waiting.state, waiting.countersign) == ("published", "due")
        assert waiting.countersign_reason == "esign.unreachable"
        assert register.sheet(entry, on=timezone.localdate(decided.at)).is_provisional
        assert "Sementara" in shown
        assert "Layanan tanda tangan nasional tidak menjawab." in office
        assert judged(waiting, decided).ok
        assert [event.facts["reason"] for event in reasons] == ["esign.unreachable"]
        again(certificate, decided)
        assert reasons.count() == 1  # the same reason is written down once

        service.down = False
        done = again(certificate, decided)

    assert (done.countersign, done.countersign_reason) == ("done", "")
    assert codes(judged(done, decided))[Part.COUNTERSIGNATURE] == "countersignature.holds"
    assert judged(done, decided).ok
    assert queries.pdf(done).startswith(queries.signed_pdf(done))
    assert "Sementara" not in client.get(f"/s/{done.ref}").content.decode()


@pytest.mark.usefixtures("keys_as_they_were")
def test_a_refused_passphrase_is_not_tried_again_until_somebody_acts(
    decided: Traveler, options: Any
) -> None:
    service = national.Service()
    actions.name_signatory(national.NIK, "salah", service.certificate, at=decided.at)
    with national.served(service) as url:
        options(esign_url=url, esign_user=national.USER, esign_password=national.PASSWORD)
        certificate = issued(decided)
        asked = len(service.asked)
        for _ in range(5):
            again(certificate, decided)

        assert asked == len(service.asked) == 1
        assert certificate.countersign_reason == "esign.passphrase"

        decided.later(hours=1)
        again(certificate, decided)
        assert len(service.asked) == 2  # once an hour

        decided.later(minutes=1)
        actions.name_signatory(
            national.NIK, national.PASSPHRASE, service.certificate, at=decided.at
        )
        done = again(certificate, decided)
    assert done.countersign == "done"


@pytest.mark.usefixtures("keys_as_they_were")
def test_what_the_service_hangs_behind_its_signature_is_left_off(
    decided: Traveler, options: Any
) -> None:
    service = national.Service(trailing=b"1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n")
    actions.name_signatory(national.NIK, national.PASSPHRASE, service.certificate, at=decided.at)
    with national.served(service) as url:
        options(esign_url=url, esign_user=national.USER, esign_password=national.PASSWORD)
        done = again(issued(decided), decided)

    assert done.countersign == "done"
    assert judged(done, decided).ok


@pytest.mark.usefixtures("keys_as_they_were")
def test_the_signatorys_secrets_lie_sealed_and_leave_no_trace(decided: Traveler) -> None:
    service = national.Service()
    actions.name_signatory(national.NIK, national.PASSPHRASE, service.certificate, at=decided.at)

    kept = KEYS / "esign.sealed"
    written = b"".join(path.read_bytes() for path in KEYS.rglob("*") if path.is_file())

    assert kept.stat().st_mode & 0o777 == 0o600
    assert national.PASSPHRASE.encode() not in written
    assert national.NIK.encode() not in written


# -- Keys at the shell ---------------------------------------------------------------------------


@pytest.mark.usefixtures("keys_as_they_were")
def test_a_lost_key_names_what_has_to_be_issued_again(
    decided: Traveler, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate = issued(decided)
    key = next(k for k in queries.key_history() if k.kind == "signing" and k.is_in_use)
    since = (decided.at - timedelta(days=1)).isoformat()

    code = cli.run(["keys", "compromise", key.id, "--since", since, "--json"])
    said = json.loads(capsys.readouterr().out)

    assert code == 0
    assert said["renewed"] is True
    assert said["to_be_issued_again"] == [certificate.number]
    assert codes(judged(certificate, decided))[Part.ISSUER] == "issuer.compromised"
    assert cli.run(["keys", "list"]) == 0
    assert key.id in capsys.readouterr().out


@pytest.mark.usefixtures("keys_as_they_were")
def test_a_later_loss_than_was_reported_changes_nothing_and_is_told_so(
    decided: Traveler, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate = issued(decided)
    key = next(k for k in queries.key_history() if k.kind == "signing" and k.is_in_use)
    first = (decided.at - timedelta(days=1)).isoformat()
    cli.run(["keys", "compromise", key.id, "--since", first])
    capsys.readouterr()

    code = cli.run(["keys", "compromise", key.id, "--since", decided.at.isoformat()])
    told = capsys.readouterr().out.splitlines()

    assert code == 0
    assert told == [
        f"it was reported before, as lost since {first}; that stays",
        f"{key.id} is no longer believed for what is not proven to be older than {first}",
        "1 to be issued again:",
        certificate.number,
    ]


@pytest.mark.usefixtures("keys_as_they_were")
def test_the_register_knows_a_token_that_a_lost_key_signed(decided: Traveler) -> None:
    certificate = issued(decided)
    token = queries.credential_token(certificate).encode()
    key = next(k for k in queries.key_history() if k.kind == "credential" and k.is_in_use)
    at = decided.later(days=1)
    actions.report_compromise(key.id, since=at, at=at)

    stranger = register.verify(token, at=at)
    house, entry = register.judge(token, at=at)

    assert codes(stranger)[Part.ISSUER] == "issuer.compromised"
    assert (house.ok, codes(house)[Part.LOG]) == (True, "log.entered")
    assert entry is not None
    assert entry.number == certificate.number


@pytest.mark.usefixtures("keys_as_they_were")
def test_what_a_lost_key_has_signed_is_issued_again_though_nothing_on_it_differs(
    decided: Traveler,
) -> None:
    certificate = issued(decided)
    key = next(k for k in queries.key_history() if k.kind == "signing" and k.is_in_use)
    at = decided.later(days=1)
    actions.report_compromise(key.id, since=at - timedelta(days=7), at=at)

    new = actions.correct(
        certificate,
        ground="Kunci bocor, laporan 4/2026",
        by=REGISTRAR,
        at=decided.later(hours=1),
        rng=decided.rng(),
    )
    decided.drain()

    new.refresh_from_db()
    assert (new.state, judged(new, decided).ok) == ("published", True)


def test_nothing_is_issued_again_while_no_key_is_lost(decided: Traveler) -> None:
    certificate = issued(decided)

    with pytest.raises(StepRefused, match=r"anew\.same"):
        actions.correct(
            certificate, ground="Sekadar ingin", by=REGISTRAR, at=decided.at, rng=decided.rng()
        )


@pytest.mark.usefixtures("keys_as_they_were")
def test_a_log_that_nobody_else_has_seen_proves_nothing_to_a_stranger(
    decided: Traveler, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate = issued(decided)
    key = next(k for k in queries.key_history() if k.kind == "signing" and k.is_in_use)
    since = (decided.at + timedelta(hours=1)).isoformat()

    cli.run(["keys", "compromise", key.id, "--since", since, "--json"])

    assert json.loads(capsys.readouterr().out)["to_be_issued_again"] == [certificate.number]


@pytest.mark.usefixtures("keys_as_they_were")
def test_the_register_knows_what_it_issued_before_a_key_was_lost(decided: Traveler) -> None:
    certificate = issued(decided)
    for key in queries.key_history():
        if key.is_in_use:
            at = decided.at + timedelta(days=1)
            actions.report_compromise(key.id, since=at, at=at)
    ledger.drain_all(at=decided.at)
    later = decided.at + timedelta(days=2)

    files = (queries.pdf(certificate), queries.credential(certificate), certificate.qr.encode())
    verdicts = [register.judge(file, at=later)[0] for file in files]

    assert [verdict.ok for verdict in verdicts] == [True, True, True]
    assert not register.verify(files[0], at=later).ok  # a stranger has nobody to ask


@pytest.mark.usefixtures("keys_as_they_were")
def test_keys_rotate_at_the_shell_and_the_running_house_takes_the_new_ones(
    decided: Traveler, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate = issued(decided)
    before = queries.keys().signer.key_id

    assert cli.run(["keys", "rotate"]) == 0

    assert queries.keys().signer.key_id != before
    assert judged(certificate, decided).ok


@pytest.mark.usefixtures("keys_as_they_were")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["compromise", "0000000000000000"], 1),
        (["compromise", "x", "--since", "2999-01-01T00:00Z"], 2),
        (["compromise", "x", "--since", "2026-01-01"], 2),
        (["stamping", "tests/conftest.py"], 1),
        (["crl", "--take", "tests/conftest.py"], 1),
        (["crl"], 0),
    ],
)
def test_keys_says_no_where_it_must(words: list[str], code: int) -> None:
    assert cli.run(["keys", *words]) == code


@pytest.mark.usefixtures("keys_as_they_were")
def test_the_public_finds_the_revocation_list_where_the_certificates_say(client: Client) -> None:
    signing = x509.load_der_x509_certificate(queries.keys().signer.chain[0])
    places = signing.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    (name,) = places[0].full_name or []
    path = name.value.removeprefix(django_settings.PUBLIC_URL)

    answer = client.get(path)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pkix-crl")
    assert answer.content == queries.keys().crls[0]
    assert client.get("/otoritas/signing.key.pem").status_code == 404
