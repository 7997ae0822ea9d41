"""Who is let in by a link, and how often may they be written to?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from kompeten.applications.rules import inviting, mending
from kompeten.applications.terms import Grid, Place
from kompeten.people.terms import ConsentWay

BORN = date(1992, 1, 27)
ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("481920", ConsentWay.CODE),
        (" 481 920 ", ConsentWay.CODE),
        ("481-920", ConsentWay.CODE),
        ("27/01/1992", ConsentWay.BIRTH_DATE),
        ("27-1-1992", ConsentWay.BIRTH_DATE),
        ("27 Januari 1992", ConsentWay.BIRTH_DATE),
        ("27011992", ConsentWay.BIRTH_DATE),
        ("1992-01-27", ConsentWay.BIRTH_DATE),
        ("27/1/92", ConsentWay.BIRTH_DATE),
        ("01/27/1992", None),
        ("1992", None),
        ("26/01/1992", None),
        ("481921", None),
        ("48192", None),
        ("", None),
        ("٤٨١٩٢٠", None),
        ("99999999", None),
    ],
)
def test_code_or_birth_date_and_nothing_near_them(said: str, way: ConsentWay | None) -> None:
    assert inviting.proof(said, code="481920", birth_on=BORN, on=ON) is way


def test_where_no_birth_date_is_known_none_fits() -> None:
    assert inviting.proof("27/01/1992", code="481920", birth_on=None, on=ON) is None
    assert inviting.proof("?", code="481920", birth_on=None, on=ON) is None


def test_nobody_is_written_to_twice_within_three_days() -> None:
    assert inviting.may_nudge(None, at=AT)
    assert not inviting.may_nudge(AT - timedelta(days=3, seconds=-1), at=AT)
    assert inviting.may_nudge(AT - timedelta(days=3), at=AT)


def test_only_what_a_reason_is_about_is_asked_again() -> None:
    assert mending.asked(["nik.rounded"]) == ("nik",)
    assert mending.asked(["region.unknown", "name.missing"]) == ("name", "region_code")
    assert mending.asked(["person.duplicate"]) == ()


def test_codes_are_read_where_our_column_stands_in_each_sheet() -> None:
    grids = [
        Grid("A", [["Dinas"], ["NIK", mending.CODE], ["1", "7F3K9QZ2M4"], ["2", ""], ["3", "x"]]),
        Grid("B", [["NIK"], ["4"]]),
        Grid("C", [[mending.CODE, "NIK"], ["7f3k-9qz2-mo", "5"], [], [7.0, "6"]]),
    ]

    assert mending.codes(grids) == {Place("A", 3): "7F3K9QZ2M4", Place("C", 2): "7F3K9QZ2M0"}
