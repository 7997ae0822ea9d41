"""Write the same few people the way offices really send them: twenty-odd kinds of mess.

Each list is made by code and says what has to be read from it. What a kind is about stands in its
docstring; where it does not say otherwise every person is found whole and goes on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kompeten.applications.terms import Roster
from tests.make import containers
from tests.make.collective import judged_with
from tests.make.containers import Rows

PLACES = {
    "bogor": frozenset({"32.10", "32.71"}),
    "kabupaten bogor": frozenset({"32.10"}),
    "kota bogor": frozenset({"32.71"}),
    "makassar": frozenset({"73.71"}),
    "kota makassar": frozenset({"73.71"}),
    "denpasar": frozenset({"51.71"}),
    "kota denpasar": frozenset({"51.71"}),
}
NIKS = ("3271956701920001", "7371950508850012", "5171951203780347", "3210954511900005")
TITLE = ("PEMERINTAH KOTA BOGOR", "DAFTAR USULAN PESERTA SERTIFIKASI")
HEAD = (
    "No", "NIK", "Nama Lengkap", "L/P", "Tempat Lahir", "Tgl Lahir", "Kode Kab/Kota", "No HP",
    "Instansi", "Profesi", "Jenjang", "Jalur",
)  # fmt: skip
PEOPLE: tuple[tuple[object, ...], ...] = (
    (1, NIKS[0], "Dewi Lestari", "P", "Bogor", date(1992, 1, 27), "32.71", "081234567890",
     "Dinas Sosial", "TKS", "generalis", "Pelatihan"),
    (2, NIKS[1], "Ahmad Fauzi", "L", "Makassar", date(1985, 8, 5), "73.71", "081298765432",
     "Dinas Sosial", "Pekerja Sosial", "asisten", "Penilaian langsung"),
    (3, NIKS[2], "Nyoman Jaya", "L", "Denpasar", date(1978, 3, 12), "51.71", "081311112222",
     "LKS Kasih", "Penyuluh Sosial", "", "Sertifikasi langsung"),
    (4, NIKS[3], "Siti Nur'aini", "P", "Bogor", date(1990, 11, 5), "32.10", "085612345678",
     "LKS Kasih", "Relawan Sosial", "", "Pendidikan"),
)  # fmt: skip
NAMES = tuple(str(person[2]) for person in PEOPLE)


@dataclass(frozen=True, kw_only=True)
class Messy:
    """A list and what has to be read from it, person by person in the order of the list."""

    content: bytes
    names: tuple[str, ...] = NAMES
    niks: tuple[str, ...] = NIKS
    reasons: Mapping[str, frozenset[str]] = field(default_factory=dict)
    warnings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    skipped: int | None = None


LISTS: list[Callable[[], Messy]] = []


def _kind(make: Callable[[], Messy]) -> Callable[[], Messy]:
    LISTS.append(make)
    return make


def _dated(*, sign: str = "/") -> list[list[object]]:
    """Return the people with their birth dates as text."""
    return [
        [f"{c:%d{sign}%m{sign}%Y}" if isinstance(c, date) else c for c in person]
        for person in PEOPLE
    ]


def _text(rows: Rows, sign: str) -> str:
    return "\r\n".join(sign.join(map(str, row)) for row in rows) + "\r\n"


@_kind
def old_workbook() -> Messy:
    """Excel 97 to 2003, with a letterhead and real dates."""
    return Messy(content=containers.xls({"Peserta": [[TITLE[0]], [], HEAD, *PEOPLE]}))


@_kind
def old_workbook_with_numbers() -> Messy:
    """The same, its NIKs typed as numbers: the last digit is lost, and said to be."""
    people = [[row[0], float(int(str(row[1])) // 10 * 10), *row[2:]] for row in PEOPLE]
    return Messy(
        content=containers.xls({"Peserta": [HEAD, *people]}),
        niks=tuple(nik[:15] for nik in NIKS),
        reasons={name: frozenset({"nik.rounded"}) for name in NAMES},
    )


@_kind
def open_document() -> Messy:
    """LibreOffice, with a million repeated empty rows and columns at the end."""
    return Messy(content=containers.ods({"Peserta": [[TITLE[0]], HEAD, *PEOPLE]}))


@_kind
def macro_workbook() -> Messy:
    """A workbook with macros, which are never looked at."""
    return Messy(content=containers.xlsm({"Peserta": [HEAD, *PEOPLE]}))


@_kind
def comma_with_mark() -> Messy:
    """CSV of an English Excel: commas, UTF-8 with a byte order mark, dates year first."""
    people = [[c.isoformat() if isinstance(c, date) else c for c in row] for row in PEOPLE]
    return Messy(content=b"\xef\xbb\xbf" + _text([HEAD, *people], ",").encode())


@_kind
def semicolon_in_windows() -> Messy:
    """CSV of an Indonesian Excel: semicolons, Windows-1252, a letter and an apostrophe of its own."""
    people = _dated()
    people[1][2], people[3][2] = "André Fauzi", "Siti Nur\u2019aini"
    return Messy(
        content=_text([HEAD, *people], ";").encode("cp1252"),
        names=("Dewi Lestari", "André Fauzi", "Nyoman Jaya", "Siti Nur\u2019aini"),
    )


@_kind
def unicode_text() -> Messy:
    """Excel's "Unicode text": tabs in UTF-16."""
    return Messy(content=_text([HEAD, *_dated(sign="-")], "\t").encode("utf-16"))


