"""Eight threads want the same thing at the same moment; run by test_race.py in a process of its own.

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

from django.db import connection, transaction  # noqa: E402 (the tables are known only now)

from kompeten.foundation.ledger import StaleRecord, history, replay, take  # noqa: E402
from kompeten.foundation.numbering import take_numbers  # noqa: E402
from kompeten.people import actions as people  # noqa: E402
from kompeten.people.models import Person  # noqa: E402
from tests.make import letters  # noqa: E402
from tests.make.actors import ANI  # noqa: E402
from tests.make.people import identity  # noqa: E402
from tests.make.times import MONDAY  # noqa: E402

THREADS = 8


def race(run: Callable[[int], str]) -> list[str]:
    """Let all threads pass one gate together; return what they met, sorted."""
    gate = Barrier(THREADS)

    def one(number: int) -> str:
        connection.ensure_connection()
        gate.wait()
        try:
            return run(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return sorted(pool.map(one, range(THREADS)))


def race_for_one_step() -> dict[str, object]:
    """Send the same letter eight times, each from its own reading."""
    key = letters.letter().pk
    read = [letters.Letter.objects.get(pk=key) for _ in range(THREADS)]

    def send(number: int) -> str:
        try:
            take(letters.CHART, "send", read[number], by=ANI, at=MONDAY, facts=letters.Sending(1))
        except StaleRecord:
            return "stale"
        return "won"

    met, told = race(send), history("letter", key)
    return {"met": met, "events": [e.type for e in told], "state": replay(letters.CHART, told)}


def race_for_numbers() -> dict[str, object]:
    """Take 25 numbers in each thread, one by one; every fifth is taken back."""

    def take_some(_number: int) -> str:
        kept = []
        for turn in range(25):
            with transaction.atomic():
                number = take_numbers("certificate")[0]
                transaction.set_rollback(turn % 5 == 4)
            if turn % 5 != 4:
                kept.append(number)
        return json.dumps(kept)

    return {"kept": sorted(n for met in race(take_some) for n in json.loads(met))}


def race_to_admit_one_person() -> dict[str, object]:
    """Make the same person known eight times at once."""

    def admit(number: int) -> str:
        return str(people.admit(identity(1), at=MONDAY, rng=random.Random(number)))

    return {"keys": race(admit), "persons": Person.objects.count()}


if __name__ == "__main__":
    letters.make_table()
    races = (race_for_one_step, race_for_numbers, race_to_admit_one_person)
    json.dump({run.__name__: run() for run in races}, sys.stdout)
