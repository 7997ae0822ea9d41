"""Eight registrars reach for the same sheets at one moment; run by test_race.py by itself."""

import json
import random
import sys

import django

django.setup()


from kompeten.certificates import actions, queries  # noqa: E402 (the tables are known only now)
from kompeten.certificates.models import Blank, Certificate  # noqa: E402
from kompeten.certificates.terms import BlankState, Range  # noqa: E402
from tests.make import applications, blanks, decisions  # noqa: E402
from tests.make.races import THREADS, race  # noqa: E402


def race_to_take_in() -> dict[str, object]:
    """Take the same range into the books eight times."""

    def take_in(number: int) -> str:
        came = Range("LSP-", 1, 40, 6)
        rng = random.Random(number)
        actions.receive_blanks(came, note="", by=blanks.REGISTRAR, at=blanks.AT, rng=rng)
        return "won"

    met = race(take_in)
    return {"won": met.count("won"), "met": sorted(set(met)), "sheets": Blank.objects.count()}


def race_to_print() -> dict[str, object]:
    """Print the same two certificates eight times, each from its own reading of what waits."""
    waiting = [list(queries.to_print()) for _ in range(THREADS)]

    def print_them(number: int) -> str:
        actions.issue_blanks(waiting[number], by=blanks.REGISTRAR, at=blanks.AT)
        return "won"

    met = race(print_them)
    live = Blank.objects.filter(state=BlankState.ISSUED)
    return {
        "won": met.count("won"),
        "live": live.count(),
        "certificates": live.values("certificate").distinct().count(),
        "waiting": queries.to_print_count(),
    }


def race_to_print_different_ones() -> dict[str, object]:
    """Void both sheets; then let each of eight hands print one certificate, in turn, onto a sheet."""
    for sheet in Blank.objects.filter(state=BlankState.ISSUED).select_related("certificate"):
        actions.void_blank(sheet, reason="Sobek", by=blanks.REGISTRAR, at=blanks.AT)
    certificates = list(Certificate.objects.order_by("id"))

    def print_one(number: int) -> str:
        one = certificates[number % len(certificates)]
        actions.issue_blanks([one], by=blanks.REGISTRAR, at=blanks.AT)
        return "won"

    race(print_one)
    live = Blank.objects.filter(state=BlankState.ISSUED)
    return {"one each": live.count() == live.values("certificate").distinct().count()}


if __name__ == "__main__":
    applications.schemes_loaded()
    decisions.certified(1, beside={2: 4})
    races = (race_to_take_in, race_to_print, race_to_print_different_ones)
    json.dump({run.__name__: run() for run in races}, sys.stdout)
