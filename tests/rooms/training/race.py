"""Eight people want the same applications and places at one moment; run by test_race.py by itself.

A race needs commits, and the ledger refuses to be emptied afterwards: so it has a database that is
thrown away. Prints what each thread met, as JSON.
"""

import json
import random
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

django.setup()

from django.db import connection  # noqa: E402 (the tables are known only now)

from kompeten.foundation.ledger import StaleRecord, StepRefused  # noqa: E402
from kompeten.training import actions as training  # noqa: E402
from kompeten.training.models import Enrolment, Session  # noqa: E402
from kompeten.verification import actions as verification  # noqa: E402
from kompeten.verification.models import Review  # noqa: E402
from tests.make import applications as make_applications  # noqa: E402
from tests.make import training as make_training  # noqa: E402
from tests.make import verification as make_verification  # noqa: E402
from tests.make.times import MONDAY, TUESDAY  # noqa: E402

THREADS = 8


def race(run: Callable[[int], str]) -> list[str]:
    """Let all threads pass one gate together; return what they met, sorted."""
    gate = Barrier(THREADS)

    def one(number: int) -> str:
        connection.ensure_connection()
        gate.wait()
        try:
            return run(number)
        except StepRefused as refusal:
            return " ".join(refusal.reasons)
        except StaleRecord:
            return "stale"
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return sorted(pool.map(one, range(THREADS)))


def race_for_one_application() -> dict[str, object]:
    """Take the same application eight times, each by another verifier."""
    application, _ = make_applications.submitted(1)
    verifiers = [make_verifier(n) for n in range(THREADS)]

    def claim(number: int) -> str:
        rng = random.Random(number)
        verification.claim(application, by=verifiers[number], at=TUESDAY, rng=rng)
        return "won"

    met = race(claim)
    return {"met": met, "reviews": Review.objects.filter(application=application).count()}


def race_for_the_next() -> dict[str, object]:
    """Let eight verifiers ask for the next of eight applications, all at once."""
    for n in range(11, 11 + THREADS):
        make_applications.submitted(n)
    verifiers = [make_verifier(n) for n in range(THREADS)]

    def take_next(number: int) -> str:
        rng = random.Random(100 + number)
        taken = verification.claim_next(by=verifiers[number], at=TUESDAY, rng=rng)
        return str(taken[0].application_id)

    return {"taken": race(take_next)}


def race_for_places() -> dict[str, object]:
    """Give places to eight groups of two in a session for seven people."""
    fitri = make_training.coordinator()
    session = make_training.session(by=fitri, quota=7)
    groups = [
        [make_applications.accepted(n)[0] for n in (101 + 2 * g, 102 + 2 * g)]
        for g in range(THREADS)
    ]
    read = [Session.objects.get(pk=session.pk) for _ in range(THREADS)]

    def enrol(number: int) -> str:
        rng = random.Random(200 + number)
        training.enrol_many(read[number], groups[number], by=fitri, at=TUESDAY, rng=rng)
        return "won"

    met = race(enrol)
    taken = Session.objects.get(pk=session.pk).taken
    return {"met": met, "taken": taken, "places": Enrolment.objects.count()}


def make_verifier(n: int) -> object:
    """Return the n-th verifier, known once."""
    if n not in _VERIFIERS:
        _VERIFIERS[n] = make_verification.verifier(5001 + n, at=MONDAY)
    return _VERIFIERS[n]


_VERIFIERS: dict[int, object] = {}

if __name__ == "__main__":
    races = (race_for_one_application, race_for_the_next, race_for_places)
    json.dump({run.__name__: run() for run in races}, sys.stdout)
