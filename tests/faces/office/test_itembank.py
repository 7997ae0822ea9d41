"""Is the bank kept by two pairs of eyes? Import, review, retirement, forms; keys for writers only."""

import io
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from kompeten.foundation import clock
from kompeten.itembank import actions
from kompeten.itembank.models import CaseSet, Form, Item
from kompeten.itembank.terms import ItemState
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import RoleGrant
from tests.faces.office.staff import at_work, cost, entered, part_of, said, words
from tests.make import itembank as make

pytestmark = pytest.mark.django_db
BANK = "/kantor/bank-soal/"
CASES = f"{BANK}kasus/"
IMPORT = f"{BANK}impor/"
FORMS = f"{BANK}paket/"
GIFT = """\
$CATEGORY: kasus/Z01

::Z01::Ibu S. tiga kali tidak datang ke pertemuan kelompok.

// [id:Z01-1] [tag:domain:skill] [tag:difficulty:easy] [tag:unit:asesmen]
::Z01-1::Langkah pertama Anda ialah {
=berkunjung dan mendengarkan
~menangguhkan bantuannya
~menegurnya di depan kelompok
~menunggu bulan depan
}

// [id:Z01-2] [tag:domain:value] [tag:difficulty:medium] [tag:unit:etika]
::Z01-2::Cerita Ibu S. Anda catat dengan {
=inisial
~nama lengkap
~nama dan alamat
~fotonya
}
"""


def gita(n: int = 7301) -> tuple[Client, Actor]:
    """Return an item writer at work."""
    return at_work(Role.ITEM_WRITER, n=n)


def sent(client: Client, text: str | bytes, name: str = "kasus.gift") -> HttpResponse:
    """Upload a file of items."""
    content = text.encode() if isinstance(text, str) else text
    return client.post(IMPORT, {"berkas": SimpleUploadedFile(name, content)})


def taken_in(by: Actor) -> str:
    """Return the address of a case whose two items are drafts written by `by`."""
    actions.import_gift(GIFT.encode(), by=by, at=clock.now(), rng=random.Random(3))
    return f"{CASES}{CaseSet.objects.get(code='Z01').ref}/"


def states() -> list[str]:
    """Return where the items of the case stand."""
    return list(
        Item.objects.filter(code__startswith="Z01").order_by("code").values_list("state", flat=True)
    )


def test_a_file_comes_in_as_drafts_and_the_same_file_again_changes_nothing() -> None:
    client, _ = gita()

    first = sent(client, GIFT)
    again = sent(client, GIFT)

    assert (first["Location"], again["Location"]) == (CASES, CASES)
    assert states() == ["draft", "draft"]


