"""What does `kompeten collective` say of the two sample lists, and of what is no list?"""

import json
import random
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompeten.applications.models import Application, Collective, CollectiveRow, Repair
from kompeten.ops import cli, operator
from kompeten.people import actions as people
from kompeten.people.models import Person
from kompeten.people.queries import account_by_email
from kompeten.people.terms import OrganizationKind
from tests.make import applications, workbooks
from tests.make.collective import HEADERS, one_person
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db

# Good, to repair, doubled; counted by hand when the lists were read in 2026-11.
COUNTS = {"kolektif-bersih-40.xlsx": (40, 0, 0), "kolektif-lapangan-630.xlsx": (503, 127, 16)}
VERDICTS = {"good", "repair", "duplicate"}
PROMISED = {
    "nik.rounded", "nik.length", "nik.missing", "birth_date.missing", "birth_date.impossible",
    "region.unknown", "scheme.unknown", "route.missing", "name.missing", "person.duplicate",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _schemes() -> None:
    applications.schemes_loaded()


def sample(name: str) -> str:
    """Return the path of a packaged list."""
    return str(files("kompeten.applications").joinpath("data", "samples", name))


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """Run a command with `--json`; return its exit code and what it said."""
    code = cli.run([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", COUNTS)
def test_check_keeps_its_contract(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = told(capsys, "collective", "check", sample(name))

    good, repair, duplicate = COUNTS[name]
    assert code == (0 if repair == 0 else 1)
    assert report.keys() == {"rows", "counts"}
    assert {tuple(row) for row in report["rows"]} == {
        ("sheet", "row", "name", "nik", "verdict", "reasons")
    }
    assert {row["verdict"] for row in report["rows"]} <= VERDICTS
    counts = {"good": good, "repair": repair, "duplicate": duplicate, "rows": len(report["rows"])}
    assert {key: report["counts"][key] for key in counts} == counts
    assert good + repair + duplicate == len(report["rows"])
    by_verdict = {v: sum(r["verdict"] == v for r in report["rows"]) for v in VERDICTS}
    assert by_verdict == {"good": good, "repair": repair, "duplicate": duplicate}
    assert all(isinstance(row["row"], int) and row["row"] > 1 for row in report["rows"])


FAULTY: dict[str, dict[str, Any]] = {
    "nik.rounded": {"nik": 3.27195670192e15},
    "nik.length": {"nik": "327195670192000"},
    "nik.missing": {"nik": ""},
    "birth_date.missing": {"birth_on": ""},
    "birth_date.impossible": {"birth_on": "31/02/1992"},
    "region.unknown": {"region_code": "99.99"},
    "scheme.unknown": {"profession": "Dokter hewan"},
    "route.missing": {"route": ""},
    "name.missing": {"name": ""},
}


def test_every_promised_reason_is_given_to_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = {"birth_on": "27/01/1992"}
    lines = [
        one_person(**whole | {"nik": f"32719567019200{n:02d}", "name": f"Dewi {chr(n)}"} | changes)
        for n, changes in enumerate(FAULTY.values(), start=ord("A"))
    ]
    again = one_person(**whole | {"nik": "3271956701920077", "name": "Kartini Lestari"})
    file = tmp_path / "cacat.xlsx"
    file.write_bytes(
        workbooks.workbook(lambda _, sheet: workbooks.put_list(sheet, *lines, again, again))
    )

    code, report = told(capsys, "collective", "check", str(file))

    assert code == 1
    assert [(row["verdict"], row["reasons"]) for row in report["rows"]] == [
        *(("repair", [code]) for code in FAULTY),
        ("good", []),
        ("duplicate", ["person.duplicate"]),
    ]
    assert {*FAULTY, "person.duplicate"} == PROMISED


ODD: dict[str, dict[str, Any]] = {
    "practice_hours.unclear": {"practice_hours": "seribu"},
    "phone.unclear": {"phone": "abc"},
    "email.unclear": {"email": "bukan surel"},
    "started_on.unclear": {"started_on": "01/02/1890"},
}


def test_what_cannot_be_read_goes_on_and_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        one_person(birth_on="27/01/1992", nik=f"32719567019200{n:02d}", name=f"Dewi {chr(n)}")
        | changes
        for n, changes in enumerate(ODD.values(), start=ord("A"))
    ]
    file = tmp_path / "aneh.xlsx"
    file.write_bytes(workbooks.workbook(lambda _, s: put_odd(s, *lines)))

    plain = told(capsys, "collective", "check", str(file))
    full = told(capsys, "collective", "check", str(file), "--warnings")
    cli.run(["collective", "check", str(file)])

    assert (plain[0], full[0]) == (0, 0)
    assert [(r["verdict"], r["reasons"]) for r in plain[1]["rows"]] == [("good", [])] * len(ODD)
    assert "warned" not in plain[1]["counts"]
    assert full[1]["counts"]["warned"] == len(ODD)
    assert [row["warnings"] for row in full[1]["rows"]] == [[code] for code in ODD]
    said = capsys.readouterr().out
    assert said.count("(!) ") == len(ODD)
    assert f"{len(ODD)} good ones to look at (!)" in said


def put_odd(sheet: Any, *people: dict[str, Any]) -> None:
    """Write a list with every column that a line of `ODD` needs."""
    names = {**HEADERS[0], "practice_hours": "Jumlah Jam Praktik"}
    sheet.write_row(0, 0, list(names.values()))
    for row, person in enumerate(people, start=1):
        sheet.write_row(row, 0, [person.get(name, "") for name in names])


def test_a_list_of_column_names_only_is_no_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kosong.xlsx"
    file.write_bytes(workbooks.workbook(lambda _, sheet: workbooks.put_list(sheet)))

    codes = [cli.run(["collective", verb, str(file)]) for verb in ("check", "import")]

    said = capsys.readouterr()
    assert (codes, said.out) == ([2, 2], "")
    assert said.err.count("tidak ada orang di bawahnya") == 2
    assert Collective.objects.count() == 0


def test_check_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with CaptureQueriesContext(connection) as asked:
        cli.run(["collective", "check", sample("kolektif-bersih-40.xlsx")])

    assert [q["sql"] for q in asked if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert "40 people: 40 good, 0 to repair" in capsys.readouterr().out


@pytest.mark.parametrize("name", COUNTS)
def test_import_takes_a_list_in_once(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    good, repair, duplicate = COUNTS[name]

    first = told(capsys, "collective", "import", sample(name))
    held = (Application.objects.count(), Person.objects.count(), CollectiveRow.objects.count())
    second = told(capsys, "collective", "import", sample(name))

    counts = {"good": good, "repair": repair, "duplicate": duplicate}
    assert first[0] == second[0] == 0
    assert {key: first[1][key] for key in counts} == counts
    assert {key: second[1][key] for key in counts} == counts
    assert (first[1]["again"], second[1]["again"]) == (False, True)
    assert first[1]["ref"] == second[1]["ref"]
    assert Application.objects.count() == good
    assert Repair.objects.count() == repair
    assert held == (
        Application.objects.count(), Person.objects.count(), CollectiveRow.objects.count()
    )  # fmt: skip


def test_a_list_that_an_office_has_handed_in_is_not_imported_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = people.found_organization(
        "Balai Besar Regional II Bandung",
        kind=OrganizationKind.REGIONAL_CENTRE,
        on=MONDAY.date(),
        rng=random.Random(3),
    )
    words = ["collective", "import", sample("kolektif-bersih-40.xlsx")]
    first = told(capsys, *words, "--organization", office.ref)

    second = told(capsys, *words)

    assert (first[1]["again"], second[1]["again"]) == (False, True)
    assert first[1]["ref"] == second[1]["ref"]
    assert Application.objects.count() == 40


def test_the_shell_has_one_account_of_its_own_for_the_body(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in COUNTS:
        cli.run(["collective", "import", sample(name)])

    filed = set(Collective.objects.values_list("organization_id", flat=True))
    assert len(filed) == 1
    by = set(Application.objects.values_list("filed_by_id", flat=True))
    account = account_by_email(operator.MAIL)
    assert account is not None
    assert by == {account.pk}
    # Nobody enters by it: it has no password.
    assert not account.has_usable_password()


def test_a_list_is_filed_for_the_organization_that_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["collective", "import", sample("kolektif-bersih-40.xlsx"), "--organization"]

    assert cli.run([*words, "AAAAAAAAAA"]) == 2
    assert "AAAAAAAAAA" in capsys.readouterr().err
    assert Collective.objects.count() == 0


HTML = b"<html><body><table><tr><td>NIK</td></tr></table></body></html>"
WRONG = {
    "rekap.xls": HTML,
    "kosong.xlsx": b"",
    "gambar.xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "terpotong.xlsx": b"",  # filled in the test: half of a workbook
    "teks.csv": b"NIK;Nama\n3271956701920001;Dewi\n",
}


@pytest.mark.parametrize("verb", ["check", "import"])
@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_list_is_said_in_one_sentence(
    name: str, verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    whole = workbooks.small()
    file.write_bytes(whole[: len(whole) // 2] if name == "terpotong.xlsx" else WRONG[name])

    code = cli.run(["collective", verb, str(file)])

    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert name in said.err
    assert said.err.count("\n") == 1
    assert len(said.err) > len(str(file)) + 30
    assert Collective.objects.count() == 0


@pytest.mark.parametrize(
    "words",
    [
        ["collective", "check", "no-such-list.xlsx"],
        ["collective", "check", "/tmp"],
        ["collective", "check"],
        ["collective", "weigh", "list.xlsx"],
        ["collective", "import", "no-such-list.xlsx"],
    ],
)
def test_misuse_is_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(words) == 2
    assert capsys.readouterr().out == ""


def test_a_missing_file_leaves_no_trace(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["collective", "import", "no-such-list.xlsx"])

    assert (Collective.objects.count(), Person.objects.count()) == (0, 0)


def test_lines_for_people_show_where_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "satu.xlsx"
    line = one_person(birth_on="27/01/1992", nik=3.27195670192e15, route="")
    file.write_bytes(workbooks.workbook(lambda _, sheet: workbooks.put_list(sheet, line)))

    code = cli.run(["collective", "check", str(file)])

    first = capsys.readouterr().out.splitlines()[0]
    assert code == 1
    assert first.startswith("✗ Peserta!2")
    assert "Dewi Lestari" in first
    assert ";" in first  # two reasons
