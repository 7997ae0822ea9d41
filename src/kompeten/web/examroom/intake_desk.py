"""How does the intake learn what the rooms decide meanwhile? It looks every few seconds, never per message."""

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections

from kompeten.exams.queries import allowances
from kompeten.foundation import clock
from kompeten.web.examroom.intake import Allowances, Desk

LOOK_SECONDS = 5
log = logging.getLogger("kompeten.vault")


class Refresher:
    """A thread that keeps a desk's allowances fresh as long as the process lives; `look` says what holds."""

    def __init__(self, desk: Desk, look: Callable[[], Allowances]) -> None:
        self._desk, self._look, self._stop = desk, look, threading.Event()
        self._thread = threading.Thread(target=self._run, name="allowances", daemon=True)

    def start(self) -> None:
        """Look now and then every `LOOK_SECONDS`."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            close_old_connections()
            # An isolation point: what was known stays in force while the database is away.
            try:
                self._desk.allowances = self._look()
            except Exception:
                log.exception("allowances were not read; those known stay in force")
            close_old_connections()
            self._stop.wait(LOOK_SECONDS)


def look() -> Allowances:
    """Return what the rooms have decided by now. Three queries."""
    return Allowances(
        allowances.extra_minutes(),
        allowances.closed_sittings(),
        since=allowances.given_back(),
    )


def now_ms() -> int:
    """Return the present instant in milliseconds since 1970."""
    return int(clock.now().timestamp() * 1000)
