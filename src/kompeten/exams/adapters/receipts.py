"""How does the house sign that an answer is on disk? ECDSA on P-256, with a key that comes from the vault key.

Derived and not kept in a file: every machine of a house signs with the same key, none can be made
twice in a race, and a house that has its vault key back has its receipts back.

Source: FIPS 186-5, A.2.1 (a key from 64 surplus bits and more); RFC 7638 (the name of a key).
"""

import hmac
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from django.conf import settings

from kompeten.exams.terms.vault import Receipt, Unreadable, Via
from kompeten.kernel.refs import ALPHABET

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
HALF = 32  # bytes of r, and of s
_ECDSA = ec.ECDSA(hashes.SHA256())
BODY = re.compile(
    rf"1\.([{ALPHABET}]{{10}})\.([0-9a-f]{{16}})\.([0-9]{{1,4}})\.([0-9]{{1,4}})"
    rf"\.([0-9a-f]{{64}})\.([0-9]{{1,15}})\.({'|'.join(Via)})"
)


def sign(
    attempt: str, chain: str, first: int, last: int, head: str, received: int, via: Via
) -> str:
    """Return the receipt for links `first` to `last` of a chain that are on disk."""
    body = f"1.{attempt}.{chain}.{first}.{last}.{head}.{received}.{via}"
    r, s = decode_dss_signature(_key(settings.VAULT_KEY).sign(body.encode("ascii"), _ECDSA))
    return f"{body}.{_text(r.to_bytes(HALF, 'big') + s.to_bytes(HALF, 'big'))}"


def verify(text: str, jwks: Iterable[Mapping[str, str]]) -> Receipt:
    """Return what a receipt says, once one of the keys `jwks` is found to have signed it.

    :raises Unreadable: `receipt.shape`; `receipt.forged`: none of the keys has
    """
    body, _, signature = text.rpartition(".")
    found = BODY.fullmatch(body)
    if found is None:
        raise Unreadable("receipt.shape")
    if not any(_is_signed(body, signature, key) for key in jwks):
        raise Unreadable("receipt.forged")
    attempt, chain, first, last, head, received, via = found.groups()
    return Receipt(attempt, chain, int(first), int(last), head, int(received), Via(via))


def public_keys() -> list[dict[str, str]]:
    """Return the public keys as JWK, the one in use first."""
    numbers = _key(settings.VAULT_KEY).public_key().public_numbers()
    x, y = (_text(n.to_bytes(HALF, "big")) for n in (numbers.x, numbers.y))
    jwk = {"crv": "P-256", "kty": "EC", "x": x, "y": y}
    thumbprint = sha256(json.dumps(jwk, separators=(",", ":")).encode("ascii")).digest()
    return [jwk | {"alg": "ES256", "use": "sig", "kid": _text(thumbprint)}]


@lru_cache(maxsize=2)
def _key(vault_key: str) -> ec.EllipticCurvePrivateKey:
    surplus = hmac.digest(vault_key.encode(), b"receipts|P-256", "sha512")
    return ec.derive_private_key(int.from_bytes(surplus, "big") % (ORDER - 1) + 1, CURVE)


def _is_signed(body: str, signature: str, jwk: Mapping[str, str]) -> bool:
    try:
        raw, x, y = _bytes(signature), _bytes(jwk["x"]), _bytes(jwk["y"])
        point = ec.EllipticCurvePublicNumbers(
            int.from_bytes(x, "big"), int.from_bytes(y, "big"), CURVE
        )
        der = encode_dss_signature(
            int.from_bytes(raw[:HALF], "big"), int.from_bytes(raw[HALF:], "big")
        )
        point.public_key().verify(der, body.encode("ascii"), _ECDSA)
    except (KeyError, ValueError, InvalidSignature):
        return False
    # One receipt, one text: no other spelling of the same bytes.
    return len(raw) == 2 * HALF and _text(raw) == signature


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
