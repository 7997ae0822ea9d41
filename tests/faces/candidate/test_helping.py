"""One phone, several people in turn: what is open meanwhile, and what is left for the next?"""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kompeten.applications import actions, queries
from kompeten.applications.models import Application, Help
from kompeten.applications.terms.application import State
from kompeten.applications.terms.helping import HELP_VERSION, HelpEnd, Shown
from kompeten.foundation import clock, shortlinks
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import Account, Consent
from kompeten.web.ui.helping.gate import OPEN
from tests.faces.candidate.stage import browser, count_queries, stranger, upload, words
from tests.make import applications as make
from tests.make.helping import BORN, NIKS, begun, listed
from tests.make.invitations import officer
from tests.make.people import account
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db
IDLE = timedelta(minutes=settings.OPTIONS.help_idle_minutes)
PEOPLE, OVER, END = "/saya/bantu/", "/saya/bantu/usai/", "/saya/bantu/akhiri/"
SHUT = "Tidak selagi Anda dibantu"
# What addresses take that are written as expressions.
EXACT = {"sitting": "A" * 10, "name": "0" * 16, "entry": "A" * 10, "uidb36": "1"}
VALUES = {"IntConverter": "1", "StringConverter": "x", "PathConverter": "x"}


def sponsor() -> Actor:
    """Return the sponsor of an office, who goes by a name."""
    by = officer()
    Account.objects.filter(pk=by.account_id).update(label="Budi Santoso")
    return replace(by, label="Budi Santoso")


def typed(n: int = 1, **more: str) -> dict[str, str]:
    """Return what the n-th person of a list types to begin."""
    said = {"setuju": "on", "nik_akhir": NIKS[n - 1][-4:], "lahir": BORN, "version": HELP_VERSION}
    return said | more


def helping(client: Client, application: Application, n: int = 1) -> str:
    """Begin to help at this browser; return the address of the application."""
    answer = client.post(f"{PEOPLE}{application.ref}/", typed(n))
    assert answer.status_code == 302, words(answer)
    return str(answer["Location"])


def scan(n: int = 1) -> Any:
    """Return a picture as a browser sends one."""
    return upload(make.picture(size=(240, 320 + n)), "ktp.jpg")


def named(
    patterns: list[Any], spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, dict[str, str], URLPattern]]:
    """Give the name of every address of the house, and what its places take."""
    for found in patterns:
        if isinstance(found, URLResolver):
            inner = (*spaces, found.namespace) if found.namespace else spaces
            yield from named(found.url_patterns, inner)
        elif found.name:
            kinds = {
                k: type(c).__name__ for k, c in getattr(found.pattern, "converters", {}).items()
            }
            yield ":".join((*spaces, found.name)), kinds, found


def addresses(ref: str) -> Iterator[tuple[str, str]]:
    """Give every address by name, with this reference wherever one stands in it."""
    for name, kinds, pattern in named(get_resolver().url_patterns):
        said = {key: VALUES.get(kind, ref) for key, kind in kinds.items()}
        groups = pattern.pattern.regex.groupindex.keys()
        said |= {key: EXACT.get(key, "x") for key in groups - kinds.keys()}
        yield name, reverse(name, kwargs=said)


def is_shut(answer: HttpResponse) -> bool:
    """Say whether the answer is that nothing of this is open meanwhile."""
    return answer.status_code == 403 and SHUT in words(answer)


def test_what_is_shut_leads_back_to_the_application() -> None:
    by = sponsor()
    (first,) = listed(by)
    client = browser(by)
    helping(client, first)

    told = client.get("/saya/kolektif/")
    back = client.get("/saya/")

    assert is_shut(told)
    assert "Kembali ke permohonan" in words(told)
    assert "Ke halaman depan" not in words(told)
    assert back["Location"] == f"/saya/permohonan/{first.ref}/"