def test_everything_wrong_with_a_file_is_named_by_line_and_nothing_comes_in() -> None:
    client, _ = gita()
    broken = GIFT.replace("=inisial", "~inisial").replace(
        "[tag:domain:skill]", "[tag:domain:sulap]"
    )

    answer = sent(client, broken)

    assert answer.status_code == 422
    assert said("The domain is knowledge, values or skills.") in words(answer)
    assert said("line %(n)d", n=6) in words(answer)
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 not a workbook", "itemfile"),
        (b"\xd0\xcf\x11\xe0 an old one", "This is an old Excel file (.xls)"),
        (b"\xff\xfe\x00G", "The file is not in UTF-8. Save it again as UTF-8 text."),
        (b"halo", "itemfile"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(content: bytes, reason: str) -> None:
    client, _ = gita()

    answer = sent(client, content, "soal.xlsx")

    assert answer.status_code == 422
    assert "itemfile" not in words(answer)
    assert said("Mend these places in your file, save it, and choose it again.") in words(answer)
    assert not Item.objects.exists()


def test_our_sheet_can_be_downloaded_and_opened() -> None:
    client, _ = gita()

    answer = client.get(f"{BANK}templat/")

    assert load_workbook(io.BytesIO(answer.content)).sheetnames
    assert "attachment" in answer["Content-Disposition"]


def test_an_item_goes_from_its_writer_to_another_and_is_approved() -> None:
    client, by = gita()
    reviewer, _ = gita(7302)
    place = taken_in(by)

    client.post(place, {"langkah": "ajukan"})
    waits = client.get(place)
    queue = reviewer.get(f"{BANK}telaah/")
    reviewer.post(place, {"langkah": "setujui"})

    assert said("You wrote these items. Somebody else reviews them.") in words(waits)
    assert "Z01" in words(queue)
    assert states() == ["approved", "approved"]


def test_nobody_approves_what_they_wrote() -> None:
    client, by = gita()
    place = taken_in(by)
    client.post(place, {"langkah": "ajukan"})
    item = Item.objects.filter(code="Z01-1").get()

    answer = client.post(place, {"langkah": "setujui", "butir": [item.ref]})

    assert answer.status_code == 409
    assert said("An item is reviewed by somebody other than its writer.") in words(answer)
    assert states() == ["in_review", "in_review"]


def test_one_item_goes_back_with_a_note_that_its_writer_reads() -> None:
    client, by = gita()
    reviewer, _ = gita(7302)
    place = taken_in(by)
    client.post(place, {"langkah": "ajukan"})
    item = Item.objects.get(code="Z01-2")
    data = {"langkah": "kembalikan", "butir": [item.ref]}

    silent = reviewer.post(place, data)
    reviewer.post(place, data | {"catatan": "Pengecoh ketiga terlalu mudah."})

    assert silent.status_code == 422
    assert states() == ["in_review", "draft"]
    assert "Pengecoh ketiga terlalu mudah." in words(client.get(place))


def test_only_what_is_ticked_is_retired_and_with_a_reason() -> None:
    client, by = gita()
    place = taken_in(by)
    item = Item.objects.get(code="Z01-1")

    blind = client.post(place, {"langkah": "tarik", "catatan": "Usang."})
    client.post(place, {"langkah": "tarik", "catatan": "Usang.", "butir": [item.ref]})

    assert blind.status_code == 422
    assert states() == ["retired", "draft"]


def test_a_second_click_and_a_second_person_are_told_that_it_is_done() -> None:
    client, by = gita()
    first, _ = gita(7302)
    second, _ = gita(7303)
    place = taken_in(by)
    client.post(place, {"langkah": "ajukan"})

    again = client.post(place, {"langkah": "ajukan"}, follow=True)
    first.post(place, {"langkah": "setujui"})
    late = second.post(place, {"langkah": "kembalikan", "catatan": "Perbaiki."}, follow=True)

    done = said("Nothing to do: those items have moved on already.")
    assert done in words(again)
    assert done in words(late)
    assert states() == ["approved", "approved"]


def test_the_key_is_shown_to_writers_only() -> None:
    client, by = gita()
    auditor, _ = at_work(Role.AUDITOR, n=7304)
    place = taken_in(by)

    assert 'data-state="right"' in client.get(place).content.decode()
    page = auditor.get(place)
    assert page.status_code == 200
    assert 'data-state="right"' not in page.content.decode()
    assert auditor.post(place, {"langkah": "ajukan"}).status_code == 403


def test_the_history_of_an_item_reads_as_a_story() -> None:
    client, by = gita()
    place = taken_in(by)
    client.post(place, {"langkah": "ajukan"})

    answer = client.get(place, {"riwayat": Item.objects.get(code="Z01-1").ref})

    assert said("Item submitted for review") in words(answer)
    assert said("Item written") in words(answer)


def test_coordinators_see_forms_and_not_the_bank() -> None:
    _, by = gita()
    place = taken_in(by)
    coordinator, _ = at_work(Role.COORDINATOR, n=7305)
    stranger, _ = at_work(Role.VERIFIER, n=7306)

    assert coordinator.get(BANK)["Location"] == FORMS
    assert coordinator.get(place).status_code == 404
    assert coordinator.get(IMPORT).status_code == 404
    assert coordinator.get(FORMS).status_code == 200
    assert {stranger.get(a).status_code for a in (BANK, CASES, place, IMPORT, FORMS)} == {404}


def test_a_form_is_assembled_to_the_blueprint_and_a_second_click_makes_no_other() -> None:
    client, _ = gita()
    make.bank()
    data = {"judul": "Paket A", "skema": "welfare_worker_generalist", "benih": "77"}

    first = client.post(f"{FORMS}susun/", data)
    again = client.post(f"{FORMS}susun/", data)
    page = client.get(first["Location"])

    assert first["Location"] == again["Location"]
    assert Form.objects.count() == 1
    assert "Paket A" in words(page)
    assert 'data-state="right"' not in page.content.decode()


def test_where_the_bank_is_short_is_said_in_words() -> None:
    client, by = gita()
    taken_in(by)
    data = {"judul": "Paket A", "skema": "welfare_worker_generalist", "benih": "77"}

    answer = client.post(f"{FORMS}susun/", data)

    assert answer.status_code == 422
    assert said("The bank is short for this blueprint") in words(answer)
    assert said("Knowledge") in words(answer)
    assert 'value="Paket A"' in answer.content.decode()
    assert not Form.objects.exists()


def test_a_coordinator_reads_how_a_form_is_made_up_and_not_its_texts() -> None:
    coordinator, _ = at_work(Role.COORDINATOR, n=7305)
    form = make.form()

    answer = coordinator.get(f"{FORMS}{form.ref}/")

    assert said("The texts are shown to item writers only.") in words(answer)


def test_the_list_of_cases_is_swapped_as_it_stands_on_the_page() -> None:
    client, by = gita()
    taken_in(by)

    fragment, whole = part_of(client, CASES)

    assert fragment in whole


@pytest.mark.parametrize("address", [BANK, CASES, FORMS])
def test_pages_cost_the_same_for_one_case_and_for_sixty(address: str) -> None:
    client, by = gita()
    taken_in(by)
    one = cost(client, address)

    make.form()

    assert cost(client, address) == one


def test_a_role_that_lapses_midway_ends_it() -> None:
    client, by = gita()
    place = taken_in(by)
    RoleGrant.objects.filter(account_id=by.account_id).update(valid_until=clock.now())

    assert client.post(place, {"langkah": "ajukan"}).status_code == 403
    assert states() == ["draft", "draft"]


def test_a_page_survives_an_item_that_everybody_has_finished_with() -> None:
    client, by = gita()
    place = taken_in(by)
    items = list(Item.objects.filter(code__startswith="Z01"))
    actions.retire(items, reason="Usang.", by=by, at=clock.now())

    assert said("All items of this version were retired.") in words(client.get(place))
    assert {i.state for i in Item.objects.all()} == {ItemState.RETIRED}
    assert entered(by).get(f"{BANK}kasus/TIDAKADA00/").status_code == 404
