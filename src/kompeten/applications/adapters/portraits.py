"""Which face may stand on a certificate one day? Drawn when the photo comes, kept beside it.

A portrait takes 3 ms. In the minutes in which thousands of certificates are made these would be a
sixth of the work; when a single photo is put in, nobody notices.
"""

from kompeten.foundation import files, pictures

DOCUMENT = "photo"  # the requirement that asks for it
_NAME = "portrait-{}x{}.jpg".format(*pictures.PORTRAIT)


def keep(sha256: str, photo: bytes) -> None:
    """Draw the portrait of a cleaned, stored `photo` and keep it; none where it cannot be drawn.

    Nobody is held up for that here: whoever checks the documents sees the photo, and issuing says so.
    """
    if of(sha256) is not None:
        return
    try:
        drawn = pictures.portrait(photo)
    except pictures.PictureRefused:
        return
    files.keep_beside(sha256, _NAME, drawn)


def of(sha256: str) -> bytes | None:
    """Return the portrait kept beside a photo; None where it has to be drawn."""
    return files.beside(sha256, _NAME)