@_kind
def unicode_text_without_mark() -> Messy:
    """The same without its byte order mark, as some programs write it."""
    return Messy(content=_text([HEAD, *_dated()], "\t").encode("utf-16-le"))


@_kind
def told_separator() -> Messy:
    """CSV that names its separator and forces the NIK to be text; a comma stands in a cell."""
    people = [
        [row[0], f'="{row[1]}"', *row[2:8], "Dinas Sosial, Bogor", *row[9:]] for row in _dated()
    ]
    return Messy(content=("sep=;\r\n" + _text([HEAD, *people], ";")).encode())


@_kind
def scientific() -> Messy:
    """CSV saved from number cells: the NIK has become 3,27196E+15."""
    people = [[r[0], f"{float(str(r[1])):.5E}".replace(".", ","), *r[2:]] for r in _dated()]
    return Messy(
        content=_text([HEAD, *people], ";").encode(),
        niks=tuple(nik[:5] for nik in NIKS),
        reasons={name: frozenset({"nik.rounded"}) for name in NAMES},
    )


@_kind
def rounded_and_then_text() -> Messy:
    """NIKs rounded first and made text after: each looks sound, but all end in 0."""
    people = [[r[0], f"{str(r[1])[:15]}0", *r[2:]] for r in _dated()]
    more = [5, "3271956701920120", "Kartini", *people[0][3:]]
    names = (*NAMES, "Kartini")
    return Messy(
        content=_text([HEAD, *people, more], ",").encode(),
        names=names,
        niks=(*(nik[:15] for nik in NIKS), "327195670192012"),
        reasons={name: frozenset({"nik.rounded"}) for name in names},
    )


@_kind
def page_called_workbook() -> Messy:
    """A web page saved as .xls: two header rows, cells over several columns and rows, Windows-1252."""
    return Messy(content=containers.page(HEAD, _dated()).encode("cp1252"))


@_kind
def page_in_an_envelope() -> Messy:
    """Excel's "single file web page", encoded for mail."""
    return Messy(content=containers.envelope(containers.page(HEAD, _dated())))


@_kind
def xml_called_workbook() -> Messy:
    """Excel's XML of 2003 saved as .xls by programs of the time, a letterhead and a gap above."""
    return Messy(content=containers.xml_2003([[TITLE[0]], [], HEAD, *PEOPLE]))


@_kind
def pasted_rows_without_names() -> Messy:
    """Rows copied out of the middle of a sheet: no column names, so their content tells."""
    return Messy(
        content=_text(_dated(), "\t").encode(),
        asked=tuple(f"#{n}" for n in range(3, 14)),
    )


@_kind
def numbered_message() -> Messy:
    """A numbered list in a chat, with greetings, who sent it when, and a thank-you with a number."""
    lines = [
        f"{n}. {p[2]} - {p[1]} - {p[4]}, {p[5]:%d-%m-%Y} - {p[7]} - {p[9]} {p[10]} - {p[11]}"
        for n, p in enumerate(PEOPLE, start=1)
    ]
    text = "\n".join(
        ["[12/03/26 10.15.02] Bu Ani Dinsos: Assalamualaikum, berikut usulan kami:", *lines, "",
         "Terima kasih, hubungi saya di 0812-3456-7890 (24 jam)"]
    )  # fmt: skip
    unsaid = frozenset({"region.unknown"})
    return Messy(
        content=text.encode(),
        reasons=dict.fromkeys(NAMES, unsaid),
        asked=tuple(f"#{n}" for n in range(2, 8)),
    )


