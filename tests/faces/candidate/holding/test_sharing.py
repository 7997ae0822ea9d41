"""Does a holder give links away, see how often they were opened, and end them?"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompeten.certificates import actions, queries
from kompeten.certificates.chart import SHARE
from kompeten.certificates.models import Certificate, ShareLink
from kompeten.certificates.terms import SuspensionCause
from kompeten.foundation import clock, ledger
from kompeten.kernel.roles import Role
from tests.faces.candidate import stage
from tests.make import actors, bell
from tests.make.bell import HELD_AT as AT

pytestmark = pytest.mark.django_db
SHELF = "/saya/sertifikat/"
TOKEN = re.compile(r"/b/([\w-]{22})/")
DIRECTOR = actors.actor(Role.DIRECTOR, account_id=150)


@pytest.fixture(autouse=True)
def _nobody_has_looked() -> None:
    cache.clear()


def share(client: Client, held: Certificate, **fields: str) -> Any:
    sent = {"untuk": "RSUD Banyumas, bagian kepegawaian", "sampai": ""} | fields
    return client.post(f"{SHELF}{held.ref}/bagikan/", sent)


def opened(client: Client, held: Certificate, **fields: str) -> tuple[ShareLink, str]:
    """Return a link that the holder has made, and the token in its address."""
    answer = share(client, held, **fields)
    assert answer.status_code == 302, stage.words(answer)
    page = client.get(answer["Location"]).content.decode()
    found = TOKEN.search(page)
    assert found is not None
    return ShareLink.objects.latest("id"), found[1]


def look(token: str, part: str = "") -> Any:
    return Client().get(f"/b/{token}/{part}")


def test_whoever_has_the_link_sees_the_certificate_and_keeps_its_files(
    holder: Client, held: Certificate
) -> None:
    _, token = opened(holder, held)

    page, paper, credential = look(token), look(token, "pdf/"), look(token, "kredensial/")

    assert page.status_code == 200
    assert held.number in page.content.decode()
    assert "Ani Rahayu" in page.content.decode()
    assert "Banyumas" not in page.content.decode()
    assert paper.content == queries.pdf(held)
    assert credential.content == queries.credential(held)
    assert credential["Content-Type"] == "application/ld+json"
    for answer in (page, paper, credential):
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "private, no-store"
    # The page by number has no files to give.
    assert "pdf/" not in Client().get(f"/s/{held.ref}").content.decode()


def test_the_database_holds_no_token_and_the_ledger_no_label(
    holder: Client, held: Certificate
) -> None:
    link, token = opened(holder, held)

    kept = " ".join(str(v) for v in ShareLink.objects.values_list()[0])
    told = ledger.history("share", link.pk)
    assert len(token) == 22
    assert token not in kept
    assert queries.token_digest(token) in kept
    assert "Banyumas" not in str([event.facts for event in told])
    assert ledger.replay(SHARE, told) == "open"


def test_looks_are_counted_and_shown(holder: Client, held: Certificate) -> None:
    link, token = opened(holder, held)

    before = stage.words(holder.get(f"{SHELF}{held.ref}/"))
    look(token)
    look(token)
    Client().head(f"/b/{token}/")
    look(token, "pdf/")
    after = stage.words(holder.get(f"{SHELF}{held.ref}/"))

    link.refresh_from_db()
    assert (link.looks, link.looked_at) == (2, AT)
    assert "belum dibuka" in before
    assert "dibuka 2 kali" in after


def test_an_ended_link_and_one_that_never_was_look_the_same(
    holder: Client, held: Certificate
) -> None:
    link, token = opened(holder, held)

    for _ in range(2):
        answer = holder.post(f"{SHELF}{held.ref}/tautan/{link.ref}/akhiri/")
        assert answer.status_code == 302

    ended, unknown = look(token), look("A" * 22)
    assert (ended.status_code, unknown.status_code) == (404, 404)
    assert stage.words(ended) == stage.words(unknown)
    assert "Tautan ini tidak berlaku" in stage.words(ended)
    assert look(token, "pdf/").status_code == look(token, "kredensial/").status_code == 404
    assert "diakhiri" in stage.words(holder.get(f"{SHELF}{held.ref}/tautan/{link.ref}/"))
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        ShareLink.objects.filter(pk=link.pk).update(state="open")


def test_a_link_ends_with_its_last_day_where_the_body_sits(
    holder: Client, held: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = opened(holder, held, sampai="2026-03-20")

    def status(at: Any) -> int:
        monkeypatch.setattr(clock, "now", lambda: at)
        return int(look(token).status_code)

    midnight = AT.replace(day=20, hour=17, minute=0)  # 00.00 WIB on the 21st
    assert status(midnight - timedelta(seconds=1)) == 200
    assert status(midnight) == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"untuk": "  "}, "Bidang ini tidak boleh kosong."),
        ({"untuk": "x" * 81}, "81"),
        ({"sampai": "2026-03-14"}, "Hari terakhir tautan harus belum lewat."),
        ({"sampai": "besok"}, "tanggal"),
    ],
)
def test_what_is_wrong_is_said_where_it_was_asked(
    holder: Client, held: Certificate, fields: dict[str, str], said: str
) -> None:
    answer = share(holder, held, **fields)

    assert answer.status_code == 422
    assert said in stage.words(answer)
    assert ShareLink.objects.count() == 0


def test_twenty_links_are_enough(holder: Client, held: Certificate) -> None:
    for n in range(20):
        assert share(holder, held, untuk=f"Kantor {n}").status_code == 302

    answer = share(holder, held)

    assert answer.status_code == 422
    assert "dua puluh tautan" in stage.words(answer)


def test_nobody_but_the_holder_sees_or_ends_a_link(holder: Client, held: Certificate) -> None:
    link, token = opened(holder, held)
    place = f"{SHELF}{held.ref}/tautan/{link.ref}/"
    mine = bell.held()[1]
    other = stage.browser(bell.holder_of(mine))

    answers = [
        other.get(place).status_code,
        other.post(f"{place}akhiri/").status_code,
        other.get(f"{SHELF}{mine.ref}/tautan/{link.ref}/").status_code,
        share(other, held).status_code,
        Client().get(place).status_code,
    ]

    assert answers == [404, 404, 404, 404, 302]
    assert look(token).status_code == 200


def test_a_suspended_certificate_is_shown_as_such_without_files(
    holder: Client, held: Certificate
) -> None:
    _, token = opened(holder, held)
    actions.suspend(
        held,
        cause=SuspensionCause.INQUIRY,
        note="Keluhan 12, rahasia",
        ends_at=AT + timedelta(days=20),
        by=DIRECTOR,
        at=AT,
    )

    page = look(token)

    assert "dibekukan" in stage.words(page)
    assert "rahasia" not in stage.words(page)
    assert f"/b/{token}/pdf/" not in page.content.decode()
    assert look(token, "pdf/").status_code == 404
    assert look(token, "kredensial/").status_code == 404


def test_after_a_change_of_the_secret_key_old_links_work_but_are_not_shown_again(
    holder: Client, held: Certificate, settings: Any
) -> None:
    link, token = opened(holder, held)

    settings.PRIVACY_KEY = "another-secret-of-this-house"
    page = holder.get(f"{SHELF}{held.ref}/tautan/{link.ref}/")

    assert look(token).status_code == 200
    assert TOKEN.search(page.content.decode()) is None
    assert "tidak dapat ditampilkan lagi" in stage.words(page)


@pytest.mark.usefixtures("bounded_looks")
def test_guessing_is_slowed_down(held: Certificate, holder: Client) -> None:
    _, token = opened(holder, held)

    statuses = [look(f"{n:022d}").status_code for n in range(41)]

    assert (statuses[0], statuses[-1]) == (404, 429)
    assert look(token).status_code == 429


def test_the_codes_on_the_page_lead_to_the_link_and_its_credential(
    holder: Client, held: Certificate
) -> None:
    link, token = opened(holder, held)

    page = holder.get(f"{SHELF}{held.ref}/tautan/{link.ref}/").content.decode()

    assert f"{settings.PUBLIC_URL}/b/{token}/kredensial/" in page
    assert page.count("data:image/svg+xml;base64,") == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_one_link_and_for_three(
    holder: Client, held: Certificate, count: int
) -> None:
    for n in range(count):
        _, token = opened(holder, held, untuk=f"Kantor {n}")

    assert stage.count_queries(holder, f"{SHELF}{held.ref}/") == 9
    with CaptureQueriesContext(connection) as asked:
        look(token)
    assert len(asked) == 3
