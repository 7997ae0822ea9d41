"""Eight links to one address ask at once for the last code of a day; run by test_recommending.py by itself."""

import json
import sys
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
from kompeten.kernel.roles import Role  # noqa: E402
from tests.make import applications as make  # noqa: E402
from tests.make import recommending as recommend  # noqa: E402
from tests.make.people import account  # noqa: E402
from tests.make.races import THREADS, race  # noqa: E402
from tests.make.times import MONDAY  # noqa: E402

HOUR = MONDAY + timedelta(hours=1)


def link(n: int) -> Referee:
    """Return the link that the n-th person sent to the one address."""
    by = account(n, Role.APPLICANT)
    return recommend.asked(make.draft(n, by=by), by=by, seed=500 + n)


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

    told = race(write)
    return {"told": told, "codes": queries.codes_today(links[0], at=HOUR)[0]}


if __name__ == "__main__":
    json.dump(story(), sys.stdout)
