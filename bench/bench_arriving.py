"""Do four documents arrive from a cheap phone over a dying line: how often, how soon, at how many bytes?

    python bench/bench_arriving.py [runs] [faster] [at once]      default 3 10 1

Each run is a person of their own with a phone of 360 px in Debian's Chromium, whose network is held to
64 kbit/s and 150 ms, behind a relay that loses 30 % of all segments (a lost one waits 300 ms, 600 ms …,
and holds up what is behind it) and dies twenty times in the middle of what is being sent. After the
second document the browser is switched off and on again. `faster` divides every time of the line and
multiplies its rate; what a person does and what the browser computes is not made faster. Baseline: the
same four photos as the phone took them, at the bare rate of the line, never interrupted. Budget: all
four in every run, at most 400 kB of documents.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "kompeten.config.settings"
if TYPE_CHECKING:
    from tests.browser.arriving import Run
FIRST_PERSON, MOST_BYTES = 5000, 400_000


def main(runs: int, faster: float, at_once: int) -> int:
    """Run so often and tell; say whether all arrived within the budget."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["KOMPETEN_DATA_DIR"] = f"{scratch}/own"
        import django

        django.setup()
        from playwright.sync_api import sync_playwright  # noqa: TID251 (no test)

        from tests.browser import arriving, phones
        from tests.browser import house as houses

        folder = Path(scratch) / "house"
        folder.mkdir()
        shots = arriving.taken()
        with houses.served(folder) as house:
            people = phones.applicants(house, *range(FIRST_PERSON, FIRST_PERSON + runs))

            def one(n: int) -> arriving.Run:
                with sync_playwright() as playwright:
                    done = arriving.run(
                        playwright.chromium,
                        house,
                        people[n],
                        shots,
                        folder=Path(scratch) / f"phone{n}",
                        seed=n,
                        faster=faster,
                    )
                print(f"{n + 1:4d}  {done}", flush=True)
                return done

            with ThreadPoolExecutor(at_once) as pool:
                done = list(pool.map(one, range(runs)))
    return told(done, baseline=sum(map(len, shots.values())) / arriving.BYTES_A_SECOND)


def told(done: "Sequence[Run]", *, baseline: float) -> int:
    """Print the figures of all runs; return what the process ends with."""
    whole = [run for run in done if run.arrived == 4 and run.document_bytes <= MOST_BYTES]
    cuts = [run.cuts for run in done]
    sent, documents = ([getattr(run, n) for run in done] for n in ("sent_bytes", "document_bytes"))
    print(f"{len(whole)} of {len(done)} runs: all four documents there, at most 400 kB")
    print(
        f"cuts a run {min(cuts)} to {max(cuts)}, documents at most {max(documents) / 1000:.0f} kB"
    )
    print(
        f"sent with headers, pages and repetitions: median {statistics.median(sent) / 1000:.0f} kB"
    )
    seconds = statistics.median(run.seconds for run in done)
    print(f"seconds of the line, median: {seconds:.0f}; baseline {baseline:.0f}")
    return 0 if len(whole) == len(done) else 1


if __name__ == "__main__":
    given = [float(text) for text in sys.argv[1:]]
    runs, faster, at_once = given + [3, 10, 1][len(given) :]
    sys.exit(main(int(runs), faster, int(at_once)))