@_kind
def labelled_message() -> Messy:
    """One point in each line, as a form is filled in by chat; bold letters, stray blanks."""
    blocks = [
        f"*Nama* : {p[2]}\n*NIK*: {p[1]}\nTTL : {p[4]}, {p[5].day} Januari {p[5].year}\n"
        f"Kab/Kota = {p[6]}\nNo. HP: {p[7]}\nSkema: {p[9]}\nJenjang: {p[10] or '-'}\nJalur: {p[11]}"
        for p in PEOPLE
        if isinstance(p[5], date)
    ]
    text = "Yth. Admin: mohon diproses\n\n" + "\n\n".join(blocks) + "\n\nSalam, Ani"
    asked = frozenset({"nik.birth_date_differs"})
    return Messy(content=text.encode(), warnings=dict.fromkeys(NAMES[1:], asked))


@_kind
def piped_rows() -> Messy:
    """Rows with pipes, as programs for programmers paste tables."""
    rows = [f"| {' | '.join(map(str, row))} |" for row in [HEAD, *_dated()]]
    return Messy(content="\n".join(rows).encode())


@_kind
def unknown_names() -> Messy:
    """Column names that nobody knows; said once, they are read."""
    head = ("No", "Nomer Kependudukan", "Anggota", *HEAD[3:5], "Hari Lahirnya", *HEAD[6:])
    return Messy(
        content=containers.xlsx({"Peserta": [[TITLE[0]], head, *PEOPLE]}),
        meanings={
            "nomer kependudukan": "nik",
            "anggota": "name",
            "hari lahirnya": "birth_on",
        },
    )


@_kind
def header_over_two_rows() -> Messy:
    """Groups above labels, merged, and the numbers (1) (2) (3) below."""
    upper = ("No", "IDENTITAS", "", "", "KELAHIRAN", "", *HEAD[6:])
    lower = ("", "NIK", "Nama", "L/P", "Tempat", "Tanggal", *[""] * 6)
    numbers = [f"({n})" for n in range(1, 13)]
    return Messy(
        content=containers.xlsx(
            {"Peserta": [[TITLE[0]], [TITLE[1]], [], upper, lower, numbers, *PEOPLE]}
        ),
        skipped=1,
    )


@_kind
def place_and_date_together() -> Messy:
    """One column holds place and date of birth, in the ways people write them."""
    head = (*HEAD[:4], "Tempat, Tanggal Lahir", *HEAD[6:])
    births = (
        "Bogor, 27 Januari 1992",
        "MAKASSAR/05-08-1985",
        "Denpasar 12 Mar 1978",
        "Bogor,05.11.1990",
    )
    people = [[*p[:4], birth, *p[6:]] for p, birth in zip(PEOPLE, births, strict=True)]
    return Messy(content=containers.xlsx({"Peserta": [head, *people]}))


@_kind
def several_sheets() -> Messy:
    """A cover, a first sheet with names of columns, and a second that goes on without."""
    cover = [["Surat pengantar"], ["Nomor", "460/12/2026"], ["Kepada Yth. Kepala Pusat"]]
    sheets = {"Surat": cover, "A": [HEAD, *PEOPLE[:2]], "B": list(PEOPLE[2:])}
    return Messy(content=containers.xlsx(sheets))


@_kind
def printed_pages() -> Messy:
    """The header again on each page, subtotals between, empty rows, a signature at the foot."""
    rows: list[object] = [[TITLE[0]], HEAD, *PEOPLE[:2], ["", "Sub Total", "", "", 2], [], HEAD]
    foot = [["JUMLAH", 4], [], [*[""] * 8, "Mengetahui, Kepala Dinas"], [*[""] * 8, "Drs. Budi"],
            [*[""] * 8, "NIP 196512121990031001"]]  # fmt: skip
    return Messy(content=containers.xlsx({"Peserta": [*rows, *PEOPLE[2:], *foot]}))


