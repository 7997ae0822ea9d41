"""Is a body that is too large refused before it is read?"""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
MOST = settings.OPTIONS.upload_max_mb * 1024 * 1024


def test_a_body_above_the_option_is_refused_with_words(client: Client) -> None:
    response = client.post(
        "/periksa/",
        data=b"x",
        content_type="application/octet-stream",
        CONTENT_LENGTH=str(MOST + 1),
    )

    assert response.status_code == 413
    assert "Berkas ini terlalu besar" in response.content.decode()


@pytest.mark.parametrize("length", ["-1", "many", "1e9"])
def test_a_body_of_no_stated_length_is_not_taken(client: Client, length: str) -> None:
    response = client.post("/periksa/", data=b"x", content_type="text/plain", CONTENT_LENGTH=length)

    assert response.status_code == 413


def test_a_body_within_the_option_reaches_its_page(client: Client) -> None:
    response = client.post("/periksa/", {"teks": "bukan kode QR"})

    assert response.status_code == 422
