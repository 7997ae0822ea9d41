"""Does the intake keep what devices send, once, whatever comes twice, late, in pieces or wrong?"""

import itertools
import json
import random
from dataclasses import replace
from typing import Any

import pytest

from kompeten.exams.actions.receiving import Waiting, settle
from kompeten.exams.adapters import journal, keys, receipts
from kompeten.exams.terms.vault import MOST_BYTES, RowKind
from kompeten.web.examroom import intake
from kompeten.web.examroom.intake import Allowances, Desk, Pending, Reply, Settled
from tests.faces.examroom.devices import CLOSES, FORM, OPENS, Device, tapped, ticket

pytestmark = pytest.mark.django_db
NOW = OPENS + 60_000
MINUTE = 60_000


def asked(
    what: str, body: bytes = b"", *, now: int = NOW, method: str = "POST", desk: Desk | None = None
) -> Reply:
    """Return the answer once everything it waits for is kept."""
    outcome = intake.judge(method, intake.PREFIX + what, body, now=now, desk=desk or Desk())
    while isinstance(outcome, Pending):
        waiting = Waiting(outcome.row, ask=outcome.ask)
        settle(journal.journal(), [waiting])
        outcome = outcome.then(Settled(waiting.kept, waiting.held))
    return outcome


def told(reply: Reply) -> dict[str, Any]:
    """Return what an answer says."""
    found: dict[str, Any] = json.loads(reply.body)
    return found


def kept(attempt: str = "ABCDEFGH23") -> list[tuple[str, int, int]]:
    """Return which links of which chains the vault holds of an attempt, in its order."""
    held = journal.journal().of(attempt)
    return [(s.row.chain, s.row.first, s.row.last) for s in held if s.row.kind is RowKind.SEGMENT]


def test_a_segment_is_kept_and_signed_for() -> None:
    device = tapped("b", "c")

    reply = asked("simpan", device.segment())

    said = told(reply)
    receipt = receipts.verify(said["receipt"], receipts.public_keys())
    assert reply.status == 200
    assert (receipt.attempt, receipt.chain) == ("ABCDEFGH23", device.chain)
    assert (receipt.first, receipt.last, receipt.head) == (1, 2, device.hash(2))
    assert (receipt.received, receipt.via, said["now"]) == (NOW, "line", NOW)
    assert said["next"] <= 1_334
    assert (said["extra"], said["say"]) == (0, "")


def test_what_is_kept_is_the_message_without_its_ticket() -> None:
    device = tapped("b")
    asked("simpan", device.segment(sent=None, name="Ani"))

    (stored,) = journal.journal().of("ABCDEFGH23")
    body = json.loads(stored.row.body)
    assert body.pop("links") == device.links
    assert body == {
        "v": 1, "chain": device.chain, "parent": "", "first": 1, "before": device.hash(0),
        "sent": None,
    }  # fmt: skip


def test_a_message_that_comes_again_is_kept_once_with_its_first_instant() -> None:
    device = tapped("b", "c")
    first = asked("simpan", device.segment())

    again = asked("simpan", device.segment(sent=9_999_999), now=NOW + MINUTE)

    one, other = (
        receipts.verify(told(r)["receipt"], receipts.public_keys()) for r in (first, again)
    )
    assert one == other
    assert one.received == NOW
    assert told(again)["now"] == NOW + MINUTE
    assert kept() == [(device.chain, 1, 2)]


@pytest.mark.parametrize("order", list(itertools.permutations([(1, 2), (3, 3), (4, 6)])))
def test_segments_are_taken_in_any_order(order: list[tuple[int, int]]) -> None:
    device = tapped(*"abcdab")

    replies = [asked("simpan", device.segment(first, last)) for first, last in order]

    assert [reply.status for reply in replies] == [200, 200, 200]
    assert kept() == [(device.chain, *place) for place in order]


def test_a_part_and_the_whole_are_both_taken() -> None:
    device = tapped(*"abcd")
    asked("simpan", device.segment(1, 2))

    assert asked("simpan", device.segment()).status == 200
    assert kept() == [(device.chain, 1, 2), (device.chain, 1, 4)]


@pytest.mark.parametrize(
    ("field", "value"),
    [("item", 2), ("choice", "d"), ("mono", 1_001), ("wall", OPENS), ("kind", "f")],
)
def test_a_link_changed_on_the_way_is_signed_for_under_another_head(
    field: str, value: object
) -> None:
    device = tapped("b", "c")
    after = device.hash(1)
    changed = dict(zip(("kind", "item", "choice", "mono", "wall"), device.links[0], strict=True))
    device.links[0] = list((changed | {field: value}).values())

    said = told(asked("simpan", device.segment(1, 1)))

    # The device compares the head with its own, and keeps what was not signed for.
    assert receipts.verify(said["receipt"], receipts.public_keys()).head != after


