"""Does `kompeten certificate` list, export and verify, and say no where it must?"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from kompeten.certificates import queries
from kompeten.certificates.models import Certificate
from kompeten.foundation import qr
from kompeten.ops import cli
from tests.make import decisions
from tests.make.certificates import folder, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def issued(django_db_setup: None, django_db_blocker: Any) -> Iterator[Certificate]:
    """Return the one published certificate of the house."""
    with django_db_blocker.unblock(), transaction.atomic():
        decision = decisions.certified()
        yield queries.of_applications([decision.application_id])[decision.application_id]
        transaction.set_rollback(True)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """Run a command with `--json`; return its exit code and what it said."""
    code = cli.run([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def exported(issued: Certificate, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the folder that everything was exported to."""
    assert cli.run(["certificate", "export", "--all", "--to", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    return tmp_path / "out"


def test_list_names_each_with_holder_scheme_and_term(
    issued: Certificate, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(capsys, "certificate", "list")

    assert code == 0
    assert said == {
        "certificates": [
            {
                "number": issued.number,
                "name": "Ani Rahayu",
                "scheme": "TKS-G",
                "valid_from": "2026-03-12",
                "valid_until": "2031-03-11",
            }
        ]
    }
    assert cli.run(["certificate", "list"]) == 0
    assert issued.number in capsys.readouterr().out


def test_export_writes_sheet_credential_and_whom_to_trust(
    issued: Certificate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(capsys, "certificate", "export", issued.number, "--to", str(tmp_path / "a"))

    pdf, credential = map(Path, said["files"])
    assert code == 0
    assert pdf.read_bytes() == queries.pdf(issued)
    assert credential.read_bytes() == queries.credential(issued)
    assert {p.name for p in (tmp_path / "a").iterdir()} == {pdf.name, credential.name, "trust.json"}


def test_an_unknown_number_is_no(issued: Certificate, tmp_path: Path) -> None:
    assert cli.run(["certificate", "export", "000000/X", "--to", str(tmp_path / "b")]) == 1
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["export", "--to", "x"],
        ["export", "1", "--all", "--to", "x"],
        ["export", "--all"],
        ["verify"],
        ["verify", "no-such-file.pdf"],
        ["verify", "/tmp"],
        ["burn"],
    ],
)
def test_misuse_is_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["certificate", *words]) == 2
    assert capsys.readouterr().out == ""


def test_what_was_exported_is_believed(
    exported: Path, capsys: pytest.CaptureFixture[str], issued: Certificate
) -> None:
    files = [p for p in sorted(exported.iterdir()) if p.name != "trust.json"]

    said = [told(capsys, "certificate", "verify", str(file)) for file in files]

    assert [(code, told["ok"]) for code, told in said] == [(0, True), (0, True)]
    assert {told["kind"] for _, told in said} == {"pdf", "credential"}
    for _, verdict in said:
        assert verdict.keys() == {"ok", "kind", "findings", "facts", "not_checked"}
        assert verdict["facts"]["number"] == issued.number
        assert "status.register" not in verdict["not_checked"]  # the register was asked
    status = {f["part"]: f for _, told in said for f in told["findings"]}["status"]
    assert (status["code"], status["holds"]) == ("status.clear", True)


def test_a_token_is_believed_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], issued: Certificate
) -> None:
    file = tmp_path / "kredensial.jwt"
    file.write_text(queries.credential_token(issued) + "\n")

    asked = told(capsys, "certificate", "verify", str(file))
    offline = told(capsys, "certificate", "verify", str(file), "--offline")

    assert [(code, said["ok"], said["kind"]) for code, said in (asked, offline)] == [
        (0, True, "jwt"),
        (0, True, "jwt"),
    ]
    assert "status.register" in offline[1]["not_checked"]
    assert "status.register" not in asked[1]["not_checked"]


