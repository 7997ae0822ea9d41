"""How is an exam site served? One process, one web server, in reach of the phones in the room."""

import socket

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kompeten.ops import again, prepare
from kompeten.ops.serve import STOP_SECONDS, claim

ANY = ("0.0.0.0", "::")  # noqa: S104 (recognized, not bound)
THREADS = 16
OUTSIDE = (
    "192.0.2.1",
    9,
)  # an address for documentation: nothing is sent, only the way is looked up


def become(**wanted: str) -> None:
    """Begin again with these options, unless they are in force: they are read once, at the start.

    On a small machine there is no heap of its own for each thread, and no threads for algebra.
    """
    small = {"MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}
    again.unless_in_force(**wanted, **small)


def serve(*, host: str, port: int) -> None:
    """Answer on `host`:`port` until a signal says stop.

    :raises Misuse: the address is taken or is not ours
    """
    claim(host, port)
    prepare.collect_static()
    prepare.compile_messages()
    Granian(
        "kompeten.config.site_wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()


def address(host: str, port: int) -> str:
    """Return what phones in the room open: this machine's own address in the network it is in."""
    if host in ANY:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(OUTSIDE)
                host = probe.getsockname()[0]
            except OSError:  # no network at all yet
                host = "127.0.0.1"
    return f"http://{host}" if port == 80 else f"http://{host}:{port}"


def handin() -> str:
    """Return where headquarters takes answers in by hand; empty where it has no such page."""
    try:
        return str(settings.PUBLIC_URL + reverse("hand_in_by_hand"))
    except NoReverseMatch:
        return ""
