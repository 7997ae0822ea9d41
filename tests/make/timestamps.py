"""Who says what time it is? A time-stamp authority of the tests: pyHanko's answers, over HTTP on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from kompeten.certificates.adapters import certify
from kompeten.certificates.adapters.pades import Evidence
from tests.make.certificates import SIGNED_AT

STAMPED_AT = SIGNED_AT + timedelta(minutes=1)


@dataclass
class Authority:
    """A time-stamp authority under its own root; `now` is what its clock says, `down` that it is away."""

    now: datetime = STAMPED_AT
    down: bool = False
    answer: bytes | None = None
    asked: int = 0
    number: int = 1
    _made: tuple[
        x509.Certificate, x509.Certificate, rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey
    ] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._made = _authority(self.number)

    @property
    def root(self) -> bytes:
        """The certificate (DER) that one has to trust."""
        return self._made[0].public_bytes(serialization.Encoding.DER)

    def evidence(self, at: datetime) -> Evidence:
        """Return the certificate of the stamps, and a revocation list of its root as of `at`."""
        root, certificate, _, root_key = self._made
        listed = certify.revocation_list(certify.Authority(root, root_key, ""), (), at=at)
        return Evidence((certificate.public_bytes(serialization.Encoding.DER),), (listed,))

    def stamp(self, sha256: bytes) -> bytes:
        """Return a token at once, without a network between."""
        question = tsp.TimeStampReq(
            {
                "version": "v1",
                "message_imprint": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "hashed_message": sha256,
                },
                "cert_req": True,
            }
        )
        token: bytes = tsp.TimeStampResp.load(self.reply(question.dump()))[
            "time_stamp_token"
        ].dump()
        return token

    def reply(self, question: bytes) -> bytes:
        """Return the answer to a question, as RFC 3161 writes it."""
        self.asked += 1
        if self.answer is not None:
            return self.answer
        certificate, key = self._made[1], self._made[2]
        plain = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        stamper = DummyTimeStamper(
            asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
            keys.PrivateKeyInfo.load(plain),
            fixed_dt=self.now,
        )
        response: bytes = stamper.request_tsa_response(tsp.TimeStampReq.load(question)).dump()
        return response


@contextmanager
def served(authority: Authority) -> Iterator[str]:
    """Serve an authority on this machine; yield its address."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            if authority.down:
                self.send_error(503)
                return
            answer = authority.reply(asked)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@cache
def _authority(
    number: int,
) -> tuple[x509.Certificate, x509.Certificate, rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey]:
    root_key = ec.derive_private_key(number * 1000 + 1, ec.SECP256R1())
    key = rsa.generate_private_key(65537, 3072)  # pyHanko's stamper signs with RSA alone
    begun, ends = SIGNED_AT - timedelta(days=400), SIGNED_AT + timedelta(days=5 * 365 - 30)
    name = f"Otoritas Waktu Uji {number}"
    root = certify.root(name, name, root_key, serial=number, at=begun)
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Cap Waktu Uji {number}")])
    usage = {
        use: use == "digital_signature"
        for use in (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
            "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        )
    }  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .issuer_name(root.subject)
        .subject_name(named)
        .public_key(key.public_key())
        .serial_number(number + 100)
        .not_valid_before(begun)
        .not_valid_after(ends)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()),
            critical=False,
        )
        .sign(root_key, hashes.SHA256(), ecdsa_deterministic=True)
    )
    return root, certificate, key, root_key
