"""Who can open a parcel, and who has made it? HPKE to the one, ECDSA by the other, block by block.

Both keys come from the vault key, as those of receipts do: a node, and headquarters, has them again
when it has its vault key back, and none lies about in a file.

Source: RFC 9180 (DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM); FIPS 186-5 (P-256, SHA-256).
"""

import hmac
import struct
from collections.abc import Iterable
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from kompeten.node.terms import Card, Framed, ParcelRefused

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
HALF = 32  # bytes of r, and of s
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
NAME = b"kompeten/parcel/1|"


def own_card(*, ref: str, name: str) -> Card:
    """Return this house, or this node, as others must know it."""
    seal = _open_key().public_key().public_bytes_raw()
    sign = _sign_key().public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return Card(ref, name, seal.hex(), sign.hex())


def sealed(head: bytes, number: int, content: bytes, *, to: Card) -> bytes:
    """Return block `number` (from 0) of a parcel: only `to` can open it, and it is signed by us."""
    key = X25519PublicKey.from_public_bytes(bytes.fromhex(to.seal))
    cipher = SUITE.encrypt(content, key, info=_place(head, number))
    der = _sign_key().sign(_signed(head, number, cipher), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    return r.to_bytes(HALF, "big") + s.to_bytes(HALF, "big") + cipher


def opened(framed: Framed, *, by: Card) -> Iterable[bytes]:
    """Give the content of each block, once `by` is found to have signed it.

    :raises ParcelRefused: `parcel.changed`: a byte is not as it was signed, or another has signed;
        `parcel.not_for_us`: it was sealed to somebody else
    """
    for number, block in enumerate(framed.blocks):
        signature, cipher = block[: 2 * HALF], block[2 * HALF :]
        _check(signature, _signed(framed.head, number, cipher), by=by)
        try:
            yield SUITE.decrypt(cipher, _open_key(), info=_place(framed.head, number))
        except (InvalidTag, ValueError) as error:
            raise ParcelRefused("parcel.not_for_us") from error


def can_receive(card: Card) -> bool:
    """Say whether a card's keys are keys: something can be sealed to the one, the other is on its curve."""
    try:
        SUITE.encrypt(b"", X25519PublicKey.from_public_bytes(bytes.fromhex(card.seal)))
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, bytes.fromhex(card.sign))
    except ValueError:
        return False
    return True


def peeked(framed: Framed) -> bytes:
    """Return the content of the first block before it is known whose card to check it by.

    :raises ParcelRefused: `parcel.not_for_us`: sealed to somebody else, or changed on the way
    """
    if not framed.blocks:
        raise ParcelRefused("parcel.cut_off")
    try:
        place = _place(framed.head, 0)
        return SUITE.decrypt(framed.blocks[0][2 * HALF :], _open_key(), info=place)
    except (InvalidTag, ValueError) as error:
        raise ParcelRefused("parcel.not_for_us") from error


def _check(signature: bytes, signed: bytes, *, by: Card) -> None:
    r, s = signature[:HALF], signature[HALF:]
    der = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, bytes.fromhex(by.sign))
        key.verify(der, signed, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError) as error:
        raise ParcelRefused("parcel.changed") from error


def _place(head: bytes, number: int) -> bytes:
    return NAME + struct.pack(">I", number) + head


def _signed(head: bytes, number: int, cipher: bytes) -> bytes:
    return _place(sha256(head).digest(), number) + sha256(cipher).digest()


def _open_key() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_drawn(b"X25519")[:32])


def _sign_key() -> ec.EllipticCurvePrivateKey:
    surplus = int.from_bytes(_drawn(b"P-256"), "big")
    return ec.derive_private_key(surplus % (ORDER - 1) + 1, CURVE)


def _drawn(purpose: bytes) -> bytes:
    return hmac.digest(settings.VAULT_KEY.encode(), b"parcels|" + purpose, "sha512")
