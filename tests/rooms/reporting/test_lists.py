"""Does a list that leaves the house name the right people, with all of their digits, and is it told?"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from pyhanko.pdf_utils.reader import PdfFileReader

from kompeten.decisions.models import Decree
from kompeten.foundation import ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people.models import Person
from kompeten.people.queries import nik_of
from kompeten.reporting import actions, queries, rules
from kompeten.reporting.adapters import bnsp, codes, handover
from kompeten.reporting.adapters.codes import NONE, CodesUnreadable
from kompeten.reporting.terms import BnspRow, Order, Recipient
from tests.make import blanks
from tests.make.blanks import AT
from tests.make.costs import spent
from tests.make.decisions import certified
from tests.make.people import account

pytestmark = pytest.mark.django_db
ORDER = Order(schedule="JDW-0041", funding="1", ministry="27")


@pytest.fixture(scope="module")
def decree(django_db_setup: None, django_db_blocker: Any) -> Iterator[Decree]:
    """Return a decree on three people, two of them competent and their certificates printed."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = certified(1, beside={2: 2, 3: 4}).meeting.decree
        blanks.received(1, 9)
        blanks.printed()
        yield found
        transaction.set_rollback(True)


def registrar() -> Actor:
    """Return who gives lists out."""
    return account(4080, Role.REGISTRAR, at=AT)


def cells(content: bytes, sheet: int = 0) -> list[tuple[Any, ...]]:
    """Return the rows of a sheet as another library reads them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return list(book.worksheets[sheet].iter_rows(values_only=True))


def test_the_list_names_k_and_bk_with_nik_and_dates_as_texts(decree: Decree) -> None:
    content = actions.bnsp_list(decree, order=ORDER, by=registrar(), at=AT)

    head, *rows = cells(content)
    assert head == rules.BNSP_COLUMNS
    assert sorted(row[18] for row in rows) == ["BK", "K", "K"]
    first = dict(zip(head, rows[0], strict=True))
    person = Person.objects.get(name=rows[0][1])
    assert first["NIK"] == nik_of(person.pk)
    assert len(first["NIK"]) == 16
    assert first["TANGGAL LAHIR (dd/mm/yyyy)"] == f"{person.birth_on:%d/%m/%Y}"
    assert first["KODE KOTA"] == person.region_code.replace(".", "")
    assert first["KODE PROVINSI"] == person.region_code[:2]
    assert (first["KODE JADWAL"], first["KODE SUMBER ANGGARAN"]) == ("JDW-0041", "1")
    assert first["TANGGAL UJI"].count("/") == 2
    assert all(isinstance(cell, str) for row in rows for cell in row if cell is not None)


def test_what_is_missing_is_named_on_a_sheet_of_its_own(decree: Decree) -> None:
    rows = queries.bnsp_rows(decree, order=Order("", "", ""), codes=NONE)

    found = cells(bnsp.workbook(rows, title="x", at=AT), 1)

    assert found[0] == bnsp.CHECK_COLUMNS
    assert len(found) == 1 + len(rows)
    assert "KODE PENDIDIKAN" in found[1][2]
    assert "KODE JADWAL" in found[1][2]


def test_the_same_rows_give_the_same_file_and_a_formula_stays_a_name() -> None:
    row = BnspRow(("1", '=HYPERLINK("http://x","Ani")', *["0123456789012345"] * 17), "", "")

    content = bnsp.workbook([row], title="x", at=AT)

    assert content == bnsp.workbook([row], title="x", at=AT)
    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["B2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x","Ani")')


def test_each_list_is_written_down_with_who_and_how_many(decree: Decree) -> None:
    by = registrar()

    actions.bnsp_list(decree, order=ORDER, by=by, at=AT)
    actions.handover_list(decree, province="", office=None, by=by, at=AT)
    actions.address_labels(decree, province="", office=None, skip=3, by=by, at=AT)

    told = [e for e in ledger.history("decree", decree.pk) if e.type == "decree.released"]
    assert [(e.facts["kind"], e.facts["rows"], e.actor_id) for e in told] == [
        ("bnsp", 3, by.account_id),
        ("handover", 2, by.account_id),
        ("labels", 2, by.account_id),
    ]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR, Role.COMMITTEE, Role.APPLICANT])
def test_nobody_else_gets_a_list_and_nothing_is_told(decree: Decree, role: Role) -> None:
    by = account(4081, role, at=AT)
    before = len(ledger.history("decree", decree.pk))

    with pytest.raises(StepRefused):
        actions.bnsp_list(decree, order=ORDER, by=by, at=AT)

    assert len(ledger.history("decree", decree.pk)) == before


def test_only_what_is_printed_is_handed_over_with_number_and_sheet(decree: Decree) -> None:
    found = queries.parcels(decree, at=AT)

    recipients = [r for parcel in found for r in parcel.recipients]
    assert sorted(r.serial for r in recipients) == ["LSP-000001", "LSP-000002"]
    assert all(r.number and r.name and r.address for r in recipients)
    assert handover.handover(queries.heading(decree, at=AT), found, at=AT).startswith(b"%PDF")


def test_papers_for_handing_over_cost_the_same_for_few_and_many(decree: Decree) -> None:
    queries.parcels(decree, at=AT)

    assert spent(lambda: queries.parcels(decree, at=AT)) <= 3


def test_labels_fill_sheets_of_fourteen_from_where_they_are_unused() -> None:
    heading = handover.Heading("LSP", "1/SK", "12 Maret 2026", False)
    someone = Recipient(
        "Ani", "1", "A1", "PS", "Bali", "Dinas Sosial", ("Jl. Melati 3", "Kota Denpasar"), "08", 1
    )
    parcels = rules.parcels([someone] * 13)  # and one label for the parcel

    def pages(skip: int) -> int:
        pdf = handover.labels(heading, parcels, skip=skip, at=AT)
        return int(PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Count"])

    assert [pages(0), pages(1), pages(13)] == [1, 2, 2]


def test_codes_are_read_from_the_bodys_file(tmp_path: Path) -> None:
    file = tmp_path / "codes.yaml"
    file.write_text("education: {S1: 07}\noccupation: [{words: [penyuluh], code: 21}, {code: 99}]")

    read = codes.load(str(file))

    assert dict(read.education) == {"S1": "07"}
    assert read.occupation == ((("penyuluh",), "21"), ((), "99"))
    assert codes.load("") == NONE


@pytest.mark.parametrize(
    "text",
    ["- 1", "other: 1", "education: {B9: 1}", "occupation: [1]", "occupation: [{words: [x]}]", "{"],
)
def test_a_file_of_codes_that_is_not_in_order_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "codes.yaml"
    file.write_text(text)

    with pytest.raises(CodesUnreadable, match=r"codes\.yaml"):
        codes.load(str(file))


def test_a_file_of_codes_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CodesUnreadable):
        codes.load(str(tmp_path / "none.yaml"))
