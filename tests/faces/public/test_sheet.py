"""What may anybody see of a certificate, by its number and by its QR code?"""

import json
import random
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext

from kompeten.certificates import actions as certifying
from kompeten.certificates import queries
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import Fact, SuspensionCause, WithdrawalCause
from kompeten.foundation import clock, ledger
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people.models import Person
from kompeten.register.models import Entry
from tests.make.actors import actor
from tests.make.decisions import DECIDED_AT
from tests.make.people import BIRTH, account, identity

pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    """Return what a visitor reads at `path`."""
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def ways_to_write(issued: Certificate) -> list[str]:
    """Return the number as people type it."""
    return [
        issued.number,
        f"  {issued.number} ",
        issued.number.lower(),
        issued.number.replace(" ", "   "),
        issued.number.replace("-", "\u2013"),
        "\u200b" + issued.number.replace("/", "\uff0f"),
        issued.ref,
        issued.ref.lower(),
    ]


def test_a_number_leads_to_its_page_however_it_is_typed(
    client: Client, issued: Certificate
) -> None:
    for written in ways_to_write(issued):
        answer = client.get(f"/periksa/?{urlencode({'nomor': written})}")

        assert (answer.status_code, answer["Location"]) == (302, f"/s/{issued.ref}")


def test_search_engines_are_asked_to_stay_away(client: Client, issued: Certificate) -> None:
    assert client.get(f"/s/{issued.ref}")["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    "wanted", ["88900 0000 0 0000000 2026", "<script>alert(1)</script>", "\x00", "ķ" * 500, "%' --"]
)
def test_an_unknown_number_is_said_kindly(client: Client, wanted: str) -> None:
    answer = client.get(f"/periksa/?{urlencode({'nomor': wanted})}")

    page = answer.content.decode()
    with translation.override("id"):
        kind = gettext("No certificate has this number")
    if wanted.strip("\x00"):
        assert answer.status_code == 404
        assert kind in page
    else:
        assert answer.status_code == 200
    assert "<script>alert" not in page


def test_the_page_shows_every_fact_of_the_paper_and_its_units(
    client: Client, issued: Certificate
) -> None:
    content = queries.content(issued)

    page = client.get(f"/s/{issued.ref}").content.decode()

    lines = {fact: line for fact, line in content.facts().items() if fact not in SHOWN_OTHERWISE}
    assert lines.keys() >= {Fact.NUMBER, Fact.PROFESSION, Fact.DECREE, Fact.BODY, Fact.SIGNATORY}
    assert [line for line in lines.values() if escape(printed(line)) not in page] == []
    assert escape(content.holder) in page
    assert [
        u.code for u in content.units if u.code not in page or escape(u.title) not in page
    ] == []
    assert f"sha256:{issued.pdf_sha256}" in page


SHOWN_OTHERWISE = {Fact.UNITS, Fact.HOLDER, Fact.DEMONSTRATION}
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip


def printed(line: str) -> str:
    """Return a fact with its dates as the paper prints them."""
    return re.sub(
        r"(\d{4})-(\d\d)-(\d\d)",
        lambda found: f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}",
        line,
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_dates_stand_as_on_the_paper_in_both_languages(
    client: Client, issued: Certificate, language: str
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    page = text(client, f"/s/{issued.ref}")

    assert re.search(r"\d{4}-\d{2}-\d{2}", page) is None
    assert "Jakarta, 12 Maret 2026" in page
    assert "11 Maret 2031" in page


def test_the_page_shows_nothing_of_the_person_but_the_name(
    client: Client, issued: Certificate
) -> None:
    person = Person.objects.get(pk=issued.person_id)
    private = identity(1)

    page = client.get(f"/s/{issued.ref}").content.decode()

    told = [private.nik, private.phone, private.email, person.ref, "1985", "12.18"]
    told += [f"{BIRTH:%d-%m-%Y}", f"{BIRTH:%d/%m/%Y}", f"{BIRTH.day} April"]
    assert [word for word in told if word in page] == []
    assert private.name in page


def test_the_register_holds_no_column_for_what_is_private() -> None:
    columns = {field.name for field in Entry._meta.get_fields()}

    assert columns == {
        "id", "certificate", "ref", "number", "name", "profession", "level", "scheme_code",
        "province_code", "valid_from", "valid_until", "published_at",
    }  # fmt: skip


def test_the_qr_code_opens_the_page_and_its_fragment_stays_with_the_phone(
    client: Client, issued: Certificate
) -> None:
    address, mark, fragment = issued.qr.partition("#")
    path = address.removeprefix(settings.PUBLIC_URL)

    assert (mark, bool(fragment)) == ("#", True)
    assert path == f"/s/{issued.ref}"
    # A browser keeps the fragment to itself.
    assert client.get(path).status_code == 200
    assert client.get(f"/s/{issued.ref.lower()}").status_code == 200


def test_a_slash_behind_the_address_does_no_harm(client: Client, issued: Certificate) -> None:
    answer = client.get(f"/s/{issued.ref}/")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"/s/{issued.ref}")


