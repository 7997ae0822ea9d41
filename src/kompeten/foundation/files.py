"""Where do bytes stay? A content-addressed store over Django's storages: a folder, or S3.

The name of a file is the digest of its content, so the same bytes are kept once, a wrong byte is
found at reading, and what a user calls the file is a label and never a path.
"""

import hashlib
from dataclasses import dataclass
from typing import IO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import storages

PROBE = b"Kompeten was here, to see whether what is written here can be read again.\n" * 2


class FileDamaged(Exception):
    """The stored bytes no longer have the digest they were stored under."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file: hexadecimal SHA-256, size in bytes, media type as found in the content."""

    sha256: str
    size: int
    media_type: str


def ref_of(content: bytes, *, media_type: str) -> FileRef:
    """Return the reference under which `content` would be stored; nothing is stored."""
    return FileRef(hashlib.sha256(content).hexdigest(), len(content), media_type)


def put(content: bytes, *, media_type: str) -> FileRef:
    """Store `content` and return its reference; the same bytes twice are stored once.

    What a crash left half written under the name is replaced.
    """
    ref = ref_of(content, media_type=media_type)
    store, path = storages["files"], _path(ref.sha256)
    if store.exists(path):
        if store.size(path) == len(content):
            return ref
        store.delete(path)
    store.save(path, ContentFile(content))
    return ref


def read(sha256: str) -> bytes:
    """Return the bytes stored under `sha256`.

    :raises FileNotFoundError: nothing is stored under it
    :raises FileDamaged: the bytes were changed behind our back
    """
    with storages["files"].open(_path(sha256)) as file:
        content: bytes = file.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged(sha256)
    return content


def opened(sha256: str) -> IO[bytes]:
    """Return the file stored under `sha256`, to be sent piece by piece; its digest is not looked at.

    :raises FileNotFoundError: nothing is stored under it
    """
    return cast(IO[bytes], storages["files"].open(_path(sha256)))


def keep_beside(sha256: str, name: str, content: bytes) -> None:
    """Keep beside a stored file what was made of it and can be made again, in the place of what was there."""
    storages["files"].delete(_path(sha256, name))
    storages["files"].save(_path(sha256, name), ContentFile(content))


def beside(sha256: str, name: str) -> bytes | None:
    """Return what is kept beside a stored file under `name`; None where it has to be made again."""
    try:
        with storages["files"].open(_path(sha256, name)) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        return None
    return content


def delete(sha256: str) -> None:
    """Delete the bytes stored under `sha256`, if they are there, and what was kept beside them.

    The same bytes are kept once: whoever deletes knows that nothing else refers to them.
    """
    store, path = storages["files"], _path(sha256)
    store.delete(path)
    for name in _names(path.rpartition("/")[0]):
        if name.startswith(f"{sha256}."):
            store.delete(f"{path.rpartition('/')[0]}/{name}")


def prove() -> None:
    """Write a few bytes and read them back: the store as a whole is well.

    :raises FileDamaged: it gives back something else
    :raises OSError: it cannot be written or read
    """
    read(put(PROBE, media_type="text/plain").sha256)


def _names(folder: str) -> list[str]:
    try:
        return list(storages["files"].listdir(folder)[1])
    except FileNotFoundError:
        return []


def _path(sha256: str, beside: str = "") -> str:
    name = f"{sha256}.{beside}" if beside else sha256
    return f"{sha256[:2]}/{sha256[2:4]}/{name}"
