"""What stands before every test of this face? The packaged schemes, published once a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.make import applications


@pytest.fixture(scope="module", autouse=True)
def _schemes(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        applications.schemes_loaded()
        yield
        transaction.set_rollback(True)
