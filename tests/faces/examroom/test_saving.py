"""Does the server keep every batch of answers, say so truly, and refuse what it cannot read?"""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompeten.exams import actions, queries
from kompeten.exams.models import AnswerBatch, Entry
from kompeten.kernel.actors import Actor
from tests.faces.examroom.stage import HOUR, MINUTE, entered, seated, started
from tests.make.exams import PUTU
from tests.make.people import account

pytestmark = pytest.mark.django_db


def batch(key: str = "k1", **choices: Any) -> dict[str, Any]:
    """Return a batch as the page sends it; choices by item: `i7="a"`."""
    answers = [
        {"item": int(name[1:]), "choice": choice, "at": "2026-03-09T02:00:00.000Z"}
        for name, choice in choices.items()
    ]
    return {"key": key, "answers": answers}


def sent(client: Client, entry: Entry, said: Any) -> Any:
    """Send `said` as JSON, or as it is when it is bytes."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return client.post(f"/ujian/{entry.ref}/jawaban/", body, content_type="application/json")


def kept(entry: Entry) -> int:
    return AnswerBatch.objects.filter(entry=entry).count()


@pytest.fixture
def running() -> tuple[Entry, Actor, Client]:
    """Return an entry under way, its candidate and the candidate's browser."""
    entry, ani, _ = started()
    return entry, ani, entered(ani)


def test_what_is_answered_as_saved_is_on_record(running: tuple[Entry, Actor, Client]) -> None:
    entry, _, client = running

    answer = sent(client, entry, batch(i1="a", i2=None))

    told = answer.json()
    assert answer.status_code == 200
    assert told == {"seq": told["seq"], "late": False, "answers": {"1": "a", "2": None}}
    assert queries.answers(entry) == {1: "a", 2: None}
    assert AnswerBatch.objects.get(pk=told["seq"]).answers == [
        {"item": 1, "choice": "a", "client_at": "2026-03-09T02:00:00.000Z"},
        {"item": 2, "choice": None, "client_at": "2026-03-09T02:00:00.000Z"},
    ]


def test_the_last_word_counts(running: tuple[Entry, Actor, Client]) -> None:
    entry, _, client = running

    sent(client, entry, batch("k1", i1="a"))
    sent(client, entry, batch("k2", i1="c"))

    assert queries.answers(entry) == {1: "c"}


def test_a_batch_sent_twice_is_kept_once(running: tuple[Entry, Actor, Client]) -> None:
    entry, _, client = running

    first = sent(client, entry, batch("k1", i1="a"))
    second = sent(client, entry, batch("k1", i1="a"))

    assert (first.json()["seq"], second.status_code) == (second.json()["seq"], 200)
    assert kept(entry) == 1


def test_other_answers_under_a_used_key_are_refused_and_not_lost_in_silence(
    running: tuple[Entry, Actor, Client],
) -> None:
    entry, _, client = running
    sent(client, entry, batch("k1", i1="a"))

    answer = sent(client, entry, batch("k1", i1="b"))

    assert answer.status_code == 422
    assert len(answer.json()["reasons"]) == 1
    assert queries.answers(entry) == {1: "a"}


UNREADABLE = (
    b"",
    b"not json",
    b"\xff\xfe",
    b"null",
    b"[]",
    b'{"key": "k1"}',
    b'{"answers": []}',
    b'{"key": "k1", "answers": 7}',
    b'{"key": "k1", "answers": "ab"}',
    b'{"key": "k1", "answers": [{"item": "1", "choice": "a", "at": ""}]}',
    b'{"key": "k1", "answers": [{"item": true, "choice": "a", "at": ""}]}',
    b'{"key": "k1", "answers": [{"item": 1, "choice": 2, "at": ""}]}',
    b'{"key": "k1", "answers": [{"item": 1, "choice": "a\\u0000", "at": ""}]}',
    b'{"key": "k1", "answers": [{"item": 1, "at": ""}]}',
    b'{"key": "k1", "answers": [{"item": ' + b"9" * 6000 + b', "choice": "a", "at": ""}]}',
    b'{"key": "k\\u0000", "answers": [{"item": 1, "choice": "a", "at": ""}]}',
    b'{"key": "k\\ud800", "answers": [{"item": 1, "choice": "a", "at": ""}]}',
    b'{"key": 7, "answers": [{"item": 1, "choice": "a", "at": ""}]}',
    b'{"key": "k1", "answers": [{"item": 1, "choice": "a", "at": "\\u0000"}]}',
    b'{"key": "k1", "answers": [{"item": 1, "choice": "a", "at": "\\udfff"}]}',
    b'{"key": "k1", "answers": [], "fill": "' + b"x" * 33_000 + b'"}',
    b'{"key": "k", "answers": ' + b"[" * 12_000 + b"]" * 12_000 + b"}",
)
UNFIT = (
    batch(),
    batch("", i1="a"),
    batch("k" * 41, i1="a"),
    batch(i101="a"),
    batch(i0="a"),
    batch(i1="z"),
    {"key": "k1", "answers": batch(i1="a")["answers"] * 101},
    {"key": "k1", "answers": [{"item": 1, "choice": "a", "at": "2" * 41}]},
)


