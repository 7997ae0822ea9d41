"""How does a key sign that never leaves its token? PKCS#11: a hardware module, a smart card, SoftHSM.

Which key it is says a URI of RFC 7512: `pkcs11:token=lsp;object=dokumen?module-path=/usr/lib/….so`.

Source: OASIS PKCS#11 v3.0, 2.3.6 (ECDSA) and 2.1.12 (RSA with SHA-256).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from types import ModuleType
from typing import Any
from urllib.parse import unquote

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kompeten.certificates.ports import Algorithm

# A session does one thing at a time.
_TURN = Lock()


class TokenAbsent(OSError):
    """The token is not there, is locked, or does not hold the key; what is signed with it waits."""


class TokenMisnamed(ValueError):
    """The URI of the key cannot be read; the message says what it lacks."""


@dataclass(frozen=True)
class Token:
    """Which key of which token, reached through which library."""

    module: str
    token: str
    key: str
    pin: str = field(repr=False)


@dataclass(frozen=True)
class TokenSigner:
    """A document key that lives in a token."""

    token: Token
    chain: tuple[bytes, ...] = field(repr=False)
    key_id: str
    algorithm: Algorithm

    def sign(self, message: bytes) -> bytes:
        """Return the signature over `message`: ECDSA in DER, or RSASSA-PKCS1-v1_5.

        :raises TokenAbsent: the token cannot be used at the moment
        """
        with _TURN, _absent(self.token) as pkcs11:
            key = _key(self.token, self.algorithm)
            if self.algorithm is Algorithm.RSA:
                signed: bytes = key.sign(message, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)
                return signed
            return _der(key.sign(_sha256(message), mechanism=pkcs11.Mechanism.ECDSA))


def named(uri: str, *, pin: str) -> Token:
    """Return the key that a URI names.

    :raises TokenMisnamed: it lacks a part
    """
    scheme, _, rest = uri.partition(":")
    path, _, query = rest.partition("?")
    parts = {**_parts(path, ";"), **_parts(query, "&")}
    lacking = [part for part in ("module-path", "token", "object") if not parts.get(part)]
    if scheme != "pkcs11" or lacking:
        raise TokenMisnamed(f"the PKCS#11 URI lacks {', '.join(lacking) or 'its scheme'}")
    return Token(parts["module-path"], parts["token"], parts["object"], pin)


def _parts(text: str, separator: str) -> Mapping[str, str]:
    pairs = (part.partition("=") for part in text.split(separator) if part)
    return {name: unquote(value) for name, _, value in pairs}


@contextmanager
def _absent(token: Token) -> Iterator[ModuleType]:
    try:
        import pkcs11  # noqa: PLC0415 (optional dependency)
    except ImportError as error:
        raise TokenAbsent("python-pkcs11 is not installed (extra `hsm`)") from error
    try:
        yield pkcs11
    except (pkcs11.exceptions.PKCS11Error, RuntimeError, OSError) as error:
        _key.cache_clear()  # the next try opens a session of its own
        raise TokenAbsent(f"token {token.token}: {type(error).__name__} {error}".strip()) from error


@lru_cache(maxsize=2)
def _key(token: Token, algorithm: Algorithm) -> Any:
    """Return the private key in a session that stays open; opening costs a log-in."""
    import pkcs11  # noqa: PLC0415 (optional dependency)

    kind = pkcs11.KeyType.RSA if algorithm is Algorithm.RSA else pkcs11.KeyType.EC
    slot = pkcs11.lib(token.module).get_token(token_label=token.token)
    try:
        session = slot.open(user_pin=token.pin)
    except pkcs11.exceptions.UserAlreadyLoggedIn:  # a log-in is the whole process's
        session = slot.open()
    return session.get_key(
        object_class=pkcs11.ObjectClass.PRIVATE_KEY, key_type=kind, label=token.key
    )


def _sha256(message: bytes) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(message)
    return digest.finalize()


def _der(plain: bytes) -> bytes:
    """Return r and s in DER; the token gives them side by side."""
    half = len(plain) // 2
    return encode_dss_signature(
        int.from_bytes(plain[:half], "big"), int.from_bytes(plain[half:], "big")
    )
