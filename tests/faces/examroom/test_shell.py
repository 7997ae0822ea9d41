"""Are the pages that devices keep the same for everybody, open to everybody, and kept whole?"""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kompeten.web.examroom import worker
from tests.faces.examroom.browsers import MODULES
from tests.faces.examroom.stage import MINUTE, entered, seated

pytestmark = pytest.mark.django_db
SHEET, PRACTICE, WORKER = "/ujian/0123456789/lembar/", "/ujian/latihan/", "/ujian/pekerja.js"


def test_the_page_of_a_sitting_is_the_same_for_everybody_and_asks_no_table() -> None:
    entry, ani, _ = seated(opens=-10 * MINUTE)
    stranger = Client().get(SHEET)

    with CaptureQueriesContext(connection) as asked:
        own = entered(ani).get(f"/ujian/{entry.ref}/lembar/")

    assert own.content == stranger.content
    assert entry.ref not in own.content.decode()
    assert "csrf" not in own.content.decode().lower()
    assert [q["sql"] for q in asked if "exams_" in q["sql"]] == []


@pytest.mark.parametrize("path", [SHEET, PRACTICE, WORKER])
def test_nobody_logs_in_at_the_bell(path: str) -> None:
    answer = Client().get(path)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-cache"
    assert not answer.cookies


def test_what_a_device_has_is_not_sent_again() -> None:
    first = Client().get(SHEET)

    again = Client().get(SHEET, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_the_door_still_asks_who_is_there() -> None:
    assert Client().get("/ujian/0123456789/").status_code == 302
    assert Client().get("/ujian/0123456789/tiket.json").status_code == 302
    assert Client().get("/ujian/0123456789/lembar.json").status_code == 302


def test_the_worker_keeps_all_modules_and_leaves_the_vault_alone() -> None:
    script = Client().get(WORKER).content.decode()

    kept = json.loads(re.search(r"const KEPT = (\[.*?\]);", script)[1])  # type: ignore[index]
    pages = json.loads(re.search(r"const PAGES = (\{.*?\});", script)[1])  # type: ignore[index]
    assert kept == worker.kept()
    assert {path.split("/")[-1] for path in kept} > {path.name for path in MODULES.glob("*.js")}
    assert [path for path in kept if "brankas" in path] == []
    assert [Client().get(path).status_code for path in pages.values()] == [200, 200]


def test_each_sentence_that_modules_say_stands_in_the_page() -> None:
    said = {
        name
        for path in MODULES.glob("*.js")
        for name in re.findall(r'say\("([\w-]+)"', path.read_text())
    }
    pages = [Client().get(path).content.decode() for path in (SHEET, PRACTICE)]
    there = {name for page in pages for name in re.findall(r'data-word="([\w-]+)"', page)}

    assert said - there == set()
    assert [name for page in pages for name in re.findall(r'data-word="([\w-]+)"></p>', page)] == []


def test_the_page_leaves_no_room_for_scripts_of_others() -> None:
    policy = Client().get(SHEET)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "worker-src 'self'" in policy
    assert "unsafe" not in policy