def test_what_cannot_be_read_is_refused_whole(running: tuple[Entry, Actor, Client]) -> None:
    entry, _, client = running

    statuses = [sent(client, entry, body).status_code for body in UNREADABLE]

    assert statuses == [422] * len(UNREADABLE)
    assert kept(entry) == 0


def test_a_batch_that_does_not_fit_the_paper_is_refused_with_a_reason(
    running: tuple[Entry, Actor, Client],
) -> None:
    entry, _, client = running

    answers = [sent(client, entry, said) for said in UNFIT]

    assert [answer.status_code for answer in answers] == [422] * len(UNFIT)
    assert [len(answer.json()["reasons"]) for answer in answers] == [1] * len(UNFIT)
    assert kept(entry) == 0


def test_a_body_of_megabytes_is_not_even_read(running: tuple[Entry, Actor, Client]) -> None:
    entry, _, client = running

    answer = sent(client, entry, b" " * (3 * 1024 * 1024))

    assert answer.status_code in {400, 413}
    assert kept(entry) == 0


def test_a_stranger_saves_nothing(running: tuple[Entry, Actor, Client]) -> None:
    entry, _, _ = running

    answer = sent(entered(account(2)), entry, batch(i1="a"))

    assert answer.status_code == 404
    assert kept(entry) == 0


def test_without_the_pages_token_nothing_is_saved(running: tuple[Entry, Actor, Client]) -> None:
    entry, ani, _ = running

    answer = sent(entered(ani, enforce_csrf_checks=True), entry, batch(i1="a"))

    assert answer.status_code == 403
    assert kept(entry) == 0


def test_before_the_start_nothing_is_saved() -> None:
    entry, ani, _ = seated(opens=-10 * MINUTE)

    answer = sent(entered(ani), entry, batch(i1="a"))

    assert answer.status_code == 409
    assert kept(entry) == 0


def test_what_comes_after_the_end_is_kept_and_does_not_count() -> None:
    entry, ani, _ = started(opens=-4 * HOUR)

    answer = sent(entered(ani), entry, batch(i1="a"))

    told = answer.json()
    assert (answer.status_code, told["late"], told["answers"]) == (200, True, {"1": None})
    assert AnswerBatch.objects.get(entry=entry).late
    assert queries.answers(entry) == {}


def test_what_comes_after_handing_in_is_kept_and_does_not_count(
    running: tuple[Entry, Actor, Client],
) -> None:
    entry, _, client = running
    sent(client, entry, batch("k1", i1="a"))
    client.post(f"/ujian/{entry.ref}/serahkan/")

    answer = sent(client, entry, batch("k2", i1="b"))

    assert (answer.json()["late"], answer.json()["answers"]) == (True, {"1": "a"})
    assert queries.answers(entry) == {1: "a"}


def test_who_was_cut_off_can_still_send_what_waited_on_the_device() -> None:
    entry, ani, opens_at = started()
    actions.interrupt(entry, reason="Jaringan putus", by=PUTU, at=opens_at + MINUTE)

    answer = sent(entered(ani), entry, batch(i1="a"))

    assert (answer.status_code, answer.json()["late"]) == (200, False)


def test_saving_costs_the_same_however_much_was_saved(
    running: tuple[Entry, Actor, Client],
) -> None:
    entry, _, client = running
    sent(client, entry, batch("first", i1="a"))

    def cost(key: str, **choices: Any) -> int:
        with CaptureQueriesContext(connection) as asked:
            sent(client, entry, batch(key, **choices))
        return len(asked)

    costs = [cost(f"k{n}", **{f"i{m}": "b" for m in range(1, n + 2)}) for n in range(12)]

    assert set(costs) == {6}
