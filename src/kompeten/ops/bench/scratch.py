"""Where does a bench run? In a house that is thrown away, as durable as a real one."""

import os
import subprocess
import sys
import tempfile

KEPT = frozenset({"KOMPETEN_DATABASE_URL", "KOMPETEN_DATABASE_URL_FILE", "KOMPETEN_INTAKE_WORKERS"})


def run(words: list[str]) -> int:
    """Run `kompeten words` again in a scratch house; return its exit code.

    The database is a file there, unless the options name a server: then its tables are used, and
    what the bench writes stays in them.
    """
    with tempfile.TemporaryDirectory(prefix="kompeten-bench-") as folder:
        bare = {k: v for k, v in os.environ.items() if not k.startswith("KOMPETEN_") or k in KEPT}
        house = {
            "KOMPETEN_DATA_DIR": folder,
            "KOMPETEN_MAIL_FOLDER": f"{folder}/surat",
            "KOMPETEN_LOG_LEVEL": "WARNING",
            "KOMPETEN_WORK_IN_SERVE": "false",
        }
        command = [sys.executable, "-m", "kompeten", *words, "--here"]
        return subprocess.run(command, env=bare | house, check=False).returncode  # noqa: S603
