"""How do the body's keys change? New ones are made, lost ones are named, and each keeps its time."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from kompeten.certificates import queries
from kompeten.certificates.adapters import wiring


def rotate_keys(*, at: datetime) -> None:
    """Make a new key for documents and one for credentials, in use from `at` on.

    The old ones are believed for what they signed in their time.

    :raises NoAuthority: the body's key comes from somebody else, who has to certify the new one
    """
    wiring.rotate(queries.key_folder(), passphrase=_passphrase(), at=at)


def report_compromise(name: str, *, since: datetime, at: datetime) -> bool:
    """Say that a key is in wrong hands since an instant; say whether new ones had to be made.

    From then on only what is proven to be older is believed of it; see `queries.unproven`.

    :raises Unknown: there is no key of that name
    """
    folder = queries.key_folder()
    return wiring.compromise(folder, name, passphrase=_passphrase(), since=since, at=at)


def trust_timestamps(pem: bytes) -> str:
    """Believe the time stamps that a root vouches for; return the root's name.

    :raises ValueError: it is no certificate
    """
    return wiring.trust_timestamps(queries.key_folder(), pem)


def take_revocation_list(crl: bytes) -> Path:
    """Keep a revocation list that somebody else has made, so that it goes into each sheet.

    :raises ValueError: it is none, or of nobody that we trust
    """
    return wiring.take_list(queries.key_folder(), crl)


def renew_revocation_list(*, at: datetime) -> bool:
    """Make the list of our own authority anew, due or not; say whether there is such an authority."""
    return wiring.renew_list(queries.key_folder(), passphrase=_passphrase(), at=at)


def _passphrase() -> bytes:
    return str(settings.KEY_PASSPHRASE).encode()
