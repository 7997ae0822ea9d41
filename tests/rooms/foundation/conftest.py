"""Letters for the ledger's own tests."""

import pytest

from tests.make import letters


@pytest.fixture
def letter_table(db: None) -> None:
    """Let letters be kept until the test ends."""
    letters.make_table()
