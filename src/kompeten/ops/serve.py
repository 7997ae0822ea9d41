"""How is the site served? One web server; beside it a worker and an exam intake where the options say so."""

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from kompeten.foundation.parent import announce, watch
from kompeten.ops.commands import Misuse

STOP_SECONDS = 20
AGAIN_SECONDS = 1
LOOK_SECONDS = 0.2
MOST_AT_ONCE = 20_000  # messages in hand of the intake; each waits for the disk, not for a thread


def serve(
    *, host: str, port: int, workers: int, threads: int, with_worker: bool, intake_port: int = 0
) -> None:
    """Answer on `host`:`port` until a signal says stop; then what runs beside is stopped too.

    :raises Misuse: an address is taken or is not ours
    """
    claim(host, port)
    if intake_port:
        claim(host, intake_port)
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
    let_go()
    announce()
    with ExitStack() as beside:
        if with_worker:
            beside.enter_context(_beside("work"))
        if intake_port:
            beside.enter_context(_beside("serve", "--intake-only", "--host", host))
        server.serve()


def serve_intake(*, host: str, port: int, workers: int, parent: int | None = None) -> None:
    """Take what devices in the exam room send, and nothing else, until a signal says stop.

    With `parent`, the key of the process that started this one, it stops when that is gone.
    :raises Misuse: the address is taken or is not ours
    """
    claim(host, port)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    server = Granian(
        "kompeten.config.intake:application",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        backlog=4096,
        backpressure=MOST_AT_ONCE,
        http=HTTPModes.http1,
        respawn_failed_workers=True,
        respawn_interval=AGAIN_SECONDS,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
    )
    let_go()
    announce()
    if parent is not None:
        threading.Thread(target=watch, args=(parent,), daemon=True).start()
    server.serve()


def let_go() -> None:
    """Close every connection of this process: the server's processes are forked from it.

    Two processes on one inherited connection, or in one inherited pool, hang or mix their answers up.
    """
    for one in connections.all(initialized_only=True):
        one.close()
        if close_pool := getattr(one, "close_pool", None):  # PostgreSQL has one
            close_pool()


def claim(host: str, port: int) -> None:
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
def _beside(*command: str) -> Iterator[None]:
    """Keep `kompeten command` running: whatever ends it before we do, it is started again."""
    words = [sys.executable, "-m", "kompeten", *command, "--parent", str(os.getpid())]
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_running, args=(_start(words), words, stop), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def _start(words: list[str]) -> "subprocess.Popen[bytes]":
    # A session of its own: Ctrl-C reaches the server only, which then stops the other once.
    return subprocess.Popen(words, start_new_session=True)  # noqa: S603 (our own interpreter)


def _keep_running(
    process: "subprocess.Popen[bytes]", words: list[str], stop: threading.Event
) -> None:
    while True:
        while process.poll() is None and not stop.wait(LOOK_SECONDS):
            continue
        if stop.is_set() or stop.wait(AGAIN_SECONDS):
            break
        process = _start(words)
    if process.poll() is None:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
