"""Which JSON-LD contexts do we know? Those that lie beside this file, byte for byte as published.

Nothing is ever fetched: what is not in the table is unknown, and a document that names it is refused.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
MULTIKEY = "https://w3id.org/security/multikey/v1"
DID = "https://www.w3.org/ns/did/v1"

FOLDER = Path(__file__).parent / "contexts"
# Address, file, SHA-256 as its publisher states it; see contexts/README.md.
PINNED = {
    CREDENTIALS: (
        "credentials-v2.jsonld",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    EXAMPLES: (
        "credentials-examples-v2.jsonld",
        "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c",
    ),
    OPEN_BADGES: (
        "open-badges-3.0.3.jsonld",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    OPEN_BADGES_EXTENSIONS: (
        "open-badges-extensions.jsonld",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
    DATA_INTEGRITY: (
        "data-integrity-v2.jsonld",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
    MULTIKEY: (
        "multikey-v1.jsonld",
        "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
    ),
    DID: (
        "did-v1.jsonld",
        "4f3eae5568c9c5f036a082088f9e192019ee06faa78973c87ff91d5421b88dad",
    ),
}


class ContextChanged(Exception):
    """A held context is not the published one any more; nothing is signed or believed with it."""


@cache
def content(address: str) -> bytes | None:
    """Return the bytes published at `address`, read once a process, or None: it is not held.

    :raises ContextChanged: the file was touched
    """
    if address not in PINNED:
        return None
    name, pinned = PINNED[address]
    published = (FOLDER / name).read_bytes()
    if hashlib.sha256(published).hexdigest() != pinned:
        raise ContextChanged(f"{name} is not what {address} publishes")
    return published


@cache
def document(address: str) -> Mapping[str, Any] | None:
    """Return the context published at `address`, or None: it is not held. Always the same object.

    :raises ContextChanged: the file was touched
    """
    published = content(address)
    stated: Mapping[str, Any] | None = json.loads(published)["@context"] if published else None
    return stated
