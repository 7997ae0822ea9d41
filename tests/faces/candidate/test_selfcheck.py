"""Does the self-check tell the routes before any effort, keep nothing, and carry the answers over?"""

import random
import re
import string
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.signing import dumps
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kompeten.applications.models import Application
from kompeten.applications.terms.statement import Statement, WorkSpell
from kompeten.foundation import clock
from kompeten.foundation.models import Event
from kompeten.people.models import Person
from kompeten.schemes.terms import Schooling, Stage
from kompeten.web.candidate import carrying
from tests.faces.candidate.stage import browser, words
from tests.make import applications as make
from tests.make.people import account

pytestmark = pytest.mark.django_db

PAGE = "/cek-syarat/"
KEY = f"{make.SCHEME}/direct_assessment"
BEGIN = f"/saya/permohonan/baru/{make.SCHEME}/"
ANSWERS = {
    "profession": "welfare_worker",
    "level": "generalist",
    "born_on": "1979-05-12",
    "stage": "bachelor",
    "education": "S1 Sosiologi",
    "welfare": "no",
    "standing": "graduate",
    "finished_on": "",
    "entries": "2",
    "0-employer": "Dinas Sosial Kota Bogor",
    "0-position": "Pendamping PKH",
    "0-from_on": "2015-01-05",
    "0-last_on": "2019-12-31",
    "0-hours_a_week": "38",
    "1-employer": "LKS Bina Insani",
    "1-position": "Relawan",
    "1-from_on": "2019-07-01",
    "1-last_on": "2020-06-30",
    "1-hours_a_week": "10",
    "practice_hours": "",
    "training_hours": "",
    "recommended_by": ["workplace"],
}
AT = datetime(2026, 11, 30, 3, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _schemes() -> None:
    make.schemes_loaded()


def asked(client: Client, **more: Any) -> Any:
    """Return the page that answers a visitor."""
    return client.post(PAGE, {**ANSWERS, **more})


def applied(client: Client, **more: Any) -> Any:
    """Return the answer to somebody who applies by a route that they were shown."""
    return asked(client, apply=KEY, **more)


def test_the_questions_ask_for_no_account_and_set_no_session(client: Client) -> None:
    answer = client.get(PAGE)

    assert answer.status_code == 200
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_routes_are_told_with_what_is_missing_and_what_there_is_to_send(client: Client) -> None:
    told = words(asked(client))

    assert "Terbuka untuk Anda" in told  # direct assessment: 24 months, bachelor, recommended
    assert "Dihitung: 5 tahun 5 bulan, 10.150 jam" in told
    assert "Masa praktik Anda 5 tahun 5 bulan dari 15 tahun yang disyaratkan." in told
    assert "Tunjukkan sertifikat pelatihan 120 jam." in told
    assert "Surat keterangan pengalaman kerja" in told
    assert "488,3 KB" in told  # five documents of 100 kB


def test_an_overlap_counts_once_and_is_named(client: Client) -> None:
    alone = words(asked(client, entries="1"))
    both = words(asked(client))

    assert "Dihitung: 4 tahun 11 bulan" in alone
    assert "Masa ini tumpang tindih" in both
    assert "Masa ini tumpang tindih" not in alone


def test_open_routes_stand_first(client: Client) -> None:
    page = asked(client).content.decode()

    assert page.index('value="welfare_worker_generalist/direct_assessment"') < page.index(
        "15 tahun yang"
    )
    assert 'value="welfare_worker_generalist/direct_certification"' not in page


def test_a_post_that_goes_on_is_told_its_day(client: Client) -> None:
    began = timezone.localdate(clock.now()) - timedelta(days=300)

    told = words(asked(client, entries="1", **{"0-from_on": began.isoformat(), "0-last_on": ""}))

    assert "Kalau terus seperti sekarang, terbuka pada" in told


def test_nothing_is_kept(client: Client) -> None:
    before = (Person.objects.count(), Application.objects.count(), Event.objects.count())

    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = asked(client)

    writes = [q for q in seen if not q["sql"].lstrip().upper().startswith("SELECT")]
    assert writes == []
    assert carrying.COOKIE not in answer.cookies
    assert (Person.objects.count(), Application.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize("level", ["", "generalist"])
def test_the_rules_are_read_in_the_same_few_queries(
    client: Client, level: str, django_assert_num_queries: Any
) -> None:
    asked(client)

    with django_assert_num_queries(1):
        asked(client, level=level)


def test_rows_come_and_go_without_scripts_and_without_a_word_of_blame(client: Client) -> None:
    more = asked(client, add="1", stage="").content.decode()
    fewer = asked(client, remove="0", stage="").content.decode()

    assert 'name="2-from_on"' in more
    assert "aria-invalid" not in more
    assert 'value="2015-01-05"' in more
    assert 'name="1-from_on"' not in fewer
    assert 'value="2019-07-01"' in fewer


@pytest.mark.parametrize(
    ("field", "said", "told"),
    [
        ("profession", "dukun", "Pilih salah satu"),
        ("stage", "", "tidak boleh kosong"),
        ("born_on", "2090-01-01", "Tanggal lahir"),
        ("0-from_on", "", "hari apa mulainya"),
        ("0-last_on", "2014-01-01", "sebelum hari pertama"),
        ("0-from_on", "2090-01-01", "belum tiba"),
        ("0-hours_a_week", "169", "168"),
    ],
)
def test_what_cannot_be_is_told_on_its_field(
    client: Client, field: str, said: str, told: str
) -> None:
    answer = asked(client, **{field: said})

    assert answer.status_code == 422
    assert told in words(answer)
    assert "Jalur yang dapat" not in words(answer)


def test_applying_leads_to_an_account_with_the_answers_sealed_in_the_browser(
    client: Client,
) -> None:
    answer = applied(client)

    kept = answer.cookies[carrying.COOKIE]
    assert answer["Location"] == (
        "/akun/daftar/?next=%2Fsaya%2Fpermohonan%2Fbaru%2Fwelfare_worker_generalist%2F"
        "%3Fjalur%3Ddirect_assessment"
    )
    assert (kept["path"], kept["httponly"], kept["samesite"]) == (
        "/saya/permohonan/baru/",
        True,
        "Lax",
    )
    assert kept["max-age"] == 3 * 3600
    assert "Bogor" not in kept.value
    assert len(kept.value) < 4000


def test_a_route_that_is_not_offered_leads_nowhere(client: Client) -> None:
    for key in ("dukun/education", "/", "social_educator/education", "welfare_worker_generalist/x"):
        assert asked(client, apply=key).status_code == 200


def test_the_answers_become_the_draft_and_nothing_is_typed_twice() -> None:
    client = Client()
    signed_up = {
        "name": "Ani Rahayu",
        "email": "ani@contoh.example",
        "password1": "pohon mangga di depan rumah",
    }
    to_sign_up = applied(client)["Location"]
    begin = client.post(to_sign_up, signed_up)["Location"]
    offered = client.get(begin)

    answer = client.post(begin, {"route": "direct_assessment", "program": "", "brings": "on"})

    draft = Application.objects.get()
    told = Statement.of(draft.statement)
    assert "Isikan jawaban saya dari cek syarat" in words(offered)
    chosen = re.search(r'<input[^>]*value="direct_assessment"[^>]*>', offered.content.decode())
    assert chosen is not None
    assert "checked" in chosen.group()
    assert answer["Location"] == f"/saya/permohonan/{draft.ref}/diri/"
    assert answer.cookies[carrying.COOKIE]["max-age"] == 0
    assert told.schooling == Schooling(stage=Stage.BACHELOR, welfare=False)
    assert [spell.from_on for spell in told.spells] == [date(2019, 7, 1), date(2015, 1, 5)]
    assert draft.person.birth_on == date(1979, 5, 12)
    page = client.get(f"/saya/permohonan/{draft.ref}/pendidikan/").content.decode()
    assert 'value="Dinas Sosial Kota Bogor"' in page
    assert 'value="2015-01-05"' in page


def test_answers_of_somebody_else_on_this_device_are_left_behind() -> None:
    ani = account(1)
    client = browser(ani)
    begin = applied(client)["Location"]

    client.post(begin, {"route": "direct_assessment", "program": ""})

    draft = Application.objects.get()
    assert begin.startswith(BEGIN)
    assert Statement.of(draft.statement) == Statement()


def test_a_birth_date_that_is_known_stays() -> None:
    ani = account(1)
    client = browser(ani)
    known = Person.objects.get(pk=ani.person_id).birth_on

    client.post(applied(client)["Location"], {"route": "direct_assessment", "brings": "on"})

    assert known is not None
    assert Person.objects.get(pk=ani.person_id).birth_on == known != date(1979, 5, 12)


def carried(said: carrying.Brought) -> str:
    """Return the cookie that holds the answers."""
    response = HttpResponse()
    carrying.carry(response, said)
    return response.cookies[carrying.COOKIE].value


def brought(cookie: str, at: datetime) -> carrying.Brought | None:
    """Return what the cookie says at an instant."""
    request = HttpRequest()
    request.COOKIES[carrying.COOKIE] = cookie
    return carrying.brought(request, at=at)


def test_what_is_carried_lasts_three_hours_and_not_longer() -> None:
    said = carrying.Brought(Statement(education="S1"), date(1979, 5, 12), AT)
    cookie = carried(said)

    assert brought(cookie, AT) == said
    assert brought(cookie, AT + timedelta(hours=3, seconds=-1)) == said
    assert brought(cookie, AT + timedelta(hours=3)) is None
    assert brought(cookie, AT - timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "AAAA", "é", dumps({"statement": {}}), "AQ" * 400],
    ids=["empty", "short", "plain", "letter", "signed", "long"],
)
def test_what_we_did_not_seal_is_nothing(cookie: str) -> None:
    assert brought(cookie, AT) is None


def test_more_than_a_browser_keeps_is_refused_kindly(client: Client) -> None:
    letters = random.Random(7)
    rows: dict[str, Any] = {"entries": "30"}
    for n in range(30):
        rows[f"{n}-employer"] = "".join(letters.choices(string.ascii_letters, k=160))
        rows[f"{n}-from_on"] = "2015-01-05"

    answer = applied(client, **rows)

    assert answer.status_code == 422
    assert "Persingkat beberapa nama" in words(answer)
    assert carrying.COOKIE not in answer.cookies


def test_a_long_working_life_goes_along(client: Client) -> None:
    spells = tuple(
        WorkSpell(
            employer=f"Dinas Sosial Kabupaten {n}",
            position="Pendamping sosial",
            from_on=date(2000 + n, 1, 1),
            last_on=date(2000 + n, 12, 31),
            hours_a_week=38,
        )
        for n in range(20)
    )
    said = carrying.Brought(Statement(education="S1", spells=spells), None, AT)

    assert brought(carried(said), AT) == said
