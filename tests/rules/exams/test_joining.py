"""Do the records of one attempt say the same in whatever order, how often and by which way they came?"""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompeten.exams.rules.joining import join
from kompeten.exams.terms.joined import Conflict, Gap
from kompeten.exams.terms.vault import Opening, Received, Stated, Via
from tests.make.chains import ATTEMPT, MINUTE, NINE, Device

A, B, C = "a" * 16, "b" * 16, "c" * 16


def opening(chain: str, minute: float) -> Opening:
    return Opening(ATTEMPT, chain, NINE + int(minute * MINUTE))


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Received], list[Opening]]:
    """A few page loads that may or may not continue one another, cut into overlapping segments."""
    devices: list[Device] = []
    received: list[Received] = []
    openings: list[Opening] = []
    for name in draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True)):
        chain = name * 16
        start = draw(st.integers(0, 30))
        device = Device(chain)
        if devices and draw(st.booleans()):
            parent = draw(st.sampled_from(devices))
            at = draw(st.integers(1, len(parent.links)))
            device = parent.child(chain, minute=start, at=at)
        for n in range(draw(st.integers(1, 8))):
            choice = draw(st.sampled_from(["a", "b", "c", None]))
            device.answer(draw(st.integers(1, 4)), choice, minute=start + n)
        devices.append(device)
        if draw(st.booleans()):
            openings.append(opening(chain, start))
        for _ in range(draw(st.integers(0, 3))):
            first = draw(st.integers(1, len(device.links)))
            last = draw(st.integers(first, len(device.links)))
            came = draw(st.integers(start, 60))
            received.append(device.sent(first, last, minute=came, via=draw(st.sampled_from(Via))))
    return received, openings