@_kind
def far_from_the_corner() -> Messy:
    """The list begins at F8, behind empty columns, with unseen blanks and line breaks in its cells."""
    shift = [""] * 5
    head = [f"\u00a0{label.replace(' ', chr(10))} " for label in HEAD]
    people = [[f" {c}\u00a0" if isinstance(c, str) else c for c in row] for row in PEOPLE]
    rows = [[], [], [], [], [], [], [], [*shift, *head], *([*shift, *row] for row in people)]
    return Messy(content=containers.xlsx({"Peserta": rows}))


@_kind
def exchanged_cells() -> Messy:
    """Neighbouring cells in each other's place: NIK and name, place and date, level and route."""
    one, two, three, four = (list(person) for person in PEOPLE)
    one[1], one[2] = one[2], one[1]
    two[4], two[5] = two[5], two[4]
    two[10], two[11] = two[11], two[10]
    return Messy(
        content=containers.xlsx({"Peserta": [HEAD, one, two, three, four]}),
        warnings={
            NAMES[0]: frozenset({"name.swapped"}),
            NAMES[1]: frozenset({"birth_place.swapped", "route.swapped"}),
        },
    )


@_kind
def columns_named_wrongly() -> Messy:
    """The labels NIK and Nama stand over each other's column all the way down."""
    head = (HEAD[0], HEAD[2], HEAD[1], *HEAD[3:])
    asked = frozenset({"name.swapped"})
    return Messy(
        content=containers.xlsx({"Peserta": [head, *PEOPLE]}), warnings=dict.fromkeys(NAMES, asked)
    )


@_kind
def places_by_name() -> Messy:
    """Regencies by name: with their kind, without, meaning two, and against their code."""
    head = (*HEAD[:6], "Kode Wilayah", "Kabupaten/Kota", *HEAD[7:])
    said = (("", "KOTA BOGOR"), ("", "Makassar"), ("51.71", "Kota Makassar"), ("", "Bogor"))
    people = [[*p[:6], *place, *p[7:]] for p, place in zip(PEOPLE, said, strict=True)]
    return Messy(
        content=containers.xlsx({"Peserta": [head, *people]}),
        reasons={
            NAMES[2]: frozenset({"region.differs"}),
            NAMES[3]: frozenset({"region.ambiguous"}),
        },
    )


@_kind
def said_of_everybody() -> Messy:
    """The letterhead says profession, level and route once for all; so does whoever sends it."""
    return Messy(
        content=containers.xlsx(
            {"Peserta": [["USULAN TKS JENJANG GENERALIS"], HEAD[:9], *(p[:9] for p in PEOPLE)]}
        ),
        meanings={"=profession": "TKS", "=level": "Generalis", "=route": "Pelatihan"},
    )


@_kind
def impossible_days() -> Messy:
    """Days that no calendar has, months first, the year of the list, and years of two digits."""
    days = ("31/02/1992", "08/25/1985", "12/03/2026", "05-11-90")
    people = [[*p[:5], day, *p[6:]] for p, day in zip(PEOPLE, days, strict=True)]
    return Messy(
        content=_text([HEAD, *people], ";").encode(),
        reasons={
            NAMES[0]: frozenset({"birth_date.impossible"}),
            NAMES[1]: frozenset({"birth_date.impossible"}),
            NAMES[2]: frozenset({"birth_date.impossible"}),
        },
        warnings={NAMES[3]: frozenset({"birth_date.short_year"})},
    )


@_kind
def twins_and_namesakes() -> Messy:
    """Twins, who differ in name and serial number, and two people of one name and birth date."""
    dewi, ahmad, nyoman, siti = (list(person) for person in PEOPLE)
    twin = [5, "3271956701920002", "Desi Lestari", *dewi[3:]]
    namesake = [6, "3210954511900099", *siti[2:]]
    asked = frozenset({"person.twins"})
    alike = frozenset({"person.resembles"})
    return Messy(
        content=containers.xlsx({"Peserta": [HEAD, dewi, ahmad, nyoman, siti, twin, namesake]}),
        names=(*NAMES, "Desi Lestari", NAMES[3]),
        niks=(*NIKS, "3271956701920002", "3210954511900099"),
        warnings={NAMES[0]: asked, "Desi Lestari": asked, NAMES[3]: alike},
    )


def read(kind: Messy) -> Roster:
    """Return the list as judged by what the made-up house knows, with what is said of its headings."""
    return judged_with(kind.content, region_names=PLACES, meanings=kind.meanings)