def test_a_chain_that_does_not_begin_at_its_root_is_refused() -> None:
    device = tapped("b")
    root = device.hash(0)
    flipped = root[:-1] + ("0" if root[-1] != "0" else "1")

    reply = asked("simpan", device.segment(before=flipped))

    assert (reply.status, told(reply)) == (400, {"error": "message.hash"})
    assert kept() == []


def test_the_ticket_of_another_attempt_does_not_carry_a_chain_over() -> None:
    device = tapped("b")
    theirs = keys.ticket(ticket("ZZZZZZZZZ9"))

    reply = asked("simpan", device.segment(ticket=theirs))

    assert (reply.status, told(reply)) == (400, {"error": "message.hash"})
    assert kept("ZZZZZZZZZ9") == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (keys.ticket(ticket()).replace("ABCDEFGH23", "ABCDEFGH24"), "ticket.forged"),
        (keys.ticket(ticket())[:-1], "ticket.forged"),
        ("1", "ticket.shape"),
        ("", "ticket.shape"),
        (None, "ticket.shape"),
        (["1"], "ticket.shape"),
    ],
)
@pytest.mark.parametrize("what", ["simpan", "buka"])
def test_a_ticket_that_is_not_ours_is_refused(what: str, wrong: object, code: str) -> None:
    device = tapped("b")
    body = device.segment(ticket=wrong) if what == "simpan" else device.opening(ticket=wrong)

    reply = asked(what, body)

    assert (reply.status, told(reply)) == (403, {"error": code})
    assert journal.journal().after(0, limit=1) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "message.shape"),
        (b"{", "message.shape"),
        (b"[]", "message.shape"),
        (b"\xff\xfe", "message.shape"),
        (b"[" * 60_000, "message.shape"),
        (b'{"v":1e999}', "message.shape"),
        (b'{"v":2}', "message.shape"),
        (tapped("b").segment(v="1"), "message.shape"),
        (tapped("b").segment(links=[]), "message.links"),
        (tapped("b").segment(links={"a": 1}), "message.links"),
        (tapped("b").segment(links=[["a", 1, "b", 1]]), "message.links"),
        (tapped("b").segment(links=[["a", 1, "\u2603", 1, 1]]), "message.links"),
        (tapped("b").segment(links=[["a", True, "b", 1, 1]]), "message.links"),
        (tapped("b").segment(links=[["a", 1, "b", -1, 1]]), "message.links"),
        (tapped("b").segment(chain="A1" * 8), "message.chain"),
        (tapped("b").segment(before="x"), "message.chain"),
        (tapped("b").segment(first=0), "message.chain"),
        (tapped("b").segment(parent="somebody"), "message.chain"),
    ],
)
def test_what_cannot_be_read_is_refused_and_kept_nowhere(body: bytes, code: str) -> None:
    reply = asked("simpan", body)

    assert (reply.status, told(reply)) == (400, {"error": code})
    assert journal.journal().after(0, limit=1) == []


def test_a_message_that_is_too_large_is_told_so() -> None:
    reply = asked("simpan", b" " * (MOST_BYTES + 1))

    assert (reply.status, told(reply)) == (413, {"error": "message.size"})


@pytest.mark.parametrize(
    ("method", "what", "status"),
    [
        ("GET", "simpan", 405), ("HEAD", "simpan", 405), ("PUT", "buka", 405), ("GET", "buka", 405),
        ("POST", "kunci", 405), ("GET", "kunci", 200), ("HEAD", "kunci", 200), ("GET", "lain", 404),
        ("POST", "", 404),
    ],
)  # fmt: skip
def test_addresses_and_methods(method: str, what: str, status: int) -> None:
    assert asked(what, method=method).status == status


def test_anybody_may_fetch_the_keys() -> None:
    assert told(asked("kunci", method="GET")) == {"keys": receipts.public_keys()}


@pytest.mark.parametrize("now", [OPENS - 5 * MINUTE, CLOSES + 90 * 24 * 60 * MINUTE])
def test_no_time_is_too_early_or_too_late_for_answers(now: int) -> None:
    assert asked("simpan", tapped("b").segment(), now=now).status == 200
    assert len(kept()) == 1


def test_extra_time_and_a_closed_sitting_are_told_with_the_next_answer() -> None:
    desk = Desk(allowances=Allowances({"ABCDEFGH23": 15}, frozenset({"0123456789"})))

    said = told(asked("simpan", tapped("b").segment(), desk=desk))

    assert (said["extra"], said["say"]) == (15, "closed")


def test_opening_gives_the_key_and_begins_the_time() -> None:
    reply = asked("buka", Device().opening())

    assert reply.status == 200
    assert told(reply) == {
        "key": keys.content_key("0123456789", FORM).hex(),
        "now": NOW,
        "opened": NOW,
        "extra": 0,
        "since": 0,
        "handed": None,
        "heads": [],
        "answers": {},
    }


