"""Does the doctor find what is wrong, and say what to do?"""

import json
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from kompeten.certificates import queries as certificates
from kompeten.exams.adapters import journal
from kompeten.foundation import clock, ledger, published
from kompeten.foundation.ledger import jobs
from kompeten.kernel.tlog.checkpoints import Checkpoint
from kompeten.ops import cli, prepare
from kompeten.ops.doctor import Finding, Level, examine
from kompeten.ops.findings import is_well
from kompeten.people.models import Person
from kompeten.register import tasks
from kompeten.register.actions import log as logging
from kompeten.register.adapters import notes
from kompeten.register.models import Witness
from kompeten.register.queries import log as queries
from kompeten.register.queries import logkeys
from tests.make import clamd, decisions, journey, letters
from tests.make.certificates import issue_all
from tests.make.held import ARABIC
from tests.make.register import events, key, policy_file
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """Let the house live in a folder of the test."""
    settings.DATA_DIR = settings.STATIC_ROOT = tmp_path
    for name in ("files", "published"):
        kept = settings.STORAGES[name]
        there = kept["OPTIONS"] | {"location": tmp_path / name}
        settings.STORAGES = settings.STORAGES | {name: kept | {"OPTIONS": there}}
    return tmp_path


def found(subject: str) -> list[Finding]:
    """Return the findings on one thing, now."""
    return [f for f in examine(at=clock.now()) if f.subject == subject]


def levels(subject: str) -> list[Level]:
    """Return how grave they are."""
    return [finding.level for finding in found(subject)]


def test_a_data_folder_that_others_can_look_into_is_named(home: Path) -> None:
    assert levels("data folder") == [Level.OK]

    home.chmod(0o755)

    assert [(f.level, f.advice) for f in found("data folder")] == [
        (Level.WARN, f"chmod 700 {home}")
    ]


