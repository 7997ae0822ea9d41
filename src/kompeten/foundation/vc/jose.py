"""How is a credential carried in a token? VC-JWT: the credential as it is, signed around.

One kind of token in one algorithm is few lines, signed by whatever holds the key; in tests a JOSE
library reads what is made here.

Source: W3C Securing Verifiable Credentials using JOSE and COSE, section 3.1; RFC 7515, 5.1 and 5.2;
RFC 8037, 3.1.
"""

from collections.abc import Callable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.foundation.vc import multibase, parsing
from kompeten.kernel import canonical

MEDIA_TYPE, TYPE, CONTENT_TYPE = "application/vc+jwt", "vc+jwt", "vc"
LONGEST = 1_000_000
# What a head may hold; a member that changes the meaning of the rest (`crit`, `b64`, `zip`) is refused.
_HEAD = frozenset({"alg", "typ", "cty", "kid", "iss"})


class TokenInvalid(ValueError):
    """It is no token of this kind, nobody's who is believed, or its signature does not hold."""


class KeyUnknown(TokenInvalid):
    """Nobody who is believed has the key that the token names."""


def token(
    credential: Mapping[str, Any], *, sign: Callable[[bytes], bytes], verification_method: str
) -> str:
    """Return `credential`, which carries no proof, as a VC-JWT signed with Ed25519."""
    header = {"alg": "EdDSA", "typ": TYPE, "cty": CONTENT_TYPE, "kid": verification_method}
    message = ".".join(_base64(canonical.dumps(part)) for part in (header, credential))
    return f"{message}.{_base64(sign(message.encode()))}"


def read(
    text: str, *, key_of: Callable[[str], bytes | None], kind: str = TYPE
) -> tuple[dict[str, Any], str]:
    """Return the credential in a token, and the address of the key that signed it.

    `kind` is what the token says it is: `vp+jwt` for a presentation.

    :raises TokenInvalid: it does not hold
    """
    if len(text) > LONGEST or text.count(".") != 2:
        raise TokenInvalid("this is no token")
    message, _, signature = text.rpartition(".")
    head, _, payload = message.partition(".")
    method = _method(head, kind)
    key = key_of(method)
    if key is None:
        raise KeyUnknown(method)
    try:
        public = ed25519.Ed25519PublicKey.from_public_bytes(key)
        public.verify(_bytes(signature), message.encode())
        credential = parsing.read(_bytes(payload))
    except (InvalidSignature, ValueError) as error:
        raise TokenInvalid("the signature does not hold, or not over a credential") from error
    if not isinstance(credential, dict):
        raise TokenInvalid("the token carries no credential")
    return credential, method


def _method(head: str, wanted: str) -> str:
    try:
        stated = parsing.read(_bytes(head))
        content = wanted.partition("+")[0]
        kind = (stated["typ"], stated["alg"], stated.get("cty", content))
        method = stated["kid"]
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise TokenInvalid("the head of the token cannot be read") from error
    if kind != (wanted, "EdDSA", content) or stated.keys() - _HEAD:
        raise TokenInvalid("the token is of another kind")
    if not isinstance(method, str):
        raise TokenInvalid("the token names no key")
    return method


def _base64(content: bytes) -> str:
    return multibase.encode_url(content)[1:]


def _bytes(text: str) -> bytes:
    return multibase.decode_url("u" + text)
