"""Does a file hold what the device recorded, whole or cut into frames, and is a changed one refused?"""

import gzip
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompeten.exams.rules import chain, handfile
from kompeten.exams.rules.handin import tag
from kompeten.exams.terms.vault import Unreadable

ATTEMPT = "ABCDEFGHJK"
KEY = bytes(range(16))

links = st.lists(
    st.tuples(
        st.sampled_from("oafrh"),
        st.integers(0, 100),
        st.sampled_from(["", "a", "b", "line"]),
        st.integers(0, 10**7),
        st.integers(1_770_000_000_000, 1_770_010_000_000),
    ).map(list),
    max_size=30,
)


def key_of(attempt: str) -> bytes:
    """Return a key that is another for each attempt."""
    return KEY[:6] + attempt.encode("ascii")


def chained(name: str, recorded: list[list[Any]], parent: str = "") -> dict[str, Any]:
    return {"chain": name, "parent": parent, "links": recorded, "receipts": []}


def file(*listed: dict[str, Any], **more: Any) -> bytes:
    """Return a file as a device gives it out."""
    plain = [{k: one[k] for k in ("chain", "links", "parent")} for one in listed]
    text = json.dumps(plain, separators=(",", ":")).encode()
    said = {"v": 1, "attempt": ATTEMPT, "ticket": "1.x", "chains": list(listed)}
    return json.dumps(said | {"tag": tag(text, key=key_of(ATTEMPT), size=16).hex()} | more).encode()


def taps(count: int) -> list[list[Any]]:
    return [
        ["a", n % 100 + 1, "abcd"[n % 4], n * 900, 1_770_000_000_000 + n * 900]
        for n in range(count)
    ]


def why(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        handfile.parse(content, key_of=key_of)
    return caught.value.code


def parsed(content: bytes) -> handfile.Handed | str:
    """Return what a file holds, or why it is refused."""
    try:
        return handfile.parse(content, key_of=key_of)
    except Unreadable as refusal:
        return refusal.code


def why_not(act: Callable[..., object], *args: object) -> str:
    with pytest.raises(Unreadable) as caught:
        act(*args)
    return caught.value.code


@given(links, links)
def test_every_link_of_every_chain_comes_out_with_the_devices_own_head(
    first: list[list[Any]], second: list[list[Any]]
) -> None:
    held = handfile.parse(file(chained("0" * 16, first), chained("1" * 16, second)), key_of=key_of)

    assert held.attempt == ATTEMPT
    for name, recorded in (("0" * 16, first), ("1" * 16, second)):
        segments = [s for some in held.chains for s in some if s.chain == name]
        found = [[x.kind, x.item, x.choice, x.mono, x.wall] for s in segments for x in s.links]
        heads = [h.hex() for h in chain.hashes(chain.root(ATTEMPT, name, ""), 1, recorded)]
        assert found == recorded
        assert [s.head for s in segments] == heads[-1:]


def test_a_long_chain_comes_in_segments_that_follow_one_another() -> None:
    (segments,) = handfile.parse(file(chained("0" * 16, taps(1201))), key_of=key_of).chains

    assert [(s.first, s.last) for s in segments] == [(1, 500), (501, 1000), (1001, 1201)]
    assert [s.before for s in segments[1:]] == [s.head for s in segments[:-1]]


def test_a_packed_file_is_the_same_file() -> None:
    content = file(chained("0" * 16, taps(40)))

    packed = handfile.parse(gzip.compress(content), key_of=key_of)

    assert packed == handfile.parse(content, key_of=key_of)


@settings(max_examples=300)
@given(st.data())
def test_a_file_with_another_byte_is_refused_or_says_the_same(data: st.DataObject) -> None:
    content = file(chained("0" * 16, taps(5)))
    place = data.draw(st.integers(0, len(content) - 1))
    other = data.draw(st.integers(0, 255))
    changed = content[:place] + bytes([other]) + content[place + 1 :]

    said = parsed(changed)

    # The ticket and the blanks between things are not what the tag stands for.
    assert said in ("handin.file", "handin.tag", handfile.parse(content, key_of=key_of))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "handin.file"),
        (b"{}", "handin.file"),
        (b"[]", "handin.file"),
        (b"%PDF-1.7", "handin.file"),
        (b"[" * 50_000, "handin.file"),
        (b"\x1f\x8bnonsense", "handin.file"),
        (gzip.compress(b"0" * 5_000_000), "handin.file"),
        (file(), "handin.file"),
        (file(chained("0" * 16, taps(3)))[:-40], "handin.file"),
        (file(chained("0" * 16, taps(3)), attempt="ABC"), "handin.file"),
        (file(chained("0" * 16, taps(3)), v=2), "handin.file"),
        (file(chained("0" * 16, taps(3)), tag="00" * 16), "handin.tag"),
        (file(chained("0" * 16, taps(3)), tag=7), "handin.tag"),
        (file(chained("Z", taps(3))), "message.chain"),
        (file(chained("0" * 16, taps(3), parent="x")), "message.chain"),
        (file(chained("0" * 16, [["a", 1, "a", -1, 0]])), "message.links"),
        (file(chained("0" * 16, taps(4001))), "message.links"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_ours_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    assert why(content) == reason


def test_a_device_that_recorded_nothing_hands_in_nothing() -> None:
    assert handfile.parse(file(chained("0" * 16, [])), key_of=key_of).chains == ()


@given(st.binary(min_size=1, max_size=3000), st.integers(1, 300), st.randoms(use_true_random=False))
def test_frames_join_in_any_order_and_repeated(
    content: bytes, size: int, rng: random.Random
) -> None:
    size = max(size, len(content) // 999 + 1)
    frames = handfile.cut(content, size=size)
    shown = frames + rng.choices(frames, k=5)
    rng.shuffle(shown)

    assert handfile.join(shown).content == content


@given(st.binary(min_size=2, max_size=900), st.data())
def test_what_is_missing_is_named(content: bytes, data: st.DataObject) -> None:
    frames = handfile.cut(content, size=max(1, len(content) // 7))
    gone = data.draw(st.sets(st.integers(1, len(frames)), min_size=1, max_size=len(frames) - 1))

    joined = handfile.join(f for n, f in enumerate(frames, 1) if n not in gone)

    assert joined == handfile.Joined(None, len(frames), tuple(sorted(gone)))


def test_frames_of_two_files_or_read_wrongly_are_refused() -> None:
    one, other = handfile.cut(b"a" * 500), handfile.cut(b"b" * 500)
    changed = [*one[:-1], one[-1].replace(".YWFh", ".YWFi")]

    assert why_not(handfile.join, [*one, other[0]]) == "handin.frames_mixed"
    assert why_not(handfile.join, changed) == "handin.frames_damaged"
    assert why_not(handfile.join, ["F3.2.00000000.YQ"]) == "handin.frame"
    assert why_not(handfile.join, ["halo"]) == "handin.frame"
    assert why_not(handfile.join, []) == "handin.frame"