def test_a_house_in_order_is_well(
    home: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.OPTIONS = options(settings, mail_host="smtp.contoh.example", second_factor=True)
    (home / "staticfiles.json").write_text("{}", encoding="utf-8")
    prepare.make_keys()

    findings = examine(at=clock.now())

    problems = [f for f in findings if f.level is Level.PROBLEM]
    assert problems == []
    assert cli.run(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["well"] is True
    assert [f["subject"] for f in told["findings"]] == [f.subject for f in findings]


def options(settings: Any, **changes: Any) -> Any:
    """Return the options in force with some changed."""
    return type(settings.OPTIONS)(values={**settings.OPTIONS.values, **changes})


def test_a_secret_that_others_can_read_is_a_problem(home: Path) -> None:
    (home / "secrets").mkdir()
    secret = home / "secrets" / "privacy_key"
    secret.write_text("a secret", encoding="ascii")

    secret.chmod(0o644)
    assert levels("secrets") == [Level.PROBLEM]
    assert found("secrets")[0].advice.startswith("chmod 600 ")

    secret.chmod(0o600)
    assert levels("secrets") == [Level.OK]


def test_keys_that_cannot_sign_are_a_problem_and_a_demonstration_authority_a_warning(
    home: Path,
) -> None:
    assert levels("keys") == [Level.PROBLEM]

    prepare.make_keys()
    assert levels("keys") == [Level.WARN]

    (home / "keys" / "signing.key.pem").write_text("broken", encoding="ascii")
    assert levels("keys") == [Level.PROBLEM]


def test_the_demonstration_on_a_public_address_is_a_problem(home: Path, settings: Any) -> None:
    settings.OPTIONS = options(settings, demo=True, second_factor=True)
    assert levels("safety") == []

    settings.PUBLIC_URL = "http://sertifikasi.example"

    assert levels("safety") == [Level.PROBLEM, Level.PROBLEM]
    settings.PUBLIC_URL, settings.HTTPS = "https://sertifikasi.example", True
    assert [f.advice for f in found("safety")] == ["set KOMPETEN_DEMO=false"]


def test_a_scanner_that_is_named_and_silent_is_a_problem_and_none_a_warning(
    home: Path, settings: Any, tmp_path: Path
) -> None:
    assert levels("uploads") == [Level.WARN]

    path = tmp_path / "clamd.ctl"
    settings.OPTIONS = options(settings, clamd=str(path))
    assert levels("uploads") == [Level.PROBLEM]
    assert "No such file" in found("uploads")[0].text

    with clamd.listening(path):
        assert [(f.level, f.text) for f in found("uploads")] == [
            (Level.OK, "scanned by ClamAV 1.4.6/27821/Mon Nov 30 08:25:43 2026; 0 wait")
        ]


def test_staff_without_a_second_factor_are_a_warning(home: Path, settings: Any) -> None:
    settings.OPTIONS = options(settings, second_factor=False)

    assert levels("safety") == [Level.WARN]


def test_web_processes_that_count_apart_are_a_warning(home: Path, settings: Any) -> None:
    settings.OPTIONS = options(settings, web_workers=2, second_factor=True)
    assert levels("safety") == [Level.WARN]

    settings.OPTIONS = options(
        settings, web_workers=2, second_factor=True, redis_url="redis://cache.example/0"
    )
    assert levels("safety") == []


def test_an_issuer_for_tests_on_a_public_address_is_a_warning(home: Path, settings: Any) -> None:
    settings.OPTIONS = options(settings, vc_api=True, second_factor=True)
    assert levels("safety") == []

    settings.PUBLIC_URL, settings.HTTPS = "https://sertifikasi.example", True
    assert [(f.level, f.advice) for f in found("safety")] == [
        (Level.WARN, "set KOMPETEN_VC_API=false")
    ]


def test_a_clock_behind_the_last_event_is_a_problem(home: Path) -> None:
    letters.make_table()
    letters.letter(at=clock.now() + timedelta(minutes=1))
    assert levels("clock") == [Level.OK]

    letters.letter(at=clock.now() + timedelta(days=1))

    assert levels("clock") == [Level.PROBLEM]


def test_jobs_that_wait_while_nobody_works_are_a_problem_that_says_what_to_do(home: Path) -> None:
    jobs.sweep()
    assert levels("jobs") == [Level.OK]

    DBTaskResult.objects.update(enqueued_at=clock.now() - timedelta(minutes=6))

    (told,) = found("jobs")
    assert told.level is Level.PROBLEM
    assert told.text.endswith("and nobody works: none was taken yet")
    assert "kompeten work" in told.advice


@pytest.mark.parametrize(
    ("status", "minutes", "level"),
    [
        ("SUCCESSFUL", 1, Level.WARN),
        ("SUCCESSFUL", 20, Level.PROBLEM),
        ("RUNNING", 20, Level.WARN),
        ("RUNNING", 90, Level.PROBLEM),  # left by a worker that died
    ],
)
def test_jobs_that_wait_beside_a_worker_are_a_warning(
    home: Path, status: str, minutes: int, level: Level
) -> None:
    jobs.sweep()
    long_ago = clock.now() - timedelta(minutes=100)
    DBTaskResult.objects.update(enqueued_at=long_ago)
    taken = DBTaskResult.objects.first()
    assert taken is not None
    taken.status, taken.started_at = status, clock.now() - timedelta(minutes=minutes)
    taken.save()

    assert levels("jobs") == [level]


def test_a_job_that_failed_is_a_warning(home: Path) -> None:
    jobs.sweep()
    DBTaskResult.objects.update(status="FAILED", finished_at=clock.now())
    assert [f.advice for f in found("jobs") if f.level is Level.WARN] == [
        "read the worker's log; they are tried each minute"
    ]


def test_missing_tables_are_a_problem_and_end_the_reading_of_them(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "missing_migrations", lambda: ["people.0009_later"])

    findings = examine(at=clock.now())

    assert [f.text for f in findings if f.subject == "tables"] == [
        "1 steps missing, from people.0009_later"
    ]
    assert {"clock", "jobs"}.isdisjoint(f.subject for f in findings)
    assert not is_well(findings)


def test_a_store_that_cannot_be_written_is_one_finding(home: Path) -> None:
    (home / "files").write_text("a file where a folder should be", encoding="utf-8")

    assert levels("files") == [Level.PROBLEM]


@pytest.mark.parametrize(
    ("free_mb", "level"), [(100, Level.PROBLEM), (1_000, Level.WARN), (9_000, Level.OK)]
)
def test_a_full_disk_is_told_in_time(
    home: Path, free_mb: int, level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": free_mb * 1_000_000})
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)

    assert levels("disk") == [level]


def test_the_database_is_named_with_how_it_keeps_its_word(home: Path) -> None:
    text = found("database")[0].text

    if connection.vendor == "postgresql":
        assert text.startswith("PostgreSQL ")
    else:
        assert text == "SQLite, journal memory, synchronous FULL"


def test_translations_that_are_not_compiled_are_a_warning(
    home: Path, settings: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "locale" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text("", encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path / "locale"]

    assert levels("translations") == [Level.WARN]
    assert levels("static files") == [Level.WARN]


def test_a_vault_that_does_not_wait_for_the_disk_is_a_warning(home: Path, settings: Any) -> None:
    if connection.vendor == "sqlite":
        assert [(f.level, f.text) for f in found("vault")] == [
            (Level.OK, "exam answers: journal_mode wal, synchronous FULL")
        ]
        settings.OPTIONS = options(settings, sqlite_synchronous="OFF")
        journal.close()

    # The suite's own server does not wait for the disk either.
    assert levels("vault") == [Level.WARN]
    journal.close()


def test_certificates_that_were_set_aside_are_counted_named_and_explained(home: Path) -> None:
    journey.keys_made(at=clock.now())
    before = levels("certificates")
    decision = decisions.decided(1)
    # As it could be admitted before names were judged.
    Person.objects.filter(pk=decision.person_id).update(name=ARABIC)

    issue_all(clock.now())

    (number,) = certificates.held().values_list("number", flat=True)
    assert before == [Level.OK]
    assert [(f.level, f.text) for f in found("certificates")] == [
        (Level.WARN, f"1 set aside for content.unprintable:holder (1): {number}")
    ]


def test_a_name_of_the_body_that_no_paper_can_show_is_a_problem(home: Path, settings: Any) -> None:
    assert levels("body name") == []

    settings.OPTIONS = options(settings, body_name="社会福祉")

    assert levels("body name") == [Level.PROBLEM]


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"body_name": f"Lembaga {'x' * 70}"}, "x" * 70),
        ({"body_name": f"LSP {'t' * 100}"}, "T" * 100),  # on the sheet in capitals
        ({"body_code": "L" * 30}, f"{'L' * 30}/"),
    ],
)
def test_a_name_of_the_body_that_has_no_room_is_a_problem_that_says_the_word(
    home: Path, settings: Any, changed: dict[str, str], word: str
) -> None:
    settings.OPTIONS = options(settings, **changed)

    ((level, text),) = [(f.level, f.text) for f in found("body name")]

    assert level is Level.PROBLEM
    assert text.startswith(f"{word!r} in KOMPETEN_BODY_")


