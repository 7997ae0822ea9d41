"""Is a certificate checked without a network by what somebody carries: bundle, status lists, head of the log?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import transaction

from kompeten.certificates import actions, queries
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import StatusPurpose, WithdrawalCause
from kompeten.foundation import clock, ledger
from kompeten.kernel.roles import Role
from kompeten.ops import cli
from kompeten.register.adapters import bundle as bundles
from kompeten.register.queries import log, logkeys
from tests.make import decisions
from tests.make.actors import actor
from tests.make.register import LOG_KEY

pytestmark = pytest.mark.django_db


class Carried(NamedTuple):
    """What lies on a memory stick, all of it public or the holder's own."""

    bundle: Path
    policy: Path
    checkpoint: Path
    trust: Path

    def verified(self, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
        """Verify the bundle with nothing of the house but what is carried."""
        code = cli.run(
            ["certificate", "verify", str(self.bundle), "--offline", "--json",
             "--trust", str(self.trust), "--policy", str(self.policy), *words]
        )  # fmt: skip
        return code, json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def issued(django_db_setup: None, django_db_blocker: Any) -> Iterator[Certificate]:
    with django_db_blocker.unblock(), transaction.atomic():
        decision = decisions.certified()
        ledger.drain_all(at=clock.now())
        yield queries.of_applications([decision.application_id])[decision.application_id]
        transaction.set_rollback(True)


@pytest.fixture
def carried(issued: Certificate, tmp_path: Path) -> Carried:
    issued.refresh_from_db()
    bundle, own = log.bundle(issued), logkeys.verifier()
    assert bundle is not None
    assert own is not None
    (tmp_path / "sertifikat.zip").write_bytes(bundle)
    (tmp_path / "policy").write_text(f"log {own}\nquorum none\n")
    (tmp_path / "checkpoint").write_bytes(log.read("checkpoint"))
    assert cli.run(["certificate", "export", issued.number, "--to", str(tmp_path)]) == 0
    names = ("sertifikat.zip", "policy", "checkpoint", "trust.json")
    return Carried(*(tmp_path / name for name in names))


def lists(tmp_path: Path) -> list[str]:
    """Return the words that name the status lists of this minute."""
    words: list[str] = []
    for purpose in StatusPurpose:
        listed = queries.status_list(purpose, 1, at=clock.now())
        assert listed is not None
        (tmp_path / purpose).write_bytes(listed)
        words += ["--status", str(tmp_path / purpose)]
    return words


def findings(said: Any) -> dict[str, tuple[str, bool | None]]:
    return {f["part"]: (f["code"], f["holds"]) for f in said["findings"]}


def test_a_bundle_with_lists_and_head_leaves_only_the_paper_to_compare(
    carried: Carried, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    capsys.readouterr()
    words = [*lists(tmp_path), "--checkpoint", str(carried.checkpoint)]

    code, said = carried.verified(capsys, *words)

    found = findings(said)
    assert (code, said["ok"], said["kind"]) == (0, True, "bundle")
    assert found["log"] == ("log.holds", True)
    assert found["status"] == ("status.list_clear", True)
    assert found["witnesses"] == ("witnesses.none", None)
    assert "status.register" not in said["not_checked"]


def test_a_withdrawn_certificate_is_told_by_the_list_that_is_carried(
    carried: Carried, capsys: pytest.CaptureFixture[str], tmp_path: Path, issued: Certificate
) -> None:
    capsys.readouterr()
    actions.withdraw(
        [issued],
        cause=WithdrawalCause.ISSUED_IN_ERROR,
        note="ada",
        by=actor(Role.DIRECTOR),
        at=clock.now(),
    )

    code, said = carried.verified(capsys, *lists(tmp_path))

    assert (code, findings(said)["status"]) == (1, ("status.list_withdrawn", False))


def test_the_code_on_the_paper_is_enough_to_find_its_place_in_the_list(
    carried: Carried, capsys: pytest.CaptureFixture[str], tmp_path: Path, issued: Certificate
) -> None:
    capsys.readouterr()
    code = tmp_path / "qr.txt"
    code.write_text(issued.qr)
    listed = lists(tmp_path)

    end = cli.run(
        ["certificate", "verify", str(code), "--json", "--trust", str(carried.trust), *listed]
    )

    found = findings(json.loads(capsys.readouterr().out))
    assert (end, found["status"]) == (0, ("status.list_clear", True))


@pytest.mark.parametrize("purpose", list(StatusPurpose))
def test_a_changed_list_is_refused_and_named(
    carried: Carried, capsys: pytest.CaptureFixture[str], tmp_path: Path, purpose: StatusPurpose
) -> None:
    capsys.readouterr()
    words = lists(tmp_path)
    whole = (tmp_path / purpose).read_bytes()
    at = whole.index(b"encodedList") + 20
    (tmp_path / purpose).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])

    code, said = carried.verified(capsys, *words)

    assert (code, findings(said)["status"]) == (1, ("status.list_broken", False))


def test_without_lists_the_open_question_is_said(
    carried: Carried, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    code, said = carried.verified(capsys)

    assert (code, findings(said)["status"]) == (0, ("status.not_checked", None))
    assert "status.register" in said["not_checked"]


def test_a_log_that_nobody_knows_proves_nothing(
    carried: Carried, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    carried.policy.write_text(f"log {LOG_KEY.verifier}\nquorum none\n")

    code, said = carried.verified(capsys)

    assert code == 1
    assert findings(said)["log"][1] is False


@pytest.mark.parametrize("part", ["sertifikat.pdf", "kredensial.json", "pembuka.json"])
def test_a_bundle_put_together_of_two_certificates_is_refused(
    carried: Carried, capsys: pytest.CaptureFixture[str], part: str
) -> None:
    """Each part by itself is ours; together they are of nobody."""
    capsys.readouterr()
    parts = bundles.unpack(carried.bundle.read_bytes())
    changed = {
        "sertifikat.pdf": lambda: parts._replace(sheet=parts.sheet + b"\n"),
        "kredensial.json": lambda: parts._replace(credential=parts.credential + b" "),
        "pembuka.json": lambda: parts._replace(
            opening=type(parts.opening)(
                "00" * 32, parts.opening.statement, version=parts.opening.version
            )
        ),
    }[part]()
    carried.bundle.write_bytes(bundles.pack(changed))

    code, _ = carried.verified(capsys)

    assert code == 1
