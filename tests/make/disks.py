"""What if the disk is full, or gives back something else? File stores that fail as real ones do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.test import override_settings


class FullDisk(FileSystemStorage):
    """Takes so many files more, then has no room; a file that did not fit is half written."""

    def __init__(self, *, room: int, **more: Any) -> None:
        super().__init__(**more)
        self.room = room

    def _save(self, name: str, content: Any) -> str:
        if self.room <= 0:
            super()._save(name, ContentFile(content.read()[: content.size // 2]))
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= 1
        return super()._save(name, content)


class RottenDisk(FileSystemStorage):
    """Gives back every file with one bit turned over."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        with super()._open(name, mode) as file:
            content = file.read()
        return ContentFile(content[:100] + bytes([content[100] ^ 1]) + content[101:])


class GoneDisk(FileSystemStorage):
    """Is not mounted."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", name)


@contextmanager
def disk(kind: type[FileSystemStorage], **more: Any) -> Iterator[None]:
    """Keep files on such a disk, in the folder where they are kept otherwise."""
    held = settings.STORAGES["files"]
    store = {
        "BACKEND": f"{kind.__module__}.{kind.__qualname__}",
        "OPTIONS": held.get("OPTIONS", {}) | more,
    }
    with override_settings(STORAGES=settings.STORAGES | {"files": store}):
        yield
