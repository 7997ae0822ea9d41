"""Where do files lie that anybody may fetch under a fixed name? A folder or S3, each file whole or not there.

Readers and a crash see the old bytes or the new ones, never half of either.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, storages

# Whether files are being saved together: then the disk is waited for at the end.
_waits = ContextVar("waits", default=False)


class AtomicFolder(FileSystemStorage):
    """A folder in which a file is replaced in one step, and stays there when the power fails."""

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        path = self.path(name)
        folder = os.path.dirname(path)
        if not os.path.isdir(folder):
            os.makedirs(folder, exist_ok=True)
        handle, being_made = tempfile.mkstemp(prefix=".", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                if not _waits.get():
                    os.fsync(file.fileno())
            os.chmod(being_made, self.file_permissions_mode or 0o644)
            os.replace(being_made, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(being_made)
            raise
        if not _waits.get():
            _keep_name(folder)
        return name


@contextmanager
def together() -> Iterator[None]:
    """Save many files and wait for the disk once, at the end, instead of 5 ms for each.

    Only after it may a database say that they are there.
    """
    token = _waits.set(hasattr(os, "sync"))
    try:
        yield
    finally:
        if _waits.get():
            os.sync()
        _waits.reset(token)


def put(name: str, content: bytes) -> None:
    """Publish `content` under `name`, in the place of what was there."""
    storages["published"].save(name, ContentFile(content))


def read(name: str) -> bytes:
    """Return what is published under `name`. :raises FileNotFoundError: nothing is"""
    with storages["published"].open(name) as file:
        content: bytes = file.read()
    return content


def find(name: str) -> bytes | None:
    """Return what is published under `name`, or None."""
    try:
        return read(name)
    except FileNotFoundError:
        return None


def names(folder: str) -> Iterator[str]:
    """Give the names of the files in one folder, without those in folders below; none if it is not there."""
    try:
        _, files = storages["published"].listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files if not name.startswith("."))


def delete(name: str) -> None:
    """Take a file away, if it is there."""
    storages["published"].delete(name)


def _keep_name(folder: str) -> None:
    """Let the disk keep the new name: without this, a replaced file may come back after a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
