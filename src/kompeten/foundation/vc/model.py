"""Is this a verifiable credential, or a presentation? Its shape, before anybody looks at signatures.

Source: W3C Verifiable Credentials Data Model v2.0, sections 4.3 to 4.14 and 5.3 to 5.6; Bitstring
Status List v1.0, section 2.1. Clauses stand at the functions.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from kompeten.foundation.vc import held, multibase, status, times
from kompeten.foundation.vc.words import is_iri, is_language

CREDENTIAL, PRESENTATION = "VerifiableCredential", "VerifiablePresentation"
ENVELOPED = "EnvelopedVerifiableCredential"
ENVELOPED_PRESENTATION = "EnvelopedVerifiablePresentation"
BITSTRING_ENTRY = "BitstringStatusListEntry"

# What must have a type, and whether it must have an id beside (4.5, 4.10, 4.11, 5.4 to 5.6).
_TYPED = {
    "credentialStatus": False,
    "credentialSchema": True,
    "termsOfUse": False,
    "evidence": False,
    "refreshService": False,
    "renderMethod": False,
    "confidenceMethod": False,
}


class Malformed(ValueError):
    """It is no credential, or no presentation; the message says which member is at fault."""


def credential(document: Any) -> Mapping[str, Any]:
    """Return `document` if it has the shape of a credential; a proof is not looked at.

    :raises Malformed: it has not
    """
    stated = _object(document, "the credential")
    _context(stated)
    _types(stated, CREDENTIAL)
    _optional_id(stated, "id")
    _issuer(stated)
    _subjects(stated)
    _period(stated)
    for name, needs_id in _TYPED.items():
        for one in _objects(stated, name):
            _typed(one, name, needs_id=needs_id)
    for entry in _objects(stated, "credentialStatus"):
        _status_entry(entry)
    _spoken(stated, "the credential")
    _related(stated)
    return stated


def presentation(document: Any) -> Mapping[str, Any]:
    """Return `document` if it has the shape of a presentation; what it presents is not looked at (4.13).

    :raises Malformed: it has not
    """
    stated = _object(document, "the presentation")
    _context(stated)
    _types(stated, PRESENTATION)
    _optional_id(stated, "id")
    if "holder" in stated:
        _party(stated["holder"], "holder")
    _objects(stated, "verifiableCredential")
    for one in _objects(stated, "termsOfUse"):
        _typed(one, "termsOfUse", needs_id=False)
    return stated


def presented(stated: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what a presentation presents, each an object."""
    return _objects(stated, "verifiableCredential")


def envelope(document: Mapping[str, Any], kind: str) -> str:
    """Return the token in an enveloped credential or presentation (4.13.1, 4.13.2).

    :raises Malformed: it is no such envelope
    """
    contexts = document.get("@context")
    if held.CREDENTIALS not in (contexts if isinstance(contexts, list) else [contexts]):
        raise Malformed("@context does not name the base context")
    if document.get("type") not in (kind, [kind]):
        raise Malformed(f"type is not {kind}")
    address = document.get("id")
    if not isinstance(address, str) or not address.startswith("data:application/"):
        raise Malformed("id is no data: address")
    media_type, comma, token = address.removeprefix("data:").partition(",")
    expected = "application/vc+jwt" if kind == ENVELOPED else "application/vp+jwt"
    if not comma or media_type != expected:
        raise Malformed(f"id does not hold {expected}")
    return token


def party(value: Any) -> str:
    """Return the address of an issuer or a holder, who may be written as an object."""
    return str(value["id"] if isinstance(value, Mapping) else value)


def is_bitstring_entry(entry: Mapping[str, Any]) -> bool:
    """Say whether an entry of a credential that has its shape points into a bitstring."""
    return BITSTRING_ENTRY in _type_list(entry, "credentialStatus")


def _context(stated: Mapping[str, Any]) -> None:
    """4.3: an ordered set, the base context first, then addresses and objects."""
    contexts = stated.get("@context")
    if not isinstance(contexts, list) or not contexts or contexts[0] != held.CREDENTIALS:
        raise Malformed(f"@context is no list that begins with {held.CREDENTIALS}")
    for one in contexts:
        if not isinstance(one, Mapping) and not _is_url(one):
            raise Malformed("@context holds what is neither an address nor an object")


def _types(stated: Mapping[str, Any], wanted: str) -> None:
    """4.5: one or more texts, among them the one that says what this is."""
    if wanted not in _type_list(stated, "the document"):
        raise Malformed(f"type does not name {wanted}")


def _type_list(stated: Mapping[str, Any], what: str) -> list[str]:
    value = stated.get("type")
    listed = value if isinstance(value, list) else [value]
    types = [one for one in listed if isinstance(one, str) and one]
    if not types or len(types) != len(listed):
        raise Malformed(f"{what} has no type")
    return types


def _optional_id(stated: Mapping[str, Any], what: str) -> None:
    """4.4: a single address."""
    if "id" in stated and not _is_url(stated["id"]):
        raise Malformed(f"{what} is not one address")


def _issuer(stated: Mapping[str, Any]) -> None:
    """4.7: an address, or an object that has one as its id."""
    _party(stated.get("issuer"), "issuer")
    if isinstance(stated["issuer"], Mapping):
        _spoken(stated["issuer"], "issuer")


