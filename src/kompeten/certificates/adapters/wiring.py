"""Where do the body's keys come from? A folder; a demonstration authority is made where there is none."""

from datetime import datetime
from pathlib import Path
from secrets import token_bytes

from kompeten.certificates.adapters import authority
from kompeten.certificates.ports import Keys
from kompeten.certificates.terms import Issuer
from kompeten.foundation.vc import did


def load(folder: Path, *, passphrase: bytes) -> Keys:
    """Return the keys in `folder`.

    :raises KeysUnreadable: there are none, or the passphrase is not theirs
    """
    return authority.load(folder, passphrase=passphrase)


def ensure(folder: Path, *, body: str, public_url: str, passphrase: bytes, at: datetime) -> bool:
    """Make a demonstration authority in `folder` unless keys are there; say whether it was made."""
    if folder.exists() and any(folder.iterdir()):
        return False
    issuer = Issuer(id=did.of_web(public_url), context_url=f"{public_url}/konteks/sertifikat-v1")
    authority.create(
        folder, body=body, issuer=issuer, passphrase=passphrase, seed=token_bytes(32), at=at
    )
    return True
