"""Who signs in the VC-API? An issuer of its own that nobody trusts, made from the secret of the house."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kompeten.foundation.vc import did, integrity, linked, listing, model, status

PURPOSES = ("revocation", "suspension")
_LIST_GOOD_FOR, _ASK_AGAIN = timedelta(days=1), timedelta(minutes=5)


class NotIssued(ValueError):
    """What was asked to be signed is no credential, or in a way that we do not know."""


@dataclass(frozen=True)
class TestIssuer:
    """A did:key with its private half; the same for one house, unlike any other's."""

    __test__ = False

    key: ed25519.Ed25519PrivateKey

    @property
    def public_key(self) -> bytes:
        """The 32 bytes of the public half."""
        return self.key.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        """The name under which it issues."""
        return did.of_key(self.public_key)

    def signed(
        self, document: Mapping[str, Any], *, suite: integrity.Suite, at: datetime
    ) -> dict[str, Any]:
        """Return `document` with a proof. :raises Unsafe: it states less than it says"""
        return integrity.signed(
            document,
            suites=[suite],
            sign=self.key.sign,
            verification_method=did.method_of_key(self.public_key),
            created=at,
        )


@lru_cache(maxsize=1)
def of_house(secret: str) -> TestIssuer:
    """Return the issuer that follows from the secret of the house; it is kept nowhere."""
    derive = HKDF(hashes.SHA256(), 32, salt=None, info=b"kompeten vc-api test issuer")
    return TestIssuer(ed25519.Ed25519PrivateKey.from_private_bytes(derive.derive(secret.encode())))


def issue(
    credential: Any, options: Mapping[str, Any], *, by: TestIssuer, site: str, at: datetime
) -> dict[str, Any]:
    """Return `credential` signed in the issuer's name, whatever name it bore.

    `options.cryptosuite` picks the suite; `options.credentialStatus` asks for a place in a list.

    :raises NotIssued: it is no credential, is signed already, or names no suite of ours
    :raises Unsafe: it says what cannot be carried over into statements
    """
    try:
        stated = dict(model.credential(credential))
        suite = integrity.Suite(options.get("cryptosuite", integrity.Suite.RDFC))
    except model.Malformed as error:
        raise NotIssued(str(error)) from error
    except (ValueError, TypeError) as error:
        raise NotIssued("the suite is none of ours") from error
    if "proof" in stated:
        raise NotIssued("the credential carries a proof already")
    named = stated["issuer"]
    stated["issuer"] = {**named, "id": by.id} if isinstance(named, Mapping) else by.id
    if wish := options.get("credentialStatus"):
        stated["credentialStatus"] = _entry(wish, site)
    # Also where only the JSON is signed: a word that nobody defined is no word of a credential.
    linked.canonical(stated)
    return by.signed(stated, suite=suite, at=at)


def list_url(site: str, purpose: str) -> str:
    """Return where the issuer's list of a purpose is published."""
    return f"{site}/credentials/status/{purpose}"


def status_list(purpose: str, *, by: TestIssuer, site: str, at: datetime) -> dict[str, Any]:
    """Return the issuer's signed list of a purpose, in which nothing is ever set."""
    document = listing.document(
        (),
        address=list_url(site, purpose),
        issuer=by.id,
        purpose=purpose,
        begins=at,
        ends=at + _LIST_GOOD_FOR,
        ask_again=_ASK_AGAIN,
    )
    return by.signed(document, suite=integrity.Suite.RDFC, at=at)


def _entry(wish: Any, site: str) -> dict[str, str]:
    purpose = wish.get("statusPurpose", "revocation") if isinstance(wish, Mapping) else None
    if purpose not in PURPOSES:
        raise NotIssued("the status asked for is neither revocation nor suspension")
    index = secrets.randbelow(status.SMALLEST)
    address = list_url(site, purpose)
    return {
        "id": f"{address}#{index}",
        "type": model.BITSTRING_ENTRY,
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }
