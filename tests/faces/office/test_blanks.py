"""Does the registrar take sheets in, print on them and write them off, once, whatever is clicked twice?"""

import io

import pikepdf
import pypdfium2
import pytest
from django.test import Client

from kompeten.certificates import queries
from kompeten.certificates.models import Blank, Certificate
from kompeten.foundation import clock
from kompeten.kernel.roles import Role
from tests.faces.office.staff import at_work, cost, part_of, said, words
from tests.make import blanks, decisions

pytestmark = pytest.mark.django_db
STOCK = "/kantor/blangko/"
PRINT, RECEIVE, REPORT = f"{STOCK}cetak/", f"{STOCK}terima/", f"{STOCK}laporan/"
RANGE = {"awal": "lsp-000001", "akhir": "LSP-000012", "catatan": "Perum Peruri, BA 7/2026"}


def registrar() -> Client:
    """Return the browser of a registrar."""
    return at_work(Role.REGISTRAR, n=7801)[0]


def several(count: int) -> list[Certificate]:
    """Return published certificates."""
    decisions.certified(beside=dict.fromkeys(range(2, count + 1), 4))
    return list(Certificate.objects.order_by("id"))


def ticked(*certificates: Certificate, **more: str) -> dict[str, object]:
    """Return what the form of printing sends."""
    return {"pilih": [str(c.pk) for c in certificates], **more}


def test_a_delivery_is_taken_in_by_its_ends_as_they_stand_on_the_sheets() -> None:
    client = registrar()

    answer = client.post(RECEIVE, RANGE, follow=True)

    assert "12 blangko kini masuk persediaan." in words(answer)
    assert queries.in_stock().count() == 12
    assert queries.in_stock()[0].serial == "LSP-000001"


