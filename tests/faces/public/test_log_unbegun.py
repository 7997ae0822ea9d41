"""What does a visitor see of a log that has no entry yet?"""

import pytest
from django.test import Client

from kompeten.kernel.tlog import policies

pytestmark = pytest.mark.django_db


def test_before_the_first_entry_there_is_no_head(client: Client) -> None:
    page = client.get("/log/").content.decode()

    assert client.get("/log/checkpoint").status_code == 404
    assert "Log belum dimulai" in page
    assert policies.parse(client.get("/log/policy").content.decode()).quorum == "none"
