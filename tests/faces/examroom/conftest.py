"""What stands before every test of this face? Schemes and a stocked bank, taken in once a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.make import applications, itembank


@pytest.fixture(scope="module", autouse=True)
def _stocked(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        applications.schemes_loaded()
        itembank.bank()
        yield
        transaction.set_rollback(True)
