"""What do tests of a holder's pages share? Two people's certificates, three days after they were issued."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from kompeten.certificates.models import Certificate
from kompeten.foundation import clock
from tests.faces.candidate import stage
from tests.make import bell
from tests.make.story import told_once


@pytest.fixture(scope="module")
def issued(django_db_setup: None, django_db_blocker: Any) -> Iterator[Certificate]:
    """Return the certificate of the first person; another has one, too."""
    with django_db_blocker.unblock(), told_once():
        yield bell.certified(2)[0]


@pytest.fixture(autouse=True)
def _three_days_later(_tuesday: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request carry the same instant."""
    monkeypatch.setattr(clock, "now", lambda: bell.HELD_AT)


@pytest.fixture
def held(issued: Certificate) -> Certificate:
    """Return the certificate as it stands now; what a test did to it before was taken back."""
    return Certificate.objects.get(pk=issued.pk)


@pytest.fixture
def holder(held: Certificate) -> Client:
    """Return the holder's browser."""
    return stage.browser(bell.holder_of(held))
