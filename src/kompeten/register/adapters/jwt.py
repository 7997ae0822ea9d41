"""Does a credential in a token (VC-JWT) hold, and what does it state? As of one with proofs in it.

A token bears no time of its own: it is made whenever the holder asks for it, with the key of that day.
So, as of a QR code, only what others prove of its age counts once that key is lost.

Source: W3C Securing Verifiable Credentials using JOSE and COSE, section 3.1.
"""

from dataclasses import replace

from kompeten.foundation.vc import jose, multibase
from kompeten.register import rules
from kompeten.register.adapters import credential as credentials
from kompeten.register.adapters.credential import Read
from kompeten.register.terms import Finding, Part, Refused, Trust, When

# Every token of ours begins so: `{"` in base64url.
BEGINS = b"eyJ"


def is_token(data: bytes) -> bool:
    """Say whether `data` looks like a token: three parts, of which the first is JSON."""
    return data.startswith(BEGINS) and data.count(b".") == 2 and data.isascii()


def verify(data: bytes, *, trust: Trust, when: When) -> Read:
    """Return content and findings of the credential in a token that a trusted key signed.

    :raises Refused: it is not readable, not signed by a trusted key, or contradicts itself
    """
    if len(data) > credentials.MAX_BYTES:
        raise Refused(Part.SIGNATURE, "file.too_large")
    found = {method: key.public_key for method, key in trust.keys.items()}
    try:
        credential, method = jose.read(data.decode(), key_of=found.get)
    except jose.KeyUnknown as error:
        raise Refused(Part.ISSUER, "issuer.unknown", str(error)) from error
    except jose.TokenInvalid as error:
        raise Refused(Part.SIGNATURE, "signature.broken") from error
    key = credentials.issuing_key(method, credential, trust)
    if fault := rules.key_fault(key.tenure, replace(when, claimed=None)):
        raise Refused(Part.ISSUER, fault, method)
    signature = Finding(Part.SIGNATURE, "signature.holds", holds=True, detail=method)
    issuer = Finding(Part.ISSUER, "issuer.trusted", holds=True, detail=key.issuer)
    return credentials.judged(credential, signature, issuer, at=when.at)


def payload(data: bytes) -> bytes:
    """Return the bytes in a token that its signature covers, which nobody has verified; b"" if there are none."""
    try:
        return multibase.decode_url("u" + data.decode().split(".")[1])
    except (ValueError, LookupError):
        return b""
