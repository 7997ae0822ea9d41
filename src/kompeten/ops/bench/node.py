"""Does a small laptop carry a room? A whole sitting on one core and 1 GB, a power cut in it, and home again.

The house at hand is headquarters; the site is a process of its own with its own disk and keys, which
knows of no other machine. Phones are raw sockets; ninety minutes pass in `seconds`.
"""

import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kompeten.ops.bench import proof
from kompeten.ops.bench.laptop import Laptop
from kompeten.ops.walk.stage import Say

if TYPE_CHECKING:
    pass

MINUTES = 90
SAVE_EVERY = 40.0  # seconds of the exam between two messages of a phone, as the intake asks for
MORE = 1.25  # so many people apply for each seat: some do not get so far


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it; the keys are a contract with other programs. `lost` counts acknowledged messages
    that headquarters lacks, or has with another content or instant, after the parcel came back."""

    phones: int
    messages: int
    lost: int
    errors: int
    doors_p95_ms: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    again: int
    cut_seconds: float
    peak_rss_mb: int
    parcel_kb: int
    unpack_seconds: float
    copy_lacks: int
    seconds: float


def bench(phones: int, *, seconds: float, seed: int, folder: Path, say: Say) -> Report:
    """Play the sitting and return what came of it."""
    begun = time.monotonic()
    rng = random.Random(seed)  # noqa: S311 (the same room for a seed)
    say("headquarters: people, papers, seats")
    stage, sitting = _headquarters(phones, rng=rng, say=say)
    laptop = Laptop(folder, say=say)
    parcel = _given(stage, sitting, laptop)
    laptop.start()
    say(f"{phones} phones at the door")
    held = laptop.doors(actions_codes(laptop, parcel), opens=sitting.opens_at, say=say)
    people = [phone.candidate for phone in held]
    tallies, cut = _sit(people, laptop, seconds=seconds, rng=rng, say=say)
    took = sorted(t for tally in tallies for t in tally.took)
    receipts = [r for tally in tallies for r in tally.receipts]
    peak = laptop.peak_rss_mb()
    say("home again")
    done, copied, size, spent = _home(stage, laptop)
    lost = proof.lost(receipts) + proof.lost([phone.opened for phone in held])
    laptop.stop()
    doors = sorted(t for phone in held for t in phone.took)
    return Report(
        phones=len(held),
        messages=len(receipts) + len(held),
        lost=lost,
        errors=sum(t.errors for t in tallies) + sum(done.refused.values()) + (phones - len(held)),
        doors_p95_ms=_share(doors, 0.95),
        p50_ms=_share(took, 0.5),
        p95_ms=_share(took, 0.95),
        p99_ms=_share(took, 0.99),
        again=sum(t.again for t in tallies),
        cut_seconds=cut,
        peak_rss_mb=peak,
        parcel_kb=size // 1024,
        unpack_seconds=spent,
        copy_lacks=done.rows - copied.rows,
        seconds=round(time.monotonic() - begun, 1),
    )