def test_one_changed_byte_is_no(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    codes = []
    for file in sorted(exported.iterdir()):
        if file.name == "trust.json":
            continue
        whole = file.read_bytes()
        for place in (len(whole) // 3, len(whole) // 2, len(whole) - 30):
            file.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
            codes.append(cli.run(["certificate", "verify", str(file)]))
    assert codes == [1] * 6
    assert "NOT VALID" in capsys.readouterr().out


def test_another_authority_is_believed_only_by_who_trusts_it(
    issued: Certificate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign = tmp_path / "asing.pdf"
    foreign.write_bytes(sealed().pdf)
    trust = str(folder() / "trust.json")

    assert cli.run(["certificate", "verify", str(foreign)]) == 1
    assert cli.run(["certificate", "verify", str(foreign), "--trust", trust]) == 0


def test_without_anybody_to_trust_it_is_misuse(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = next(p for p in exported.iterdir() if p.suffix == ".pdf")
    empty = tmp_path / "nobody.json"
    empty.write_text("{}")

    assert cli.run(["certificate", "verify", str(file), "--trust", str(empty)]) == 2
    told = capsys.readouterr().err
    assert "names no roots and issuers; name a trust file with --trust" in told
    missing = str(tmp_path / "gone.json")
    assert cli.run(["certificate", "verify", str(file), "--trust", missing]) == 2


def test_a_photo_of_the_code_is_read_and_one_without_is_misuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], issued: Certificate
) -> None:
    pictures = {
        "ours.png": qr.png(issued.qr),
        "other.png": qr.png("https://example.org/menu"),
        "broken.png": b"\x89PNG broken",
    }
    for name, content in pictures.items():
        (tmp_path / name).write_bytes(content)

    code, said = told(capsys, "certificate", "verify", str(tmp_path / "ours.png"))
    assert (code, said["ok"], said["kind"]) == (0, True, "qr")
    for name, words in (("other.png", "no QR code"), ("broken.png", "not a picture")):
        assert cli.run(["certificate", "verify", str(tmp_path / name)]) == 2
        assert words in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"%PDF-1.7", b"{}", b"https://x#y"])
def test_what_is_no_certificate_is_no(
    issued: Certificate, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "aneh.pdf"
    file.write_bytes(content)

    assert cli.run(["certificate", "verify", str(file)]) == 1
    assert capsys.readouterr().out.startswith("NOT VALID")


def test_a_file_of_many_megabytes_is_not_read(
    issued: Certificate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "besar.pdf"
    with file.open("wb") as empty:
        empty.truncate(40 * 1024 * 1024)

    assert cli.run(["certificate", "verify", str(file)]) == 2
    assert "too large" in capsys.readouterr().err


def test_offline_nobody_is_asked_and_what_was_not_checked_is_said(
    exported: Path, capsys: pytest.CaptureFixture[str], django_assert_num_queries: Any
) -> None:
    file = next(p for p in exported.iterdir() if p.suffix == ".pdf")

    with django_assert_num_queries(0):
        code, said = told(capsys, "certificate", "verify", str(file), "--offline")

    assert (code, said["ok"]) == (0, True)
    assert "status.register" in said["not_checked"]


@pytest.mark.parametrize("there", [True, False])
def test_verify_leaves_no_trace_in_the_data_folder(
    exported: Path, tmp_path: Path, there: bool
) -> None:
    file = next(p for p in exported.iterdir() if p.suffix == ".pdf")
    home = tmp_path / "rumah"
    if there:
        home.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOMPETEN_", "DJANGO_"))}
    words = ["certificate", "verify", str(file), "--trust", str(exported / "trust.json")]

    done = subprocess.run(
        [sys.executable, "-m", "kompeten", *words],
        env=kept | {"KOMPETEN_DATA_DIR": str(home)},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout[:5]) == (0, b"VALID")
    assert home.exists() == there
    assert list(tmp_path.rglob("rumah/*")) == []


def test_the_trust_that_is_exported_holds_no_secret(exported: Path) -> None:
    kept = (Path(settings.DATA_DIR) / "keys" / "trust.json").read_bytes()

    assert (exported / "trust.json").read_bytes() == kept
    assert b"PRIVATE" not in kept
