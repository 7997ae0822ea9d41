"""Does a verifier clear files without leaving the keyboard, in few requests, and without a script as well?"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser import house as houses
from tests.browser import looks, phones
from tests.browser.house import House

QUEUE = "/kantor/verifikasi/"
WIDE = 1280
SECOND_ROUND = """
import os, random
os.environ["DJANGO_SETTINGS_MODULE"] = "kompeten.config.settings"
import django
django.setup()
from datetime import timedelta
from kompeten.applications import actions as applications
from kompeten.foundation import clock
from kompeten.people import queries as people
from kompeten.people.models import Account
from kompeten.verification import actions
from kompeten.verification.terms import Fault
from tests.make import verification as make
from tests.make.applications import owner
at = clock.now()
held = Account.objects.get(email="verifikator@peragaan.example")
by = people.actor(held.pk, at=at)
review, _ = make.claimed(8300, by=by, at=at)
faults = {"identity_card": Fault.UNREADABLE}
actions.note(review, make.in_order(review, faults=faults), by=by, at=at)
actions.return_for_correction(review, by=by, at=at)
application = review.application
application.refresh_from_db()
applications.submit(application, agreed=True, by=owner(application), at=at)
print(actions.claim(application, by=by, at=at, rng=random.SystemRandom()).ref)
"""


def take(page: Page) -> None:
    """Take the next file from the queue."""
    page.goto(QUEUE)
    page.locator('button[name=jumlah][value="1"]').first.click()
    page.wait_for_selector("form#lembar")
    houses.awake(page)


def seen(page: Page, name: str) -> None:
    """Keep a picture for whoever asked for pictures."""
    if folder := os.environ.get("BROWSER_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=False)


def judge_all(page: Page) -> int:
    """Mark every document in order, by key; return how many there are."""
    count = page.locator("[data-k-desk-row]").count()
    page.keyboard.press("j")
    for _ in range(count):
        page.keyboard.press("y")
    return count


def asked(requests: list[Request]) -> list[str]:
    """Return the requests for pages and answers, without pictures and what is kept in the browser."""
    kinds = {"document", "fetch", "xhr"}
    return [f"{r.method} {r.url}" for r in requests if r.resource_type in kinds]


def test_a_file_is_cleared_by_keys_and_the_next_opens_in_the_same_request(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, "verifikator", width=WIDE) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        take(page)
        first, name = page.url, page.locator("h1").inner_text()
        seen(page, "meja")
        requests: list[Request] = []
        page.on("request", lambda request: requests.append(request))

        count = judge_all(page)
        seen(page, "meja-dinilai")
        assert page.locator("input[type=radio][value=met]:checked").count() == count
        page.keyboard.press("Shift+L")
        page.wait_for_url(lambda url: url != first)

        assert faults == []
        assert len(asked(requests)) == 1
        assert page.locator("form#lembar").count() == 1
        assert name in page.locator(".k-toasts").inner_text()
        assert page.evaluate("document.activeElement.id") == "isi"
        judge_all(page)
        assert page.locator("[data-k-desk-row]").count() > 0


def test_a_reason_is_found_by_typing_and_the_file_goes_back(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, "verifikator", width=WIDE) as context:
        page = context.new_page()
        take(page)
        first = page.url
        page.keyboard.press("j")
        page.keyboard.press("t")
        page.keyboard.type("terbaca jelas")
        seen(page, "meja-alasan")
        page.keyboard.press("Enter")
        for _ in range(page.locator("[data-k-desk-row]").count() - 1):
            page.keyboard.press("y")

        chosen = page.locator("[data-k-desk-why] select").first.input_value()
        on_answer = page.evaluate("document.activeElement.value")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != first)

        assert chosen
        assert on_answer == "kembalikan"


def test_keys_are_silent_while_one_writes_and_when_turned_off(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, "verifikator", width=WIDE) as context:
        page = context.new_page()
        take(page)
        page.keyboard.press("j")
        page.keyboard.press("t")
        page.keyboard.press("Escape")
        page.locator("textarea:visible").first.fill("")
        page.keyboard.type("yyy")
        written = page.locator("textarea:visible").first.input_value()
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        seen(page, "meja-tombol")
        page.locator("[data-k-desk-on]").uncheck()
        page.locator("h1").click()
        page.keyboard.press("j")
        page.keyboard.press("y")

        assert written == "yyy"
        assert page.locator("input[type=radio][value=met]:checked").count() == 0


def test_what_is_refused_is_said_and_what_was_marked_stays(
    chromium: Browser, own_house: House
) -> None:
    with houses.entered(chromium, own_house, "verifikator", width=WIDE) as context:
        page = context.new_page()
        take(page)
        first = page.url
        page.keyboard.press("j")
        page.keyboard.press("y")
        page.keyboard.press("Shift+L")
        page.wait_for_selector("[role=alert]")

        assert page.url == first
        assert page.locator("input[type=radio][value=met]:checked").count() == 1


@pytest.mark.parametrize("width", [360, WIDE])
def test_it_works_without_a_script(chromium: Browser, own_house: House, width: int) -> None:
    with houses.entered(chromium, own_house, "verifikator", width=width, script=False) as context:
        page = context.new_page()
        take(page)
        first = page.url
        for box in page.locator("[data-k-desk-row]").all():
            box.locator("input[type=radio]").first.check()
        seen(page, f"meja-tanpa-skrip-{width}")
        page.locator("button[value=loloskan]").click()

        assert page.url != first
        assert page.locator("form#lembar").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_was_found_of_an_unchanged_file_is_found_again_with_one_key(
    chromium: Browser, own_house: House
) -> None:
    ref = phones.told(own_house, SECOND_ROUND)
    with houses.entered(chromium, own_house, "verifikator", width=WIDE) as context:
        page = context.new_page()
        page.goto(f"{QUEUE}{ref}/")
        assert list(looks.faults(page)) == []
        seen(page, "meja-putaran-dua")
        rows = page.locator("[data-k-desk-row]")
        count = rows.count()

        page.keyboard.press("j")
        for _ in range(count):
            page.keyboard.press("s")

        # All but the card were in order; what was said of the card is said again, word for word.
        assert page.locator("input[type=radio][value=met]:checked").count() == count - 1
        card = rows.filter(has=page.locator("#judul-identity_card"))
        assert card.locator("select").input_value() == "fault.unreadable"
        assert card.locator("[role=combobox]").input_value() != ""
        assert card.locator("textarea").input_value() == "Mohon diperbaiki"
        assert page.locator(".k-desk-before:visible").count() == 0
        assert page.evaluate("document.activeElement.value") == "kembalikan"
        seen(page, "meja-putaran-dua-sama")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: ref not in url)
