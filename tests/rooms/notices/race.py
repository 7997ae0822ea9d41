"""Eight workers call what waits for three systems; run by test_race.py by itself."""

import json
import random
import sys
from collections import Counter
from datetime import timedelta
from threading import Lock

import django

django.setup()


from kompeten.certificates import actions as certificates  # noqa: E402 (the tables are known only now)
from kompeten.certificates.terms import SuspensionCause  # noqa: E402
from kompeten.kernel.roles import Role  # noqa: E402
from kompeten.notices import actions, tasks  # noqa: E402
from kompeten.notices.models import Ping  # noqa: E402
from tests.make import actors, bell  # noqa: E402
from tests.make.bell import DECIDED_AT  # noqa: E402
from tests.make.races import race, settle  # noqa: E402

AT = DECIDED_AT + timedelta(days=1)
DIRECTOR = actors.actor(Role.DIRECTOR, account_id=150)


class Counting:
    """Says yes, and counts under which names it was called, and whether in order."""

    def __init__(self) -> None:
        self.lock, self.keys, self.heard = Lock(), Counter[str](), dict[str, list[str]]()

    def __call__(self, url: str, *, key: str, body: bytes, secret: str) -> None:
        with self.lock:
            self.keys[key] += 1
            self.heard.setdefault(url, []).append(json.loads(body)["type"])


def change() -> None:
    """Let one certificate be suspended and lifted, again and again."""
    [held] = bell.held()
    for n in range(5):
        at = AT + timedelta(seconds=n)
        certificates.suspend(
            held,
            cause=SuspensionCause.INQUIRY,
            note="Keluhan",
            ends_at=AT + timedelta(days=9),
            by=DIRECTOR,
            at=at,
        )
        certificates.lift(held, by=DIRECTOR, at=at)


if __name__ == "__main__":
    office = bell.office()
    bell.certified(1, through=office)
    sponsor = bell.sponsor(office, at=AT)
    settle()
    while tasks.ring(at=AT):
        continue
    for n in range(3):
        url = f"https://sistem{n}.example.go.id/"
        actions.watch_by_webhook(office.pk, url=url, by=sponsor, at=AT, rng=random.Random(n))
    change()
    settle()

    def ring(number: int) -> str:
        return str(tasks.ring(at=AT + timedelta(minutes=1)))

    caller = Counting()

    def call(number: int) -> str:
        rng = random.Random(100 + number)
        return str(actions.call(at=AT + timedelta(minutes=1), rng=rng, caller=caller).sent)

    rung, called = race(ring), race(call)
    told = {
        "rung": sum(map(int, rung)),
        "queued": Ping.objects.count(),
        "sent": sum(map(int, called)),
        "names": len(caller.keys),
        "most": max(caller.keys.values()),
        "orders": sorted(set(map(tuple, caller.heard.values()))),
        "states": sorted(set(Ping.objects.values_list("state", flat=True))),
    }
    json.dump(told, sys.stdout)
