"""How do tests sit an exam in a browser, and ask what the server holds of it?"""

import subprocess
import sys
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import house as houses
from tests.browser.house import House

CANDIDATE = "peserta"
CODE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "kompeten.config.settings"
import django
django.setup()
from kompeten.exams.adapters import keys
from kompeten.exams.models import Sitting
sitting = Sitting.objects.get(ref="{ref}")
print(keys.sitting_code(sitting.ref, sitting.code_renewals))
"""


def door(context: BrowserContext) -> Page:
    """Go to the door of the candidate's sitting, from their own pages."""
    page = context.new_page()
    page.goto("/saya/jadwal/")
    href = page.locator("a[href^='/ujian/']").first.get_attribute("href")
    assert href
    page.goto(href)
    return page


def ref_of(page: Page) -> str:
    """Return which attempt the page is about."""
    return page.url.split("/ujian/")[1].split("/")[0]


def prepare(page: Page) -> None:
    """Press the button at the door that makes the device ready, and wait until it is."""
    page.locator("[data-x-prepare-now]").click()
    page.locator("[data-x-prepare][data-state=prepared]").wait_for()
    page.evaluate("navigator.serviceWorker.ready")


def begin(page: Page) -> None:
    """Go from the door to the paper and begin."""
    page.locator("[data-x-to-sheet]").click()
    page.locator("[data-x-begin]:enabled").click()
    at_the_paper(page)


def at_the_paper(page: Page) -> None:
    """Wait until the paper is open and its own device has what there was."""
    page.locator("[data-x-item]").first.wait_for(state="attached")


def choose(page: Page, item: int, option: int) -> str:
    """Tap an option of the item at a place of the paper (from 0); return what was chosen."""
    field = page.locator("[data-x-item]").nth(item)
    chosen = field.locator("label").nth(option)
    chosen.click()
    expect(field).to_have_attribute("data-state", "kept")
    value = chosen.locator("input").get_attribute("value")
    assert value
    return value


def arrive(page: Page) -> None:
    """Send now what a calm server would get within half a minute; wait for its receipt."""
    page.evaluate("dispatchEvent(new Event('online'))")
    expect_state(page, "sent")


def expect_state(page: Page, state: str) -> None:
    """Wait until the line at the top says how it stands."""
    expect(page.locator("[data-x-saved]")).to_have_attribute("data-state", state, timeout=70_000)


def checked(page: Page) -> dict[str, str]:
    """Return what is chosen on the screen, by item number."""
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-x-item]')].map("
        "(e) => [e.dataset.xItem, e.querySelector('input:checked')?.value ?? ''])"
        ".filter(([, choice]) => choice))"
    )
    return found


def number(page: Page, item: int) -> str:
    """Return the number in the form of the item at a place of the paper (from 0)."""
    found = page.locator("[data-x-item]").nth(item).get_attribute("data-x-item")
    assert found
    return found


def held(context: BrowserContext, ref: str) -> dict[str, str]:
    """Return the answers that the server would show another device, by item number."""
    ticket = context.request.get(f"/ujian/{ref}/tiket.json").json()["ticket"]
    said = {"v": 1, "ticket": ticket, "chain": "f" * 16}
    opened: dict[str, Any] = context.request.post("/ujian/brankas/buka", data=said).json()
    return {item: choice for item, choice in opened["answers"].items() if choice}


def hand_in(page: Page) -> None:
    """Go to the end of the paper and hand in."""
    page.locator("[data-x-overview] summary").click()
    page.locator("[data-x-finish]").click()
    page.locator("[data-x-hand-in] button").click()


def code(house: House, page: Page) -> str:
    """Return the code that the invigilator of the page's sitting reads out."""
    sitting = page.context.request.get(f"/ujian/{ref_of(page)}/tiket.json").json()["sitting"]
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(ref=sitting)],
        env=houses.environment(house.folder),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()[-1]
