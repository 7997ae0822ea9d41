"""What does this room ask of the world outside: signatures, and time from somebody else."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from kompeten.certificates.terms import Content, Issuer, Sealed


class Algorithm(StrEnum):
    """How a document signature is made; each is SHA-256 inside."""

    ECDSA_P256 = "ecdsa-p256-sha256"
    RSA = "rsa-pkcs1-sha256"


class PublicKeys(NamedTuple):
    """What one needs to check what was signed at some time: a certificate (DER), an Ed25519 key (32 bytes)."""

    document: bytes
    credential: bytes


class Signer(Protocol):
    """A key that signs documents in the body's name: a file, a token, or a service far away."""

    @property
    def algorithm(self) -> Algorithm:
        """How it signs."""

    @property
    def key_id(self) -> str:
        """A short name of the key, for records and logs."""

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Certificates in DER, the signing one first, the root last."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature over `message`, as the algorithm writes it (DER for ECDSA).

        :raises OSError: the key is not at hand at the moment
        """


class CredentialSigner(Protocol):
    """An Ed25519 key that signs credentials and QR tokens."""

    @property
    def key_id(self) -> bytes:
        """Eight bytes that name the key in a QR token."""

    @property
    def verification_method(self) -> str:
        """The address of the key, as the issuer publishes it."""

    @property
    def public_key(self) -> bytes:
        """The 32 bytes of the public key."""

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature over `message`."""


class Timestamper(Protocol):
    """A time-stamping authority: says that something existed at a time, on its own word."""

    def stamp(self, sha256: bytes) -> bytes:
        """Return an RFC 3161 token (DER) over the digest.

        :raises OSError: the authority cannot be reached; it is asked again later
        """


class NationalService(Protocol):
    """The national e-sign service, which signs in the name of a person that it knows."""

    def sign(self, pdf: bytes, *, reason: str, place: str) -> bytes:
        """Return `pdf` with that person's signature appended to it.

        :raises OSError: the service is away; it is asked again later
        :raises EsignRefused: the service says no
        """


class Keys(Protocol):
    """All keys of the body, able to travel to another process of the same machine (pickle)."""

    @property
    def crls(self) -> tuple[bytes, ...]:
        """Revocation lists (DER) of those who vouch for the key of documents; embedded in each sheet."""

    @property
    def issuer(self) -> Issuer:
        """Under which names the body issues."""

    @property
    def signer(self) -> Signer:
        """The key of documents."""

    @property
    def credential_signer(self) -> CredentialSigner:
        """The key of credentials."""

    def in_force(self, at: datetime) -> tuple[PublicKeys, ...]:
        """Return the public halves of the keys that signed at `at`, also when others do now."""


class Sealer(Protocol):
    """Makes one certificate and reads it back; wired by name, so that actions import no typesetter."""

    def __call__(self, content: Content, *, keys: Keys, at: datetime) -> Sealed:
        """Return the sealed certificate; see `adapters.seal`."""