def _party(value: Any, what: str) -> None:
    address = value.get("id") if isinstance(value, Mapping) else value
    if not _is_url(address):
        raise Malformed(f"{what} is neither an address nor an object with one as its id")


def _subjects(stated: Mapping[str, Any]) -> None:
    """4.8: one or more objects, each with a claim."""
    subjects = _objects(stated, "credentialSubject")
    if not subjects or not all(subjects):
        raise Malformed("credentialSubject claims nothing")
    for subject in subjects:
        _optional_id(subject, "credentialSubject.id")


def _period(stated: Mapping[str, Any]) -> None:
    """4.9: two instants with their offset, in their order."""
    ends = {}
    for name in ("validFrom", "validUntil"):
        if name in stated:
            try:
                ends[name] = times.read(stated[name])
            except ValueError as error:
                raise Malformed(f"{name}: {error}") from error
    if len(ends) == 2 and ends["validUntil"] < ends["validFrom"]:
        raise Malformed("validUntil lies before validFrom")


def _typed(one: Mapping[str, Any], what: str, *, needs_id: bool) -> None:
    _type_list(one, what)
    _optional_id(one, f"{what}.id")
    if needs_id and "id" not in one:
        raise Malformed(f"{what} has no id")


def _status_entry(entry: Mapping[str, Any]) -> None:
    """Bitstring Status List 2.1: purpose, index as text, address of the list, a message for each value."""
    if not is_bitstring_entry(entry):
        return
    if not isinstance(entry.get("statusPurpose"), str):
        raise Malformed("statusPurpose is no text")
    try:
        status.read_index(entry.get("statusListIndex"))
    except status.ListInvalid as error:
        raise Malformed(f"statusListIndex: {error}") from error
    if not _is_url(entry.get("statusListCredential")):
        raise Malformed("statusListCredential is no address")
    if entry.get("id") == entry["statusListCredential"]:
        raise Malformed("the id of a status entry is that of the list")
    size = entry.get("statusSize", 1)
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise Malformed("statusSize is no whole number above zero")
    messages = entry.get("statusMessage")
    if (messages is None and size > 1) or (messages is not None and not _are(messages, size)):
        raise Malformed("statusMessage does not have one message for each value")


def _are(messages: Any, size: int) -> bool:
    return (
        isinstance(messages, list)
        and len(messages) == 2 ** min(size, 16)
        and all(
            isinstance(one, Mapping) and {"status", "message"} <= one.keys() for one in messages
        )
    )


def _spoken(stated: Mapping[str, Any], what: str) -> None:
    """4.6, 11.1: name and description are texts, or values with their language."""
    for name in ("name", "description"):
        if name in stated:
            value = stated[name]
            for one in value if isinstance(value, list) else [value]:
                if not isinstance(one, str) and not _is_language_value(one):
                    raise Malformed(f"{name} of {what} is neither text nor text in a language")


def _is_language_value(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and "@value" in value
        and not value.keys() - {"@value", "@language", "@direction"}
        and isinstance(value["@value"], str)
        and is_language(value.get("@language", "id"))
        and value.get("@direction", "ltr") in ("ltr", "rtl")
    )


def _related(stated: Mapping[str, Any]) -> None:
    """5.3: each resource named once, with its digest; of what is had without a network it must be true."""
    seen: set[str] = set()
    for resource in _objects(stated, "relatedResource"):
        address = resource.get("id")
        if not isinstance(address, str) or not is_iri(address) or address in seen:
            raise Malformed("relatedResource has no id, or one twice")
        seen.add(address)
        if not resource.keys() & {"digestSRI", "digestMultibase"}:
            raise Malformed(f"the related resource {address} has no digest")
        content = _had(address)
        if content is not None and not all(_digests_hold(resource, content)):
            raise Malformed(f"the related resource {address} has another digest")


def _had(address: str) -> bytes | None:
    """Return what lies at an address, if it is held here or the address holds it (RFC 2397), or None."""
    if not address.startswith("data:"):
        return held.content(address)
    head, _, body = address.partition(";base64,")
    try:
        return base64.b64decode(body, validate=True) if "," not in head else None
    except binascii.Error as error:
        raise Malformed("an address does not hold what it says") from error


def _digests_hold(resource: Mapping[str, Any], content: bytes) -> Iterable[bool]:
    if "digestSRI" in resource:
        algorithm, _, digest = str(resource["digestSRI"]).partition("-")
        known = algorithm in ("sha256", "sha384", "sha512")
        yield (
            known and base64.b64encode(hashlib.new(algorithm, content).digest()).decode() == digest
        )
    if "digestMultibase" in resource:
        digest_bytes = hashlib.sha256(content).digest()
        # Bare, and as a multihash (sha2-256, 32 bytes).
        forms = (digest_bytes, b"\x12\x20" + digest_bytes)
        written = {
            write(one) for one in forms for write in (multibase.encode, multibase.encode_url)
        }
        yield resource["digestMultibase"] in written


def _objects(stated: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the objects under a name: one, or a list of them, or none where it is absent."""
    if name not in stated:
        return []
    value = stated[name]
    listed = value if isinstance(value, list) else [value]
    return [_object(one, name) for one in listed]


def _object(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Malformed(f"{what} is no object")
    return value


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and is_iri(value)
