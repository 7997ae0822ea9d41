"""Where do bytes stay? A content-addressed store over Django's storages, sealed: a folder, or S3.

The name of a file is the digest of its content, so the same bytes are kept once, a wrong byte is
found at reading, and what a user calls the file is a label and never a path. What lies in the store
is sealed: whoever carries the disk or the bucket away has names and sizes and nothing else.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from kompeten.foundation import envelopes
from kompeten.foundation.envelopes import EnvelopeBroken, SecretMissing
from kompeten.foundation.published import together as together

_PART = re.compile(r"[0-9a-f]{2}")
PROBE = b"Kompeten was here, to see whether what is written here can be read again.\n" * 2


class FileDamaged(Exception):
    """The stored bytes are not those that were stored, or were sealed with a secret that is not here."""


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

    What a crash left half written under the name, or lies there unsealed, is replaced.
    """
    ref = ref_of(content, media_type=media_type)
    store, path = storages["files"], _path(ref.sha256)
    if not (store.exists(path) and store.size(path) == envelopes.sealed_size(len(content))):
        _save(ref.sha256, content)
    return ref


def read(sha256: str) -> bytes:
    """Return the bytes stored under `sha256`.

    :raises FileNotFoundError: nothing is stored under it
    :raises FileDamaged: the bytes were changed behind our back, or the secret for them is gone
    """
    content = _read(sha256)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged(sha256)
    return content


def opened(sha256: str) -> IO[bytes]:
    """Return the file stored under `sha256`, to be sent piece by piece; each piece is checked when read.

    :raises FileNotFoundError: nothing is stored under it
    :raises FileDamaged: see `read`; a piece that was changed raises EnvelopeBroken when its turn comes
    """
    file = _open(sha256)
    if _is_plain(file):
        if hashlib.file_digest(cast(Any, file), "sha256").hexdigest() != sha256:
            file.close()
            raise FileDamaged(sha256)
        file.seek(0)
        return file
    return _unsealed(file, sha256)


def keep_beside(sha256: str, name: str, content: bytes) -> None:
    """Keep beside a stored file what was made of it and can be made again, in the place of what was there."""
    _save(f"{sha256}.{name}", content)


def beside(sha256: str, name: str) -> bytes | None:
    """Return what is kept beside a stored file under `name`; None where it has to be made again."""
    try:
        return _read(f"{sha256}.{name}", unsealed_too=False)
    except (FileNotFoundError, FileDamaged):
        return None


def delete(sha256: str) -> None:
    """Delete the bytes stored under `sha256`, if they are there, and what was kept beside them.

    The same bytes are kept once: whoever deletes knows that nothing else refers to them.
    """
    store, path = storages["files"], _path(sha256)
    store.delete(path)
    for name in _listed(path.rpartition("/")[0])[1]:
        if name.startswith(f"{sha256}."):
            store.delete(_path(name))


def let_go(digests: Iterable[str], *, meant: Callable[[set[str]], Iterable[str]]) -> None:
    """Delete files once the transaction of the caller holds: what is taken back takes no file along.

    `meant` is asked then which of the digests something refers to again or still.
    """
    gone = set(digests)

    def delete_now() -> None:
        for sha256 in gone - set(meant(gone)):
            delete(sha256)

    transaction.on_commit(delete_now, robust=True)


def prove() -> None:
    """Write a few bytes and read them back: the store as a whole is well.

    :raises FileDamaged: it gives back something else
    :raises OSError: it cannot be written or read
    """
    read(put(PROBE, media_type="text/plain").sha256)


def names() -> Iterator[str]:
    """Give the name of everything in the store: digests, and digests with what is kept beside them.

    A bucket may hold more than the store; what has no such name is not the store's.
    """
    for first in sorted(f for f in _listed("")[0] if _PART.fullmatch(f)):
        for second in sorted(f for f in _listed(first)[0] if _PART.fullmatch(f)):
            found = sorted(_listed(f"{first}/{second}")[1])
            yield from (name for name in found if name.startswith(first + second))


def reseal(name: str) -> bool:
    """Seal one file with the secret that seals now; say whether it was sealed otherwise, or not at all.

    :raises FileDamaged: it cannot be read; it stays as it is
    """
    with _open(name) as file:
        head = file.read(envelopes.HEAD)
    now = envelopes.key_id(settings.FILES_KEYS[0])
    if envelopes.is_sealed(head) and envelopes.sealed_with(head) == now:
        return False
    content = _read(name) if "." in name else read(name)
    _save(name, content)
    return True


def _save(name: str, content: bytes) -> None:
    sealed = envelopes.seal(content, secret=settings.FILES_KEYS[0], name=name)
    storages["files"].save(_path(name), ContentFile(sealed))


def _read(name: str, *, unsealed_too: bool = True) -> bytes:
    with _open(name) as file:
        if _is_plain(file):
            if not unsealed_too:
                raise FileDamaged(name)
            return file.read()
        try:
            with _unsealed(file, name) as inside:
                return inside.read()
        except EnvelopeBroken as error:
            raise FileDamaged(name) from error


def _open(name: str) -> IO[bytes]:
    return cast(IO[bytes], storages["files"].open(_path(name)))


def _is_plain(file: IO[bytes]) -> bool:
    """Say whether a file lies here as it came, from before files were sealed."""
    head = file.read(len(envelopes.MAGIC))
    file.seek(0)
    return not envelopes.is_sealed(head)


def _unsealed(file: IO[bytes], name: str) -> IO[bytes]:
    try:
        return envelopes.unsealed(file, secrets=settings.FILES_KEYS, name=name)
    except EnvelopeBroken as error:
        file.close()
        why = "its secret is missing" if isinstance(error, SecretMissing) else "it does not open"
        raise FileDamaged(f"{name}: {why}") from error


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, found = storages["files"].listdir(folder)
    except FileNotFoundError:
        return [], []
    return list(folders), list(found)


def _path(name: str) -> str:
    return f"{name[:2]}/{name[2:4]}/{name}"