def test_the_ticked_certificates_come_as_one_file_in_the_order_of_the_sheets() -> None:
    client, held = registrar(), several(3)
    client.post(RECEIVE, RANGE)
    order = [held[2], held[0]]

    answer = client.post(f"{PRINT}berkas/", ticked(*order))
    none = client.post(f"{PRINT}berkas/", {})

    assert answer["Content-Type"] == "application/pdf"
    assert "cetak-2-sertifikat.pdf" in answer["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.content)) as file:
        assert len(file.pages) == 4  # front and back of each
        assert "/AcroForm" not in file.Root
        assert not any("/Annots" in page for page in file.pages)
    drawn = pypdfium2.PdfDocument(answer.content)
    fronts = [drawn[number].get_textpage().get_text_bounded() for number in (0, 2)]
    assert [c.number in " ".join(text.split()) for c, text in zip(order, fronts, strict=True)] == [
        True,
        True,
    ]
    assert none.status_code == 302
    assert queries.to_print_count() == 3  # nothing is noted as printed


def test_the_second_click_takes_nothing_in_and_says_why() -> None:
    client = registrar()
    client.post(RECEIVE, RANGE)

    answer = client.post(RECEIVE, RANGE)

    assert answer.status_code == 422
    assert "LSP-000001" in words(answer)
    assert Blank.objects.count() == 12


@pytest.mark.parametrize(
    "change",
    [
        {"akhir": "LSP-12"},
        {"akhir": "XYZ-000012"},
        {"akhir": "LSP-000000"},
        {"awal": "tanpa nomor"},
        {"akhir": "LSP-999999"},
        {"catatan": "👍"},
    ],
)
def test_ends_that_are_no_range_are_asked_for_again(change: dict[str, str]) -> None:
    answer = registrar().post(RECEIVE, RANGE | change)

    assert answer.status_code == 422
    assert not Blank.objects.exists()


def test_what_is_printed_is_noted_in_the_order_of_the_sheets_once() -> None:
    client = registrar()
    first, second, third = several(3)
    blanks.received(1, 5, at=clock.now())

    page = words(client.get(PRINT))
    answer = client.post(PRINT, ticked(first, second, mulai="LSP-000002"), follow=True)
    again = client.post(PRINT, ticked(first, second, mulai="LSP-000002"))

    assert first.number in page
    assert "LSP-000001" in page
    told = "2 sertifikat tercetak pada blangko LSP-000002 sampai LSP-000003."
    assert told in words(answer)
    assert again.status_code == 302
    assert list(queries.to_print()) == [third]
    assert Blank.objects.filter(state="issued").count() == 2


def test_without_sheets_nothing_is_noted() -> None:
    client = registrar()
    (certificate,) = several(1)

    empty = client.get(PRINT)
    answer = client.post(PRINT, ticked(certificate))

    assert said("There is no sheet in stock. Take in a delivery first.") in words(empty)
    assert answer.status_code == 422
    assert list(queries.to_print()) == [certificate]


def test_a_body_without_numbered_sheets_is_not_asked_to_print() -> None:
    several(1)
    assert queries.to_print_count() == 0

    blanks.received(1, 1, at=clock.now())

    assert queries.to_print_count() == 1


def test_a_spoiled_sheet_is_written_off_and_its_certificate_waits_again() -> None:
    client = registrar()
    (certificate,) = several(1)
    blanks.received(1, 2, at=clock.now())
    (sheet,) = blanks.printed(at=clock.now())
    page = f"{STOCK}{sheet.pk}/"

    empty = client.post(page, {"alasan": " "})
    client.post(page, {"alasan": "Tinta luntur"})
    again = client.post(page, {"alasan": "Sobek"})

    assert empty.status_code == 422
    assert again.status_code == 302
    assert Blank.objects.get(pk=sheet.pk).reason == "Tinta luntur"
    assert list(queries.to_print()) == [certificate]
    assert "Tinta luntur" in words(client.get(page))
    assert sheet.serial in words(client.get(f"/kantor/sertifikat/{certificate.ref}/"))


def test_a_sheet_is_found_by_number_certificate_and_holder() -> None:
    client = registrar()
    (certificate,) = several(1)
    blanks.received(1, 3, at=clock.now())
    blanks.printed(at=clock.now())

    for wanted in ("000001", certificate.number, "rahayu"):
        assert "LSP-000001" in words(client.get(STOCK, {"cari": wanted}))
    assert "LSP-000002" not in words(client.get(STOCK, {"cari": "rahayu"}))
    assert "LSP-000001" not in words(client.get(STOCK, {"keadaan": "stock"}))
    fragment, whole = part_of(client, STOCK)
    assert fragment in whole


def test_the_report_names_gaps_and_void_sheets() -> None:
    client = registrar()
    blanks.received(1, 3, at=clock.now())
    blanks.received(8, 9, at=clock.now())
    sheet = queries.in_stock()[0]
    client.post(f"{STOCK}{sheet.pk}/", {"alasan": "Sobek"})

    page = words(client.get(REPORT))

    assert "LSP-000004 – LSP-000007" in page
    assert "Sobek" in page
    assert said("every number is accounted for") in page


def test_pages_cost_the_same_for_few_sheets_and_many() -> None:
    client = registrar()
    several(2)
    blanks.received(1, 3, at=clock.now())
    few = [cost(client, page) for page in (STOCK, PRINT, REPORT)]

    blanks.received(11, 60, at=clock.now())

    assert [cost(client, page) for page in (STOCK, PRINT, REPORT)] == few


def test_who_may_read_may_not_keep_the_stock() -> None:
    blanks.received(1, 2, at=clock.now())
    key = queries.in_stock()[0].pk
    auditor, _ = at_work(Role.AUDITOR, n=7802)

    assert [auditor.get(p).status_code for p in (STOCK, REPORT, f"{STOCK}{key}/")] == [200] * 3
    assert [auditor.get(p).status_code for p in (PRINT, RECEIVE)] == [404] * 2
    assert auditor.post(f"{STOCK}{key}/", {"alasan": "Sobek"}).status_code == 403
    assert Blank.objects.get(pk=key).state == "stock"


def test_strangers_find_no_sheets() -> None:
    blanks.received(1, 2, at=clock.now())
    key = queries.in_stock()[0].pk
    stranger, _ = at_work(Role.COORDINATOR, n=7803)

    pages = (STOCK, REPORT, PRINT, RECEIVE, f"{STOCK}{key}/")
    assert {stranger.get(page).status_code for page in pages} == {404}
