"""Can one attempt fill the disk, or a crowd of honest ones hit the limit that is against it?"""

import json
import threading

import pytest
from django.http import HttpResponse
from django.test import Client

from kompeten.exams.adapters.journal import journal
from kompeten.exams.terms.vault import MOST_BYTES
from kompeten.web.examroom import intake
from kompeten.web.examroom.intake import (
    BUDGET_BYTES,
    BYTES_A_SECOND,
    MOST_BUDGETS,
    OPENING_BYTES,
    Budgets,
    Desk,
    Pending,
    Reply,
)
from tests.faces.examroom.devices import Device, tapped, ticket

NOW = 1_780_000_060_000
A, B = "ABCDEFGH23", "ZZZZZZZZZ9"
SECOND, HOUR = 1_000, 3_600_000


def spent(budgets: Budgets, size: int, *, now: int = NOW, attempt: str = A) -> int:
    """Send messages of `size` until one is refused; return how many were taken."""
    count = 0
    while not budgets.take(attempt, size, now=now):
        count += 1
    return count


def asked(what: str, body: bytes, desk: Desk, *, now: int = NOW) -> Reply | Pending:
    return intake.judge("POST", intake.PREFIX + what, body, now=now, desk=desk)


def test_so_much_at_once_and_then_so_much_a_second() -> None:
    budgets = Budgets()

    assert spent(budgets, 1_000) == BUDGET_BYTES // 1_000
    assert spent(budgets, 1_000, now=NOW + 10 * SECOND) == 10 * BYTES_A_SECOND // 1_000
    assert spent(budgets, 1_000, now=NOW + HOUR) == BUDGET_BYTES // 1_000


def test_it_is_told_when_there_is_room_again_and_then_there_is() -> None:
    budgets = Budgets()
    spent(budgets, 1_000)

    wait = budgets.take(A, MOST_BYTES, now=NOW)

    assert wait == -(-MOST_BYTES // BYTES_A_SECOND)
    assert budgets.take(A, MOST_BYTES, now=NOW + (wait - 1) * SECOND) == 1
    assert budgets.take(A, MOST_BYTES, now=NOW + wait * SECOND) == 0


def test_one_attempt_does_not_pay_for_another() -> None:
    budgets = Budgets()
    spent(budgets, 1_000)

    assert budgets.take(B, 1_000, now=NOW) == 0


def test_a_clock_that_is_set_back_stops_nobody() -> None:
    budgets = Budgets()
    spent(budgets, 1_000)

    assert budgets.take(A, 1_000, now=NOW - 24 * HOUR) == 0


def test_only_so_many_are_remembered_the_last_ones() -> None:
    budgets = Budgets()
    spent(budgets, 1_000)
    spent(budgets, 1_000, attempt=B)

    for n in range(MOST_BUDGETS - 2):
        budgets.take(f"{n:010}", 1, now=NOW)
    assert budgets.take(A, 1_000, now=NOW) > 0  # heard of again: now the last one
    for n in range(2):
        budgets.take(f"X{n:09}", 1, now=NOW)

    assert budgets.take(B, 1_000, now=NOW) == 0
    assert budgets.take(A, 1_000, now=NOW) > 0


def test_threads_share_a_budget() -> None:
    budgets, taken = Budgets(), []
    threads = [
        threading.Thread(target=lambda: taken.append(spent(budgets, 2_000))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(taken) == BUDGET_BYTES // 2_000


def test_who_sends_too_much_is_asked_to_come_later_and_nothing_of_it_is_kept() -> None:
    desk, device = Desk(), tapped(*"abcdabcd" * 60)
    body = device.segment()

    replies = [asked("simpan", body, desk) for _ in range(BUDGET_BYTES // len(body) + 1)]

    assert all(
        isinstance(reply, Pending) for reply in replies[:-1]
    )  # the same one again counts too
    last = replies[-1]
    assert isinstance(last, Reply)
    assert (last.status, json.loads(last.body)) == (429, {"error": "attempt.budget"})
    assert 1 <= last.retry_after <= 16
    again = asked("simpan", body, desk, now=NOW + last.retry_after * SECOND)
    assert isinstance(again, Pending)


def test_openings_count_for_what_they_cost() -> None:
    desk, count = Desk(), 0
    while isinstance(asked("buka", Device(chain=f"{count:016x}").opening(), desk), Pending):
        count += 1

    assert count == BUDGET_BYTES // OPENING_BYTES
    assert isinstance(asked("buka", Device(granted=ticket(B)).opening(), desk), Pending)


def test_what_cannot_be_read_or_is_not_ours_takes_nothing_from_anybody() -> None:
    desk, device = Desk(), tapped("b")
    forged = ticket_of(device).replace(A, B)
    for _ in range(3_000):
        asked("simpan", device.segment(ticket=forged), desk)
        asked("simpan", device.segment(before="x", pad="x" * 2_000), desk)

    assert isinstance(asked("simpan", b" " * 60_000 + device.segment(), desk), Pending)


def ticket_of(device: Device) -> str:
    found: str = json.loads(device.segment())["ticket"]
    return found


@pytest.mark.parametrize("people", [1, 200])
def test_an_honest_crowd_stays_far_below(people: int) -> None:
    """Sixty messages a second each for twelve seconds: what few people of a load test send."""
    budgets, size = Budgets(), len(tapped("b", "c").segment())

    for tick in range(12 * 60):
        for n in range(people):
            assert budgets.take(f"{n:010}", size, now=NOW + tick * SECOND // 60) == 0


@pytest.mark.django_db
def test_a_page_of_the_framework_shares_one_budget_and_says_when(client: Client) -> None:
    device = tapped(*"abcdabcd" * 60, granted=ticket("QQQQQQQQQ7"))
    body = device.segment()

    def send() -> HttpResponse:
        found: HttpResponse = client.post(f"{intake.PREFIX}simpan", body, content_type="text/plain")
        return found

    most = BUDGET_BYTES // len(body)
    replies = [send() for _ in range(most)]
    # While they come some room is made again, at a trickle.
    last = next(reply for reply in (send() for _ in range(most)) if reply.status_code != 200)

    assert {reply.status_code for reply in replies} == {200}
    assert (last.status_code, last["Retry-After"].isdigit()) == (429, True)
    assert len(journal().of("QQQQQQQQQ7")) == 1
