"""Programs that write to a vault until they are killed; they say which rows were kept.

python -m tests.make.vault_writers FOLDER SYNCHRONOUS writers FIRST
python -m tests.make.vault_writers FOLDER SYNCHRONOUS once NUMBER…
"""

import os
import signal
import sys
import threading
from pathlib import Path

from kompeten.exams.adapters.vault_sqlite import SqliteJournal
from kompeten.exams.terms.vault import Row, RowKind, Via

WRITERS = 3
TIDY_SECONDS = 0.02


def row(number: int) -> Row:
    """Return the row of that number."""
    body = f"{number:0300d}".encode()
    return Row(RowKind.SEGMENT, "ABCDEFGH23", "a" * 16, number, number, "b" * 64, body, 1, Via.LINE)


def main(folder: str, synchronous: str, how: str, *numbers: str) -> None:
    """Write as the words say; end by SIGKILL."""
    vault = SqliteJournal(Path(folder) / "vault.sqlite3", synchronous=synchronous)
    if how == "once":
        _keep(vault, *map(int, numbers))
        os.kill(os.getpid(), signal.SIGKILL)
    for place in range(WRITERS):
        first = int(numbers[0]) + place
        threading.Thread(target=_write, args=(vault, first), daemon=True).start()
    while True:
        threading.Event().wait(TIDY_SECONDS)
        vault.tidy()


def _write(vault: SqliteJournal, number: int) -> None:
    while True:
        _keep(vault, number)
        number += WRITERS


def _keep(vault: SqliteJournal, *numbers: int) -> None:
    vault.append([row(number) for number in numbers])
    os.write(1, "".join(f"{number}\n" for number in numbers).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