@pytest.mark.parametrize("path", ["/s/AAAAAAAAAA", "/s/%00", "/s/%0A", "/s/" + "A" * 5000])
def test_a_code_that_nobody_issued_leads_nowhere(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_page_costs_one_query(client: Client, issued: Certificate) -> None:
    client.get(f"/s/{issued.ref}")

    with CaptureQueriesContext(connection) as asked:
        client.get(f"/s/{issued.ref}")

    assert len(asked) == 1


def test_whom_to_trust_is_public_and_says_no_secret(client: Client, issued: Certificate) -> None:
    answer = client.get("/penerbit")

    told = answer.json()
    assert answer["Content-Type"] == "application/json"
    assert told.keys() >= {"roots", "issuers"}
    assert re.search("private|secret|passphrase", json.dumps(told), re.IGNORECASE) is None


def test_a_visitor_writes_nothing(client: Client, issued: Certificate) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
        client.get("/periksa/")
        client.get(f"/s/{issued.ref}")

    written = [q["sql"] for q in asked if not q["sql"].startswith("SELECT")]
    assert written == []
    assert ledger.history("certificate", issued.pk)[-1].type == "certificate.published"


def test_a_suspended_certificate_says_so_at_once_and_until_when(
    client: Client, issued: Certificate
) -> None:
    issued.refresh_from_db()
    ends_at = clock.now() + timedelta(days=20)
    certifying.suspend(
        issued,
        cause=SuspensionCause.INQUIRY,
        note="Keluhan rahasia 12",
        ends_at=ends_at,
        by=actor(Role.REGISTRAR),
        at=clock.now(),
    )

    page = text(client, f"/s/{issued.ref}")

    assert said("This certificate does not hold now") in page
    assert "dibekukan" in page
    assert "rahasia" not in page  # why it is so is not for everybody


def test_a_withdrawn_certificate_holds_no_more_by_number_file_and_code(
    client: Client, issued: Certificate
) -> None:
    issued.refresh_from_db()
    certifying.withdraw(
        [issued],
        cause=WithdrawalCause.FORGED_EVIDENCE,
        note="Ijazah palsu",
        by=actor(Role.DIRECTOR),
        at=clock.now(),
    )
    file = SimpleUploadedFile("sertifikat.pdf", queries.pdf(issued))

    page = text(client, f"/s/{issued.ref}")
    answers = [
        client.post("/periksa/", {"berkas": file, "teks": ""}),
        client.post("/periksa/", {"teks": issued.qr}),
    ]

    assert said("This certificate holds no more") in page
    assert "Ijazah palsu" not in page
    assert [answer.status_code for answer in answers] == [422, 422]
    for answer in answers:
        assert said("The certification body has withdrawn it: it holds no more.") in (
            answer.content.decode()
        )


def test_a_replaced_certificate_leads_to_the_one_that_took_its_place(
    client: Client, issued: Certificate
) -> None:
    issued.refresh_from_db()
    person = issued.person
    registrar = account(140, Role.REGISTRAR)
    people.correct_name(
        person,
        name="Nama Yang Benar",
        title_before="",
        title_after="",
        ground="KTP",
        by=registrar,
        at=DECIDED_AT,
    )
    issued.refresh_from_db()
    rng = random.Random(1)
    new = certifying.correct(issued, ground="KTP", by=registrar, at=DECIDED_AT, rng=rng)
    before = text(client, f"/s/{issued.ref}")
    ledger.drain_all(at=DECIDED_AT)

    after = text(client, f"/s/{issued.ref}")

    assert said("There is a newer certificate") not in before
    assert said("There is a newer certificate") in after
    assert new.number in after
    assert "Nama Yang Benar" in text(client, f"/s/{new.ref}")


def said(sentence: str) -> str:
    with translation.override("id"):
        return str(escape(gettext(sentence)))
