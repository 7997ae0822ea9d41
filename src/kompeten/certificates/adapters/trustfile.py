"""Whom may a verifier believe, and for which time? The public file `trust.json`, as this house writes it.

`roots` and `timestamping` are certificates (PEM). Each key that signs documents (`signing`) or
credentials (`issuers[].keys`) has its time: `from`, `until` (null: in use) and `compromised_at`
(null: never), as ISO 8601. Keys are added and their ends written in; none is ever taken out.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from kompeten.certificates.adapters import certify
from kompeten.certificates.adapters.keyfile import key_id
from kompeten.certificates.terms import Issuer
from kompeten.foundation.vc import multibase

TRUST_FILE = "trust.json"
SIGNING, CREDENTIAL = "signing", "credential"


class Key(NamedTuple):
    """One key of the history: what it signs, its name, its time, and the file that holds its secret.

    `public` is the certificate (DER) of a document key, the 32 bytes of a credential key.
    """

    kind: str
    id: str
    public: bytes
    begins: datetime | None
    ends: datetime | None
    compromised_at: datetime | None
    file: str

    @property
    def is_in_use(self) -> bool:
        """Whether new signatures are made with it."""
        return self.ends is None and self.compromised_at is None

    def covers(self, at: datetime) -> bool:
        """Say whether it was the key in use at `at`."""
        return (self.begins is None or self.begins <= at) and (self.ends is None or at < self.ends)


class Unknown(Exception):
    """The trust file knows no key of that name."""


def begun(root: x509.Certificate, issuer: Issuer) -> dict[str, Any]:
    """Return what a trust file says before there is a key."""
    return {
        "roots": [pem(root)],
        "timestamping": [],
        "signing": [],
        "issuers": [{"id": issuer.id, "context": issuer.context_url, "keys": []}],
    }


def dated(stated: dict[str, Any], certificate: x509.Certificate) -> dict[str, Any]:
    """Return a file from before keys had a time with the time of its one key of each kind."""
    if stated.get("signing"):
        return stated
    issuer, *others = stated["issuers"]
    time = {
        "from": written(certificate.not_valid_before_utc),
        "until": None,
        "compromised_at": None,
    }
    der = certificate.public_bytes(serialization.Encoding.DER)
    document = {"id": certify.fingerprint(der), "certificate": pem(certificate), **time}
    keys = [{**key, **time} for key in issuer["keys"]]
    return {**stated, "signing": [document], "issuers": [{**issuer, "keys": keys}, *others]}


def added(
    stated: dict[str, Any], *, certificate: x509.Certificate, credential: bytes, at: datetime
) -> dict[str, Any]:
    """Return the file with a new key of each kind, in use from `at` on; those before end there."""
    der = certificate.public_bytes(serialization.Encoding.DER)
    multikey, kid = multibase.public_key(credential), key_id(credential).hex()
    issuer, *others = stated["issuers"]
    time = {"from": written(at), "until": None, "compromised_at": None}
    is_first = not stated.get("signing") and not issuer["keys"]
    document = {"id": certify.fingerprint(der), "certificate": pem(certificate), **time}
    method = {
        "id": f"{issuer['id']}#{multikey}",
        "kid": kid,
        "publicKeyMultibase": multikey,
        **time,
    }
    if not is_first:
        document["file"], method["file"] = f"{SIGNING}-{document['id']}", f"{CREDENTIAL}-{kid}"
    keys = [*map(_ended(at), issuer["keys"]), method]
    signing = [*map(_ended(at), stated.get("signing", [])), document]
    return {**stated, "signing": signing, "issuers": [{**issuer, "keys": keys}, *others]}


def compromised(stated: dict[str, Any], name: str, *, since: datetime) -> dict[str, Any]:
    """Return the file with one key believed no longer for what is not proven to be older than `since`.

    A key may be found to have been lost earlier than was thought, never later.

    :raises Unknown: there is no such key
    """
    if name not in {key.id for key in history(stated)}:
        raise Unknown(name)

    def marked(key: dict[str, Any]) -> dict[str, Any]:
        if name not in (key.get("kid"), key["id"]):
            return key
        known = key.get("compromised_at")
        return {**key, "compromised_at": min(filter(None, (known, written(since))))}

    issuer, *others = stated["issuers"]
    issuer = {**issuer, "keys": [marked(key) for key in issuer["keys"]]}
    signing = [marked(key) for key in stated.get("signing", [])]
    return {**stated, "signing": signing, "issuers": [issuer, *others]}


def history(stated: dict[str, Any]) -> tuple[Key, ...]:
    """Return every key that the file names, documents' first, the oldest first."""
    return (*_documents(stated), *_credentials(stated))


