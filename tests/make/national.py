"""Who signs for the state? A small BSrE of the tests: its REST interface, and pyHanko's signatures."""

import base64
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kompeten.certificates.adapters import certify
from tests.make.certificates import SIGNED_AT

NIK, PASSPHRASE = "3171234567890123", "sandi rahasia direktur"
USER, PASSWORD = "lsp", "kata sandi klien"


@dataclass
class Service:
    """The service with its moods: `down`, an `error` (status and message), or somebody `else_signs`."""

    down: bool = False
    error: tuple[int, str] | None = None
    number: int = 1
    trailing: bytes = b""
    answers: bytes | None = None
    asked: list[dict[str, object]] = field(default_factory=list)

    @property
    def certificate(self) -> bytes:
        """The signatory's certificate as PEM."""
        return _signatory(self.number)[0].public_bytes(serialization.Encoding.PEM)

    def reply(self, asked: dict[str, object], authorization: str) -> tuple[int, bytes]:
        """Return status and body of the answer to a request."""
        self.asked.append(asked)
        known = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if authorization != f"Basic {known}":
            return 401, b'{"error": "Unauthorized"}'
        if self.error is not None:
            status, message = self.error
            return status, json.dumps({"status_code": 2000, "error": message}).encode()
        if asked["nik"] != NIK:
            return 400, b'{"status_code": 2011, "error": "User belum terdaftar"}'
        if asked["passphrase"] != PASSPHRASE:
            return 400, b'{"status_code": 2031, "error": "Passphrase anda salah"}'
        if self.answers is not None:
            return 200, self.answers
        (file,) = asked["file"]  # type: ignore[misc]
        signed = self.sign(base64.b64decode(file)) + self.trailing
        return 200, json.dumps({"time": 812, "file": [base64.b64encode(signed).decode()]}).encode()

    def sign(self, pdf: bytes) -> bytes:
        """Return `pdf` signed in an update of pyHanko's making."""
        certificate, key = _signatory(self.number)
        plain = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        loaded = asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
        signer = signers.SimpleSigner(
            signing_cert=loaded,
            signing_key=keys.PrivateKeyInfo.load(plain),
            cert_registry=SimpleCertificateStore.from_certs([loaded]),
        )
        several = pdf.count(b"(BSrE")
        meta = signers.PdfSignatureMetadata(
            field_name=f"BSrE{several or ''}",
            subfilter=fields.SigSeedSubFilter.PADES,
            md_algorithm="sha256",
        )
        out = signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
        signed: bytes = out.getvalue()
        return signed


@contextmanager
def served(service: Service) -> Iterator[str]:
    """Serve it on this machine; yield its address."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if service.down or self.path != "/api/v2/sign/pdf":
                self.send_error(503 if service.down else 404)
                return
            status, answer = service.reply(json.loads(body), self.headers["Authorization"])
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@cache
def _signatory(number: int) -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    key = rsa.generate_private_key(65537, 2048)
    root_key = ec.derive_private_key(number + 500, ec.SECP256R1())
    name = f"Balai Sertifikasi Uji {number}"
    begun = datetime(2026, 1, 1, tzinfo=SIGNED_AT.tzinfo)
    root = certify.root(name, name, root_key, serial=number, at=begun)
    above = certify.Authority(root, root_key, "")
    made = certify.signing(
        f"Drs. Wayan Suteja {number}", key.public_key(), above, serial=number + 9, at=begun
    )
    return made, key
