"""Eight type a code at once, or ask for the last one of a day; run by test_codes_that_sign.py by itself."""

import json
import sys
from dataclasses import replace
from datetime import timedelta

import django
from django.conf import settings

django.setup()
settings.EMAIL_BACKEND = (
    "django.core.mail.backends.locmem.EmailBackend"  # by mail only where there is one
)


from kompeten.applications import actions, queries  # noqa: E402 (the tables are known only now)
from kompeten.applications.models import Referee  # noqa: E402
from kompeten.applications.rules import recommending as rules  # noqa: E402
from kompeten.applications.terms.recommending import (  # noqa: E402
    CodeRefused,
    RecommendationState,
    Signatory,
)
from kompeten.foundation import ledger  # noqa: E402
from kompeten.kernel.roles import Role  # noqa: E402
from tests.make import applications as make  # noqa: E402
from tests.make import recommending as recommend  # noqa: E402
from tests.make.people import account  # noqa: E402
from tests.make.races import THREADS, race  # noqa: E402
from tests.make.times import MONDAY  # noqa: E402

HOUR = MONDAY + timedelta(hours=1)


def link(n: int, *, signatory: Signatory = recommend.HEAD) -> Referee:
    """Return the link that the n-th person sent to the one address, or to another signatory."""
    by = account(n, Role.APPLICANT)
    return recommend.asked(make.draft(n, by=by), by=by, signatory=signatory, seed=500 + n)


def story() -> dict[str, object]:
    """Use up all codes of the day but one, by links of several people, and let eight others ask."""
    left = rules.MOST_CODES_A_DAY - 1
    for n in range(3):
        before = link(20 + n)
        for minute in range(min(left, rules.MOST_CODES_OF_ASKER)):
            recommend.written(before, at=MONDAY + timedelta(minutes=minute))
            left -= 1
    links = [link(n) for n in range(1, THREADS + 1)]
    letters = [recommend.letter(one) for one in links]

    def write(number: int) -> str:
        return "mailed" if actions.write(links[number], letters[number], at=HOUR) else "kept"

    met = typed()
    told = race(write)
    return met | {"told": told, "codes": queries.codes_today(links[0], at=HOUR)[0]}


def typed() -> dict[str, object]:
    """Let eight type a wrong code of one link, and eight the right one of another."""
    elsewhere = replace(recommend.HEAD, email="lain@dinsos.example")
    one, other = (recommend.written(link(30 + n, signatory=elsewhere)) for n in range(2))
    wrong = f"{(int(recommend.code(one)) + 1) % 10**rules.CODE_DIGITS:06d}"

    def mistake(_number: int) -> str:
        try:
            recommend.sign(Referee.objects.get(pk=one.pk), wrong)
        except CodeRefused as refusal:
            return "locked" if refusal.is_locked else "wrong"
        return "signed"

    read = [Referee.objects.get(pk=other.pk) for _ in range(THREADS)]

    def sign(number: int) -> str:
        recommend.sign(read[number])
        return "signed"

    mistaken, signed = race(mistake), race(sign)
    one.refresh_from_db()
    locked = [e for e in ledger.history("referee", one.pk) if e.type == "referee.locked"]
    given = other.recommendations.filter(state=RecommendationState.GIVEN.value)
    return {
        "mistaken": mistaken,
        "tries": one.tries,
        "locked": len(locked),
        "signed": signed,
        "given": given.count(),
    }


if __name__ == "__main__":
    json.dump(story(), sys.stdout)
