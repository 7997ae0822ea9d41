"""Does whoever has the code learn where an application stands, and nothing about whose it is?"""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client

from kompeten.applications.models import Application
from kompeten.applications.queries import token_of
from kompeten.applications.terms.invitation import LinkKind
from kompeten.foundation import clock, lookups, shortlinks
from kompeten.foundation.models import ShortLink
from tests.faces.candidate.stage import words
from tests.make import applications as make
from tests.make import decisions as make_decisions
from tests.make import verification as make_verification
from tests.make.invitations import invited, officer
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
# A line of 20 kbit/s, as at the edge of a cell, carries this in two seconds.
SMALL_BYTES = 5_000


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request carry the same instant, and nobody have asked before."""
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)


def code_of(application: Application) -> str:
    """Return the code of an application, kept for a while."""
    shortlinks.keep(LinkKind.STATUS, [application.ref], ends_at=MONDAY + timedelta(days=90))
    return shortlinks.code_of(LinkKind.STATUS, application.ref)


def shown(application: Application) -> str:
    """Return what the page says of an application."""
    return words(Client().get("/cek-status/", {"kode": code_of(application)}))


def test_the_code_tells_what_to_do_and_by_when() -> None:
    review, _ = make_verification.returned()
    name = review.application.person.name

    told = shown(review.application)

    assert "Perbaiki yang ditandai" in told
    assert "Mohon dilakukan paling lambat" in told
    assert "".join(f"{part[0]}. " for part in name.split()[:3]).strip() in told
    for secret in [*name.split(), review.application.ref, review.application.person.phone]:
        assert secret not in told, secret


def test_of_a_decision_it_tells_that_there_is_one_and_not_which() -> None:
    make_decisions.decided(1, beside={2: 2})
    held = Application.objects.order_by("id").all()

    told = [shown(application) for application in held]

    assert len(told) == 2
    assert "Komite telah memutuskan" in told[0]
    assert told[0].partition("·")[2] == told[1].partition("·")[2]


@pytest.mark.usefixtures("bounded_looks")
def test_a_wrong_code_is_said_to_be_none_and_counted() -> None:
    client = Client()

    for _ in range(lookups.MISSES):
        answer = client.get("/cek-status/", {"kode": "0000000000"})
        assert answer.status_code == 404
    stopped = client.get("/cek-status/", {"kode": code_of(make.draft())})

    assert stopped.status_code == 429


def test_the_code_of_an_invitation_opens_no_status() -> None:
    found, _ = invited(officer())
    shortlinks.keep(LinkKind.INVITATION, [found.ref], ends_at=found.ends_at)
    code = shortlinks.code_of(LinkKind.INVITATION, found.ref)

    assert Client().get("/cek-status/", {"kode": code}).status_code == 404


def test_the_page_comes_through_on_the_poorest_line() -> None:
    answer = Client().get("/cek-status/", {"kode": code_of(make.draft())})
    page = answer.content.decode()
    loaded = re.findall(r'(?:src|href)="(/statis/[^"]+)"', page)

    assert "<script" not in page
    assert len(loaded) == 1
    sheet = finders.find("public/css/small.css")
    assert isinstance(sheet, str)
    with open(sheet, "rb") as file:
        assert len(answer.content) + len(file.read()) < SMALL_BYTES


def test_the_page_is_kept_nowhere() -> None:
    answer = Client().get("/cek-status/", {"kode": code_of(make.draft())})

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_same_queries_whatever_stands_in_the_rooms(django_assert_num_queries: object) -> None:
    code = code_of(make.draft())
    Client().get("/cek-status/", {"kode": code})

    with django_assert_num_queries(10):  # type: ignore[operator]
        Client().get("/cek-status/", {"kode": code})


def test_a_short_link_leads_within_the_house_and_counts_looks_only() -> None:
    found, _ = invited(officer())
    shortlinks.keep(LinkKind.INVITATION, [found.ref], ends_at=found.ends_at)
    path = f"/r/{shortlinks.code_of(LinkKind.INVITATION, found.ref)}"

    answer = Client().get(path)
    Client().head(path)

    assert answer["Location"] == f"{settings.PUBLIC_URL}/k/{token_of(found.ref)}/"
    link = ShortLink.objects.get()
    assert (link.looks, link.looked_on) == (1, TUESDAY.date())


def test_the_short_link_of_a_status_leads_to_its_page() -> None:
    code = code_of(make.draft())

    answer = Client().get(f"/r/{code.lower()}")

    assert answer["Location"] == f"{settings.PUBLIC_URL}/cek-status/?kode={code}"


@pytest.mark.parametrize("later", [0, 91])
def test_an_unknown_link_and_one_that_is_over_look_the_same(
    later: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/r/{code_of(make.draft())}" if later else "/r/0000000000"
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=later))

    answer = Client().get(path)

    assert answer.status_code == 404
    assert "Tautan ini tidak berlaku" in words(answer)


def test_a_kind_that_the_house_knows_no_page_for_leads_nowhere() -> None:
    shortlinks.keep("elsewhere", ["AAAAAAAAAA"], ends_at=TUESDAY + timedelta(days=1))

    assert Client().get(f"/r/{shortlinks.code_of('elsewhere', 'AAAAAAAAAA')}").status_code == 404
