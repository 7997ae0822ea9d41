"""Does a sealed file open under its own name and secret only, whole or piece by piece, and never changed?"""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.foundation import envelopes
from kompeten.foundation.envelopes import HEAD, PIECE, EnvelopeBroken, SecretMissing

SECRET, NAME = "rahasia", "berkas"
BORDERS = (0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7)


def sealed(size: int) -> tuple[bytes, bytes]:
    """Return `size` bytes that are no pattern, and them sealed."""
    content = random.Random(size).randbytes(size)
    return content, envelopes.seal(content, secret=SECRET, name=NAME)


def read(envelope: bytes, *, secrets: tuple[str, ...] = (SECRET,), name: str = NAME) -> bytes:
    """Return what is sealed, read whole."""
    with envelopes.unsealed(io.BytesIO(envelope), secrets=secrets, name=name) as inside:
        return inside.read()


@pytest.mark.parametrize("size", BORDERS)
def test_what_is_sealed_comes_back_and_its_size_is_known_before(size: int) -> None:
    content, envelope = sealed(size)

    assert read(envelope) == content
    assert len(envelope) == envelopes.sealed_size(size)
    assert envelopes.is_sealed(envelope)
    # Fewer than 16 bytes may stand in any cipher text by chance.
    assert size < 16 or content[:64] not in envelope


@given(st.integers(0, 2 * PIECE + 50), st.integers(0, 3 * PIECE))
def test_it_is_read_from_any_place(start: int, length: int) -> None:
    content, envelope = sealed(2 * PIECE + 7)

    with envelopes.unsealed(io.BytesIO(envelope), secrets=(SECRET,), name=NAME) as inside:
        assert inside.seek(0, io.SEEK_END) == len(content)
        inside.seek(start)
        assert inside.read(length) == content[start : start + length]
        assert inside.tell() == max(start, min(start + length, len(content)))


@given(st.integers(0, envelopes.sealed_size(PIECE + 9) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed(at: int, by: int) -> None:
    _, envelope = sealed(PIECE + 9)
    changed = bytearray(envelope)
    changed[at] ^= by

    if at < len(envelopes.MAGIC):
        assert not envelopes.is_sealed(bytes(changed))
    else:
        with pytest.raises(EnvelopeBroken):
            read(bytes(changed))


@given(st.integers(0, envelopes.sealed_size(2 * PIECE) - 1))
def test_no_end_can_be_cut_off(length: int) -> None:
    _, envelope = sealed(2 * PIECE)

    with pytest.raises(EnvelopeBroken):
        read(envelope[:length])


def test_pieces_cannot_change_places_or_be_taken_from_another_file() -> None:
    step = PIECE + 16
    _, envelope = sealed(3 * PIECE)
    head, one, two, three = (
        envelope[:HEAD],
        *(envelope[HEAD + n * step : HEAD + (n + 1) * step] for n in range(3)),
    )
    _, other = sealed(3 * PIECE)

    for pieces in ((two, one, three), (one, two), (one, two, two), (one, two, other[-step:])):
        with pytest.raises(EnvelopeBroken):
            read(head + b"".join(pieces))


def test_it_opens_under_no_other_name_and_with_no_other_secret() -> None:
    content, envelope = sealed(10)

    with pytest.raises(EnvelopeBroken):
        read(envelope, name="berkas-lain")
    with pytest.raises(SecretMissing):
        read(envelope, secrets=("rahasia lain",))
    assert read(envelope, secrets=("rahasia baru", SECRET)) == content


def test_the_same_bytes_are_sealed_differently_each_time() -> None:
    assert sealed(100)[1][HEAD:] != sealed(100)[1][HEAD:]


def test_closing_it_closes_the_file_within() -> None:
    file = io.BytesIO(sealed(5)[1])

    envelopes.unsealed(file, secrets=(SECRET,), name=NAME).close()

    assert file.closed
