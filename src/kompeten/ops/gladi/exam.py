"""Sittings in which nearly every step goes wrong: the client's own modules, the real server, real kills."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static

from kompeten.exams.queries import vault
from kompeten.exams.terms.vault import Ticket
from kompeten.foundation import clock
from kompeten.kernel import refs
from kompeten.ops import prepare
from kompeten.ops.bench.server import Server, free_port
from kompeten.ops.gladi.proof import Proof, prove

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
MODULES = ("attempt", "clock", "opening", "places", "stores", "sync")
CHROMIUM = "/usr/bin/chromium"
AT_ONCE = 6  # sittings played side by side
KILL_EVERY = 30  # sittings; bringing a server back takes seconds
TWO_DEVICES = 0.2
ITEMS, STEPS, SHARE = 12, (16, 40), 0.3
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Report:
    """What a fault rehearsal says; `runs`, `acknowledged`, `lost` and `wrong` are a contract."""

    runs: int
    faults: int
    acknowledged: int
    lost: int
    wrong: int
    kills: int
    seconds: float
    by_fault: dict[str, int]
    says: list[str]


def rehearse(*, runs: int, seed: int, say: Callable[[str], None]) -> Report:
    """Play `runs` sittings in the house at hand, which must be a scratch one, and prove each."""
    prepare.everything()
    begun = time.perf_counter()
    rng = random.Random(seed)  # noqa: S311 (the same faults for a seed)
    faults: Counter[str] = Counter()
    proof = Proof()
    port = free_port()
    words = ["kompeten", "serve", "--port", str(port)]
    server = Server(words, port=port, knock="/ujian/brankas/kunci")
    server.start()
    server.ready()
    kills = 0

    def kill() -> None:
        nonlocal kills
        kills += 1
        server.kill()
        server.start()
        server.ready()

    try:
        with _page(f"http://127.0.0.1:{port}", kill) as page:
            for start in range(0, runs, AT_ONCE):
                plans = [_plan(n, rng) for n in range(start, min(start + AT_ONCE, runs))]
                for played in page.evaluate("(plans) => window.gladi.play(plans)", plans):
                    faults.update(played["faults"])
                    proof += prove(played)
                say(f"{start + len(plans)} of {runs} sittings, {faults.total()} faults")
    finally:
        server.stop()
    return Report(
        runs=runs,
        faults=faults.total(),
        acknowledged=proof.acknowledged,
        lost=proof.lost,
        wrong=proof.wrong,
        kills=kills,
        seconds=round(time.perf_counter() - begun, 1),
        by_fault=dict(sorted(faults.items())),
        says=proof.says[:50],
    )


@contextmanager
def _page(url: str, kill: Callable[[], None]) -> Iterator["Page"]:
    """Open a page of the house in a real browser, with the harness in it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (comes with the test tools)

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_page()
        page.set_default_timeout(600_000)
        page.expose_function("killServer", kill)
        # Under the house's own address, since its policy allows scripts from nowhere else.
        page.route("**/gladi/*.js", lambda route: route.fulfill(path=_file(route.request.url)))
        page.goto(f"{url}/ujian/latihan/")
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
