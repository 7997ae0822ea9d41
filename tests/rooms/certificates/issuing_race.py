"""Eight workers issue the same certificates at one moment; run by test_issuing_race.py by itself."""

import json
import random
import sys

import django

django.setup()


from kompeten.certificates import actions, queries, tasks  # noqa: E402 (the tables are known only now)
from kompeten.certificates.models import Certificate  # noqa: E402
from kompeten.certificates.terms import State  # noqa: E402
from kompeten.foundation.models import Event  # noqa: E402
from tests.make import applications, decisions  # noqa: E402
from tests.make.certificates import issue_all  # noqa: E402
from tests.make.journey import keys_made  # noqa: E402
from tests.make.races import THREADS, race  # noqa: E402

AT = decisions.DECIDED_AT


def events(kind: str) -> int:
    """Return how many events of a kind there are."""
    return Event.objects.filter(type=f"certificate.{kind}").count()


def race_to_reserve() -> dict[str, object]:
    """Give numbers to the same decisions, each worker from its own reading of who waits."""
    due = [list(queries.inbox().select_related("application")) for _ in range(THREADS)]

    def reserve(number: int) -> str:
        actions.reserve(due[number], at=AT, rng=random.Random(number))
        return "done"

    met = race(reserve)
    numbers = Certificate.objects.values_list("number", flat=True)
    serials = sorted(int(number.partition("/")[0].split()[-1]) for number in numbers)
    return {"met": sorted(set(met)), "events": events("reserved"), "serials": serials}


def race_to_take(state: State, kind: str) -> dict[str, object]:
    """Take the same certificates one step further, each worker from its own reading of them."""
    step = actions.STEPS[state]
    rows = queries.waiting(state).select_related(
        "person", "application", "decision__meeting__decree"
    )
    waiting = [list(rows.all()) for _ in range(THREADS)]

    def take(number: int) -> str:
        step(waiting[number], at=AT)
        return "won"

    met = race(take)
    return {"won": met.count("won"), "met": sorted(set(met)), "events": events(kind)}


def race_of_workers() -> dict[str, object]:
    """Let all workers do what is left, as their queue does."""

    def work(number: int) -> str:
        for follower in (tasks.intend, tasks.sign, tasks.check, tasks.publish):
            while follower(at=AT):
                continue
        return "done"

    met = race(work)
    issue_all(AT)
    states = sorted(set(Certificate.objects.values_list("state", flat=True)))
    return {"met": sorted(set(met) - {"stale"}), "states": states, "events": events("published")}


if __name__ == "__main__":
    applications.schemes_loaded()
    keys_made()
    decisions.decided(1, beside={2: 4, 3: 4})
    told = {
        "reserve": race_to_reserve(),
        "intend": race_to_take(State.RESERVED, "intended"),
        "sign": race_to_take(State.INTENDED, "signed"),
        "workers": race_of_workers(),
    }
    json.dump(told, sys.stdout)
