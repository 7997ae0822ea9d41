"""Where does a bench run? In a house that is thrown away, as durable as the options say."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

KEPT = frozenset(
    {
        "KOMPETEN_DATABASE_URL",
        "KOMPETEN_DATABASE_URL_FILE",
        "KOMPETEN_INTAKE_WORKERS",
        "KOMPETEN_SQLITE_SYNCHRONOUS",
    }
)
ENDED = (0, 1)  # with yes or no


class Broken(Exception):
    """A command in a scratch house did not come to its end; it has said why on standard error."""


def run(words: list[str]) -> int:
    """Run `kompeten words` again in a scratch house; return its exit code.

    The database is a file there, unless the options name a server: then its tables are used, and
    what the bench writes stays in them.
    """
    with _house() as environment:
        done = subprocess.run(_command(words), env=environment, check=False)  # noqa: S603
    return done.returncode


def ask(words: list[str]) -> dict[str, Any]:
    """Run `kompeten words --json` likewise; return what it answers. :raises Broken: it does not"""
    with _house() as environment:
        done = subprocess.run(  # noqa: S603 (our own interpreter)
            _command([*words, "--json"]), env=environment, stdout=subprocess.PIPE, check=False
        )
    if done.returncode not in ENDED or not done.stdout:
        raise Broken(f"kompeten {' '.join(words)} ended with {done.returncode}")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@contextmanager
def _house() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="kompeten-bench-") as folder:
        bare = {k: v for k, v in os.environ.items() if not k.startswith("KOMPETEN_") or k in KEPT}
        yield bare | {
            "KOMPETEN_DATA_DIR": folder,
            "KOMPETEN_MAIL_FOLDER": f"{folder}/surat",
            "KOMPETEN_LOG_LEVEL": "WARNING",
            "KOMPETEN_WORK_IN_SERVE": "false",
        }


def _command(words: list[str]) -> list[str]:
    return [sys.executable, "-m", "kompeten", *words, "--here"]
