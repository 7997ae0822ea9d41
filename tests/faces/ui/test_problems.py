"""Which page does a refusal become, for whoever looks, whoever acts, and for htmx?"""

import logging

import pytest
from django.test import Client, override_settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.faces.ui.urls")]
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("kind", ["role", "denied"])
def test_whoever_looks_without_the_role_sees_nothing(client: Client, kind: str) -> None:
    hidden = client.get(f"/refuse/{kind}/")
    absent = client.get("/tidak/ada/")

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert _main(hidden.content) == _main(absent.content)


@pytest.mark.parametrize("kind", ["role", "denied"])
def test_whoever_acts_without_the_role_is_told(client: Client, kind: str) -> None:
    answer = client.post(f"/refuse/{kind}/")

    assert answer.status_code == 403
    assert "Peran Anda tidak" in answer.content.decode()


def test_a_guard_answers_with_its_reasons(client: Client) -> None:
    answer = client.post("/refuse/guard/")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Langkah ini tidak terbuka sekarang" in page
    assert "unknown.code" in page


def test_a_stale_record_asks_to_look_again(client: Client) -> None:
    answer = client.post("/refuse/stale/")

    assert answer.status_code == 409
    assert "sudah diproses orang lain" in answer.content.decode()


@pytest.mark.parametrize(
    ("referrer", "offered"), [("http://testserver/saya/", 1), ("https://evil.example/", 0)]
)
def test_the_way_back_leads_to_our_own_page_only(
    client: Client, referrer: str, offered: int
) -> None:
    answer = client.post("/refuse/guard/", headers={"referer": referrer})

    assert answer.content.decode().count(f'href="{referrer}"') == offered


def test_bad_input_is_422_with_its_points(client: Client) -> None:
    answer = client.post("/refuse/input/")

    assert answer.status_code == 422
    assert "Tanggal lahir belum diisi." in answer.content.decode()


def test_a_fault_of_ours_has_an_incident_number_that_the_log_knows(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False

    with caplog.at_level(logging.ERROR, logger="kompeten.incidents"):
        answer = client.get("/refuse/fault/")

    (record,) = [r for r in caplog.records if r.name == "kompeten.incidents"]
    assert answer.status_code == 500
    assert record.args is not None
    incident = str(record.args[0])  # type: ignore[index]
    assert incident in answer.content.decode()
    assert "by accident" in caplog.text
    assert "by accident" not in answer.content.decode()


def test_htmx_gets_only_the_part_and_where_to_put_it(client: Client) -> None:
    answer = client.post("/refuse/guard/", headers=HTMX)

    part = answer.content.decode()
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#isi"
    assert "<html" not in part
    assert "Langkah ini tidak terbuka sekarang" in part


def test_the_part_is_that_part_of_the_page(client: Client) -> None:
    whole = client.post("/refuse/stale/").content.decode()
    part = client.post("/refuse/stale/", headers=HTMX).content.decode()

    assert part.strip() in whole


def test_a_form_without_its_token_is_told_kindly() -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/tampilan/tema/", {"theme": "dark"})

    assert answer.status_code == 403
    assert "terlalu lama terbuka" in answer.content.decode()


@override_settings(ALLOWED_HOSTS=["kompeten.example"])
def test_a_request_for_another_house_cannot_be_read(client: Client) -> None:
    client.raise_request_exception = False

    answer = client.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "tidak terbaca" in answer.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 429, 500])
def test_each_problem_has_a_page(client: Client, status: int) -> None:
    answer = client.get(f"/galeri/galat/{status}/")

    assert answer.status_code == status
    assert answer.content.decode().count("<h1>") == 1


def _main(content: bytes) -> str:
    return content.decode().partition("<main")[2].partition("</main>")[0]
