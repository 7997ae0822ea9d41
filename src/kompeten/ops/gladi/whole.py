"""Whole sittings on a killable phone: from the door to the receipt, with the plug pulled in between."""

import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kompeten.exams.queries import vault
from kompeten.ops.gladi import keycode
from kompeten.ops.gladi.browser import Phone
from kompeten.ops.gladi.cohort import Candidate
from kompeten.ops.gladi.house import KILLED, POWER_LOST, House
from kompeten.ops.gladi.proof import Proof

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Playwright

PATIENCE = 180_000.0  # milliseconds; a busy machine is slow, and the longest back-off is half of it
MISTYPED = "key code mistyped"
MISTAKES = 2  # at most, before the code is right
# What comes after each tap, in an order drawn for each sitting; "" is nothing.
EVENTS = {
    "browser killed": 2, "tab killed": 2, KILLED: 1, POWER_LOST: 1,
    "line away": 2, "line back": 2, "": 4,
}  # fmt: skip
SHOWN = (
    "Object.fromEntries([...document.querySelectorAll('[data-x-item]')].map("
    "(e) => [e.dataset.xItem, e.querySelector('input:checked')?.value]))"
)
KEPT = (
    "([n, c]) => { const item = document.querySelector(`[data-x-item='${n}']`);"
    " return item.dataset.state === 'kept' && item.querySelector('input:checked')?.value === c; }"
)
TOLD = (
    "([name, n]) => { const words = document.querySelector('#x-words').content;"
    " const word = words.querySelector(`[data-word=${name}]`).textContent.replace('{n}', n);"
    " const line = document.querySelector('[data-x-code-said]');"
    " return line.checkVisibility() && line.textContent === word; }"
)


