"""What does the QR code say? The address of the public page, and signed facts that need no network.

`https://…#<token>`: a camera opens the page (the part after # is never sent to a server); a verifier
without network reads the token. It is a COSE_Sign1 message in base45, signed with Ed25519 over the
facts and over the address in front of it. Where the address ends in the certificate's number, as
`…/88900-2635-2-0000123-2026`, the token does not repeat it and has room for a longer name.

Source: RFC 9052 (COSE), RFC 9285 (base45), RFC 8949 (CBOR).
"""

from datetime import date
from urllib.parse import quote

import base45
import cbor2

from kompeten.certificates.ports import CredentialSigner
from kompeten.certificates.rules.content import QR_CHARS
from kompeten.certificates.terms import Content

# The second has the place in the status lists behind the facts; what has none is of the first.
WITHOUT_PLACE, WITH_PLACE = 1, 2

# What is allowed after # in an address and at the same time cheap in a QR code (alphanumeric
# mode); blank and percent sign, the two others of base45, are escaped.
_PLAIN = "$*+-./:"
_EDDSA = cbor2.dumps({1: -8})
_EPOCH = date(1970, 1, 1)


class TokenTooLong(Exception):
    """The address leaves no room for the facts in a QR code that a phone can read."""


def issue(content: Content, *, signer: CredentialSigner) -> str:
    """Return the text of the QR code, at most `QR_CHARS` characters.

    A name too long for it is cut and ends in "…"; the paper and the page bear it in full.

    :raises TokenTooLong: not even a cut name fits
    """
    address = content.verify_url
    holder = content.holder
    while True:
        text = f"{address}#{_signed(_facts(content, holder), address, signer)}"
        over = len(text) - QR_CHARS
        if over <= 0:
            return text
        if len(holder) < 4:
            raise TokenTooLong(f"{address} is too long for a QR code")
        # A character costs about 1.6 in the code; one step nearly always is enough.
        holder = holder.rstrip("…")[: -max(1, over * 5 // 8)].rstrip(" ,.") + "…"


def _facts(content: Content, holder: str) -> bytes:
    spelled = content.verify_url.endswith("/" + content.number.replace(" ", "-"))
    place = content.status
    return cbor2.dumps(
        [
            WITH_PLACE if place else WITHOUT_PLACE,
            "" if spelled else content.number,
            holder,
            content.level.title if content.level else "",
            content.scheme.code,
            content.scheme.version,
            (content.valid_from - _EPOCH).days,
            (content.valid_until - _EPOCH).days,
            content.is_demonstration,
            *((place.list, place.index) if place else ()),
        ]
    )


def _signed(facts: bytes, address: str, signer: CredentialSigner) -> str:
    to_sign = cbor2.dumps(["Signature1", _EDDSA, address.encode(), facts])
    message = [_EDDSA, {4: signer.key_id[:4]}, facts, signer.sign(to_sign)]
    return quote(base45.b45encode(cbor2.dumps(message)), safe=_PLAIN)
