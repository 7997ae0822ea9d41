"""Whole sittings on a killable phone: from the door to the receipt, with the plug pulled in between."""

import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kompeten.exams.actions.receiving import journal
from kompeten.exams.queries import vault
from kompeten.ops.gladi.browser import Phone
from kompeten.ops.gladi.cohort import Candidate
from kompeten.ops.gladi.proof import Proof

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Playwright

TAPS = 14
ARRIVES_WITHIN = 180_000.0  # milliseconds, the longest back-off twice
EVENTS = ("browser killed", "tab killed", "server killed", "line away", "line back", "")
WEIGHTS = (2, 2, 1, 2, 2, 5)


@dataclass(slots=True)
class Sitting:
    """One candidate's exam: what was confirmed on the screen so far, and what went wrong with it."""

    phone: Phone
    candidate: Candidate
    url: str
    rng: random.Random
    kill_server: Callable[[], None]
    confirmed: dict[str, str] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)
    proof: Proof = field(default_factory=Proof)

    def play(self) -> None:
        """Sit the whole exam and hand in; afterwards `proof` and `events` say how it went."""
        context = self.phone.start()
        page = self._begin(context)
        for _ in range(TAPS):
            self._tap(page)
            (event,) = self.rng.choices(EVENTS, WEIGHTS)
            if event:
                self.events[event] += 1
                context, page = self._strike(event, context, page)
        context.set_offline(False)
        self._hand_in(page)
        self.phone.kill()
        self._prove()

    def _begin(self, context: "BrowserContext") -> "Page":
        cookie = {"name": "sesi", "value": self.candidate.session, "url": self.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{self.url}/ujian/{self.candidate.attempt}/")
        page.locator("[data-x-prepare-now]").click()
        page.locator("[data-x-prepare][data-state=prepared]").wait_for()
        page.evaluate("navigator.serviceWorker.ready")
        page.locator("[data-x-to-sheet]").click()
        page.locator("[data-x-begin]:enabled").click()
        page.locator("[data-x-item]").first.wait_for(state="attached")
        return page

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
        page.wait_for_function(
            "([n, c]) => { const item = document.querySelector(`[data-x-item='${n}']`);"
            " return item.dataset.state === 'kept' && item.querySelector('input:checked')?.value === c; }",
            arg=[number, choice],
        )
        self.confirmed[number] = choice

    def _strike(
        self, event: str, context: "BrowserContext", page: "Page"
    ) -> "tuple[BrowserContext, Page]":
        if event == "server killed":
            self.kill_server()
        elif event.startswith("line"):
            context.set_offline(event == "line away")
        elif event == "tab killed":
            page.close()
            page = self._again(context)
        else:
            self.phone.kill()
            context = self.phone.start()
            page = self._again(context)
        return context, page

    def _again(self, context: "BrowserContext") -> "Page":
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{self.url}/ujian/{self.candidate.attempt}/lembar/")
        page.locator("[data-x-item]").first.wait_for(state="attached")
        shown = page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('[data-x-item]')].map("
            "(e) => [e.dataset.xItem, e.querySelector('input:checked')?.value]))"
        )
        for number, choice in self.confirmed.items():
            if shown.get(number) != choice:
                self._says(
                    lost=1, text=f"item {number}: {choice} was kept, {shown.get(number)} shown"
                )
        return page

    def _hand_in(self, page: "Page") -> None:
        page.locator("[data-x-overview] summary").click()
        page.locator("[data-x-finish]").click()
        page.locator("[data-x-hand-in] button").click()
        page.locator("[data-x-arrival=arrived]").wait_for(timeout=ARRIVES_WITHIN)

    def _prove(self) -> None:
        held = vault.held(journal().of(self.candidate.attempt))
        self.proof.acknowledged = held.links
        stands = {str(item): choice for item, choice in held.answers.items() if choice}
        for number, choice in self.confirmed.items():
            if number not in stands:
                self._says(lost=1, text=f"item {number}: {choice} never came")
            elif stands[number] != choice:
                self._says(wrong=1, text=f"item {number}: {choice} came as {stands[number]}")
        if stands.keys() - self.confirmed.keys():
            self._says(wrong=1, text=f"answers that nobody gave: {stands}")

    def _says(self, text: str, *, lost: int = 0, wrong: int = 0) -> None:
        self.proof.lost += lost
        self.proof.wrong += wrong
        self.proof.says.append(f"{self.candidate.attempt}: {text}")


def play(
    playwright: "Playwright",
    candidate: Candidate,
    *,
    url: str,
    rng: random.Random,
    kill_server: Callable[[], None],
) -> tuple[Proof, Counter[str]]:
    """Play one whole sitting; return what the vault says of it, and what was done to it."""
    with tempfile.TemporaryDirectory(prefix="kompeten-ponsel-") as profile:
        phone = Phone(playwright, Path(profile))
        sitting = Sitting(phone, candidate, url, rng, kill_server)
        try:
            sitting.play()
        finally:
            phone.kill()
    return sitting.proof, sitting.events
