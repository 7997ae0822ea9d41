"""Is it told to everybody what is held of people and why, before anybody gives data?"""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from kompeten.foundation import keeping
from tests.faces.office.staff import words

pytestmark = pytest.mark.django_db


def test_every_kind_is_told_with_its_time_and_the_text_one_agrees_to(
    django_assert_num_queries: Any,
) -> None:
    client = Client()

    with django_assert_num_queries(0):
        answer = client.get("/data-pribadi/")

    told = words(answer)
    with translation.override("id"):
        assert [str(k.label) for k in keeping.kinds() if str(k.label) not in told] == []
    assert "365 hari sejak permohonan tidak diterima atau ditarik" in told
    assert "Saya setuju lembaga sertifikasi menggunakan data dan berkas saya" in told


def test_each_page_leads_there() -> None:
    assert 'href="/data-pribadi/"' in Client().get("/").content.decode()
