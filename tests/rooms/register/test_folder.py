"""Does whoever holds the published files see any change to them, a fork, and a roll-back?"""

import random
from collections.abc import Mapping

import pytest

from kompeten.kernel.tlog import merkle
from kompeten.kernel.tlog.checkpoints import Checkpoint
from kompeten.kernel.tlog.notes import Note
from kompeten.kernel.tlog.policies import Party, Policy
from kompeten.register.adapters import folder, notes
from kompeten.register.adapters.notekey import FileNoteKey
from tests.make.register import LOG_KEY, ORIGIN, key
from tests.make.tlogs import entries, naive_root, published

POLICY = Policy((Party(LOG_KEY.verifier),))


def head(of: list[bytes], *, by: FileNoteKey = LOG_KEY, origin: str = ORIGIN) -> bytes:
    """Return the signed head of a log of these entries."""
    text = Checkpoint(origin, len(of), naive_root([merkle.leaf_hash(e) for e in of])).text
    return str(Note(text, (notes.signed(text, by),))).encode()


def log(of: list[bytes]) -> dict[str, bytes]:
    """Return every file of a log of these entries."""
    return published(of) | {"checkpoint": head(of)}


def faults(files: Mapping[str, bytes], *, since: bytes | None = None) -> tuple[str, ...]:
    """Return what is found wrong with these files."""

    def read(name: str) -> bytes:
        try:
            return files[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    return folder.examine(read, policy=POLICY, since=since).faults


WHOLE = log(entries(600))


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 600])
def test_a_whole_log_has_no_faults(count: int) -> None:
    assert faults(log(entries(count))) == ()


def test_a_changed_byte_in_any_file_is_seen() -> None:
    chance = random.Random(5)

    for name, content in WHOLE.items():
        for _ in range(6):
            at, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
            changed = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
            assert faults(WHOLE | {name: changed}), (name, at)


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_missing_or_shortened_file_is_named(name: str) -> None:
    rest = {path: content for path, content in WHOLE.items() if path != name}

    assert faults(rest)[0].startswith(name)
    assert faults(WHOLE | {name: WHOLE[name][:-5]})[0].startswith(name)
    assert faults(WHOLE | {name: b""})[0].startswith(name)


def test_a_narrow_tile_may_be_cut_from_the_full_one() -> None:
    grown = log(entries(512))
    behind = {name: content for name, content in grown.items() if ".p/" not in name}
    wanted = {"checkpoint": head(entries(300)), "tile/1/000.p/1": WHOLE["tile/1/000.p/2"][:32]}

    assert faults(behind | wanted) == ()


def test_a_log_that_grew_is_the_one_that_was_known() -> None:
    for older in (0, 1, 256, 300, 600):
        assert faults(WHOLE, since=head(entries(older))) == ()


def test_a_fork_a_roll_back_and_another_log_are_told_apart() -> None:
    forked = [*entries(299), b"another entry"]
    other = head(entries(300), by=key("other.example", kind=1), origin="other.example")

    assert faults(WHOLE, since=head(forked))[0].endswith("forked")
    assert faults(WHOLE, since=head(entries(700)))[0].endswith("rolled back")
    assert faults(WHOLE, since=other)[0].startswith("the older head: no known log")
    assert faults(WHOLE, since=b"nothing")[0].startswith("the older head:")


def test_nobody_else_signs_for_the_log() -> None:
    stranger = Policy((Party(key("other.example", kind=1).verifier),))

    found = folder.examine(WHOLE.__getitem__, policy=stranger)

    assert found.checkpoint is None
    assert found.faults == (f"checkpoint: no known log has signed for {ORIGIN}",)
