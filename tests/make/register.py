"""How does a log come into a story? Certificates that are checked, and a log's keys and witnesses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from cryptography.hazmat.primitives.asymmetric import ed25519
from django.db import connection

from kompeten.certificates.chart import CERTIFICATE, Intending, Reserving, SigningDone
from kompeten.foundation.models import Event
from kompeten.kernel.canonical import plain
from kompeten.kernel.tlog.notes import COSIGNATURE, ED25519, VerifierKey
from kompeten.register.adapters.notekey import FileNoteKey
from kompeten.register.adapters.witness import Witness
from tests.make.times import MONDAY

ORIGIN = "lsp.example/log"
AT_SECONDS = 1_790_000_000


def key(name: str, *, kind: int = COSIGNATURE) -> FileNoteKey:
    """Return a key that follows from its name."""
    private = ed25519.Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b".")[:32])
    public = private.public_key().public_bytes_raw()
    return FileNoteKey(VerifierKey(name, kind, public), private)


LOG_KEY = key(ORIGIN, kind=ED25519)


def events(count: int, *, at: datetime = MONDAY, start: int = 1) -> list[Event]:
    """Write the events of so many issued certificates, without the certificates; return the last of each.

    A log of thousands is about events; whoever needs the certificates themselves walks the rooms.
    """
    steps = {
        "certificate.reserved": lambda n: Reserving(f"{n:06}/TKS-G/2026", f"D{n}"),
        "certificate.intended": lambda n: Intending(f"sha256:{n:064x}"),
        "certificate.signed": lambda n: SigningDone(f"sha256:{n:064x}", f"sha256:{n + 1:064x}"),
        "certificate.checked": lambda n: None,
    }
    assert steps.keys() <= set(CERTIFICATE.events)
    rows = [
        Event(
            type=type_,
            subject="certificate",
            subject_id=number,
            actor_role="system",
            at=at,
            facts=plain(facts(number)) or {},
        )
        for number in range(start, start + count)
        for type_, facts in steps.items()
    ]
    Event.objects.bulk_create(rows, batch_size=500)
    return [row for row in rows if row.type == "certificate.checked"]


@contextmanager
def serving(witness: Witness, *, at_seconds: int = AT_SECONDS) -> Iterator[str]:
    """Let a witness answer on this machine; give its address."""
    from kompeten.ops.witness import handler

    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(witness, now=lambda: at_seconds))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """Let somebody answer everything alike; give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def policy_file(folder: Path, witnesses: list[tuple[FileNoteKey, str]], *, quorum: int) -> Path:
    """Write down who the witnesses are, and how many are enough."""
    lines = [f"witness w{n} {k.verifier} {url}" for n, (k, url) in enumerate(witnesses)]
    names = " ".join(f"w{n}" for n in range(len(witnesses)))
    path = folder / "policy"
    path.write_text("\n".join([*lines, f"group enough {quorum} {names}", "quorum enough", ""]))
    return path


@contextmanager
def rewriting() -> Iterator[None]:
    """Let somebody with the database's console rewrite the ledger."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE foundation_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER keep_foundation_event_update")
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE foundation_event ENABLE TRIGGER USER")
