"""Who does the jobs? The task library's worker, and beside it a sweep that finds what was lost."""

import logging
import os
import signal
import threading
from datetime import timedelta

from django.db import close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from kompeten.exams import actions as exams
from kompeten.foundation import clock
from kompeten.foundation.ledger import jobs
from kompeten.ops.output import progress

SWEEP_SECONDS = 60
INTAKE_SECONDS = 3  # devices ring no bell
PARENT_SECONDS = 1
RESULTS_KEPT = timedelta(days=3)
log = logging.getLogger("kompeten.work")


def work(*, parent: int | None = None) -> None:
    """Run jobs until a signal says stop; the task in hand is finished first.

    With `parent`, the key of the process that started this one, the worker stops when that is gone.
    """
    worker, stop = _worker(batch=False), threading.Event()
    worker.configure_signals()
    threads = [
        threading.Thread(target=_sweep, args=(stop,), name="sweep", daemon=True),
        threading.Thread(target=_take_in, args=(stop,), name="intake", daemon=True),
    ]
    if parent is not None:
        threads.append(threading.Thread(target=_watch, args=(stop, parent), daemon=True))
    for thread in threads:
        thread.start()
    progress("jobs: a worker runs")
    try:
        worker.run()
    finally:
        stop.set()


def work_once() -> None:
    """Find lost work, run every task that waits, and those they lead to, then return."""
    jobs.sweep()
    _worker(batch=True).run()


def _worker(*, batch: bool) -> Worker:
    # The library tells of every task it starts and ends; a bell a second would drown the rest.
    logging.getLogger("django_tasks").setLevel(logging.WARNING)
    logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
    return Worker(
        queue_names=["*"],
        interval=1,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def _sweep(stop: threading.Event) -> None:
    while not stop.is_set():
        close_old_connections()
        # An isolation point: a database that is away for a minute must not end the sweeping.
        try:
            jobs.sweep()
            jobs.forget(before=clock.now() - RESULTS_KEPT)
        except Exception:
            log.exception("the sweep failed; it comes again in %s s", SWEEP_SECONDS)
        stop.wait(SWEEP_SECONDS)
    connection.close()


def _take_in(stop: threading.Event) -> None:
    """Take answers out of the vault as they come, so that boards and doors show them."""
    while not stop.is_set():
        close_old_connections()
        # An isolation point: what is in the vault waits there, however often this fails.
        try:
            exams.drain_all(at=clock.now())
        except Exception:
            log.exception("the vault was not drained; it is tried again in %s s", INTAKE_SECONDS)
        stop.wait(INTAKE_SECONDS)
    connection.close()


def _watch(stop: threading.Event, parent: int) -> None:
    while not stop.wait(PARENT_SECONDS):
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