def test_a_second_device_hears_what_the_first_one_left() -> None:
    first = tapped("b", "c")
    first.tap(1, "d")
    first.tap(2, "")
    asked("buka", first.opening())
    asked("simpan", first.segment(), now=NOW + MINUTE)

    said = told(asked("buka", Device(chain="b2" * 8).opening(), now=NOW + 2 * MINUTE))

    assert said["opened"] == NOW
    assert said["heads"] == [[first.chain, 4, first.hash(4)]]
    assert said["answers"] == {"1": "d", "2": None}


def test_a_reload_does_not_begin_the_time_again() -> None:
    for minute in range(3):
        said = told(asked("buka", Device().opening(), now=NOW + minute * MINUTE))
        assert said["opened"] == NOW

    rows = [stored.row for stored in journal.journal().of("ABCDEFGH23")]
    assert [(row.kind, row.received) for row in rows] == [(RowKind.OPENING, NOW)]


def test_nobody_opens_before_the_bell() -> None:
    reply = asked("buka", Device().opening(), now=OPENS - 5_000)

    assert (reply.status, told(reply)) == (425, {"wait": 5_000})
    assert journal.journal().after(0, limit=1) == []


def test_who_never_opened_finds_the_window_over() -> None:
    for late in (CLOSES, CLOSES + 60 * MINUTE):
        reply = asked("buka", Device().opening(), now=late)
        assert (reply.status, told(reply)) == (410, {"error": "exam.window_is_over"})
    assert journal.journal().after(0, limit=1) == []


def test_who_opened_in_time_comes_back_after_the_window() -> None:
    asked("buka", Device().opening())

    reply = asked("buka", Device(chain="b2" * 8).opening(), now=CLOSES + MINUTE)

    assert (reply.status, told(reply)["opened"]) == (200, NOW)


def test_extra_minutes_hold_the_window_open() -> None:
    desk = Desk(allowances=Allowances({"ABCDEFGH23": 10}))

    assert asked("buka", Device().opening(), now=CLOSES + 9 * MINUTE, desk=desk).status == 200
    other = Device(granted=ticket("ZZZZZZZZZ9"))
    assert asked("buka", other.opening(), now=CLOSES + 9 * MINUTE, desk=desk).status == 410


@pytest.mark.parametrize("chain", [None, "", "a1", "A1" * 8, 7])
def test_an_opening_names_its_chain(chain: object) -> None:
    reply = asked("buka", Device().opening(chain=chain))

    assert (reply.status, told(reply)) == (400, {"error": "message.chain"})


def test_when_too_many_wait_senders_come_again_each_at_its_own_time() -> None:
    desk = Desk(backlog=lambda: intake.MOST_WAITING + 1, rng=random.Random(1))

    replies = [asked("simpan", tapped("b").segment(), desk=desk) for _ in range(50)]

    assert {reply.status for reply in replies} == {503}
    pauses = {reply.retry_after for reply in replies}
    assert min(pauses) >= 3
    assert max(pauses) <= 30
    assert len(pauses) > 15
    assert kept() == []


def test_a_quiet_house_hears_each_tap_and_a_busy_one_each_half_minute() -> None:
    def mean(load: float) -> float:
        rng = random.Random(1)
        return sum(intake.routine_ms(load, rng) for _ in range(500)) / 500

    assert 970 < mean(0) < 1_030
    assert mean(intake.QUIET) == mean(0)
    assert 29_000 < mean(1) < 31_000
    assert mean(0) < mean(0.4) < mean(0.8) < mean(1)
    assert 2.9 < mean(3) / mean(1) < 3.1
    assert mean(10**9) == intake.LONGEST_MS


def test_the_pace_of_the_second_before_decides_and_is_soon_forgotten() -> None:
    desk = Desk()
    for n in range(intake.BUSY_RATE):
        intake.judge(
            "POST", f"{intake.PREFIX}simpan", tapped("b").segment(), now=NOW + n % 900, desk=desk
        )

    found = intake.judge(
        "POST", f"{intake.PREFIX}simpan", tapped("b").segment(), now=NOW + 1_000, desk=desk
    )

    assert isinstance(found, intake.Pending)
    busy = json.loads(found.then(intake.Settled(NOW, [])).body)["next"]
    assert busy >= 20_000
    assert desk.pace.rate() == intake.BUSY_RATE
    desk.pace.note(NOW + 5_000)
    assert desk.pace.rate() == 1


def test_an_attempt_is_told_apart_from_others() -> None:
    mine, other = tapped("b"), tapped("c", granted=replace(ticket(), attempt="ZZZZZZZZZ9"))
    asked("simpan", mine.segment())
    asked("simpan", other.segment())

    assert kept() == [(mine.chain, 1, 1)]
    assert told(asked("buka", mine.opening()))["answers"] == {"1": "b"}
