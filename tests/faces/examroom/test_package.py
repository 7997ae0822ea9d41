"""What does a device get before the bell, and what does nobody get before it?"""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompeten.exams.actions import packaging
from kompeten.exams.adapters import keys, package
from kompeten.exams.adapters.journal import journal
from kompeten.exams.models import Entry, Sitting
from kompeten.exams.queries import packages
from kompeten.exams.rules import rows
from kompeten.foundation import clock
from kompeten.kernel.actors import Actor
from tests.faces.examroom.stage import HOUR, MINUTE, entered, seated, started
from tests.make import exams as make
from tests.make.exams import KARTIKA
from tests.make.people import account

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=3)


def fetched(entry: Entry, by: Actor) -> dict[str, object]:
    answer = entered(by).get(f"/ujian/{entry.ref}/tiket.json")
    assert answer.status_code == 200
    return answer.json()  # type: ignore[no-any-return]


def opened(entry: Entry, *, at: int) -> None:
    """Note that the paper was opened by line."""
    journal().append([rows.opening_row(entry.ref, "0" * 16, received=at)])


def ms(at: object) -> int:
    return round(at.timestamp() * 1000)  # type: ignore[attr-defined]


def test_days_ahead_a_device_gets_all_it_needs() -> None:
    entry, ani, opens_at = seated(opens=DAYS)

    said = fetched(entry, ani)

    ticket = keys.read_ticket(str(said["ticket"]))
    held = Sitting.objects.get(pk=entry.sitting_id)
    made = package.package(held, held.form_digest)
    assert (ticket.attempt, ticket.sitting) == (entry.ref, held.ref)
    assert (ticket.opens, ticket.closes) == (said["opens"], said["closes"])
    assert said["opens"] == ms(opens_at)
    assert said["key"] == keys.attempt_key(entry.ref).hex()
    assert (said["minutes"], said["extra"], said["opened"]) == (90, 0, 0)
    assert said["zone"] == "Asia/Jakarta"
    assert said["package"] == {
        "url": f"/ujian/paket/{held.ref}.{made.sha256[:16]}.bin",
        "sha256": made.sha256,
        "bytes": len(made.content),
    }
    assert said["vault"] == "/ujian/brankas/"
    assert str(said["handin"]).endswith("/serah")


def test_a_second_device_is_told_that_the_exam_has_begun() -> None:
    entry, ani, _ = started()

    assert entry.started_at is not None
    assert fetched(entry, ani)["opened"] == ms(entry.started_at)


def test_the_personal_order_is_numbers_and_codes_only() -> None:
    entry, ani, _ = seated(opens=DAYS)

    order = fetched(entry, ani)["order"]

    assert order == packages.order(entry)
    assert sorted(order["cases"]) == list(range(1, len(order["cases"]) + 1))  # type: ignore[index]
    assert sorted(map(int, order["options"])) == list(range(1, 101))  # type: ignore[index]
    assert {"".join(sorted(codes)) for codes in order["options"].values()} <= {  # type: ignore[index]
        "abc", "abcd", "abcde", "abcdef",
    }  # fmt: skip


def test_the_ticket_is_kept_by_no_browser_and_costs_the_same_each_time() -> None:
    entry, ani, _ = seated(opens=DAYS)
    client = entered(ani)
    client.get(f"/ujian/{entry.ref}/tiket.json")

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/ujian/{entry.ref}/tiket.json")

    assert answer["Cache-Control"] == "private, no-store"
    assert len(asked) <= 5


def test_a_ticket_is_for_nobody_else_and_ends_with_the_sitting() -> None:
    entry, ani, opens_at = seated(opens=-4 * HOUR)
    address = f"/ujian/{entry.ref}/tiket.json"

    assert entered(account(2)).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert entered(ani).get(address).status_code == 200
    make.closed(make.opened(entry.sitting), at=opens_at + 4 * HOUR)
    assert entered(ani).get(address).status_code == 410


def test_a_package_is_anybodys_and_for_ever() -> None:
    entry, ani, _ = seated(opens=DAYS)
    said = fetched(entry, ani)["package"]

    answer = Client().get(said["url"])  # type: ignore[index]

    assert answer.content == package.package(entry.sitting, entry.form_digest).content
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers


