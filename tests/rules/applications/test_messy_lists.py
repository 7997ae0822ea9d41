"""Is everybody found on the lists that offices really send, and each thing named that is wrong with them?"""

from collections.abc import Callable

import pytest

from kompeten.applications.terms import Roster, Verdict
from tests.make import messy
from tests.make.messy import Messy

KINDS = pytest.mark.parametrize("make", messy.LISTS, ids=lambda make: make.__name__)


@KINDS
def test_everybody_is_found_whole(make: Callable[[], Messy]) -> None:
    kind = make()
    rows = messy.read(kind).rows

    assert [row.entry.name for row in rows] == list(kind.names)
    assert (
        tuple(row.entry.nik[: len(nik)] for row, nik in zip(rows, kind.niks, strict=True))
        == kind.niks
    )


@KINDS
def test_each_fault_is_named_and_nothing_else(make: Callable[[], Messy]) -> None:
    kind = make()
    rows = messy.read(kind).rows

    said = {row.entry.name: frozenset(row.reasons) for row in rows if row.reasons}
    assert said == kind.reasons
    asked = {row.entry.name: frozenset(row.entry.warnings) for row in rows if row.entry.warnings}
    assert asked == kind.warnings
    assert {row.verdict for row in rows if row.reasons} <= {Verdict.REPAIR}


@KINDS
def test_people_keep_what_the_list_says_of_them(make: Callable[[], Messy]) -> None:
    kind = make()
    rows = {row.entry.name: row.entry for row in messy.read(kind).rows}

    for person in messy.PEOPLE:
        entry = rows.get(str(person[2]))
        if entry is None or entry.name in kind.reasons or entry.name in kind.warnings:
            continue
        assert entry.birth_on == person[5]
        assert entry.phone == f"+62{str(person[7])[1:]}"
        assert entry.profession is not None
        assert entry.route is not None


@KINDS
def test_only_columns_without_a_known_name_are_asked_about(make: Callable[[], Messy]) -> None:
    kind = make()
    judged: Roster = messy.read(kind)

    assert tuple(heading.key for heading in judged.unclear) == kind.asked
    assert judged.missing == kind.missing
