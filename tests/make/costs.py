"""How many queries does something take?"""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

ASIDE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
BELLS = ("foundation_bell", "django_tasks")


def spent(run: Callable[[], object]) -> int:
    """Return how many queries `run` takes.

    Left out are those that open and close transactions, and the ringing of bells: how many follow
    an event is for other rooms to say.
    """
    with CaptureQueriesContext(connection) as captured:
        run()
    return sum(
        not query["sql"].startswith(ASIDE) and not any(bell in query["sql"] for bell in BELLS)
        for query in captured.captured_queries
    )
