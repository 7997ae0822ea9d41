"""How is the site served? One web server, and a worker beside it where the options say so."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kompeten.ops.commands import Misuse

STOP_SECONDS = 20


def serve(*, host: str, port: int, workers: int, threads: int, with_worker: bool) -> None:
    """Answer on `host`:`port` until a signal says stop; then the worker beside is stopped too.

    :raises Misuse: the address is taken or is not ours
    """
    _claim(host, port)
    server = Granian(
        "kompeten.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
    )
    with _worker_beside() if with_worker else _nobody():
        server.serve()


def _claim(host: str, port: int) -> None:
    """Try the address before anything is started, for one clear sentence instead of a dead worker."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            hint = "set KOMPETEN_PORT or say --port"
            raise Misuse(f"cannot listen on {host}:{port}: {error.strerror}; {hint}") from error


@contextmanager
def _worker_beside() -> Iterator[None]:
    # A session of its own: Ctrl-C reaches the server only, which then stops the worker once.
    worker = subprocess.Popen(  # noqa: S603 (our own interpreter, no shell)
        [sys.executable, "-m", "kompeten", "work", "--parent", str(os.getpid())],
        start_new_session=True,
    )
    try:
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


@contextmanager
def _nobody() -> Iterator[None]:
    yield
