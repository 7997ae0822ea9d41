"""Does who asked for a recommendation hear what became of it, as long as it matters?"""

from datetime import timedelta

import pytest

from kompeten.applications import actions
from kompeten.kernel.roles import Role
from kompeten.notices import queries, tasks
from kompeten.notices.models import Notice
from tests.make import applications as make
from tests.make import recommending as recommend
from tests.make.people import account
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
LATE = MONDAY + timedelta(days=15)


def told() -> list[tuple[str, str]]:
    """Return what people were told: kind and subject, the oldest first."""
    tasks.tell(at=LATE)
    rows = Notice.objects.filter(kind__startswith="recommendation.").order_by("id")
    return list(rows.values_list("kind", "body"))


def test_a_signature_an_answer_without_one_and_none_at_all_are_told() -> None:
    for n, words in ((1, ""), (2, "Baru sebulan di sini."), (3, "")):
        by = account(n, Role.APPLICANT)
        referee = recommend.asked(make.draft(n, by=by), by=by, seed=n)
        if n < 3:
            recommend.signed(referee, recommends=not words, words=words)
    actions.lapse_recommendations(at=LATE)

    letters = told()

    assert [kind for kind, _ in letters] == [
        "recommendation.given",
        "recommendation.declined",
        "recommendation.lapsed",
    ]
    assert all("Dra. Sri Hartati" in body for _, body in letters)
    assert "sebulan" not in letters[1][1]
    assert set(queries.KINDS) >= {kind for kind, _ in letters}


def test_who_has_taken_the_application_back_hears_nothing_of_it() -> None:
    by = account(1, Role.APPLICANT)
    application = make.draft(1, by=by)
    recommend.asked(application, by=by)
    actions.withdraw(application, by=by, at=TUESDAY)
    actions.lapse_recommendations(at=LATE)

    assert told() == []


@pytest.mark.parametrize("count", [1, 5])
def test_every_code_that_waits_is_mailed_once(count: int) -> None:
    for n in range(1, count + 1):
        by = account(n, Role.APPLICANT)
        recommend.written(recommend.asked(make.draft(n, by=by), by=by, seed=n))

    assert tasks.send_codes(at=MONDAY) == count
    assert tasks.send_codes(at=MONDAY) == 0