def test_every_address_of_the_house_is_shut_but_these_few() -> None:
    by = sponsor()
    (first,) = listed(by)
    client = browser(by)
    helping(client, first)
    walked = {name: path for name, path in addresses(first.ref) if name != "candidate:help_end"}

    opened = {
        name
        for name, path in walked.items()
        if not (is_shut(client.get(path)) and is_shut(client.post(path)))
    }

    assert len(walked) > 250
    assert opened == OPEN - {"candidate:help_end"}


def test_no_exam_no_certificate_no_account_and_none_of_the_helpers_own_pages_are_open() -> None:
    own = ("account_", "mfa_", "office:", "examroom:", "api-", "candidate:certificate")
    assert not [name for name in OPEN if name.startswith(own)]
    for name in ("withdraw", "file", "portfolio", "erase", "export", "notices", "batch", "staff"):
        assert f"candidate:{name}" not in OPEN


def test_it_begins_with_the_person_and_their_pages_say_so() -> None:
    by = sponsor()
    (first,) = listed(by)
    client, start = browser(by), f"{PEOPLE}{first.ref}/"

    page = client.get(start)
    refused = [
        client.post(start, typed(nik_akhir="9999")),
        client.post(start, typed(nik_akhir="")),
        client.post(start, typed(setuju="")),
    ]
    tries = Help.objects.get().tries
    way = helping(client, first)
    shown = client.get(way)

    assert page.status_code == 200
    assert [answer.status_code for answer in refused] == [422, 422, 422]
    assert tries == 1
    assert Help.objects.get().tries == 0
    assert "Peserta 1" in words(shown)
    assert f"dengan bantuan {by.label}" in words(shown)
    assert "no-store" in shown["Cache-Control"]
    assert client.get("/saya/")["Location"] == way


def test_to_strangers_nobody_is_there_to_be_helped() -> None:
    (first,) = listed(officer())
    other = officer(901)

    nobody = stranger()
    for client in (browser(other), nobody, browser(account(60, Role.VERIFIER))):
        assert client.get(f"{PEOPLE}{first.ref}/").status_code == 404
        assert client.post(f"{PEOPLE}{first.ref}/", typed()).status_code == 404
    assert nobody.get(PEOPLE).status_code == 404
    assert "Peserta 1" not in words(browser(other).get(PEOPLE))


def test_who_was_known_before_the_list_is_told_to_use_their_own_account() -> None:
    by = sponsor()
    (first,) = listed(by)
    before = first.created_at - timedelta(days=30)
    type(first.person).objects.filter(pk=first.person_id).update(created_at=before)

    page = browser(by).get(f"{PEOPLE}{first.ref}/")

    assert "akun" in words(page)
    assert 'name="nik_akhir"' not in page.content.decode()


def test_what_is_typed_with_help_carries_both_names_and_changes_no_mail_address() -> None:
    by = sponsor()
    (first,) = listed(by)
    client, before = browser(by), first.person.email
    helping(client, first)

    said = {
        "name": "Peserta Satu", "sex": "female", "birth_place": "Bogor", "birth_on": "1992-01-27",
        "region_code": first.person.region_code, "address": "Jalan Mawar 3", "phone": "081234567890",
        "email": "penolong@contoh.example",
    }  # fmt: skip
    answer = client.post(f"/saya/permohonan/{first.ref}/diri/", said)
    told = client.get(f"/saya/permohonan/{first.ref}/riwayat/")

    assert answer.status_code == 302, words(answer)
    assert Event.objects.get(type="application.revised").helper_id == by.account_id
    first.person.refresh_from_db()
    assert (first.person.name, first.person.email) == ("Peserta Satu", before)
    assert f"Anda, dengan bantuan {by.label}" in words(told)


def test_documents_wait_on_the_phone_under_a_name_of_their_own_and_are_not_fetched_back() -> None:
    by = sponsor()
    (first,) = listed(by)
    client = browser(by)
    helping(client, first)
    code = next(iter(queries.document_kinds(first)))
    path = f"/saya/permohonan/{first.ref}/dokumen/{code}/"

    sent = client.post(path, {"file": scan()})
    page = client.get(f"/saya/permohonan/{first.ref}/dokumen/").content.decode()

    assert sent.status_code == 302
    assert f"{path}berkas/" not in page
    assert f'data-who="bantuan-{first.ref}"' in page
    assert Event.objects.get(type="application.attached").helper_id == by.account_id


