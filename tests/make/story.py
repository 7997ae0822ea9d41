"""How does a story last for a whole module, and leave nothing behind?"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def told_once() -> Iterator[None]:
    """Keep what the block writes until it ends, for all tests of a module; then take it back.

    The vault commits by itself and refuses to be part of another's transaction. This one is marked as
    the test case's own, as Django marks those it makes for tests, so that it may.
    """
    story = transaction.atomic()
    story._from_testcase = True
    with story:
        yield
        transaction.set_rollback(True)