def logged(count: int = 3) -> None:
    """Let the log of the house have entries under a signed head."""
    events(count)
    tasks.log(at=MONDAY)


def test_a_log_that_nobody_outside_watches_is_a_warning(home: Path) -> None:
    logged()

    assert [(f.level, f.text) for f in found("log")] == [
        (Level.OK, "3 entries, 0 under no signed head")
    ]
    assert levels("witnesses") == [Level.WARN]
    assert "we could rewrite it unseen" in found("witnesses")[0].text


def test_entries_that_no_head_covers_are_a_warning(home: Path) -> None:
    logged()
    with ledger.feed(logging.FOLLOWER, tasks.LOGGED) as _:
        logging.append(events(1, start=9), at=MONDAY, draw=token_bytes)

    assert [(f.level, f.text) for f in found("log")] == [
        (Level.WARN, "4 entries, 1 under no signed head")
    ]


def test_a_database_older_than_the_published_log_is_a_problem(home: Path) -> None:
    logged()
    newer = Checkpoint(logkeys.key().verifier.name, 9, bytes(32)).text
    line = notes.signed(newer, logkeys.key()).line
    published.put(queries.HEAD, f"{newer}\n{line}".encode())

    assert [(f.level, f.text) for f in found("log")] == [
        (Level.PROBLEM, "9 entries were published, 3 are here: the database is older")
    ]


def test_a_witness_that_saw_another_log_is_a_problem(
    home: Path, settings: Any, tmp_path: Path
) -> None:
    logged()
    witness = key("w1.example")
    path = policy_file(tmp_path, [(witness, "http://127.0.0.1:1")], quorum=1)
    settings.OPTIONS = options(settings, log_policy=str(path))
    asked = levels("witnesses")
    Witness.objects.create(key=str(witness.verifier), name="w1.example", answer="ahead")

    assert asked == [Level.WARN]
    assert [f.text for f in found("witnesses")] == ["w1.example saw another log than ours"]
    assert levels("witnesses") == [Level.PROBLEM]


def test_a_policy_that_cannot_be_read_is_a_problem_with_its_line(
    home: Path, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "policy").write_text("witness nobody\n")
    settings.OPTIONS = options(settings, log_policy=str(tmp_path / "policy"))

    assert levels("log") == [Level.PROBLEM]
    assert "line 1" in found("log")[0].text