def test_no_page_that_is_open_leads_to_one_that_is_shut() -> None:
    by = sponsor()
    (first,) = listed(by)
    client = browser(by)
    way = helping(client, first)

    for page in ("", "jalur/", "diri/", "dokumen/", "kirim/", "riwayat/"):
        text = client.get(f"{way}{page}").content.decode()
        links = set(re.findall(r'(?:href|action)="(/saya/[^"#]*)"', text)) - {END}
        assert links
        assert not [link for link in links if is_shut(client.get(link))]


def test_whoever_agrees_shows_once_more_that_it_is_they() -> None:
    by = sponsor()
    (first,) = listed(by)
    client = browser(by)
    helping(client, first)
    asked = queries.documents_asked(first)
    for n, code in enumerate((*asked.required, *(codes[0] for codes in asked.one_of.values()))):
        kind = queries.document_kinds(first)[code]
        file = scan(n) if "image/jpeg" in kind.media_types else upload(make.PDF)
        client.post(f"/saya/permohonan/{first.ref}/dokumen/{code}/", {"file": file})
    review = f"/saya/permohonan/{first.ref}/kirim/"
    agreed = {"agreed": "on", "consents": "on", "version": make.CONSENT}

    nothing = client.post(review, agreed)
    wrong = client.post(review, agreed | {"kode": "123456"})
    none_yet = Consent.objects.count()
    right = client.post(review, agreed | {"nik_akhir": NIKS[0][-4:], "lahir": BORN})

    assert [nothing.status_code, wrong.status_code, none_yet] == [422, 422, 0]
    assert right.status_code == 302, words(right)
    assert Consent.objects.get().way == "birth_date"
    first.refresh_from_db()
    assert first.state == State.SUBMITTED
    assert client.get(f"/saya/permohonan/{first.ref}/").status_code == 200


def test_when_it_is_over_nothing_is_open_and_the_next_begins_at_once() -> None:
    by = sponsor()
    first, second = listed(by, count=2)
    client = browser(by)
    way = helping(client, first)
    key = client.session.session_key

    ended = client.post(END)
    over = client.get(ended["Location"])

    assert (ended.status_code, ended["Location"]) == (302, OVER)
    assert PEOPLE in over.content.decode()
    assert over["Clear-Site-Data"] == '"cache"'
    assert "no-store" in over["Cache-Control"]
    assert client.session.session_key != key
    assert "Peserta" not in words(over)
    helping(client, second, 2)
    assert client.get(way).status_code == 404
    assert client.post(f"/saya/permohonan/{first.ref}/diri/", {}).status_code == 404


def test_a_phone_that_lies_untouched_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    by = sponsor()
    (first,) = listed(by)
    client = browser(by)
    way = helping(client, first)

    monkeypatch.setattr(clock, "now", lambda: TUESDAY + IDLE - timedelta(minutes=1))
    assert client.get(way).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: TUESDAY + 2 * IDLE - timedelta(minutes=2))
    assert client.get("/saya/bantu/kini/").status_code == 204
    monkeypatch.setattr(clock, "now", lambda: TUESDAY + 3 * IDLE)
    late = client.post(f"/saya/permohonan/{first.ref}/diri/", {"name": "Penolong"})

    assert (late.status_code, late["Location"]) == (302, OVER)
    first.person.refresh_from_db()
    assert first.person.name == "Peserta 1"


def test_the_helper_ends_at_another_device_what_was_left_at_this_one() -> None:
    by = sponsor()
    (first,) = listed(by)
    phone, desk = browser(by), browser(by)
    way = helping(phone, first)

    assert "Peserta 1" in words(desk.get(PEOPLE))
    assert desk.post(f"{PEOPLE}lepas/")["Location"] == PEOPLE
    answer = phone.get(way)

    assert (answer.status_code, answer["Location"]) == (302, OVER)
    assert Event.objects.get(type="help.ended").facts == {"why": HelpEnd.ELSEWHERE}


