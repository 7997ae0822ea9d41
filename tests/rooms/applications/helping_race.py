"""Eight devices begin to help, or end it, at one moment; run by test_helping.py by itself."""

import json
import random
import sys

import django

django.setup()


from kompeten.applications import actions  # noqa: E402 (the tables are known only now)
from kompeten.applications.models import Help  # noqa: E402
from kompeten.applications.rules import helping  # noqa: E402
from kompeten.applications.terms.helping import HELP_VERSION, HelpEnd, HelpState, Shown  # noqa: E402
from kompeten.foundation import ledger  # noqa: E402
from kompeten.kernel.roles import Role  # noqa: E402
from tests.make.helping import listed, shown  # noqa: E402
from tests.make.invitations import officer  # noqa: E402
from tests.make.people import account  # noqa: E402
from tests.make.races import THREADS, race  # noqa: E402
from tests.make.times import MONDAY  # noqa: E402


def story() -> dict[str, object]:
    """Let one officer mistake one person, five begin with another, one with eight people, and all end one."""
    by = officer()
    people = listed(by, count=8)
    officers = [account(50 + n, Role.COORDINATOR) for n in range(THREADS)]

    def same_person(number: int) -> str:
        if number >= helping.MOST_TRIES:  # of more at once nothing is compared
            return "waits"
        said, rng = shown(), random.Random(1000 + number)
        helper = officers[number]
        actions.begin_help(people[0], said, version=HELP_VERSION, by=helper, at=MONDAY, rng=rng)
        return "begun"

    wrong = Shown(code="000000")

    def mistaken(number: int) -> str:
        rng = random.Random(3000 + number)
        one = people[1]
        held = actions.begin_help(one, wrong, version=HELP_VERSION, by=by, at=MONDAY, rng=rng)
        return "wrong" if held is None else "begun"

    def same_helper(number: int) -> str:
        said, rng = shown(number + 1), random.Random(2000 + number)
        actions.begin_help(people[number], said, version=HELP_VERSION, by=by, at=MONDAY, rng=rng)
        return "begun"

    actions.begin_help(
        people[1], wrong, version=HELP_VERSION, by=by, at=MONDAY, rng=random.Random(1)
    )
    told = race(mistaken)
    counted = Help.objects.get(application=people[1], state=HelpState.LOCKED)
    locked = [e for e in ledger.history("help", counted.pk) if e.type == "help.locked"]
    met = race(same_person)
    of_person = Help.objects.filter(application=people[0], state=HelpState.OPEN).count()
    race(same_helper)
    of_helper = Help.objects.filter(helper_id=by.account_id, state=HelpState.OPEN).count()
    held = Help.objects.get(helper_id=by.account_id, state=HelpState.OPEN)
    read = [Help.objects.get(pk=held.pk) for _ in range(THREADS)]

    def end(number: int) -> str:
        actions.end_help(read[number], why=HelpEnd.ELSEWHERE, by=by, at=MONDAY)
        return "ended"

    race(end)
    ended = [e for e in ledger.history("help", held.pk) if e.type == "help.ended"]
    return {
        "mistaken": told,
        "locked": len(locked),
        "same_person": met,
        "open_of_person": of_person,
        "open_of_helper": of_helper,
        "ended_once": len(ended),
    }


if __name__ == "__main__":
    json.dump(story(), sys.stdout)
