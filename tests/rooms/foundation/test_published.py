"""Is a published file the old one or the new one, and never half of either?"""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation

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
    fsync, replace = os.fsync, os.replace

    def noted(handle: int) -> None:
        done.append("flushed")
        fsync(handle)

    def moved(source: str, target: str) -> None:
        done.append("seen")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(os, "replace", moved)
    published.put("log/head", b"one")

    assert done == ["flushed", "seen", "flushed"]
    assert (PLACE / "log" / "head").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "log/../../secret"])
def test_no_name_leads_outside(name: str) -> None:
    from django.core.exceptions import SuspiciousFileOperation

    with pytest.raises(SuspiciousFileOperation):
        published.put(name, b"x")


def test_files_saved_together_wait_for_the_disk_once_and_before_anybody_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: waited.append("one"))
    monkeypatch.setattr(os, "sync", lambda: waited.append("all"))

    with published.together():
        published.put("log/1", b"one")
        published.put("log/2", b"two")
        assert waited == []
    assert waited == ["all"]
    published.put("log/1", b"again")

    assert waited == ["all", "one", "one"]  # the file, and its name in the folder
    assert (published.read("log/1"), published.read("log/2")) == (b"again", b"two")
    published.delete("log/1")
    published.delete("log/2")


def test_files_saved_before_something_broke_are_waited_for_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[str] = []
    monkeypatch.setattr(os, "sync", lambda: waited.append("all"))

    with pytest.raises(SuspiciousFileOperation), published.together():
        published.put("../elsewhere", b"one")

    assert waited == ["all"]
