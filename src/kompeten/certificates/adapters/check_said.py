"""Do credential and QR code state exactly the intended content, signed by the key that was meant to?"""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote

import base45
import cbor2
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.certificates.terms import Content
from kompeten.foundation.vc import linked
from kompeten.kernel import canonical

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def credential_flaws(credential: bytes, content: Content, public_key: bytes) -> Iterator[str]:
    """Give what is wrong with the credential, as codes; what cannot be read raises."""
    document = json.loads(credential)
    by_statements, by_json = document.pop("proof")
    if not (
        _proof_holds(by_statements, "eddsa-rdfc-2022", document, public_key)
        and _proof_holds(by_json, "eddsa-jcs-2022", document, public_key)
    ):
        yield "credential.proof"
    subject = document["credentialSubject"]
    (carried,) = document["relatedResource"]
    head, _, body = carried["id"].partition(",")
    if (
        head != "data:application/json;base64"
        or base64.b64decode(body, validate=True) != rfc8785.dumps(canonical.plain(content))
        or (subject["name"], subject["licenseNumber"]) != (content.holder, content.number)
        or _achieved(subject["achievement"])
        != [content.scheme.code, content.scheme.version, *(unit.code for unit in content.units)]
        or document["id"] != content.verify_url
        or document["validFrom"][:10] != content.valid_from.isoformat()
        or document["validUntil"][:10] != content.valid_until.isoformat()
    ):
        yield "credential.facts"


def _achieved(achievement: dict[str, Any]) -> list[str]:
    units = [unit["targetCode"] for unit in achievement["alignment"]]
    return [achievement["humanCode"], achievement["version"], *units]


def _proof_holds(
    proof: dict[str, str], suite: str, document: dict[str, Any], public_key: bytes
) -> bool:
    # Of the reader that draws statements from a document there is one make only in here; in CI
    # another implementation, in another language, draws them too.
    canonize = {"eddsa-rdfc-2022": linked.canonical, "eddsa-jcs-2022": rfc8785.dumps}[suite]
    options = {"@context": document["@context"], **proof}
    value = options.pop("proofValue")
    digests = (hashlib.sha256(canonize(part)).digest() for part in (options, document))
    return proof["cryptosuite"] == suite and _holds(
        public_key, _base58(value[1:], 64), b"".join(digests)
    )


def qr_flaws(qr: str, content: Content, public_key: bytes) -> Iterator[str]:
    """Give what is wrong with the text of the QR code, as codes; what cannot be read raises."""
    address, _, token = qr.partition("#")
    protected, _, payload, signature = cbor2.loads(base45.b45decode(unquote(token)))
    signed = cbor2.dumps(["Signature1", protected, address.encode(), payload])
    if not _holds(public_key, signature, signed):
        yield "qr.proof"
    said = cbor2.loads(payload)
    _, number, holder, level, scheme, version, first, last, is_demonstration, *place = said
    whole = holder == content.holder
    if (
        address != content.verify_url
        or (number or address.rpartition("/")[2]).replace("-", " ")
        != content.number.replace("-", " ")
        or not (whole or (holder.endswith("…") and content.holder.startswith(holder[:-1])))
        or level != (content.level.title if content.level else "")
        or (scheme, version) != (content.scheme.code, content.scheme.version)
        or date(1970, 1, 1) + timedelta(first) != content.valid_from
        or date(1970, 1, 1) + timedelta(last) != content.valid_until
        or is_demonstration is not content.is_demonstration
        or place != ([content.status.list, content.status.index] if content.status else [])
    ):
        yield "qr.facts"


def _holds(public_key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _base58(text: str, length: int) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + _BASE58.index(letter)
    return number.to_bytes(length, "big")