def roots(stated: dict[str, Any]) -> tuple[bytes, ...]:
    """Return the roots (DER) of those who vouch for document keys."""
    return tuple(map(_der, stated["roots"]))


def timestamping(stated: dict[str, Any]) -> tuple[bytes, ...]:
    """Return the roots (DER) of time-stamp authorities."""
    return tuple(map(_der, stated.get("timestamping", [])))


def with_timestamping(stated: dict[str, Any], root: bytes) -> tuple[dict[str, Any], str]:
    """Return the file with one more root of a time-stamp authority, and the root's name.

    :raises ValueError: it is no certificate
    """
    certificate = x509.load_pem_x509_certificate(root)
    known = stated.get("timestamping", [])
    listed = known if pem(certificate) in known else [*known, pem(certificate)]
    return {**stated, "timestamping": listed}, certificate.subject.rfc4514_string()


def countersigners(stated: dict[str, Any]) -> tuple[bytes, ...]:
    """Return the certificates (DER) of the signatories whose national signature counts now."""
    listed = stated.get("countersigners", [])
    return tuple(_der(k["certificate"]) for k in listed if not k.get("compromised_at"))


def with_countersigner(stated: dict[str, Any], certificate: bytes) -> tuple[dict[str, Any], str]:
    """Return the file with one more signatory of the national service, and that one's name.

    Believed for the time of the certificate.

    :raises ValueError: it is no certificate
    """
    read = x509.load_pem_x509_certificate(certificate)
    der = read.public_bytes(serialization.Encoding.DER)
    entry = {
        "id": certify.fingerprint(der),
        "certificate": pem(read),
        "from": written(read.not_valid_before_utc),
        "until": written(read.not_valid_after_utc),
        "compromised_at": None,
    }
    known = stated.get("countersigners", [])
    listed = known if entry["id"] in {k["id"] for k in known} else [*known, entry]
    return {**stated, "countersigners": listed}, read.subject.rfc4514_string()


def in_use(stated: dict[str, Any], kind: str) -> Key | None:
    """Return the key with which new signatures of a kind are made, or None."""
    return next((k for k in reversed(history(stated)) if k.kind == kind and k.is_in_use), None)


def read(folder: Path) -> dict[str, Any]:
    """Return what the trust file in `folder` states, unjudged."""
    stated: dict[str, Any] = json.loads((folder / TRUST_FILE).read_text())
    return stated


def write(folder: Path, stated: dict[str, Any]) -> None:
    """Put the trust file in place in one piece: nobody reads half of it."""
    replace(folder / TRUST_FILE, encoded(stated))


def encoded(stated: dict[str, Any]) -> bytes:
    """Return the file's bytes."""
    return json.dumps(stated, indent=1).encode() + b"\n"


def replace(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file whole and on disk, in the place of the one that is there."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(mode)
    Path(name).replace(path)


def pem(certificate: x509.Certificate) -> str:
    """Return a certificate as text."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def written(at: datetime) -> str:
    """Return an instant as the file has it: UTC, whole seconds."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _ended(at: datetime) -> Callable[[dict[str, Any]], dict[str, Any]]:
    # Rounded up: what was signed within the same second says that second, and has to stay within.
    end = written(at + timedelta(seconds=1, microseconds=-1))
    return lambda key: {**key, "until": key.get("until") or end}


def _documents(stated: dict[str, Any]) -> Iterator[Key]:
    for key in stated.get("signing", []):
        yield Key(
            SIGNING, key["id"], _der(key["certificate"]), *_time(key), key.get("file", SIGNING)
        )


def _credentials(stated: dict[str, Any]) -> Iterator[Key]:
    for key in stated["issuers"][0]["keys"]:
        raw = multibase.read_public_key(key["publicKeyMultibase"])
        yield Key(CREDENTIAL, key["kid"], raw, *_time(key), key.get("file", CREDENTIAL))


def _der(text: str) -> bytes:
    certificate = x509.load_pem_x509_certificate(text.encode())
    return certificate.public_bytes(serialization.Encoding.DER)


def _time(key: dict[str, Any]) -> tuple[datetime | None, datetime | None, datetime | None]:
    begins, ends, lost = (key.get(name) for name in ("from", "until", "compromised_at"))
    return _instant(begins), _instant(ends), _instant(lost)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
