"""Is this house well? One finding for each thing that can go wrong, and what to do about it."""

import shutil
import stat
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kompeten.decisions.queries import longest_number
from kompeten.exams.queries import vault
from kompeten.foundation import files
from kompeten.foundation.ledger import jobs, last_event_at
from kompeten.kernel import lettering, widths
from kompeten.ops import doctor_papers as papers
from kompeten.ops import doctor_uploads, prepare
from kompeten.ops.findings import PROBE, Finding, Level

DISK_WARN_MB, DISK_PROBLEM_MB = 2_000, 200
CLOCK_TOLERANCE = timedelta(minutes=2)
JOB_PATIENCE = timedelta(minutes=5)
JOB_LONGEST = timedelta(hours=1)
POSTGRESQL_OLDEST = 130_000


def examine(*, at: datetime) -> list[Finding]:
    """Return the findings on everything, in the order a person would fix them. Writes one probe file."""
    keys = papers.keys()
    found = [_data_folder(), *_secrets(), keys, *_safety(), *_database()]
    if not any(f.level is Level.PROBLEM for f in found if f.subject == "database"):
        found += [_migrations()]
        if found[-1].level is Level.OK:
            found += [
                _vault(),
                _clock(at),
                *_jobs(at),
                doctor_uploads.scanner(),
                papers.held(),
                *papers.public_log(),
                *_body_name(),
            ]
            if keys.level is not Level.PROBLEM:
                found += papers.lasting(at)
    return [*found, _disk(), _file_store(), *_translations(), _static()]


def _data_folder() -> Finding:
    folder = Path(settings.DATA_DIR)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        # The database, its journal and the mails in it are made as readable as the system has it.
        text = "others on this machine can look into it, and people's data stand there"
        return Finding("data folder", Level.WARN, text, f"chmod 700 {folder}")
    return Finding("data folder", Level.OK, "open to its owner only")


def _secrets() -> Iterable[Finding]:
    folder = Path(settings.DATA_DIR) / "secrets"
    kept = sorted(folder.iterdir()) if folder.is_dir() else []
    if loose := [p.name for p in kept if stat.S_IMODE(p.stat().st_mode) & 0o077]:
        advice = f"chmod 600 {folder}/*"
        yield Finding("secrets", Level.PROBLEM, f"others can read {', '.join(loose)}", advice)
    else:
        yield Finding("secrets", Level.OK, f"{len(kept)} kept here, readable by the owner only")


def _safety() -> Iterable[Finding]:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    is_local = host in {"127.0.0.1", "localhost", "::1"}
    if settings.OPTIONS.demo and not is_local:
        text = f"demonstration accounts are open on {host}"
        yield Finding("safety", Level.PROBLEM, text, "set KOMPETEN_DEMO=false")
    if settings.OPTIONS.vc_api and not is_local:
        text = f"anybody may have credentials signed by an issuer for tests on {host}"
        yield Finding("safety", Level.WARN, text, "set KOMPETEN_VC_API=false")
    if not is_local and not settings.HTTPS:
        text = "the public address is not https: sessions and passwords travel in clear"
        yield Finding("safety", Level.PROBLEM, text, "put TLS before it; set KOMPETEN_PUBLIC_URL")
    if not settings.OPTIONS.second_factor:
        text = "staff come in without a second factor"
        yield Finding("safety", Level.WARN, text, "set KOMPETEN_SECOND_FACTOR=true")
    if settings.OPTIONS.web_workers > 1 and not settings.OPTIONS.redis_url:
        text = "each web process counts failed log-ins for itself"
        yield Finding("safety", Level.WARN, text, "set KOMPETEN_REDIS_URL")
    if not settings.OPTIONS.mail_host:
        text = "mail is printed on the console and reaches nobody"
        yield Finding("mail", Level.WARN, text, "set KOMPETEN_MAIL_HOST")


def _database() -> Iterable[Finding]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE doctor_probe (n integer)")
            cursor.execute("DROP TABLE doctor_probe")
        yield _durability()
    except DatabaseError as error:
        text = f"cannot be written: {error}".strip()
        yield Finding("database", Level.PROBLEM, text, "see KOMPETEN_DATABASE_URL and file rights")


def _durability() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0])
            text = f"PostgreSQL {version // 10_000}"
            if version < POSTGRESQL_OLDEST:
                return Finding("database", Level.PROBLEM, text, "use PostgreSQL 13 or later")
            return Finding("database", Level.OK, text)
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous")
        synchronous = ("OFF", "NORMAL", "FULL", "EXTRA")[cursor.fetchone()[0]]
    text = f"SQLite, journal {journal}, synchronous {synchronous}"
    if journal not in {"wal", "memory"} or synchronous not in {"FULL", "EXTRA"}:
        advice = "a power cut may lose saved work; set KOMPETEN_SQLITE_SYNCHRONOUS=FULL"
        return Finding("database", Level.WARN, text, advice)
    return Finding("database", Level.OK, text)


