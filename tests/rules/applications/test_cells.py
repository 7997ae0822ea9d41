"""Does a cell say the same in each notation?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.applications.rules import cells, words
from kompeten.applications.terms import Sex
from kompeten.schemes.terms import Level, Profession, Route


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("  Dinas\n  Sosial ", "Dinas Sosial"),
        ("Dinas\u00a0Sosial", "Dinas Sosial"),
        ("\u200bNama\ufeff", "Nama"),
        ("'0812", "0812"),
        (480.0, "480"),
        (32.5, "32.5"),
        (True, "True"),
        ("-", ""),
        (" ... ", ""),
        ("N/A", ""),
        ("Belum ada", ""),
        ("nihil", ""),
        ("=CMD()", "=CMD()"),
        ("Nihilwati", "Nihilwati"),
    ],
)
def test_text_is_one_clean_line(cell: Any, line: str) -> None:
    assert cells.text(cell) == line


@pytest.mark.parametrize(
    ("line", "formula"),
    [
        ("=CMD()", True),
        ("@SUM(A1)", True),
        ("+1+2", True),
        ("-2+3", True),
        ("Dewi", False),
        ("", False),
    ],
)
def test_what_could_be_a_formula_is_told(line: str, formula: bool) -> None:
    assert cells.is_formula(line) is formula


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("32.71", "32.71"), ("3271", "32.71"), (3271.0, "32.71"), (3271, "32.71"), (32.71, "32.71"),
        (32.1, "32.10"), ("32,71", "32.71"), ("32 71", "32.71"), ("'32.71", "32.71"),
        ("32.71.", "32.71"), ("32.71.05", "32.71"), ("327105", "32.71"), ("3271051001", "32.71"),
        ("32.71 Kota Bogor", "32.71"), ("3271 - Kota Bogor", "32.71"),
        ("32.1", "32.1"), ("Kota Bogor", "Kota Bogor"), ("", ""), ("32", "32"),
        ("3271956701920001", "3271956701920001"),
    ],
)  # fmt: skip
def test_region_codes_are_dotted(cell: Any, code: str) -> None:
    assert cells.region_code(cell) == code


@given(st.integers(10**8, 10**10 - 1).map(lambda number: f"8{number}"))
def test_a_phone_is_the_same_in_each_notation(local: str) -> None:
    notations = [f"0{local}", float(local), f"+62{local}", f"62{local}", f"0{local[:3]}-{local[3:]}",
                 f"+62 {local[:3]} {local[3:7]} {local[7:]}", f"'0{local}", f"0{local} / 0811000000",
                 f"0{local} (WA)"]  # fmt: skip

    assert {cells.phone(cell) for cell in notations} == {f"+62{local}"}


@given(st.from_regex(cells._MOBILE, fullmatch=True))
def test_the_quick_way_to_read_a_mobile_number_is_the_right_one(line: str) -> None:
    assert cells.phone(line) == cells._any_phone(line)


@pytest.mark.parametrize("cell", ["0812", "tanya adik", "=1+1", 12.0, "1" * 400, True])
def test_an_unclear_phone_is_none(cell: Any) -> None:
    assert cells.phone(cell) is None


def test_an_empty_phone_is_empty() -> None:
    assert (cells.phone(""), cells.phone("-")) == ("", "")


@pytest.mark.parametrize(
    ("cell", "address"),
    [("Dewi@Contoh.example", "dewi@contoh.example"), ("dewi @contoh.example", "dewi@contoh.example"),
     ("", ""), ("-", ""), ("dewi.contoh.example", None), ("a@b", None), ("x" * 250 + "@contoh.example", None)],
)  # fmt: skip
def test_email(cell: str, address: str | None) -> None:
    assert cells.email(cell) == address


@pytest.mark.parametrize(
    ("cell", "hours"),
    [(1344.0, 1344), (480, 480), ("1.344", 1344), ("1,344 jam", 1344), ("480 JP", 480), ("", None),
     (1.344, None), (-5.0, None), ("banyak", None), ("1.34", None), (1e9, None), (True, None)],
)  # fmt: skip
def test_hours(cell: Any, hours: int | None) -> None:
    assert cells.hours(cell) == hours


ANY_CELL = st.one_of(
    st.text(max_size=40),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)


@given(ANY_CELL)
def test_no_cell_makes_a_reader_stumble(cell: Any) -> None:
    assert isinstance(cells.text(cell), str)
    assert isinstance(cells.region_code(cell), str)
    phone = cells.phone(cell)
    assert not phone or phone.startswith("+")
    assert cells.email(cell) is None or isinstance(cells.email(cell), str)
    assert cells.hours(cell) is None or cells.hours(cell) >= 0


@pytest.mark.parametrize(
    ("text", "profession"),
    [
        ("TKS", Profession.WELFARE_WORKER),
        ("Tenaga Kesejahteraan Sosial", Profession.WELFARE_WORKER),
        ("TENAGA KESEJAHTERAAN SOSIAL (TKS)", Profession.WELFARE_WORKER),
        ("Pekerja Sosial", Profession.SOCIAL_WORKER),
        ("Peksos Generalis", Profession.SOCIAL_WORKER),
        ("Pekerja Sosial Masyarakat", Profession.SOCIAL_VOLUNTEER),
        ("PSM", Profession.SOCIAL_VOLUNTEER),
        ("Relawan Sosial", Profession.SOCIAL_VOLUNTEER),
        ("Relawan Sosial Karang Taruna", Profession.SOCIAL_VOLUNTEER),
        ("Penyuluh Sosial", Profession.SOCIAL_EDUCATOR),
        ("Pensos", Profession.SOCIAL_EDUCATOR),
        ("social_worker", Profession.SOCIAL_WORKER),
        ("Peksos/TKS", None),
        ("Tenaga Kesejahteraan Sosial Kecamatan", None),
        ("Penyuluh Sosial Masyarakat", None),
        ("Guru", None),
        ("", None),
    ],
)
def test_professions(text: str, profession: Profession | None) -> None:
    assert words.profession(text) is profession


@pytest.mark.parametrize(
    ("text", "level"),
    [("asisten", Level.ASSISTANT), ("GENERALIS", Level.GENERALIST), ("Spesialis", Level.SPECIALIST),
     ("TKS Generalis", Level.GENERALIST), ("asisten/generalis", None), ("", None), ("ahli", None)],
)  # fmt: skip
def test_levels(text: str, level: Level | None) -> None:
    assert words.level(text) is level


@pytest.mark.parametrize(
    ("text", "route"),
    [("Sertifikasi langsung", Route.DIRECT_CERTIFICATION), ("PENILAIAN LANGSUNG", Route.DIRECT_ASSESSMENT),
     ("Pelatihan", Route.TRAINING), ("jalur pendidikan", Route.EDUCATION), ("Diklat", Route.TRAINING),
     ("Pendidikan dan Pelatihan", Route.TRAINING), ("langsung", None), ("Pelatihan/Pendidikan", None),
     ("direct_assessment", Route.DIRECT_ASSESSMENT), ("", None)],
)  # fmt: skip
def test_routes(text: str, route: Route | None) -> None:
    assert words.route(text) is route


@pytest.mark.parametrize(
    ("text", "sex"),
    [("L", Sex.MALE), ("Laki-laki", Sex.MALE), ("PRIA", Sex.MALE), ("P", Sex.FEMALE),
     ("perempuan", Sex.FEMALE), ("Wanita", Sex.FEMALE), ("L/P", None), ("", None), ("X", None)],
)  # fmt: skip
def test_sexes(text: str, sex: Sex | None) -> None:
    assert words.sex(text) is sex
