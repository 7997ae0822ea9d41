"""Under which name does somebody sign, and which keys are theirs? `did:key` and `did:web`.

Source: W3C Decentralized Identifiers 1.0; did:key v0.9, section 3 (creation); did:web, section 3.1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from kompeten.foundation.vc import held, multibase

_KEY, _WEB = "did:key:", "did:web:"
_RELATIONS = ("assertionMethod", "authentication")


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """One key of an issuer, as its document shows it.

    `revoked_at` is when it was known to be in other hands, as an XML dateTime, or empty: nothing that
    it signs is believed any more. A key that merely gave way to the next one stays believed.
    """

    id: str
    multikey: str
    revoked_at: str = ""


def of_key(raw: bytes) -> str:
    """Return the did:key of an Ed25519 public key of 32 bytes."""
    return _KEY + multibase.public_key(raw)


def method_of_key(raw: bytes) -> str:
    """Return the address of that key within its own document."""
    return f"{of_key(raw)}#{multibase.public_key(raw)}"


def key_of_method(method: object) -> bytes | None:
    """Return the public key that a did:key address stands for, or None: it is no such address."""
    if not isinstance(method, str) or not method.startswith(_KEY):
        return None
    name, _, fragment = method.removeprefix(_KEY).partition("#")
    if name != fragment:
        return None
    try:
        return multibase.read_public_key(name)
    except ValueError:
        return None


def controller(method: str) -> str:
    """Return whose key the address `method` names.

    >>> controller("did:web:lsp.example#z6Mk")
    'did:web:lsp.example'
    """
    return method.partition("#")[0]


def of_web(url: str) -> str:
    """Return the did:web of a site; a port is escaped, folders become colons.

    >>> of_web("http://127.0.0.1:8000"), of_web("https://lsp.example/sertifikat/")
    ('did:web:127.0.0.1%3A8000', 'did:web:lsp.example:sertifikat')
    """
    parts = urlsplit(url)
    folders = [quote(folder, safe="") for folder in parts.path.split("/") if folder]
    return _WEB + ":".join([quote(parts.netloc.lower(), safe=""), *folders])


def web_path(did: str) -> str:
    """Return where on its site the document of a did:web lies.

    >>> web_path("did:web:127.0.0.1%3A8000"), web_path("did:web:lsp.example:sertifikat")
    ('/.well-known/did.json', '/sertifikat/did.json')

    :raises ValueError: it is no did:web
    """
    if not did.startswith(_WEB):
        raise ValueError(f"{did} is no did:web")
    _, *folders = did.removeprefix(_WEB).split(":")
    return "/" + "/".join([*map(unquote, folders or [".well-known"]), "did.json"])


def document(
    did: str, keys: Iterable[PublishedKey], *, also_known_as: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the document of `did`; revoked keys are shown, and may assert nothing."""
    listed = list(keys)
    valid = [key.id for key in listed if not key.revoked_at]
    names = list(also_known_as)
    return {
        "@context": [held.DID, held.MULTIKEY],
        "id": did,
        **({"alsoKnownAs": names} if names else {}),
        "verificationMethod": [_method(did, key) for key in listed],
        **dict.fromkeys(_RELATIONS, valid),
    }


def key_document(raw: bytes) -> dict[str, Any]:
    """Return the document that a did:key stands for."""
    multikey = multibase.public_key(raw)
    return document(of_key(raw), [PublishedKey(method_of_key(raw), multikey)])


def _method(did: str, key: PublishedKey) -> Mapping[str, str]:
    stated = {
        "id": key.id,
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": key.multikey,
    }
    return {**stated, "revoked": key.revoked_at} if key.revoked_at else stated