def _vault() -> Finding:
    """Say whether an exam answer that was signed for would survive the loss of power."""
    held = vault.durability()
    text = "exam answers: " + ", ".join(f"{name} {value}" for name, value in held.items())
    weak = {"off", "OFF", "NORMAL", "delete"}.intersection(held.values())
    if weak:
        advice = "receipts promise more: let the database wait for the disk (FULL; fsync on)"
        return Finding("vault", Level.WARN, text, advice)
    return Finding("vault", Level.OK, text)


def _migrations() -> Finding:
    missing = prepare.missing_migrations()
    if missing:
        text = f"{len(missing)} steps missing, from {missing[0]}"
        return Finding("tables", Level.PROBLEM, text, "run `kompeten prepare`")
    return Finding("tables", Level.OK, "up to date")


def _clock(at: datetime) -> Finding:
    last = last_event_at()
    if last is not None and last > at + CLOCK_TOLERANCE:
        text = f"the last event is of {last:%Y-%m-%d %H:%M} UTC, later than now"
        return Finding("clock", Level.PROBLEM, text, "set the machine's clock; use NTP")
    return Finding("clock", Level.OK, f"{at:%Y-%m-%d %H:%M} UTC")


def _jobs(at: datetime) -> Iterable[Finding]:
    left = jobs.backlog()
    text = f"{left.waiting} waiting"
    is_late = left.oldest_at is not None and at - left.oldest_at > JOB_PATIENCE
    if is_late and not _is_worked(left, at):
        since = f"since {left.taken_at:%Y-%m-%d %H:%M} UTC" if left.taken_at else "yet"
        advice = (
            "start `kompeten work`, or `kompeten serve`, which works beside its pages; until then "
            "nothing is issued, sent or shown to the public"
        )
        text = f"{text}, and nobody works: none was taken {since}"
        yield Finding("jobs", Level.PROBLEM, text, advice)
    elif is_late:
        advice = "start another `kompeten work` beside those that run"
        yield Finding("jobs", Level.WARN, f"{text}, the oldest for over 5 minutes", advice)
    else:
        yield Finding("jobs", Level.OK, text)
    if left.failed:
        text = f"{left.failed} failed in the last days"
        yield Finding("jobs", Level.WARN, text, "read the worker's log; they are tried each minute")


def _is_worked(left: "jobs.Backlog", at: datetime) -> bool:
    """Say whether somebody takes jobs; one that runs for an hour was left by a worker that died."""
    if left.taken_at is None:
        return False
    return at - left.taken_at < (JOB_LONGEST if left.running else JOB_PATIENCE)


def _body_name() -> Iterable[Finding]:
    if not lettering.is_printable(settings.OPTIONS.body_name):
        text = "the name of the body holds a sign that no paper could show; nothing is issued"
        yield Finding("body name", Level.PROBLEM, text, "set KOMPETEN_BODY_NAME in Latin letters")
    name = settings.OPTIONS.body_name
    printed = (
        ("KOMPETEN_BODY_NAME", name, widths.BODY),
        ("KOMPETEN_BODY_NAME", name.upper(), widths.LINE),
        ("KOMPETEN_BODY_CODE", longest_number(), widths.DECREE),
    )
    for option, said, room in printed:
        if word := lettering.too_broad(said, room):
            text = f"{word!r} in {option} is too long for a certificate; none can be issued"
            yield Finding(
                "body name", Level.PROBLEM, text, f"set {option} with blanks between words"
            )
            return


def _disk() -> Finding:
    free_mb = shutil.disk_usage(settings.DATA_DIR).free // 1_000_000
    text = f"{free_mb:,} MB free"
    if free_mb < DISK_PROBLEM_MB:
        return Finding("disk", Level.PROBLEM, text, "make room before anything else")
    level = Level.WARN if free_mb < DISK_WARN_MB else Level.OK
    return Finding("disk", level, text, "make room" if level is Level.WARN else "")


def _file_store() -> Finding:
    # An isolation point: whatever a storage library raises is one finding here, not a traceback.
    try:
        ref = files.put(PROBE, media_type="text/plain")
        kept = files.read(ref.sha256) == PROBE
    except Exception as error:  # noqa: BLE001 (shown)
        advice = "see KOMPETEN_FILE_STORE and its rights"
        return Finding("files", Level.PROBLEM, f"cannot be written or read: {error}", advice)
    return Finding("files", Level.OK if kept else Level.PROBLEM, "written and read back")


def _translations() -> Iterable[Finding]:
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/django.po")):
            compiled, language = source.with_suffix(".mo"), source.parts[-3]
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                text = f"{language} is not compiled, pages fall back to English"
                yield Finding("translations", Level.WARN, text, "run `kompeten prepare`")
            else:
                yield Finding("translations", Level.OK, f"{language} is compiled")


def _static() -> Finding:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return Finding("static files", Level.WARN, "not collected", "run `kompeten prepare`")
    return Finding("static files", Level.OK, "collected")
