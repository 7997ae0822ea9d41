"""Does `kompeten register` tell, check, export and witness the log, and say no where it must?"""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from kompeten.certificates import queries as certificates
from kompeten.certificates.models import Certificate
from kompeten.foundation import clock
from kompeten.foundation.models import Event
from kompeten.ops import cli
from kompeten.register import tasks
from kompeten.register.adapters import bundle
from kompeten.register.adapters.proof import verify_proof
from kompeten.register.queries import log, logkeys
from kompeten.register.rules import log as rules
from tests.make import decisions
from tests.make.certificates import LATER
from tests.make.register import LOG_KEY, events, key, policy_file, rewriting
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def issued(django_db_setup: None, django_db_blocker: Any) -> Iterator[Certificate]:
    """Return the one published certificate of the house."""
    with django_db_blocker.unblock(), transaction.atomic():
        decision = decisions.certified()
        yield certificates.of_applications([decision.application_id])[decision.application_id]
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _one_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all commands run at one instant: status lists are dated to the minute."""
    monkeypatch.setattr(clock, "now", lambda: LATER)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """Run a command with `--json`; return its exit code and what it said."""
    code = cli.run(["register", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def exported(issued: Certificate, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return a folder that holds the public register."""
    assert told(capsys, "export", str(tmp_path / "out"))[0] == 0
    return tmp_path / "out"


