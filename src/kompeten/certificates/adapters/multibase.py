"""How do keys and signatures look in a credential? base58btc with a leading z.

Source: W3C Controlled Identifiers 1.0, sections 2.4 (Multibase) and 2.5 (Multicodec).
"""

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519_PUBLIC = b"\xed\x01"


def encode(content: bytes) -> str:
    """Return `content` as multibase text; leading zero bytes become leading ones."""
    number, digits = int.from_bytes(content, "big"), []
    while number:
        number, rest = divmod(number, 58)
        digits.append(_ALPHABET[rest])
    zeros = len(content) - len(content.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(reversed(digits))


def public_key(raw: bytes) -> str:
    """Return an Ed25519 public key of 32 bytes as a Multikey: `z6Mk…`."""
    return encode(_ED25519_PUBLIC + raw)
