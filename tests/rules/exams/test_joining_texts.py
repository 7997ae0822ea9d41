"""Do the texts of one attempt come to the same in whatever order and by which way their edits came?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.exams.rules import edits
from kompeten.exams.rules.joining import join
from kompeten.exams.terms.joined import Conflict, Late, Timing
from kompeten.exams.terms.vault import Received, Stated, Via
from tests.make.chains import ATTEMPT, MINUTE, NINE, Device

A, B, C = "a" * 16, "b" * 16, "c" * 16
ESSAY = 101
TIMING = Timing(opens=NINE, closes=NINE + 180 * MINUTE, minutes=90)


def write(device: Device, text: str, *, minute: float, old: str = "", item: int = ESSAY) -> Device:
    """Let a device turn the text `old` into another, as its page does."""
    for detail in edits.written(0, len(old.encode("utf-16-le")) // 2, text):
        device.keep("e", item, detail, minute=minute)
    return device


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Received], set[str]]:
    """A few page loads, each of which writes its texts from the beginning, in overlapping segments."""
    devices: list[Device] = []
    received: list[Received] = []
    written = {""}
    for name in draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True)):
        device = Device(name * 16)
        if devices and draw(st.booleans()):
            device = draw(st.sampled_from(devices)).child(name * 16, minute=0)
        said = {ESSAY: "", ESSAY + 1: ""}
        for n in range(draw(st.integers(1, 5))):
            item = draw(st.sampled_from(sorted(said)))
            text = draw(st.sampled_from(["", "satu", "satu dua", "é🙂" * 220]))
            write(device, text, minute=n, old=said[item], item=item)
            said[item] = text
            written.add(text)
        devices.append(device)
        received.append(device.sent(minute=draw(st.integers(6, 40))))
        for _ in range(draw(st.integers(0, 3))):
            first = draw(st.integers(1, len(device.links)))
            last = draw(st.integers(first, len(device.links)))
            came = draw(st.integers(6, 60))
            received.append(device.sent(first, last, minute=came, via=draw(st.sampled_from(Via))))
    return received, written


@given(stories(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(
    story: tuple[list[Received], set[str]], rng: object
) -> None:
    received, written = story
    again = received + [r for r in received if rng.random() < 0.5]  # type: ignore[attr-defined]
    rng.shuffle(again)  # type: ignore[attr-defined]

    found = join(received)

    assert join(again) == found
    assert set(found.texts.values()) <= written
    assert all(c.counts != c.other and c.counts == found.texts[c.item] for c in found.conflicts)


def test_the_last_text_in_one_line_of_page_loads_counts() -> None:
    first = write(Device(A), "Bu R. datang", minute=1)
    second = write(first.child(B, minute=5), "Bu R. datang kemarin", minute=6)

    found = join([second.sent(minute=8), first.sent(minute=9)])

    assert (found.texts, found.conflicts, found.answers) == (
        {ESSAY: "Bu R. datang kemarin"}, (), {},
    )  # fmt: skip


def test_a_page_load_that_was_lost_while_it_wrote_takes_nothing_away() -> None:
    first = write(Device(A), "x" * 900, minute=1)
    second = write(first.child(B, minute=5), "x" * 900 + "y", minute=6)
    parts = len(second.links)

    found = join([first.sent(minute=2), second.sent(1, parts - 1, minute=7)])

    assert parts > 2
    assert found.texts == {ESSAY: "x" * 900}


def test_of_two_devices_the_first_durable_text_decides_and_the_other_is_shown_in_full() -> None:
    phone = write(Device(A), "dari ponsel", minute=10)
    laptop = write(Device(B), "dari laptop", minute=5)

    found = join([laptop.sent(minute=20), phone.sent(minute=12)])

    assert found.texts == {ESSAY: "dari ponsel"}
    assert found.conflicts == (Conflict(ESSAY, "dari ponsel", "dari laptop", A, B),)


def test_what_counts_is_the_text_as_it_stood_at_the_end_and_the_rest_is_kept() -> None:
    device = Device(A).keep("o", choice="line", minute=0)
    write(device, "pada waktunya", minute=89)
    write(device, "pada waktunya, lalu", minute=95, old="pada waktunya")
    write(device, "terlambat", minute=99, old="pada waktunya, lalu")

    found = join([device.sent(minute=100)], timing=TIMING)

    assert found.texts == {ESSAY: "pada waktunya"}
    assert found.late == (Late(ESSAY, "terlambat", A, 4, NINE + 99 * MINUTE),)


def test_what_is_written_after_the_hand_in_is_kept_apart() -> None:
    device = write(Device(A).keep("o", choice="line", minute=0), "akhir", minute=20)
    device.keep("h", minute=30)
    write(device, "akhir?", minute=31, old="akhir")

    found = join([device.sent(minute=40)], timing=TIMING)

    assert found.texts == {ESSAY: "akhir"}
    assert [(kept.choice, kept.after_hand_in) for kept in found.late] == [("akhir?", True)]


@pytest.mark.parametrize("timing", [None, TIMING])
def test_a_code_that_leaves_texts_behind_is_no_hand_in_until_they_come(
    timing: Timing | None,
) -> None:
    device = write(Device(A).keep("o", choice="line", minute=0), "esai", minute=5)
    device.answer(1, "b", minute=6).keep("h", minute=7)
    head = device.hash_at(len(device.links))[:16]
    code = Stated(
        ATTEMPT, len(device.links), (NINE + 6 * MINUTE) // 1_000, head, "b-",
        NINE + 8 * MINUTE, partial=True,
    )  # fmt: skip

    alone = join([], [code], timing=timing)
    both = join([device.sent(minute=60, via=Via.QR)], [code], timing=timing)

    assert (alone.answers[1], alone.handed_in, alone.owed) == ("b", None, True)
    assert (both.texts, both.owed) == ({ESSAY: "esai"}, False)
    assert both.handed_in is not None
