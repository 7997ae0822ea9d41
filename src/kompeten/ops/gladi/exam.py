"""Sittings in which nearly every step goes wrong: the client's own modules, the real server, real kills."""

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
from kompeten.ops.bench.server import Server, free_port
from kompeten.ops.gladi import cohort, whole
from kompeten.ops.gladi.browser import CHROMIUM
from kompeten.ops.gladi.cohort import Candidate
from kompeten.ops.gladi.proof import Proof, prove

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

HERE = Path(__file__).parent
MODULES = ("attempt", "clock", "opening", "places", "stores", "sync")
AT_ONCE = 6  # sittings played side by side
KILL_EVERY = 30  # sittings; bringing a server back takes seconds
TWO_DEVICES = 0.2
ITEMS, STEPS, SHARE = 12, (16, 40), 0.3
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Report:
    """What a fault rehearsal says; `runs`, `acknowledged`, `lost` and `wrong` are a contract.

    `runs` counts sittings on made-up devices, `whole` those on killable browsers.
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

    server: Server
    rng: random.Random
    say: Callable[[str], None]
    proof: Proof = field(default_factory=Proof)
    faults: Counter[str] = field(default_factory=Counter)
    kills: int = 0

    @property
    def url(self) -> str:
        """Where the server answers."""
        return f"http://127.0.0.1:{self.server.port}"

    def kill(self) -> None:
        """End every process of the server, and bring it back."""
        self.kills += 1
        self.server.kill()
        self.server.start()
        self.server.ready()

    def fast(self, playwright: "Playwright", runs: int) -> None:
        """Play `runs` sittings on made-up devices, several at once in one page."""
        with _page(playwright, self) as page:
            for start in range(0, runs, AT_ONCE):
                plans = [_plan(n, self.rng) for n in range(start, min(start + AT_ONCE, runs))]
                for played in page.evaluate("(plans) => window.gladi.play(plans)", plans):
                    self.faults.update(played["faults"])
                    self.proof += prove(played)
                self.say(f"{start + len(plans)} of {runs} sittings, {self.faults.total()} faults")

    def whole(self, playwright: "Playwright", candidates: Sequence[Candidate]) -> None:
        """Play a whole sitting for each candidate, one after the other."""
        for number, candidate in enumerate(candidates, 1):
            proof, events = whole.play(
                playwright, candidate, url=self.url, rng=self.rng, kill_server=self.kill
            )
            self.proof += proof
            self.faults.update(events)
            self.say(f"{number} of {len(candidates)} whole sittings: {dict(events)}")


def rehearse(*, runs: int, sittings: int, seed: int, say: Callable[[str], None]) -> Report:
    """Play `runs` sittings on made-up devices and `sittings` whole ones, and prove each.

    The house at hand must be a scratch one.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (comes with the test tools)

    prepare.everything()
    begun = time.perf_counter()
    rng = random.Random(seed)  # noqa: S311 (the same faults for a seed)
    candidates = cohort.seat(sittings, at=clock.now(), rng=rng) if sittings else []
    port = free_port()
    words = ["kompeten", "serve", "--port", str(port)]
    server = Server(words, port=port, knock="/ujian/brankas/kunci")
    server.start()
    server.ready()
    rehearsal = Rehearsal(server, rng, say)
    try:
        with sync_playwright() as playwright:
            if runs:
                rehearsal.fast(playwright, runs)
            rehearsal.whole(playwright, candidates)
    finally:
        server.stop()
    proof = rehearsal.proof
    return Report(
        runs=runs,
        whole=len(candidates),
        faults=rehearsal.faults.total(),
        acknowledged=proof.acknowledged,
        lost=proof.lost,
        wrong=proof.wrong,
        kills=rehearsal.kills,
        seconds=round(time.perf_counter() - begun, 1),
        by_fault=dict(sorted(rehearsal.faults.items())),
        says=proof.says[:50],
    )


@contextmanager
def _page(playwright: "Playwright", rehearsal: Rehearsal) -> Iterator["Page"]:
    """Open a page of the house in a real browser, with the harness in it."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
    page = browser.new_page()
    page.set_default_timeout(600_000)
    page.expose_function("killServer", lambda: rehearsal.kill())  # it marks its function
    # Under the house's own address, since its policy allows scripts from nowhere else.
    page.route("**/gladi/*.js", lambda route: route.fulfill(path=_file(route.request.url)))
    page.goto(f"{rehearsal.url}/ujian/latihan/")
    page.evaluate("import('/gladi/harness.js')")
    page.evaluate("(urls) => window.gladi.use(urls)", _modules())
    yield page
    browser.close()


def _file(url: str) -> Path:
    return HERE / url.rpartition("/")[2]


def _modules() -> dict[str, str]:
    return {name: static(f"examroom/{name}.js") for name in MODULES}


def _plan(number: int, rng: random.Random) -> dict[str, Any]:
    attempt, steps = refs.new(rng), rng.randint(*STEPS)
    now = int(clock.now().timestamp() * 1000)
    ticket = Ticket(attempt, refs.new(rng), "0" * 16, now - HOUR_MS, now + 12 * HOUR_MS)
    return {
        "attempt": attempt,
        "ticket": vault.ticket(ticket),
        "keys": vault.public_keys(),
        "seed": rng.getrandbits(32),
        "items": ITEMS,
        "steps": steps,
        "share": SHARE,
        "two": rng.random() < TWO_DEVICES,
        "kill": rng.randrange(steps) if number % KILL_EVERY == KILL_EVERY // 2 else -1,
    }
