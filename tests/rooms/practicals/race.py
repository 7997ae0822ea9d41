"""Eight people want the same dossiers and assessors at one moment; run by test_race.py by itself."""

import json
import random
import sys

import django

django.setup()


from kompeten.kernel import digest  # noqa: E402 (the tables are known only now)
from kompeten.kernel.interval import Window  # noqa: E402
from kompeten.kernel.panels import meet  # noqa: E402
from kompeten.portfolios import actions as portfolios  # noqa: E402
from kompeten.portfolios import queries as dossiers  # noqa: E402
from kompeten.portfolios import tasks  # noqa: E402
from kompeten.portfolios.models import Assessment, Dossier  # noqa: E402
from kompeten.practicals.models import Rating, Slot  # noqa: E402
from tests.make import portfolios as make_portfolios  # noqa: E402
from tests.make import practicals as make_practicals  # noqa: E402
from tests.make.races import THREADS, race  # noqa: E402
from tests.make.times import MONDAY, TUESDAY  # noqa: E402


def race_to_hand_in() -> dict[str, object]:
    """Hand in the same dossier eight times, each from its own reading."""
    dossier, ani = make_portfolios.written(1)
    read = [Dossier.objects.get(pk=dossier.pk) for _ in range(THREADS)]

    def hand_in(number: int) -> str:
        portfolios.hand_in(read[number], by=ani, at=TUESDAY)
        return "won"

    return {"met": race(hand_in)}


def race_of_writing_and_handing_in() -> dict[str, object]:
    """Hand in while seven windows are still saving; compare the digest with what stands there."""
    dossier, ani = make_portfolios.written(2)
    read = [Dossier.objects.get(pk=dossier.pk) for _ in range(THREADS)]

    def act(number: int) -> str:
        if number == 0:
            portfolios.hand_in(read[number], by=ani, at=TUESDAY)
            return "handed in"
        text = make_portfolios.essay(100 + number)
        portfolios.save(read[number], answers={"a_what": text}, by=ani, at=TUESDAY)
        return "saved"

    met = race(act)
    dossier.refresh_from_db()
    whole = {
        "answers": {item: text.text for item, text in dossiers.texts(dossier).items()},
        "vitae": {code: part.entries for code, part in dossiers.parts(dossier).items()},
    }
    return {
        "known": set(met) <= {"handed in", "saved", "stale"},
        "same": digest.of(whole) == dossier.digest,
    }


def race_to_assign() -> dict[str, object]:
    """Let eight officers give readers to the same dossier."""
    dossier, _ = make_portfolios.handed_in(3)
    pool = make_portfolios.assessors(6)

    def assign(number: int) -> str:
        result = portfolios.assign(
            [dossier],
            assessors=pool,
            on=MONDAY.date(),
            by=make_portfolios.OFFICER,
            at=MONDAY,
            seed=number,
            rng=random.Random(1000 + number),
        )
        return f"opened {result.opened}"

    return {"met": race(assign), "readings": dossier.readings.count()}


def race_to_settle() -> dict[str, object]:
    """Let eight workers accept and settle the same dossiers."""
    pool = make_portfolios.assessors(6)
    waiting = [make_portfolios.handed_in(n)[0] for n in range(11, 16)]
    for reading in make_portfolios.assign(waiting, pool, seed=50):
        make_portfolios.read(reading, pool)

    def settle(_: int) -> str:
        while tasks.accept(at=TUESDAY) + tasks.assess(at=TUESDAY):
            continue
        return "done"

    race(settle)
    return {"seals": Assessment.objects.filter(dossier__in=waiting).count()}


def race_to_book() -> dict[str, object]:
    """Let eight officers book eight candidates at the same hour; the assessors suffice for three."""
    pool = make_practicals.assessors(6)
    candidates = [make_practicals.candidate(n) for n in range(21, 21 + THREADS)]

    def book(number: int) -> str:
        result = make_practicals.book(
            [candidates[number]], pool, plan=make_practicals.seats(1), seed=number
        )
        return "booked" if result.slots else " ".join(result.left.values())

    met = race(book)
    held: dict[int, list[Window]] = {}
    clashes = 0
    for rating in Rating.objects.select_related("slot"):
        span = Window(rating.slot.starts_at, rating.slot.ends_at)
        clashes += any(meet(span, other) for other in held.get(rating.assessor_id, []))
        held.setdefault(rating.assessor_id, []).append(span)
    return {"met": met, "slots": Slot.objects.count(), "clashes": clashes}


if __name__ == "__main__":
    races = (
        race_to_hand_in,
        race_of_writing_and_handing_in,
        race_to_assign,
        race_to_settle,
        race_to_book,
    )
    json.dump({run.__name__: run() for run in races}, sys.stdout)
