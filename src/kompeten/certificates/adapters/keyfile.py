"""How do keys lie in files and reach a worker process? Encrypted PEM, opened once per process."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from kompeten.certificates.adapters import token_key
from kompeten.certificates.adapters.token_key import Token
from kompeten.certificates.ports import Algorithm, PublicKeys, Signer
from kompeten.certificates.terms import Issuer

# RFC 6979: the same certificate sealed again gives the same bytes, and no bad random number
# can give the key away.
_ECDSA = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)

# The least that verifiers in Europe still accept (ETSI TS 119 312, after 2025).
MIN_RSA_BITS = 3072


class KeysUnreadable(Exception):
    """A key file is missing, damaged, of another kind, or the passphrase is not its own."""


@dataclass(frozen=True)
class FileSigner:
    """A document key that lives in this process."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)
    key_id: str
    algorithm: Algorithm

    def sign(self, message: bytes) -> bytes:
        """Return the signature over `message`: ECDSA in DER, or RSASSA-PKCS1-v1_5."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(message, _ECDSA)


@dataclass(frozen=True)
class FileCredentialSigner:
    """A credential key that lives in this process."""

    key: ed25519.Ed25519PrivateKey = field(repr=False)
    verification_method: str
    public_key: bytes
    key_id: bytes

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature over `message`."""
        return self.key.sign(message)


@dataclass(frozen=True)
class InForce:
    """The public half of a key and the time for which it signed; None: without end."""

    kind: str
    public: bytes = field(repr=False)
    begins: datetime | None
    ends: datetime | None

    def covers(self, at: datetime) -> bool:
        """Say whether it was in use at `at`."""
        return (self.begins is None or self.begins <= at) and (self.ends is None or at < self.ends)


@dataclass(frozen=True)
class FileKeys:
    """The keys of the body as encrypted PEM: plain bytes, so that a pool may hand them to its workers.

    `crls` say that the chain was not revoked; `history` are the public halves of all keys that ever
    signed. With `token` the document key lives in a token (see `token_key`) and `signing_pem` is empty.
    """

    issuer: Issuer
    chain: tuple[bytes, ...] = field(repr=False)
    verification_method: str
    signing_pem: bytes = field(repr=False)
    credential_pem: bytes = field(repr=False)
    passphrase: bytes = field(repr=False)
    crls: tuple[bytes, ...] = field(default=(), repr=False)
    history: tuple[InForce, ...] = field(default=(), repr=False)
    token: Token | None = None

    @property
    def signer(self) -> Signer:
        """The key of documents. :raises KeysUnreadable: wrong passphrase or file"""
        return _opened(self)[0]

    @property
    def credential_signer(self) -> FileCredentialSigner:
        """The key of credentials. :raises KeysUnreadable: wrong passphrase or file"""
        return _opened(self)[1]

    def in_force(self, at: datetime) -> tuple[PublicKeys, ...]:
        """Return the public halves that signed at `at`: one pair, two within the second of a change."""
        kinds = ("signing", "credential")
        documents, credentials = (
            [key for key in self.history if key.kind == kind] for kind in kinds
        )
        if not documents:  # the trust file is from before keys had a time
            return (PublicKeys(self.chain[0], self.credential_signer.public_key),)
        # Keys of both kinds are made in pairs, so the one's time is the other's.
        return tuple(
            PublicKeys(document.public, credential.public)
            for document, credential in zip(documents, credentials, strict=True)
            if document.covers(at)
        )


def key_id(public_key: bytes) -> bytes:
    """Return the eight bytes by which a QR token names an Ed25519 key."""
    return hashlib.sha256(public_key).digest()[:8]


def algorithm_of(certificate: bytes) -> Algorithm:
    """Return how the key of a certificate (DER) signs.

    :raises KeysUnreadable: it is of a kind, or of a length, that verifiers refuse
    """
    key = x509.load_der_x509_certificate(certificate).public_key()
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == "secp256r1":
        return Algorithm.ECDSA_P256
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < MIN_RSA_BITS:
            raise KeysUnreadable(
                f"the document key has {key.key_size} bits; RSA keys need {MIN_RSA_BITS} or more"
            )
        return Algorithm.RSA
    raise KeysUnreadable("the document key is neither ECDSA on P-256 nor RSA")


# Opening costs a key derivation (10 ms and more, on purpose), so it happens once per process.
@lru_cache(maxsize=8)
def _opened(keys: FileKeys) -> tuple[Signer, FileCredentialSigner]:
    credential = private_key(keys.credential_pem, keys.passphrase)
    if not isinstance(credential, ed25519.Ed25519PrivateKey):
        raise KeysUnreadable("the credential key is no Ed25519 key")
    public = credential.public_key().public_bytes_raw()
    return (
        _document(keys),
        FileCredentialSigner(credential, keys.verification_method, public, key_id(public)),
    )


def _document(keys: FileKeys) -> Signer:
    algorithm = algorithm_of(keys.chain[0])
    name = hashlib.sha256(keys.chain[0]).hexdigest()[:16]
    if keys.token is not None:
        return token_key.TokenSigner(keys.token, keys.chain, name, algorithm)
    key = private_key(keys.signing_pem, keys.passphrase)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise KeysUnreadable("the document key is neither ECDSA on P-256 nor RSA")
    certified = x509.load_der_x509_certificate(keys.chain[0]).public_key()
    if key.public_key() != certified:
        raise KeysUnreadable("the document key is not the one of its certificate")
    return FileSigner(key, keys.chain, name, algorithm)


def private_key(pem: bytes, passphrase: bytes) -> object:
    """Return the private key in an encrypted PEM.

    :raises KeysUnreadable: it does not open
    """
    try:
        return serialization.load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError) as error:
        raise KeysUnreadable("a key file does not open with this passphrase") from error
