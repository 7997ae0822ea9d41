"""Does a list go back as it came, and come again without doubling anybody?"""

import random
from collections import Counter
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from kompeten.applications import actions, queries
from kompeten.applications.adapters import workbook
from kompeten.applications.models import Application, Collective, CollectiveRow, Repair
from kompeten.applications.rules import mending
from kompeten.applications.terms import Grid
from kompeten.applications.terms.application import ImportResult, RepairState, State
from kompeten.kernel.actors import Actor
from tests.make.collective import field_list
from tests.make.invitations import GOOD_NIK, SHORT_NIK, content, lines, officer, sent
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db
LINES = 60


def returned(collective: Collective) -> tuple[Grid, ...]:
    """Return the sheets that the office gets back."""
    return workbook.read(queries.sheet(collective))


def written(grids: tuple[Grid, ...]) -> bytes:
    """Return the sheets as an officer saves them, after mending them in the spreadsheet."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for grid in grids:
        sheet = book.add_worksheet(grid.name)
        for y, row in enumerate(grid.rows):
            for x, cell in enumerate(row):
                if hasattr(cell, "isoformat"):
                    sheet.write_datetime(y, x, cell, day)
                else:
                    sheet.write(y, x, cell)
    book.close()
    return buffer.getvalue()


def sent_again(by: Actor, again: bytes, *, seed: int = 8) -> ImportResult:
    """Return what became of a sheet that came back."""
    (key,) = by.organization_ids
    return actions.receive_list(
        again,
        label="Gelombang I, dibenahi",
        organization_id=key,
        by=by,
        at=TUESDAY,
        rng=random.Random(seed),
    )


def column(grid: Grid, title: str) -> int:
    """Return where a column stands, by its title."""
    return next(list(row).index(title) for row in grid.rows if title in row)


def altered(grids: tuple[Grid, ...], row: int, title: str, cell: Any) -> tuple[Grid, ...]:
    """Return the first sheet with one cell changed; `row` as a spreadsheet counts."""
    rows = [list(line) for line in grids[0].rows]
    rows[row - 1][column(grids[0], title)] = cell
    return (Grid(grids[0].name, rows, grids[0].merges), *grids[1:])


def test_the_field_list_goes_back_with_a_verdict_and_a_remark_beside_each_line() -> None:
    by = officer()
    listed, _planted = field_list(count=LINES, seed=11)
    batch = sent(by, listed)

    before, after = workbook.read(listed), returned(batch)

    assert [grid.name for grid in after] == [grid.name for grid in before]
    for old, new in zip(before, after, strict=True):
        width = max(len(row) for row in old.rows)
        for number, row in enumerate(old.rows):
            assert list(new.rows[number])[: len(row)] == list(row), (old.name, number + 1)
            assert all(cell == "" for cell in list(new.rows[number])[len(row) : width])
    by_place = {(row.sheet, row.row): row for row in lines(batch)}
    told = Counter[str]()
    for grid in after:
        verdict, code = column(grid, mending.VERDICT), column(grid, mending.CODE)
        for number, cells in enumerate(grid.rows, start=1):
            line = by_place.get((grid.name, number))
            if line is not None:
                told[line.verdict] += 1
                assert cells[verdict], (grid.name, number)
                assert bool(cells[code]) == (line.verdict == "repair")
    assert sum(told.values()) == len(by_place)
    assert told["repair"] > 5


def test_the_same_sheet_sent_back_unmended_doubles_nobody() -> None:
    by = officer()
    batch = sent(by, field_list(count=LINES, seed=11)[0])
    people, waiting = Application.objects.count(), Repair.objects.count()

    result = sent_again(by, queries.sheet(batch))

    assert result.good == 0
    assert not result.again
    assert Application.objects.count() == people
    assert Repair.objects.filter(state=RepairState.WAITING.value).count() == waiting
    assert Repair.objects.count() == waiting
    newest = Collective.objects.order_by("-id")[0]
    assert {r.line.collective_id for r in Repair.objects.select_related("line")} == {newest.pk}


def test_what_was_mended_in_the_sheet_goes_on_and_the_rest_is_already_here() -> None:
    by = officer()
    batch = sent(by, content({"nik": SHORT_NIK}, {"nik": "3271956701920002", "name": "Kartini"}))
    (link, _) = (actions.invite(lines(batch)[0], by=by, at=TUESDAY, rng=random.Random(3)), 0)

    result = sent_again(by, written(altered(returned(batch), 2, "NIK", GOOD_NIK)))

    assert (result.good, result.repair, result.duplicate) == (1, 0, 1)
    assert Application.objects.filter(state=State.DRAFT.value).count() == 2
    repair = Repair.objects.select_related("application__person").get()
    assert repair.state == RepairState.MENDED
    assert repair.application.person.name == "Dewi Lestari"
    newest = Collective.objects.order_by("-id")[0]
    assert [(r.verdict, r.reasons) for r in lines(newest)] == [
        ("good", []),
        ("duplicate", ["application.exists"]),
    ]
    # The link that the person has already leads on to what became of the line.
    found = queries.invited(queries.token_of(link.ref), at=TUESDAY)
    assert found is not None
    assert found.application == repair.application


def test_a_line_mended_wrongly_waits_once_and_its_link_leads_on() -> None:
    by = officer()
    batch = sent(by, content({"nik": SHORT_NIK}))
    link = actions.invite(lines(batch)[0], by=by, at=TUESDAY, rng=random.Random(3))

    sent_again(by, written(altered(returned(batch), 2, "NIK", "12")))

    repair = Repair.objects.select_related("line__collective").get()
    assert repair.state == RepairState.WAITING
    assert actions.as_written(repair)["nik"] == "12"
    assert queries.repairs_by_list([batch.ref]) == {}
    assert queries.invited(queries.token_of(link.ref), at=TUESDAY) is not None


def test_codes_that_were_sorted_away_from_their_lines_take_nobodys_place() -> None:
    by = officer()
    batch = sent(by, content({"nik": "12", "name": "Putu"}, {"nik": "13", "name": "Kartini"}))
    grids = returned(batch)
    code = column(grids[0], mending.CODE)
    rows = [list(row) for row in grids[0].rows]
    rows[1][code], rows[2][code] = rows[2][code], rows[1][code]
    rows[1][column(grids[0], "NIK")] = "3271956701920003"

    sent_again(by, written((Grid(grids[0].name, rows),)))

    draft = Application.objects.select_related("person").get()
    assert draft.person.name == "Putu"
    assert sorted((r.line.name, r.state) for r in Repair.objects.select_related("line")) == [
        ("Kartini", "waiting"),
        ("Kartini", "waiting"),
        ("Putu", "waiting"),
    ]


def test_the_code_of_another_office_settles_nothing() -> None:
    batch = sent(officer(), content({"nik": SHORT_NIK}))
    mended = written(altered(returned(batch), 2, "NIK", GOOD_NIK))

    sent_again(officer(901), mended)

    assert Repair.objects.get().state == RepairState.WAITING


def test_a_person_who_applies_already_under_the_mended_number_waits_no_more() -> None:
    by = officer()
    sent(by, content({}), seed=2)
    batch = sent(by, content({"nik": SHORT_NIK}))

    sent_again(by, written(altered(returned(batch), 2, "NIK", GOOD_NIK)))

    assert Repair.objects.get().state == RepairState.DROPPED
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["=1+1", "+62", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://x"]
)
def test_what_looks_like_a_formula_stays_a_text(text: str) -> None:
    by = officer()
    batch = sent(by, content({"nik": "12", "name": "Putu", "employer": text}))

    held = queries.sheet(batch)

    (grid,) = workbook.read(held)
    assert text in [cell for row in grid.rows for cell in row]
    assert b"<f>" not in _sheet_xml(held)
    assert b"hyperlink" not in _sheet_xml(held)


def test_a_rounded_number_is_still_seen_to_be_one() -> None:
    by = officer()
    batch = sent(by, content({"nik": 3271956701920000.0}))
    assert "nik.rounded" in CollectiveRow.objects.get().reasons

    sent_again(by, queries.sheet(batch))

    assert [("nik.rounded" in row.reasons) for row in CollectiveRow.objects.all()] == [True, True]


def _sheet_xml(held: bytes) -> bytes:
    from zipfile import ZipFile

    with ZipFile(BytesIO(held)) as book:
        return b"".join(book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/"))
