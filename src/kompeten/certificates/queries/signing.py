"""With which keys does the house sign, who says what time it is, and who signs for the state?"""

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from kompeten.certificates.adapters import certify, wiring
from kompeten.certificates.adapters.pades import Evidence
from kompeten.certificates.adapters.trustfile import Key
from kompeten.certificates.ports import Keys, NationalService, Timestamper


def keys() -> Keys:
    """Return the body's keys, from where the options name; read anew when a file of theirs changes.

    :raises KeysUnreadable: there are none, or they do not open
    """
    return _keys(wiring.state(key_folder()))


def key_folder() -> Path:
    """Return the folder of the keys."""
    return Path(settings.DATA_DIR) / "keys"


def key_history() -> tuple[Key, ...]:
    """Return every key that this house has had, documents' first, the oldest first."""
    return wiring.history(key_folder())


def timestamper() -> Timestamper | None:
    """Return the time-stamp authority that the options name, or None."""
    url = settings.OPTIONS.timestamp_url
    return wiring.timestamper(key_folder(), url) if url else None


def evidence() -> Evidence:
    """Return what is known by now of the chains of our signatures and of our time stamps."""
    return wiring.evidence(key_folder(), keys())


def national() -> NationalService:
    """Return the national e-sign service that the options name.

    :raises EsignRefused: nobody was written down who signs there
    """
    asked = settings.OPTIONS
    return wiring.national(key_folder(), asked.esign_url, asked.esign_user, asked.esign_password)


def asks_national() -> bool:
    """Say whether the options ask for the national signature."""
    return bool(settings.OPTIONS.esign_url)


def countersigners() -> tuple[bytes, ...]:
    """Return the certificates (DER) of the signatories whose national signature counts."""
    return wiring.countersigners(key_folder())


def revocation_list(name: str) -> bytes | None:
    """Return the revocation list that is published under a name, or None."""
    return wiring.crl(key_folder(), name)


def is_current(crl: bytes, *, at: datetime) -> bool:
    """Say whether a revocation list may be believed at `at`."""
    return certify.is_current(crl, at=at)


@lru_cache(maxsize=1)
def _keys(_state: tuple[object, ...]) -> Keys:
    return wiring.load(
        key_folder(),
        passphrase=settings.KEY_PASSPHRASE.encode(),
        token=settings.OPTIONS.document_key,
        pin=settings.OPTIONS.document_key_pin,
    )
