"""How do keys lie in files and reach a worker process? Encrypted PEM, opened once per process."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from kompeten.certificates.ports import Algorithm
from kompeten.certificates.terms import Issuer

# RFC 6979: the same certificate sealed again gives the same bytes, and no bad random number
# can give the key away.
_ECDSA = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


class KeysUnreadable(Exception):
    """A key file is missing, damaged, of another kind, or the passphrase is not its own."""


@dataclass(frozen=True)
class FileSigner:
    """A document key that lives in this process."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)
    key_id: str
    algorithm: Algorithm = Algorithm.ECDSA_P256

    def sign(self, message: bytes) -> bytes:
        """Return the ECDSA signature over `message` in DER."""
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
class FileKeys:
    """The keys of the body as encrypted PEM: plain bytes, so that a pool may hand them to its workers."""

    issuer: Issuer
    chain: tuple[bytes, ...] = field(repr=False)
    verification_method: str
    signing_pem: bytes = field(repr=False)
    credential_pem: bytes = field(repr=False)
    passphrase: bytes = field(repr=False)

    @property
    def signer(self) -> FileSigner:
        """The key of documents. :raises KeysUnreadable: wrong passphrase or file"""
        return _opened(self)[0]

    @property
    def credential_signer(self) -> FileCredentialSigner:
        """The key of credentials. :raises KeysUnreadable: wrong passphrase or file"""
        return _opened(self)[1]


def key_id(public_key: bytes) -> bytes:
    """Return the eight bytes by which a QR token names an Ed25519 key."""
    return hashlib.sha256(public_key).digest()[:8]


# Opening costs a key derivation (10 ms and more, on purpose), so it happens once per process.
@lru_cache(maxsize=8)
def _opened(keys: FileKeys) -> tuple[FileSigner, FileCredentialSigner]:
    document = _private_key(keys.signing_pem, keys.passphrase)
    credential = _private_key(keys.credential_pem, keys.passphrase)
    if not isinstance(document, ec.EllipticCurvePrivateKey) or document.curve.name != "secp256r1":
        raise KeysUnreadable("the document key is no ECDSA key on P-256")
    if not isinstance(credential, ed25519.Ed25519PrivateKey):
        raise KeysUnreadable("the credential key is no Ed25519 key")
    public = credential.public_key().public_bytes_raw()
    return (
        FileSigner(document, keys.chain, hashlib.sha256(keys.chain[0]).hexdigest()[:16]),
        FileCredentialSigner(credential, keys.verification_method, public, key_id(public)),
    )


def _private_key(pem: bytes, passphrase: bytes) -> object:
    try:
        return serialization.load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError) as error:
        raise KeysUnreadable("a key file does not open with this passphrase") from error