def test_who_begins_at_another_device_takes_the_first_one_away() -> None:
    by = sponsor()
    first, second = listed(by, count=2)
    phone, tablet = browser(by), browser(by)
    way = helping(phone, first)

    helping(tablet, second, 2)

    assert phone.get(way)["Location"] == OVER
    assert Help.objects.filter(state="open").count() == 1


def test_whose_account_was_closed_helps_no_more() -> None:
    by = sponsor()
    (first,) = listed(by)
    client = browser(by)
    way = helping(client, first)

    Account.objects.filter(pk=by.account_id).update(is_active=False)

    assert "Peserta 1" not in words(client.get(way, follow=True))


def test_no_word_to_one_person_waits_for_the_next() -> None:
    by = sponsor()
    first, second = listed(by, count=2)
    client = browser(by)
    helping(client, first)
    code = next(iter(queries.document_kinds(first)))
    path = f"/saya/permohonan/{first.ref}/dokumen/{code}/"
    client.post(path, {"file": scan()})
    told = client.get("/saya/bantu/kini/")
    assert told.status_code == 204

    client.post(END)
    helping(client, second, 2)

    page = client.get(f"/saya/permohonan/{second.ref}/dokumen/").content.decode()
    assert "k-toast" not in page


def test_the_person_reads_who_helped() -> None:
    by = account(50, Role.COORDINATOR, label="Budi Santoso")
    own = make.draft(20)
    code = Shown(code=shortlinks.code_of("status", own.ref))
    held = actions.begin_help(
        own, code, version=HELP_VERSION, by=by, at=TUESDAY, rng=random.Random(3)
    )
    assert held is not None
    actions.end_help(held, why=HelpEnd.BUTTON, by=by, at=TUESDAY)
    themselves = Actor(own.filed_by_id, frozenset({Role.APPLICANT}), own.person_id)

    told = words(browser(themselves).get("/saya/data/jejak/"))

    assert "Budi Santoso" in told
    assert own.ref in told


@pytest.mark.parametrize("count", [1, 8])
def test_the_list_of_whom_to_help_costs_the_same_at_any_size(count: int) -> None:
    by = sponsor()
    listed(by, count=count)

    assert count_queries(browser(by), PEOPLE) <= 12


def test_a_page_with_a_helper_beside_costs_three_queries_more() -> None:
    by = sponsor()
    (first,) = listed(by)
    way, alone = f"/saya/permohonan/{first.ref}/riwayat/", browser(by)
    before = count_queries(alone, way)

    helping(alone, first)

    assert count_queries(alone, way) <= before + 3


def test_from_the_office_the_same_pages_open_and_the_office_shuts_meanwhile() -> None:
    (first,) = listed(officer())
    client = browser(account(50, Role.COORDINATOR))
    assert client.get("/kantor/").status_code == 200

    assert "Peserta 1" in words(client.get("/kantor/bantu/"))
    began = client.post(f"/kantor/bantu/{first.ref}/", typed())

    assert began["Location"] == f"/saya/permohonan/{first.ref}/"
    assert client.get(began["Location"]).status_code == 200
    assert is_shut(client.get("/kantor/"))
    ended = client.post(END)
    assert ended["Location"] == "/kantor/bantu/usai/"
    assert client.get(ended["Location"]).status_code == 200
    assert client.get("/kantor/").status_code == 200
    assert client.get(began["Location"]).status_code == 403


def test_a_device_where_it_was_not_begun_stays_its_owners() -> None:
    by = sponsor()
    (first,) = listed(by)
    begun(first, by, at=TUESDAY)

    page = browser(by).get(f"/saya/permohonan/{first.ref}/").content.decode()

    assert "k-helped" not in page
