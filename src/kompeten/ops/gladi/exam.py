"""Sittings in which nearly every step goes wrong: the client's own modules, the real server, real ends of it."""

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static

from kompeten.exams.queries import vault
from kompeten.exams.terms.vault import Ticket
from kompeten.foundation import clock
from kompeten.kernel import refs
from kompeten.ops import prepare
from kompeten.ops.gladi import cohort, house, whole
from kompeten.ops.gladi.browser import CHROMIUM
from kompeten.ops.gladi.cohort import Candidate
from kompeten.ops.gladi.house import House
from kompeten.ops.gladi.proof import Proof, prove

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

HERE = Path(__file__).parent
MODULES = ("attempt", "clock", "opening", "places", "stores", "sync")
AT_ONCE = 6  # sittings played side by side
END_EVERY = 30  # sittings, for each way in which the server ends; bringing it back takes seconds
TWO_DEVICES = 0.2
ITEMS, STEPS, SHARE = 12, (16, 40), 0.3
HOUR_MS = 3_600_000
SAID_MOST = 50  # lines


@dataclass(frozen=True, slots=True)
class Report:
    """What a fault rehearsal says; `runs`, `acknowledged`, `lost` and `wrong` are a contract.

    `runs` counts sittings on made-up devices, `whole` those on killable browsers, `kills` how often
    the server was ended, with and without its power.
    """

    runs: int
    whole: int
    faults: int
    acknowledged: int
    lost: int
    wrong: int
    kills: int
    seconds: float
    by_fault: dict[str, int]
    says: list[str]


@dataclass(slots=True)
class Rehearsal:
    """The house under rehearsal, and what was found so far."""

    house: House
    rng: random.Random
    say: Callable[[str], None]
    proof: Proof = field(default_factory=Proof)
    faults: Counter[str] = field(default_factory=Counter)

    def fast(self, playwright: "Playwright", runs: int) -> None:
        """Play `runs` sittings on made-up devices, several at once in one page."""
        begun = time.perf_counter()
        with _page(playwright, self.house) as page:
            for start in range(0, runs, AT_ONCE):
                numbers = range(start, min(start + AT_ONCE, runs))
                plans = [_plan(n, self.house.faults, self.rng) for n in numbers]
                for played in page.evaluate("(plans) => window.gladi.play(plans)", plans):
                    self.faults.update(played["faults"])
                    self.proof += prove(played, vault.beside(played["attempt"]))
                self._tell(numbers.stop, runs, "sittings", f"{self.faults.total()} faults", begun)

    def whole(self, playwright: "Playwright", candidates: Sequence[Candidate]) -> None:
        """Play a whole sitting for each candidate, one after the other, every second by line."""
        begun = time.perf_counter()
        for number, candidate in enumerate(candidates, 1):
            by_code = number % 2 == 1
            proof, events = whole.play(playwright, candidate, self.house, self.rng, by_code=by_code)
            self.proof += proof
            self.faults.update(events)
            happened = ", ".join(f"{fault} {times}" for fault, times in sorted(events.items()))
            self._tell(number, len(candidates), "whole sittings", happened, begun)

    def _tell(self, number: int, count: int, what: str, happened: str, begun: float) -> None:
        left = (time.perf_counter() - begun) / number * (count - number) / 60
        found = self.proof + self.house.proof
        self.say(
            f"{number} of {count} {what}: {happened};"
            f" {found.lost} lost, {found.wrong} wrong; about {left:.0f} minutes left"
        )


def rehearse(*, runs: int, sittings: int, seed: int | str, say: Callable[[str], None]) -> Report:
    """Play `runs` sittings on made-up devices and `sittings` whole ones, and prove each.

    The house at hand must be a scratch one.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415, TID251 (comes with the test tools)

    # Playwright keeps an event loop in this thread; no query of ours is made by anything in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    prepare.everything()
    begun = time.perf_counter()
    rng = random.Random(seed)  # noqa: S311 (the same faults for a seed)
    candidates = cohort.seat(sittings, at=clock.now(), rng=rng) if sittings else []
    with house.opened(rng) as served, sync_playwright() as playwright:
        rehearsal = Rehearsal(served, rng, say)
        if runs:
            rehearsal.fast(playwright, runs)
        rehearsal.whole(playwright, candidates)
    proof = rehearsal.proof + served.proof
    return Report(
        runs=runs,
        whole=len(candidates),
        faults=rehearsal.faults.total(),
        acknowledged=proof.acknowledged,
        lost=proof.lost,
        wrong=proof.wrong,
        kills=served.kills,
        seconds=round(time.perf_counter() - begun, 1),
        by_fault=dict(sorted(rehearsal.faults.items())),
        says=proof.says[:SAID_MOST],
    )


def together(reports: Sequence[Report], *, seconds: float) -> Report:
    """Return what several rehearsals say as one, which took so many `seconds`."""
    by_fault: Counter[str] = sum((Counter(one.by_fault) for one in reports), Counter())
    return Report(
        runs=sum(one.runs for one in reports),
        whole=sum(one.whole for one in reports),
        faults=by_fault.total(),
        acknowledged=sum(one.acknowledged for one in reports),
        lost=sum(one.lost for one in reports),
        wrong=sum(one.wrong for one in reports),
        kills=sum(one.kills for one in reports),
        seconds=round(seconds, 1),
        by_fault=dict(sorted(by_fault.items())),
        says=[line for one in reports for line in one.says][:SAID_MOST],
    )


@contextmanager
def _page(playwright: "Playwright", served: House) -> Iterator["Page"]:
    """Open a page of the house in a real browser, with the harness in it."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
    page = browser.new_page()
    page.set_default_timeout(600_000)
    page.expose_function("endServer", lambda fault: served.end(fault))  # it marks its function
    # Under the house's own address, since its policy allows scripts from nowhere else.
    page.route("**/gladi/*.js", lambda route: route.fulfill(path=_file(route.request.url)))
    page.goto(f"{served.url}/ujian/latihan/")
    page.evaluate("import('/gladi/harness.js')")
    page.evaluate("(urls) => window.gladi.use(urls)", _modules())
    yield page
    browser.close()


def _file(url: str) -> Path:
    return HERE / url.rpartition("/")[2]


def _modules() -> dict[str, str]:
    return {name: static(f"examroom/{name}.js") for name in MODULES}


def _plan(number: int, ends: Sequence[str], rng: random.Random) -> dict[str, Any]:
    """Return what the page needs to play sitting `number`; of every `END_EVERY` one meets each of `ends`."""
    attempt, steps = refs.new(rng), rng.randint(*STEPS)
    now = int(clock.now().timestamp() * 1000)
    ticket = Ticket(attempt, refs.new(rng), "0" * 16, now - HOUR_MS, now + 12 * HOUR_MS)
    turns = {END_EVERY * (n + 1) // (len(ends) + 1): fault for n, fault in enumerate(ends)}
    fault = turns.get(number % END_EVERY)
    return {
        "attempt": attempt,
        "ticket": vault.ticket(ticket),
        "keys": vault.public_keys(),
        "seed": rng.getrandbits(32),
        "items": ITEMS,
        "steps": steps,
        "share": SHARE,
        "two": rng.random() < TWO_DEVICES,
        "end": {"step": rng.randrange(steps) if fault else -1, "fault": fault},
    }
