"""How does the intake stand at an exam site? As at headquarters, and beside it a second copy grows."""

import logging
import threading
import time
from pathlib import Path

from kompeten.exams.terms.vault import Via
from kompeten.foundation import clock
from kompeten.node import actions, queries
from kompeten.node.terms import NoteKind
from kompeten.web.examroom.intake import Allowances, Desk
from kompeten.web.examroom.intake_threads import Inside

STEP_SECONDS = 1.0
CLOCK_SECONDS = 300.0
log = logging.getLogger("kompeten.node")


def look() -> Allowances:
    """Return what the site's parcels give and what was opened by hand."""
    extra, windows = queries.allowed()
    return Allowances(extra, frozenset(), windows)


def inside() -> Inside:
    """Return the intake of this site."""
    return Inside(Desk(via=Via.NODE), look=look)


def watch(folder: Path | None) -> None:
    """Note the clock now and every five minutes, and keep a second copy in `folder`, if there is one."""
    actions.note(NoteKind.STARTED, at=clock.now(), running_ms=_running())
    threading.Thread(target=_watch, args=(folder,), name="site", daemon=True).start()


def _watch(folder: Path | None) -> None:
    copier = actions.Copier(folder) if folder else None
    noted = time.monotonic()
    while True:
        # An isolation point: neither a stick that was pulled nor a full disk may end the exam, nor
        # this thread, which goes on when room is made.
        try:
            if copier:
                copier.step(at=clock.now())
            if time.monotonic() - noted >= CLOCK_SECONDS:
                noted = time.monotonic()
                actions.note(NoteKind.CLOCK, at=clock.now(), running_ms=_running())
        except Exception:
            log.exception(
                "the second copy or the reading of the clock did not work; the exam goes on"
            )
        time.sleep(STEP_SECONDS)


def _running() -> int:
    return int(time.monotonic() * 1000)
