"""What stands before every test of this face? One certificate, issued once a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from kompeten.certificates import queries
from kompeten.certificates.models import Certificate
from kompeten.register import tasks
from tests.make import decisions
from tests.make.decisions import DECIDED_AT


@pytest.fixture(scope="module")
def issued(django_db_setup: None, django_db_blocker: Any) -> Iterator[Certificate]:
    """Return a published certificate that stands in the register."""
    with django_db_blocker.unblock(), transaction.atomic():
        decision = decisions.certified()
        tasks.project(at=DECIDED_AT)
        yield queries.of_applications([decision.application_id])[decision.application_id]
        transaction.set_rollback(True)
