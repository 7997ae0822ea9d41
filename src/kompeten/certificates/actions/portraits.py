"""Which face stands on a sheet? That of the photo put in with the application, drawn small and anew."""

import logging
from collections.abc import Iterable, Mapping

from kompeten.applications import queries as applications
from kompeten.certificates.adapters import bulk
from kompeten.foundation import files

log = logging.getLogger("kompeten.certificates")

MEDIA_TYPE = "image/jpeg"


def kept(application_ids: Iterable[int]) -> dict[int, str]:
    """Return the digest of each application's portrait, by key; stored on the way.

    Most were drawn when the photo came; what lacks one is drawn here. Applications without a photo, or
    with one that cannot be drawn, are left out: their sheets bear none. Asking again changes nothing.
    """
    photos = applications.photos(application_ids)
    ready = {key: face for key, sha256 in photos.items() if (face := applications.portrait(sha256))}
    originals = {
        key: original
        for key, sha256 in photos.items()
        if key not in ready and (original := _original(key, sha256))
    }
    drawn = zip(originals, bulk.portraits(list(originals.values())), strict=True)
    with files.together():
        return {
            key: files.put(portrait, media_type=MEDIA_TYPE).sha256
            for key, portrait in (ready | dict(drawn)).items()
            if portrait
        }


def of_contents(photos: Mapping[str, str]) -> dict[str, bytes | None]:
    """Return the portraits that contents state, by number; empty where none is, None where it is gone."""
    return {number: _stored(sha256) if sha256 else b"" for number, sha256 in photos.items()}


def _original(key: int, sha256: str) -> bytes:
    try:
        return files.read(sha256)
    except (FileNotFoundError, files.FileDamaged):
        log.warning("the photo of application %s is gone from the store", key)
        return b""


def _stored(sha256: str) -> bytes | None:
    try:
        return files.read(sha256)
    except (FileNotFoundError, files.FileDamaged):
        return None