def test_status_tells_size_key_and_witnesses(
    issued: Certificate, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(capsys, "status")

    assert code == 0
    assert (said["entries"], said["size"], said["witnesses"]) == (1, 1, [])
    assert said["origin"] == "127.0.0.1:8000/log"


def test_the_whole_register_leaves_as_files_and_is_believed_without_the_house(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {p.relative_to(exported).as_posix() for p in exported.rglob("*") if p.is_file()}
    vkey = str(logkeys.key().verifier)

    assert names == {
        "penerbit", "konteks/sertifikat-v1", "log/policy", "log/checkpoint",
        "log/tile/0/000.p/1", "log/tile/entries/000.p/1", ".well-known/did.json",
        "status/revocation/1", "status/suspension/1",
    }  # fmt: skip
    assert told(capsys, "verify", str(exported), "--key", vkey)[0] == 0
    assert told(capsys, "verify", str(exported / "log"), "--key", vkey)[1]["entries"] == 1


def test_a_second_export_writes_what_is_new_only(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events(300, start=900_000)
    while tasks.log(at=TUESDAY):
        pass
    _, grown = told(capsys, "export", str(exported))
    _, again = told(capsys, "export", str(exported))

    # Two bundles, two tiles, one above, and the head.
    assert (grown["written"], grown["kept"], grown["entries"]) == (6, 0, 301)
    assert (again["written"], again["kept"]) == (0, 5)
    assert told(capsys, "verify", str(exported))[0] == 0


def test_a_stick_that_was_pulled_out_is_mended_by_the_next_export(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (exported / "log/tile/0/000.p/1").write_bytes(b"half")

    assert told(capsys, "verify", str(exported))[0] == 1
    told(capsys, "export", str(exported))
    assert told(capsys, "verify", str(exported))[0] == 0


def test_verify_names_what_is_wrong(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle_of_entries = exported / "log/tile/entries/000.p/1"
    whole = bundle_of_entries.read_bytes()
    bundle_of_entries.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    code, said = told(capsys, "verify", str(exported))

    assert code == 1
    assert said["faults"] == [
        "tile/0/000.p/1 is not what its entries give",
        "checkpoint states another root than the entries give",
    ]


def test_an_older_head_shows_that_the_log_only_grew(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes((exported / "log/checkpoint").read_bytes())
    events(5, start=900_000)
    while tasks.log(at=TUESDAY):
        pass
    newer = tmp_path / "newer"
    newer.write_bytes(log.read("checkpoint"))

    assert told(capsys, "verify", "--since", str(kept))[0] == 0
    code, said = told(capsys, "verify", str(exported), "--since", str(newer))
    assert code == 1
    assert said["faults"][0].endswith("rolled back")


def test_the_quorum_is_asked_of_whoever_verifies(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = policy_file(tmp_path, [(key("w1.example"), "")], quorum=1)
    path.write_text(f"log {logkeys.key().verifier}\n" + path.read_text())

    code, said = told(capsys, "verify", str(exported), "--policy", str(path))

    assert code == 1
    assert said["faults"] == []
    assert said["witnesses"]["code"] == "witnesses.too_few"


@pytest.mark.parametrize(
    "words",
    [
        ["verify", "/nowhere"],
        ["verify", "--key", "nonsense"],
        ["verify", "--policy", "pyproject.toml"],
        ["verify", "--since", "/nowhere"],
        ["witness", "--name", "a b", "--show"],
        ["witness", "--name", "w.example", "--log", "nonsense"],
        ["witness", "--name", "w.example"],
        ["witness", "--name", "w.example", "--log", str(key("w9").verifier)],
    ],
)
def test_misuse_is_two(
    words: list[str], capsys: pytest.CaptureFixture[str], issued: Certificate
) -> None:
    assert cli.run(["register", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_house_that_rewrote_its_ledger_is_told_so(
    issued: Certificate, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "verify")[1]["faults"] == []

    with rewriting():
        Event.objects.filter(type="certificate.signed").update(
            facts={"pdf": "sha256:x", "credential": "sha256:x"}
        )
    code, said = told(capsys, "verify")
    assert code == 1
    assert said["faults"] == ["entry 0 commits to something else than the ledger says"]


def test_a_bundle_proves_itself(
    issued: Certificate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bukti.zip"
    assert told(capsys, "bundle", issued.number, "--to", str(path))[0] == 0

    parts = bundle.unpack(path.read_bytes())
    found, _ = verify_proof(parts.proof, rules.entry_of(parts.opening), policy=logkeys.policy())

    assert parts.sheet == certificates.pdf(issued)
    assert parts.credential == certificates.credential(issued)
    assert parts.opening.statement.number == issued.number
    assert parts.opening.statement.pdf == f"sha256:{issued.pdf_sha256}"
    assert found.code == "log.holds"
    assert told(capsys, "bundle", "no such number", "--to", str(path))[0] == 1


def test_repair_and_cosign_answer(issued: Certificate, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "repair")[1] == {"written": 3}
    assert told(capsys, "cosign") == (0, told(capsys, "cosign")[1])


def test_a_witness_runs_at_another_office(tmp_path: Path) -> None:
    # A process of its own, with a data folder that is empty, and no database.
    port = 18_900 + os.getpid() % 1000
    environment = os.environ | {
        "KOMPETEN_DATA_DIR": str(tmp_path / "w"),
        "KOMPETEN_PROFILE": "embedded",
    }
    words = [
        sys.executable, "-m", "kompeten", "register", "witness", "--name", "w1.example",
        "--log", str(LOG_KEY.verifier), "--port", str(port),
    ]  # fmt: skip
    shown = subprocess.run(
        [*words, "--show"], env=environment, capture_output=True, text=True, check=True
    )
    assert shown.stdout.startswith("witness w1.example w1.example+")

    running = subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stderr is not None
        running.stderr.readline()
        assert running.stderr.readline() == shown.stdout
        end = time.monotonic() + 20
        while True:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            try:
                line.request("POST", "/add-checkpoint", b"nonsense")
                break
            except ConnectionRefusedError:
                assert time.monotonic() < end
                time.sleep(0.1)
        assert line.getresponse().status == 400
        line.close()
    finally:
        running.terminate()  # not SIGINT: a shell in the background lets its children ignore it
        running.communicate(timeout=20)
    assert not list((tmp_path / "w").glob("*.sqlite3"))
    assert (tmp_path / "w" / "witness" / "witness.key").stat().st_mode & 0o777 == 0o600


def test_the_public_key_of_the_house_is_needed_to_believe(
    exported: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "empty")

    assert cli.run(["register", "verify", str(exported)]) == 2
    assert "name the log's public key with --key" in capsys.readouterr().err
