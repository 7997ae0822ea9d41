"""Is a published file the old one or the new one, and never half of either?"""

import os
from pathlib import Path

import pytest
from django.conf import settings

from kompeten.foundation import published

PLACE = Path(settings.DATA_DIR) / "published"


def test_a_file_is_replaced_under_its_name() -> None:
    published.put("log/head", b"one")
    published.put("log/head", b"two")

    assert published.read("log/head") == b"two"
    assert published.find("log/other") is None
    with pytest.raises(FileNotFoundError):
        published.read("log/other")
    assert list(published.names("log")) == ["log/head"]
    assert list(published.names("elsewhere")) == []
    published.delete("log/head")
    published.delete("log/head")
    assert published.find("log/head") is None


@pytest.mark.parametrize("call", ["fsync", "fdopen"])
def test_a_failing_disk_leaves_the_old_file_and_no_trace(
    monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    published.put("log/head", b"one")

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(OSError, match="No space"):
            published.put("log/head", b"two")

    assert published.read("log/head") == b"one"
    assert [path.name for path in (PLACE / "log").iterdir()] == ["head"]


def test_anybody_may_read_it_and_it_is_kept_by_the_disk_before_it_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted(handle: int) -> None:
        done.append("flushed")
        fsync(handle)

    def moved(self: Path, target: Path) -> Path:
        done.append("seen")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(Path, "replace", moved)
    published.put("log/head", b"one")

    assert done == ["flushed", "seen", "flushed"]
    assert (PLACE / "log" / "head").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "log/../../secret"])
def test_no_name_leads_outside(name: str) -> None:
    from django.core.exceptions import SuspiciousFileOperation

    with pytest.raises(SuspiciousFileOperation):
        published.put(name, b"x")
