"""Which options are there? One table: name, kind, default, by profile, and what it is for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Self

PROFILES = ("embedded", "scaleout", "node", "test")
PREFIX = "KOMPETEN_"


class Days(frozenset[date]):
    """Days, written `2026-12-24,2027-03-09`."""

    def __new__(cls, text: str = "") -> Self:
        """Read the days.

        :raises ValueError: one of them is none
        """
        parts = (part.strip() for part in text.split(","))
        return super().__new__(cls, (date.fromisoformat(part) for part in parts if part))

    def __str__(self) -> str:
        return ",".join(day.isoformat() for day in sorted(self))


@dataclass(frozen=True, slots=True)
class Option:
    """One thing an operator may decide."""

    name: str
    kind: type
    default: Any
    help: str
    by_profile: Mapping[str, Any] = field(default_factory=dict)
    required_in: frozenset[str] = frozenset()
    secret: bool = False

    @property
    def key(self) -> str:
        """The name in the environment."""
        return PREFIX + self.name.upper()


OPTIONS = (
    Option("profile", str, "embedded", "How the house is run: " + ", ".join(PROFILES)),
    Option("data_dir", Path, Path("var"), "Folder for the database, files and keys"),
    Option(
        "database_url",
        str,
        "sqlite",
        "`sqlite` (a file in data_dir), `sqlite:PATH`, or `postgresql://user:password@host:port/name`",
        required_in=frozenset({"scaleout"}),
        secret=True,
    ),
    Option(
        "secret_key",
        str,
        "",
        "Secret for sessions and links; made and kept in data_dir when empty",
        by_profile={"test": "only-for-tests-0123456789abcdefghijklmnopqrstuvwxyz"},
        required_in=frozenset({"scaleout"}),
        secret=True,
    ),
    Option(
        "privacy_key",
        str,
        "",
        "Secret that encrypts NIK and sheet cells; made and kept in data_dir when empty",
        by_profile={"test": "only-for-tests-privacy"},
        required_in=frozenset({"scaleout"}),
        secret=True,
    ),
    Option(
        "files_key",
        str,
        "",
        "Secret that encrypts stored files; empty: one made from `privacy_key`",
        secret=True,
    ),
    Option(
        "files_key_before",
        list,
        [],
        "Secrets that stored files were encrypted with before, by comma; they are read and not written",
        secret=True,
    ),
    Option(
        "key_passphrase",
        str,
        "",
        "Passphrase of the signing keys; made and kept in data_dir when empty",
        by_profile={"test": "only-for-tests-keys"},
        required_in=frozenset({"scaleout"}),
        secret=True,
    ),
    Option(
        "document_key",
        str,
        "file",
        "Where the key of documents lives: `file` (in data_dir), or the URI of a PKCS#11 token:"
        " `pkcs11:token=T;object=O?module-path=/usr/lib/….so` (extra `hsm`)",
    ),
    Option("document_key_pin", str, "", "PIN of that token", secret=True),
    Option(
        "timestamp_url",
        str,
        "",
        "Address of an RFC 3161 time-stamp authority; empty: signatures bear the body's own time only",
    ),
    Option(
        "esign_url",
        str,
        "",
        "Address of the national e-sign client (BSrE); empty: sheets bear the body's own signature only",
    ),
    Option("esign_user", str, "", "User of that client"),
    Option("esign_password", str, "", "Password of that user", secret=True),
    Option(
        "vault_key",
        str,
        "",
        "Secret behind exam tickets, codes and papers; made and kept in data_dir when empty",
        by_profile={"test": "only-for-tests-vault"},
        required_in=frozenset({"scaleout"}),
        secret=True,
    ),
    Option(
        "host",
        str,
        "127.0.0.1",
        "Address the server listens on",
        by_profile={"node": "0.0.0.0"},  # noqa: S104 (the phones in the room)
    ),
    Option("port", int, 8000, "Port the server listens on", by_profile={"node": 8080}),
    Option(
        "public_url",
        str,
        "",
        "Address people use, as printed in QR codes; empty: that of `host` and `port`",
    ),
    Option(
        "short_url",
        str,
        "",
        "A shorter address of your own for links in messages and on letters; empty: `public_url`",
    ),
    Option(
        "allowed_hosts",
        list,
        ["127.0.0.1", "localhost"],
        "Host names answered, by comma",
        by_profile={"node": ["*"]},
    ),
    Option(
        "proxies",
        int,
        0,
        "Proxies of your own in front of the web server that add to `X-Forwarded-For`",
    ),
    Option(
        "lookups_per_minute",
        int,
        120,
        "Certificates that one address may look up in a minute; 0: as many as it likes",
        by_profile={"test": 0},
    ),
    Option(
        "list_looks_per_hour",
        int,
        120,
        "Looks at collective lists that one office may take in an hour; 0: as many as it likes",
        by_profile={"test": 0},
    ),
    Option(
        "documents_per_hour",
        int,
        60,
        "Documents that one account may put in within an hour, five times as many for others;"
        " 0: as many as it likes",
        by_profile={"test": 0},
    ),
    Option("web_workers", int, 1, "Web processes"),
    Option("web_threads", int, 8, "Threads of each web process"),
    Option(
        "intake_port",
        int,
        0,
        "Port of the exam intake beside the web server, 0: the web server takes answers itself",
    ),
    Option("intake_workers", int, 1, "Processes of the intake beside; one is best on SQLite"),
    Option(
        "work_in_serve",
        bool,
        True,
        "Let `kompeten serve` run a job worker beside the web server",
        by_profile={"scaleout": False, "node": False},
    ),
    Option(
        "site_pages",
        bool,
        False,
        "Serve the pages of an exam site and nothing else, as `kompeten node serve` does",
        by_profile={"node": True},
    ),
    Option("site_copy", str, "", "Folder on another disk where an exam site keeps its second copy"),
    Option(
        "prepare_on_start",
        bool,
        True,
        "Let commands bring the tables up to date; if not, run `kompeten prepare` at each upgrade",
        by_profile={"scaleout": False},
    ),
    Option(
        "vc_api",
        bool,
        False,
        "Issue and verify any credential at /credentials/, with a key for tests; for conformance suites",
    ),
    Option("demo", bool, False, "Show the gallery and the demonstration accounts; never for real"),
    Option(
        "second_factor", bool, True, "Ask staff for a second factor", by_profile={"test": False}
    ),
    Option("file_store", str, "folder", "`folder` (in data_dir) or `s3`"),
    Option("s3_bucket", str, "", "Bucket of the file store"),
    Option("s3_endpoint", str, "", "Address of the S3 service"),
    Option("s3_access_key", str, "", "Access key of the file store", secret=True),
    Option("s3_secret_key", str, "", "Secret key of the file store", secret=True),
    Option(
        "redis_url",
        str,
        "",
        "Cache shared by several web processes; empty: each counts log-in attempts for itself",
        secret=True,
    ),
    Option(
        "log_policy",
        str,
        "",
        "File that names the witnesses of the register's log and how many are enough (tlog-policy)",
    ),
    Option("mail_host", str, "", "SMTP server; empty: mail is printed on the console"),
    Option("mail_folder", str, "", "Folder that mail is written into where there is no server"),
    Option("mail_port", int, 587, "SMTP port"),
    Option("mail_user", str, "", "SMTP user"),
    Option("mail_password", str, "", "SMTP password", secret=True),
    Option("mail_from", str, "Kompeten <tidak-dibalas@kompeten.example>", "Sender of mails"),
    Option("body_name", str, "LSP Kesejahteraan Sosial", "Name of the certification body"),
    Option("body_code", str, "LSP KESOS", "Short name of the body, as in decree numbers"),
    Option(
        "bnsp_codes",
        str,
        "",
        "YAML file with BNSP's codes of education and occupation; empty: those cells stay empty",
    ),
    Option("bnsp_funding", str, "", "BNSP's code of who pays, as first offered on its list"),
    Option("bnsp_ministry", str, "", "BNSP's code of the ministry, as first offered on its list"),
    Option(
        "exam_settle_hours",
        int,
        72,
        "Hours that a closed sitting waits for devices that never handed in, before they are scored",
    ),
    Option(
        "exam_photo_days",
        int,
        365,
        "Days after the end of a sitting that photos from its check-in are kept, then deleted",
    ),
    Option(
        "claim_hours", int, 48, "Hours after which a file that a verifier took returns to the queue"
    ),
    Option("claim_stack", int, 100, "Files that one verifier may hold at once"),
    Option(
        "second_look_percent",
        int,
        7,
        "Share of reviews that a second verifier looks at, blind, before the answer goes out (5 to 10)",
        by_profile={"test": 0},
    ),
    Option(
        "second_look_hours",
        int,
        24,
        "Hours that an answer waits for that second look, then it goes out without one",
    ),
    Option(
        "clamd",
        str,
        "",
        "ClamAV's daemon that scans uploads: path of its socket, or `host:port`; empty: they stay"
        " `not scanned`, and say so",
    ),
    Option(
        "help_idle_minutes",
        int,
        10,
        "Minutes that a device may lie untouched before helping the person at it is over",
    ),
    Option(
        "recommendation_days",
        int,
        14,
        "Days that the link holds by which somebody is asked to recommend an applicant",
    ),
    Option("draft_days", int, 365, "Days that an application nobody touched waits to be handed in"),
    Option(
        "closed_document_days",
        int,
        365,
        "Days that documents of an application are kept after it was refused or withdrawn",
    ),
    Option(
        "record_days",
        int,
        3650,
        "Days that documents of a decided application are kept after the certificate's last day",
    ),
    Option(
        "entry_days",
        int,
        365,
        "Days that a line of a list waits to be mended, and that the list is kept; then what was read and the"
        " file are deleted",
    ),
    Option("notice_days", int, 1095, "Days that messages to people are kept"),
    Option("access_log_days", int, 1825, "Days that it is kept who opened a person's records"),
    Option(
        "holidays_added",
        Days,
        Days(),
        "Days off that were decreed since this release, as 2026-12-24,2027-03-09; the national holidays"
        " and collective leave known to it are counted already",
    ),
    Option("holidays_worked", Days, Days(), "Days that were days off and are so no longer"),
    Option("upload_max_mb", int, 10, "Largest document or spreadsheet taken, in MB"),
    Option("sqlite_synchronous", str, "FULL", "SQLite's durability: FULL, or OFF for scratch work"),
    Option("log_level", str, "INFO", "Least grave message that is logged"),
)