def test_a_logged_in_browser_gets_the_same_with_no_cookie() -> None:
    entry, ani, _ = seated(opens=DAYS)
    client = entered(ani)
    said = client.get(f"/ujian/{entry.ref}/tiket.json").json()

    answer = client.get(said["package"]["url"])

    assert (answer.status_code, len(answer.cookies)) == (200, 0)
    assert "Cookie" not in answer.get("Vary", "")


def test_a_package_that_never_was_is_not_there() -> None:
    entry, _, _ = seated(opens=DAYS)
    name = package.package(entry.sitting, entry.form_digest).name

    for address in (
        f"{entry.sitting.ref}.{'0' * 16}.bin",
        f"0000000000.{name}.bin",
        f"{entry.sitting.ref}.{name}.txt",
    ):
        assert Client().get(f"/ujian/paket/{address}").status_code == 404


def test_after_a_renewal_the_ticket_names_the_new_package_and_the_old_one_is_there() -> None:
    entry, ani, _ = seated(opens=DAYS)
    old = fetched(entry, ani)["package"]["url"]  # type: ignore[index]

    packaging.renew_code(entry.sitting, reason="Kode bocor", by=KARTIKA, at=clock.now())

    new = fetched(entry, ani)["package"]["url"]  # type: ignore[index]
    assert new != old
    assert [Client().get(url).status_code for url in (old, new)] == [200, 200]


def asked(entry: Entry, by: Actor, **more: object) -> tuple[int, dict[str, object]]:
    """Ask for the opened paper with a ticket; return status and answer."""
    text = keys.ticket(packages._granted(entry))
    headers = {"X-Ticket": text} | more  # type: ignore[operator]
    answer = entered(by).get(f"/ujian/{entry.ref}/lembar.json", headers=headers)
    return answer.status_code, json.loads(answer.content)


def test_the_opened_paper_is_for_no_one_before_the_bell() -> None:
    entry, ani, opens_at = seated(opens=MINUTE)
    opened(entry, at=ms(opens_at) + 1)

    status, said = asked(entry, ani)

    assert status == 425
    assert 0 < int(str(said["wait"])) <= 60_000


def test_the_opened_paper_follows_the_opening_by_line_only() -> None:
    entry, ani, _ = seated(opens=-MINUTE)

    before = asked(entry, ani)
    opened(entry, at=ms(clock.now()))
    after, paper = asked(entry, ani)

    assert before == (409, {"error": "exam.not_started"})
    assert after == 200
    made = package.package(entry.sitting, entry.form_digest).content
    code = keys.sitting_code(entry.sitting.ref, 0)
    assert paper == package.open_with(made, code)


def test_whoever_never_opened_gets_no_paper_after_the_end() -> None:
    entry, ani, _ = seated(opens=-4 * HOUR)

    assert asked(entry, ani) == (410, {"error": "exam.window_is_over"})


def test_the_opened_paper_asks_for_the_ticket_of_this_attempt() -> None:
    entry, ani, _ = seated(opens=-MINUTE)
    other = make.one_seated(2, held=entry.sitting)[0]
    opened(entry, at=ms(clock.now()))
    address = f"/ujian/{entry.ref}/lembar.json"
    client = entered(ani)

    strange = keys.ticket(packages._granted(other))
    mine = keys.ticket(packages._granted(entry))

    assert client.get(address).status_code == 403
    assert client.get(address, {"t": strange}).status_code == 403
    assert client.get(address, {"t": mine[:-1] + "_"}).status_code == 403
    assert client.get(address, {"t": mine}).status_code == 200
    assert entered(account(3)).get(address, {"t": mine}).status_code == 404


def test_nobody_draws_the_opened_paper_again_and_again() -> None:
    entry, ani, _ = seated(opens=-MINUTE)
    opened(entry, at=ms(clock.now()))
    client = entered(ani)
    mine = keys.ticket(packages._granted(entry))

    statuses = [
        client.get(f"/ujian/{entry.ref}/lembar.json", {"t": mine}).status_code for _ in range(31)
    ]

    assert statuses == [200] * 30 + [429]