@dataclass(slots=True)
class Sitting:
    """One candidate's exam: what was confirmed on the screen so far, and what went wrong with it."""

    phone: Phone
    candidate: Candidate
    house: House
    rng: random.Random
    by_code: bool  # the paper is opened without a line
    is_away: bool = False  # the line
    confirmed: dict[str, str] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)
    proof: Proof = field(default_factory=Proof)

    def play(self) -> None:
        """Sit the whole exam and hand in; afterwards `proof` and `events` say how it went."""
        context = self.phone.start()
        page = self._begin(context)
        planned = [event for event, times in EVENTS.items() for _ in range(times)]
        self.rng.shuffle(planned)
        for event in planned:
            self._tap(page)
            context, page = self._strike(event, context, page)
        context.set_offline(False)
        self._hand_in(page)
        self.phone.kill()
        self._prove()

    def says(self, text: str, *, lost: int = 0, wrong: int = 0) -> None:
        """Note what is not as it should be."""
        self.proof.lost += lost
        self.proof.wrong += wrong
        self.proof.says.append(f"{self.candidate.attempt}: {text}")

    def _begin(self, context: "BrowserContext") -> "Page":
        cookie = {"name": "sesi", "value": self.candidate.session, "url": self.house.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = _page(context)
        page.goto(f"{self.house.url}/ujian/{self.candidate.attempt}/")
        page.locator("[data-x-prepare-now]").click()
        page.locator("[data-x-prepare][data-state=prepared]").wait_for()
        page.evaluate("navigator.serviceWorker.ready")
        if self.by_code:
            context.set_offline(True)
            self.is_away = True
        page.locator("[data-x-to-sheet]").click()
        page.locator("[data-x-begin]:enabled").click()
        if self.by_code:
            self._type_code(page)
        page.locator("[data-x-item]").first.wait_for(state="attached")
        return page

    def _type_code(self, page: "Page") -> None:
        """Mistype the code, hear in words what is wrong, and type it right in a hand of one's own."""
        code = self.candidate.code
        box = page.locator("[data-x-code]")
        for _ in range(self.rng.randint(1, MISTAKES)):
            self.events[MISTYPED] += 1
            text, signs = keycode.wrong(code, self.rng)
            box.fill(text)
            box.press("Enter")
            word = "code-wrong" if signs == len(code) else "code-length"
            page.wait_for_function(TOLD, arg=[word, signs])
            if page.locator("[data-x-item]").count():
                self.says(f"{text} opened the paper", wrong=1)
        box.fill(keycode.freely(code, self.rng))
        box.press("Enter")

    def _tap(self, page: "Page") -> None:
        items = page.locator("[data-x-item]")
        item = items.nth(self.rng.randrange(items.count()))
        options = item.locator("label")
        label = options.nth(self.rng.randrange(options.count()))
        number = str(item.get_attribute("data-x-item"))
        choice = str(label.locator("input").get_attribute("value"))
        if self.confirmed.get(number) == choice:
            return
        label.evaluate("(label) => label.click()")
        page.wait_for_function(KEPT, arg=[number, choice])
        self.confirmed[number] = choice

    def _strike(
        self, event: str, context: "BrowserContext", page: "Page"
    ) -> "tuple[BrowserContext, Page]":
        if event in (KILLED, POWER_LOST):
            if event not in self.house.faults:
                return context, page
            self._end_server(event, page)
        elif event.startswith("line"):
            if self.is_away == (event == "line away"):
                return context, page
            self.is_away = not self.is_away
            context.set_offline(self.is_away)
        elif event == "tab killed":
            page.close()
            page = self._again(context)
        elif event == "browser killed":
            self.phone.kill()
            context = self.phone.start()
            context.set_offline(self.is_away)
            page = self._again(context)
        else:
            return context, page
        self.events[event] += 1
        return context, page

    def _end_server(self, event: str, page: "Page") -> None:
        """With a line, let everything be signed for first: that must be there when the server is back."""
        signed = set()
        if not self.is_away:
            page.evaluate("dispatchEvent(new Event('online'))")
            page.locator("[data-x-saved][data-state=sent]").wait_for()
            signed = self._links()
        self.house.end(event)
        if missing := signed - self._links():
            self.says(f"{event}: {len(missing)} links are gone", lost=len(missing))

    def _links(self) -> set[tuple[str, int]]:
        return set(vault.links(vault.beside(self.candidate.attempt)))

    def _again(self, context: "BrowserContext") -> "Page":
        page = _page(context)
        page.goto(f"{self.house.url}/ujian/{self.candidate.attempt}/lembar/")
        page.locator("[data-x-item]").first.wait_for(state="attached")
        shown = page.evaluate(SHOWN)
        for number, choice in self.confirmed.items():
            if shown.get(number) != choice:
                self.says(f"item {number}: {choice} was kept, {shown.get(number)} shown", lost=1)
        return page

    def _hand_in(self, page: "Page") -> None:
        page.locator("[data-x-overview] summary").click()
        page.locator("[data-x-finish]").click()
        page.locator("[data-x-hand-in] button").click()
        page.locator("[data-x-arrival=arrived]").wait_for()

    def _prove(self) -> None:
        held = vault.held(vault.beside(self.candidate.attempt))
        self.proof.acknowledged = held.links
        stands = {str(item): choice for item, choice in held.answers.items() if choice}
        for number, choice in self.confirmed.items():
            if number not in stands:
                self.says(f"item {number}: {choice} never came", lost=1)
            elif stands[number] != choice:
                self.says(f"item {number}: {choice} came as {stands[number]}", wrong=1)
        if stands.keys() - self.confirmed.keys():
            self.says(f"answers that nobody gave: {stands}", wrong=1)


def play(
    playwright: "Playwright",
    candidate: Candidate,
    house: House,
    rng: random.Random,
    *,
    by_code: bool,
) -> tuple[Proof, Counter[str]]:
    """Play one whole sitting; return what the vault says of it, and what was done to it.

    The paper is opened by line, or without one `by_code`.
    A page that never comes to where it should be is wrong too.
    """
    from playwright.sync_api import Error  # noqa: PLC0415 (comes with the test tools)

    with tempfile.TemporaryDirectory(prefix="kompeten-ponsel-") as profile:
        phone = Phone(playwright, Path(profile))
        sitting = Sitting(phone, candidate, house, rng, by_code)
        try:
            sitting.play()
        except Error as error:
            sitting.says(f"did not come to its end: {error.message}", wrong=1)
        finally:
            phone.kill()
    return sitting.proof, sitting.events


def _page(context: "BrowserContext") -> "Page":
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page
