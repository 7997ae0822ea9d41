"""Who hears what becomes of certificates? An office with its sponsor, its certified people, and a receiver."""

import random
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from kompeten.applications.models import Application
from kompeten.certificates.models import Certificate
from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices.adapters.webhook import HttpsCaller
from kompeten.people import actions as people
from kompeten.people import queries as people_queries
from kompeten.people.models import Account, Organization
from kompeten.people.terms import OrganizationKind
from kompeten.register import tasks as register
from kompeten.schemes.terms import Route
from tests.make import decisions, practicals
from tests.make.decisions import DECIDED_AT
from tests.make.people import account
from tests.make.times import MONDAY

HELD_AT = DECIDED_AT + timedelta(days=3)
HOST = "kait.dinsos.example.go.id"
NAME = "Dinas Sosial Kabupaten Banyumas"


def office(n: int = 1, *, name: str = NAME, at: datetime = MONDAY) -> Organization:
    """Return an office."""
    kind = OrganizationKind.REGIONAL_CENTRE
    return people.found_organization(
        name, kind=kind, on=timezone.localdate(at), rng=random.Random(8000 + n)
    )


def sponsor(of: Organization, n: int = 8100, *, at: datetime = MONDAY) -> Actor:
    """Return somebody who speaks for the office."""
    row = Account.objects.get(pk=account(n, at=at).account_id)
    people.grant(row, Role.SPONSOR, at=at, organization=of)
    return people_queries.actor(row.pk, at=at)


def certified(count: int = 1, *, through: Organization | None = None) -> list[Certificate]:
    """Return published certificates of so many people, who came through the office if one is given.

    They applied for themselves; the office is set as a list would have set it.
    """
    for n in range(2, count + 1):
        practicals.settled(n, mark=4, route=Route.DIRECT_CERTIFICATION)
    decisions.certified(1)
    while register.project(at=DECIDED_AT):
        continue
    if through is not None:
        Application.objects.update(organization=through)
    return held()


def held() -> list[Certificate]:
    """Return the certificates of these people, the first person's first."""
    return list(Certificate.objects.order_by("person__name"))


class Receiver(ThreadingHTTPServer):
    """A system of an office: answers with what it is told to, and keeps what it was sent, in order."""

    daemon_threads = True

    def __init__(self, answers: Iterator[Any] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.answers = answers or iter(())
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.paths: list[str] = []
        self.release = threading.Event()

    @property
    def url(self) -> str:
        """Return its address as the office types it."""
        return f"https://{HOST}:{self.server_port}/kait?x=1"

    def caller(self, **more: Any) -> HttpsCaller:
        """Return a caller that finds this receiver under its name, and trusts its certificate."""
        given: dict[str, Any] = {
            "lookup": lambda host, port: ["127.0.0.1"],
            "allows": lambda address: address == "127.0.0.1",
            "context": ssl.create_default_context(cadata=_pem()[0]),
        }
        return HttpsCaller(**(given | more))


class _Answering(BaseHTTPRequestHandler):
    server: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.paths.append(self.path)
        answer = next(self.server.answers, 204)
        if answer == "drip":
            return self._drip()
        self.server.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
        if answer == "die":
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        self.send_response(answer)
        if 300 <= answer < 400:
            self.send_header("Location", f"https://{HOST}:{self.server.server_port}/lain")
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def _drip(self) -> None:
        """Answer a byte at a time, so that no single read ever takes long."""
        for byte in b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 1000:
            if self.server.release.wait(0.05):
                return
            try:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def receiver(*answers: Any) -> Iterator[Receiver]:
    """Let a receiver answer on this machine, by TLS: a status, "die" or "drip" for each call, then 204."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_pem()[1:])
    with Receiver(iter(answers)) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        try:
            yield server
        finally:
            server.release.set()
            server.shutdown()
            thread.join()


@cache
def _pem() -> tuple[str, Path, Path]:
    """Return a certificate for `HOST` as text, and where it and its key lie."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = clock.now().astimezone(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = Path(mkdtemp(prefix="kompeten-receiver-"))
    pem = made.public_bytes(serialization.Encoding.PEM)
    (folder / "cert.pem").write_bytes(pem)
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return pem.decode(), folder / "cert.pem", folder / "key.pem"


def holder_of(certificate: Certificate) -> Actor:
    """Return the holder, as they act for themselves."""
    key = people_queries.accounts_of([certificate.person_id])[certificate.person_id]
    return people_queries.actor(key, at=HELD_AT)
