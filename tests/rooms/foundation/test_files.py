"""Are bytes kept under their own digest, once, and is damage noticed?"""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.foundation import files
from kompeten.foundation.files import FileDamaged, FileRef

LETTER = b"Yang bertanda tangan di bawah ini ..."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """Keep the files of each test apart."""
    kept = settings.STORAGES["files"]
    there = kept["OPTIONS"] | {"location": tmp_path}
    settings.STORAGES = settings.STORAGES | {"files": kept | {"OPTIONS": there}}
    return tmp_path


def stored(folder: Path) -> list[Path]:
    """Return every file in the folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_is_read_back(folder: Path) -> None:
    ref = files.put(LETTER, media_type="text/plain")

    digest = hashlib.sha256(LETTER).hexdigest()
    assert ref == FileRef(digest, len(LETTER), "text/plain")
    assert files.read(ref.sha256) == LETTER
    assert stored(folder) == [folder / digest[:2] / digest[2:4] / digest]


def test_the_same_bytes_are_kept_once(folder: Path) -> None:
    assert files.put(LETTER, media_type="text/plain") == files.put(LETTER, media_type="text/plain")
    assert len(stored(folder)) == 1


def test_only_the_owner_may_read_the_stored_file(folder: Path) -> None:
    files.put(LETTER, media_type="text/plain")

    assert stored(folder)[0].stat().st_mode & 0o777 == 0o600


def test_a_changed_byte_is_noticed(folder: Path) -> None:
    ref = files.put(LETTER, media_type="text/plain")
    stored(folder)[0].write_bytes(LETTER.replace(b"bawah", b"atass"))

    with pytest.raises(FileDamaged):
        files.read(ref.sha256)


def test_what_a_crash_left_half_written_is_replaced(folder: Path) -> None:
    ref = files.put(LETTER, media_type="text/plain")
    stored(folder)[0].write_bytes(LETTER[:5])

    files.put(LETTER, media_type="text/plain")

    assert files.read(ref.sha256) == LETTER
    assert len(stored(folder)) == 1


def test_an_unknown_digest_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        files.read("0" * 64)


@given(st.binary(max_size=2000))
def test_any_bytes_come_back_as_they_were(content: bytes) -> None:
    assert files.read(files.put(content, media_type="application/octet-stream").sha256) == content


def test_what_is_deleted_is_gone_and_deleting_it_again_does_nothing(folder: Path) -> None:
    ref = files.put(LETTER, media_type="text/plain")

    files.delete(ref.sha256)
    files.delete(ref.sha256)

    assert stored(folder) == []
    with pytest.raises(FileNotFoundError):
        files.read(ref.sha256)


def test_a_reference_can_be_known_before_anything_is_stored(folder: Path) -> None:
    assert files.ref_of(LETTER, media_type="text/plain") == FileRef(
        hashlib.sha256(LETTER).hexdigest(), len(LETTER), "text/plain"
    )
    assert stored(folder) == []


def test_a_file_is_opened_to_be_sent_piece_by_piece() -> None:
    ref = files.put(b"sepotong demi sepotong", media_type="text/plain")

    with files.opened(ref.sha256) as file:
        assert (file.read(8), file.read()) == (b"sepotong", b" demi sepotong")
    with pytest.raises(FileNotFoundError):
        files.opened("0" * 64)