@given(stories(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(
    story: tuple[list[Received], list[Opening]], rng: object
) -> None:
    received, openings = story
    again = received + [r for r in received if rng.random() < 0.5]  # type: ignore[attr-defined]
    rng.shuffle(again)  # type: ignore[attr-defined]

    assert join(again, openings=openings[::-1]) == join(received, openings=openings)


@given(stories())
@settings(max_examples=60)
def test_how_a_chain_is_cut_does_not_matter(story: tuple[list[Received], list[Opening]]) -> None:
    received, openings = story
    single = [Received(piece, r.received, r.via) for r in received for piece in _pieces(r)]

    whole, cut = join(received, openings=openings), join(single, openings=openings)

    assert (cut.answers, cut.heads, cut.gaps, cut.links) == (
        whole.answers,
        whole.heads,
        whole.gaps,
        whole.links,
    )
    assert cut.conflicts == whole.conflicts


def _pieces(r: Received) -> list:  # type: ignore[type-arg]
    from kompeten.exams.rules.rows import segment

    s, found, before = r.segment, [], r.segment.before
    for n, link in enumerate(s.links, s.first):
        piece = segment(
            s.attempt, s.chain, [link], parent=s.parent, first=n, before=before, sent=s.sent
        )
        found.append(piece)
        before = piece.head
    return found


@given(stories())
def test_nothing_counts_twice_and_nothing_comes_from_nowhere(
    story: tuple[list[Received], list[Opening]],
) -> None:
    received, openings = story
    said = {(k.item, k.choice or None) for r in received for k in r.segment.links}

    found = join(received, openings=openings)

    assert set(found.answers.items()) <= said
    assert set(found.answers) == {item for item, _ in said}
    assert found.links == len(
        {(r.segment.chain, n) for r in received for n in range(r.segment.first, r.segment.last + 1)}
    )
    assert all(c.counts != c.other and found.answers[c.item] == c.counts for c in found.conflicts)


def test_the_last_word_in_one_line_of_page_loads_counts() -> None:
    first = Device(A).answer(1, "a", minute=1).answer(2, "b", minute=2)
    second = first.child(B, minute=5).answer(1, "c", minute=6).answer(2, None, minute=7)

    found = join([second.sent(minute=8), first.sent(minute=9)])

    assert found.answers == {1: "c", 2: None}
    assert found.conflicts == ()
    assert found.heads == ((B, 2, second.hash_at(2)),)


def test_a_missing_middle_is_told_and_what_follows_counts() -> None:
    device = Device(A)
    for n in range(1, 11):
        device.answer(n, "a", minute=n)

    found = join([device.sent(1, 3, minute=4), device.sent(8, 10, minute=11)])

    assert sorted(found.answers) == [1, 2, 3, 8, 9, 10]
    assert found.gaps == (Gap(A, 4, 7),)
    assert found.heads == ((A, 10, device.hash_at(10)),)


def test_a_parent_that_never_came_is_told() -> None:
    lost = Device(A).answer(1, "a", minute=1).answer(2, "a", minute=2)
    child = lost.child(B, minute=3).answer(3, "c", minute=4)

    found = join([child.sent(minute=5)])

    assert (found.answers, found.gaps) == ({3: "c"}, (Gap(A, 1, 2),))


def test_of_two_devices_the_first_durable_decides_and_the_other_is_shown() -> None:
    phone = Device(A).answer(1, "a", minute=10).answer(2, "a", minute=11)
    laptop = Device(B).answer(1, "b", minute=5).answer(3, "b", minute=6)

    found = join([laptop.sent(minute=20), phone.sent(minute=12)])

    assert found.answers == {1: "a", 2: "a", 3: "b"}
    assert found.conflicts == (Conflict(1, "a", "b", A, B),)


def test_a_tail_its_child_did_not_see_is_a_branch() -> None:
    phone = Device(A).answer(1, "a", minute=1).answer(2, "a", minute=2)
    laptop = phone.child(B, minute=3).answer(1, "b", minute=4)
    phone.answer(1, "c", minute=5).answer(2, "d", minute=6)

    in_sight = join([phone.sent(1, 2, minute=2), laptop.sent(minute=4), phone.sent(3, minute=9)])
    phone_first = join([phone.sent(1, 2, minute=2), laptop.sent(minute=9), phone.sent(3, minute=7)])

    assert in_sight.answers == {1: "b", 2: "d"}
    assert in_sight.conflicts == (Conflict(1, "b", "c", B, A),)
    assert phone_first.answers == {1: "c", 2: "d"}
    assert phone_first.conflicts == (Conflict(1, "c", "b", A, B),)


def test_who_opens_by_line_goes_on_from_all_the_house_holds() -> None:
    phone = Device(A).answer(1, "a", minute=1)
    laptop = Device(B).answer(1, "b", minute=2)
    again = phone.child(C, minute=10).answer(1, "d", minute=11)
    came = [phone.sent(minute=3), laptop.sent(minute=4), again.sent(minute=12)]

    unseen = join(came)
    seen = join(came, openings=[opening(C, 10)])

    assert unseen.answers == {1: "d"}
    assert len(unseen.conflicts) == 1
    assert (seen.answers, seen.conflicts) == ({1: "d"}, ())


def test_a_stated_state_that_is_known_adds_nothing() -> None:
    device = Device(A).answer(1, "a", minute=1).answer(2, "b", minute=2)
    known = Stated(ATTEMPT, 2, NINE // 1000 + 120, device.hash_at(2)[:16], "ab-", NINE + MINUTE)

    assert join([device.sent(minute=3)], [known]).answers == {1: "a", 2: "b"}
    assert join([device.sent(minute=3)], [known]) == join([device.sent(minute=3)])


def test_a_device_that_went_on_without_a_line_states_what_became_of_it() -> None:
    device = Device(A).answer(1, "a", minute=1).answer(2, "b", minute=2)
    line = device.sent(minute=3)
    device.answer(2, "c", minute=50).answer(3, "d", minute=51).answer(1, None, minute=52)
    code = Stated(
        ATTEMPT, 5, NINE // 1000 + 52 * 60, device.hash_at(5)[:16], "-cd", NINE + 90 * MINUTE
    )

    by_code = join([line], [code])
    by_file = join([line, device.sent(minute=200, via=Via.FILE)], [code])

    assert by_code.answers == {1: None, 2: "c", 3: "d"}
    assert by_code.conflicts == ()
    assert {**by_file.answers} == {**by_code.answers}


def test_a_stated_state_beside_two_devices_is_a_branch_of_its_own() -> None:
    phone = Device(A).answer(1, "a", minute=1)
    laptop = Device(B).answer(2, "b", minute=2)
    code = Stated(ATTEMPT, 9, NINE // 1000 + 600, "f" * 16, "cb-d", NINE + 60 * MINUTE)

    found = join([phone.sent(minute=3), laptop.sent(minute=3)], [code])

    assert found.answers == {1: "a", 2: "b", 4: "d"}
    assert [(c.item, c.counts, c.other) for c in found.conflicts] == [(1, "a", "c")]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_chain_that_parts_from_itself_is_two_branches(order: tuple[int, ...]) -> None:
    one = Device(A).answer(1, "a", minute=1).answer(2, "a", minute=2)
    two = Device(A).answer(1, "a", minute=1).answer(2, "b", minute=3).answer(3, "c", minute=4)
    came = [one.sent(minute=5), two.sent(minute=6), two.sent(2, 3, minute=7)]

    found = join([came[n] for n in order])

    assert found.answers == {1: "a", 2: "a", 3: "c"}
    assert [(c.item, c.counts, c.other) for c in found.conflicts] == [(2, "a", "b")]
    assert found.gaps == ()


def test_forged_parents_that_name_each_other_end_nowhere() -> None:
    one = Device(A, parent=f"{B}:1:{'0' * 64}").answer(1, "a", minute=1)
    two = Device(B, parent=f"{A}:1:{'1' * 64}").answer(1, "b", minute=2)

    found = join([one.sent(minute=3), two.sent(minute=4)])

    assert found.answers == {1: "a"}


def test_a_page_that_loads_itself_again_and_again_is_read_all_the_same() -> None:
    device, came = Device(A).answer(1, "a", minute=0), []
    for n in range(3_000):
        came.append(device.sent(minute=1))
        device = device.child(f"{n:016x}", minute=1).answer(1, "abcd"[n % 4], minute=1)
    came.append(device.sent(minute=1))

    found = join(came)

    assert (found.answers, found.conflicts) == ({1: "d"}, ())
    assert found.heads == ((f"{2999:016x}", 1, device.hash_at(1)),)


def test_thousands_of_branches_end_in_an_answer() -> None:
    came = [
        Device(f"{n:016x}").answer(1, "abcd"[n % 4], minute=1).sent(minute=1 + n)
        for n in range(2_000)
    ]

    found = join(came)

    assert found.answers == {1: "a"}
    assert len(found.conflicts) == 1_500


@given(stories(), st.lists(st.integers(0, 60), max_size=4))
def test_a_sign_of_life_says_nothing_of_the_paper(
    story: tuple[list[Received], list[Opening]], minutes: list[int]
) -> None:
    received, openings = story
    still_here = Device("e" * 16)
    for minute in sorted(minutes):
        still_here.keep("b", minute=minute)
    signs = [still_here.sent(minute=61)] if minutes else []

    with_them, without = (join(some, openings=openings) for some in (received + signs, received))

    assert (with_them.answers, with_them.conflicts) == (without.answers, without.conflicts)
    assert (with_them.handed_in, with_them.opened) == (without.handed_in, without.opened)


def test_opened_by_a_code_counts_from_then_once_its_clock_is_known() -> None:
    by_code = Device(A, ahead=-120 * MINUTE).keep("o", choice="code", minute=3)
    by_code.answer(1, "a", minute=5).keep("h", minute=6)

    anchored = join([by_code.sent(minute=20)], openings=[opening(B, 30)])
    bare = join([by_code.sent(minute=20, via=Via.FILE)], openings=[opening(B, 30)])
    given_back = join(
        [by_code.sent(minute=20)], openings=[opening(B, 30)], since=NINE + 25 * MINUTE
    )

    assert (anchored.opened, anchored.handed_in) == (NINE + 3 * MINUTE, NINE + 20 * MINUTE)
    assert bare.opened == NINE + 30 * MINUTE
    assert (given_back.opened, given_back.handed_in) == (NINE + 30 * MINUTE, None)
