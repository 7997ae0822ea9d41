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


def as_before(folder: Path, content: bytes) -> str:
    """Lay a file into the store as it was before files were sealed; return its digest."""
    digest = hashlib.sha256(content).hexdigest()
    path = folder / digest[:2] / digest[2:4] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return digest


def test_what_lies_in_the_store_is_sealed(folder: Path) -> None:
    files.put(LETTER, media_type="text/plain")
    kept = stored(folder)[0].read_bytes()

    assert LETTER not in kept
    assert kept[:3] == b"KPS"


def test_a_changed_byte_is_noticed(folder: Path) -> None:
    ref = files.put(LETTER, media_type="text/plain")
    kept = bytearray(stored(folder)[0].read_bytes())
    kept[-20] ^= 1
    stored(folder)[0].write_bytes(kept)

    with pytest.raises(FileDamaged):
        files.read(ref.sha256)
    with pytest.raises(FileDamaged):
        files.opened(ref.sha256)


def test_another_file_in_its_place_is_noticed(folder: Path) -> None:
    ref, other = (files.put(text, media_type="text/plain") for text in (LETTER, LETTER * 2))
    here, there = (
        next(p for p in stored(folder) if p.name == digest) for digest in (ref.sha256, other.sha256)
    )

    for content in (there.read_bytes(), LETTER.replace(b"bawah", b"atass")):
        here.write_bytes(content)
        for reader in (files.read, files.opened):
            with pytest.raises(FileDamaged):
                reader(ref.sha256)


def test_files_from_before_are_read_and_sealed_when_their_turn_comes(folder: Path) -> None:
    first, second = (as_before(folder, text) for text in (LETTER, LETTER * 2))

    assert files.read(first) == LETTER
    with files.opened(first) as file:
        assert file.read() == LETTER
    files.put(LETTER, media_type="text/plain")
    assert (files.reseal(first), files.reseal(second)) == (False, True)
    assert files.read(second) == LETTER * 2
    assert all(path.read_bytes()[:3] == b"KPS" for path in stored(folder))


def test_another_secret_reads_what_was_and_seals_what_comes(folder: Path, settings: Any) -> None:
    old = files.put(LETTER, media_type="text/plain").sha256
    files.keep_beside(old, "gambar", b"drawn")
    settings.FILES_KEYS = ("rahasia baru", *settings.FILES_KEYS)
    new = files.put(LETTER * 2, media_type="text/plain").sha256

    assert (files.read(old), files.read(new)) == (LETTER, LETTER * 2)
    strange = folder / "tile" / "0" / "x001"
    strange.parent.mkdir(parents=True)
    strange.write_bytes(b"of the public log, in the same bucket")
    stored(folder)[0].with_name(".half-written").write_bytes(b"K")
    assert sorted(files.names()) == sorted([old, f"{old}.gambar", new])
    assert {name: files.reseal(name) for name in files.names()} == {
        old: True,
        f"{old}.gambar": True,
        new: False,
    }
    settings.FILES_KEYS = ("rahasia baru",)
    assert (files.read(old), files.beside(old, "gambar")) == (LETTER, b"drawn")


def test_without_its_secret_a_file_is_named_as_damaged_and_not_touched(settings: Any) -> None:
    ref = files.put(LETTER, media_type="text/plain")
    settings.FILES_KEYS = ("rahasia lain",)

    for attempt in (files.read, files.opened, files.reseal):
        with pytest.raises(FileDamaged, match="secret is missing"):
            attempt(ref.sha256)


def test_what_is_kept_beside_a_file_is_replaced_and_goes_with_it(folder: Path) -> None:
    ref = files.put(LETTER, media_type="text/plain")
    files.keep_beside(ref.sha256, "gambar", b"first")
    files.keep_beside(ref.sha256, "gambar", b"second")

    assert files.beside(ref.sha256, "gambar") == b"second"
    assert files.beside(ref.sha256, "lain") is None
    files.delete(ref.sha256)
    assert stored(folder) == []


def test_nothing_unsealed_is_believed_beside_a_file(folder: Path) -> None:
    ref = files.put(LETTER, media_type="text/plain")
    files.keep_beside(ref.sha256, "gambar", b"drawn")
    path = next(p for p in stored(folder) if p.suffix)
    path.write_bytes(b"\xff\xd8 laid here by somebody")

    assert files.beside(ref.sha256, "gambar") is None


def test_a_large_file_is_sent_piece_by_piece() -> None:
    content = bytes(range(256)) * 1000
    ref = files.put(content, media_type="application/octet-stream")

    with files.opened(ref.sha256) as file:
        assert file.read(70_000) == content[:70_000]
        file.seek(200_000)
        assert file.read() == content[200_000:]


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
