"""Write a collective list as offices send them, and tell what was planted where.

Sheets differ in letterhead, order and words of their columns; cells in notation. Among the people
are twins, who share all but name and serial number, and namesakes born on one day. Lines are
planted with faults and people are listed twice, on their own sheet or another.
"""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import xlsxwriter

from kompeten.applications.adapters import workbook
from kompeten.applications.rules import roster
from kompeten.applications.terms import Grid, Known, Roster
from kompeten.schemes.terms import Level, Profession, Route

ON = date(2026, 3, 2)
DISTRICTS = ("11.01", "32.10", "32.71", "51.71", "73.71", "91.71", "95.01")
SCHEMES = (
    ("TKS", "Asisten"), ("Tenaga Kesejahteraan Sosial", "generalis"), ("Pekerja Sosial", "spesialis"),
    ("Peksos", "GENERALIS"), ("Penyuluh Sosial", ""), ("Relawan Sosial", "-"),
)  # fmt: skip
KNOWN = Known(
    regions=frozenset(DISTRICTS),
    schemes={
        **{
            (profession, level): frozenset(Route)
            for profession in (Profession.SOCIAL_WORKER, Profession.WELFARE_WORKER)
            for level in Level
        },
        (Profession.SOCIAL_EDUCATOR, None): frozenset(Route),
        (Profession.SOCIAL_VOLUNTEER, None): frozenset(Route),
    },
)
GIVEN = (
    "Ayu", "Bagus", "Cahya", "Dian", "Elok", "Fajar", "Galih", "Hesti", "Intan", "Jati", "Kirana",
    "Laras", "Mega", "Nanda",
)  # fmt: skip
FAMILY = (
    "Abimanyu", "Batubara", "Cendana", "Dirgantara", "Ekaputra", "Fatmawati", "Gumelar", "Hutapea",
    "Iskandar",
)  # fmt: skip
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    {"number": "No", "nik": "NIK", "name": "Nama Lengkap", "title": "Gelar", "sex": "Jenis Kelamin",
     "birth_on": "Tanggal Lahir", "region_code": "Kode Kab/Kota", "phone": "No. HP", "email": "Email",
     "employer": "Nama Instansi", "started_on": "Mulai Bertugas", "profession": "Profesi",
     "level": "Jenjang", "route": "Jalur", "mother": "Nama Ibu Kandung"},
    {"nik": "NOMOR KTP", "name": "NAMA PESERTA (TANPA GELAR)", "title": "GELAR AKADEMIK", "sex": "L/P",
     "birth_on": "TGL. LAHIR", "region_code": "KODE WILAYAH", "phone": "TELP/WA", "email": "E-MAIL",
     "employer": "UNIT KERJA", "started_on": "TMT", "profession": "SKEMA SERTIFIKASI",
     "level": "TINGKATAN", "route": "JALUR SERTIFIKASI", "number": "NO."},
    {"number": "Nomor Urut", "name": "Nama\nsesuai KTP", "nik": "No. Induk Kependudukan", "title": "Gelar",
     "sex": "JK", "birth_on": "Tgl Kelahiran", "phone": "Nomor Handphone", "email": "Alamat E-mail",
     "region_code": "Kode Kabupaten/Kota", "employer": "Lembaga/LKS", "started_on": "Bertugas sejak",
     "route": "Jalur Pendidikan/Pelatihan/Langsung", "profession": "Jenis SDM", "level": "Level"},
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody made up; `number` tells people apart whatever their lines say."""

    number: int
    name: str
    female: bool
    born: date
    district: str
    serial: int
    scheme: tuple[str, str]
    phone: str
    started: date

    @property
    def nik(self) -> str:
        """Return the NIK; no real sub-district has a code from 90 on."""
        day = self.born.day + (40 if self.female else 0)
        return f"{self.district.replace('.', '')}95{day:02d}{self.born:%m%y}{self.serial:04d}"


@dataclass(frozen=True)
class Planted:
    """One line of the list: whose it is, where it stands, and the reasons it must be given."""

    person: int
    faults: frozenset[str]
    sheet: str = ""
    row: int = 0
    cells: dict[str, Any] = field(default_factory=dict)


def people(count: int, rng: random.Random) -> list[Person]:
    """Return people, one in fifty with a twin and one in fifty with a namesake of the same day."""
    made: list[Person] = []
    while len(made) < count:
        number = len(made)
        person = Person(
            number=number,
            name=" ".join([rng.choice(GIVEN), *rng.sample(FAMILY, rng.choice((0, 1, 1, 2)))]),
            female=rng.random() < 0.5,
            born=date(1960, 1, 1) + timedelta(days=rng.randrange(15_000)),
            district=rng.choice(DISTRICTS),
            serial=number * 3 % 9990 + 1,
            scheme=rng.choice(SCHEMES),
            phone=f"081{rng.randrange(10**8, 10**9)}",
            started=date(2005, 1, 1) + timedelta(days=rng.randrange(7000)),
        )
        made.append(person)
        if number % 50 == 7:
            first, _, rest = person.name.partition(" ")
            other = rng.choice([given for given in GIVEN if given != first])
            twin = replace(person, number=number + 1, name=f"{other} {rest}".strip())
            made.append(replace(twin, serial=person.serial + (1 if person.serial % 10 < 9 else -1)))
        elif number % 50 == 27:
            elsewhere = rng.choice([code for code in DISTRICTS if code != person.district])
            made.append(replace(person, number=number + 1, district=elsewhere, phone="08129990000"))
    return made[:count]


def field_list(*, count: int, seed: int) -> tuple[bytes, list[Planted]]:
    """Return the workbook and its lines with what was planted, in the order of sheets and rows."""
    rng = random.Random(seed)
    everybody = people(count, rng)
    twice = {person.number for person in rng.sample(everybody, max(2, count // 30))}
    lines: list[Planted] = []
    for person in everybody:
        faults = [] if person.number in twice else _some_faults(rng)
        lines.append(_line(person, rng, faults))
    for number in sorted(twice):
        # The second line has one fault at most, and stands before or after the good one.
        faults = rng.choice([[], [], *([code] for code in sorted(FAULTS))])
        lines.insert(rng.randrange(len(lines) + 1), _line(everybody[number], rng, faults))
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    written: list[Planted] = []
    size = -(-len(lines) // len(HEADERS))
    for index, header in enumerate(HEADERS):
        sheet = book.add_worksheet(f"Lembar {index + 1}")
        part = lines[index * size : (index + 1) * size]
        written += _write(sheet, part, header, top=3 * index, day=day, rng=rng)
    book.close()
    return content.getvalue(), written


def _line(person: Person, rng: random.Random, faults: Iterable[str]) -> Planted:
    profession, level = person.scheme
    name, title = _name(person, rng)
    cells: dict[str, Any] = {
        "nik": rng.choice([person.nik, f"'{person.nik}", _spaced(person.nik), f"NIK. {person.nik}"]),
        "name": name,
        "title": title,
        "sex": rng.choice(["P", "Perempuan", "wanita"] if person.female else ["L", "Laki-laki", "PRIA"]),
        "birth_on": _date(person.born, rng),
        "region_code": rng.choice([person.district, person.district.replace(".", ""), _as_number(person)]),
        "phone": rng.choice([person.phone, float(person.phone), f"+62 {person.phone[1:]}"]),
        "email": f"p{person.number}@contoh.example",
        "employer": "Dinas Sosial",
        "started_on": rng.choice([_date(person.started, rng), person.started.year]),
        "profession": profession,
        "level": level,
        "route": rng.choice(["Penilaian langsung", "PELATIHAN", "Sertifikasi Langsung", "pendidikan"]),
        "mother": "Nama Orang Lain",
    }  # fmt: skip
    for code in faults:
        FAULTS[code](cells, person, rng)
    return Planted(person.number, frozenset(faults), cells=cells)


def _some_faults(rng: random.Random) -> list[str]:
    """Return no fault for most lines, else one or two that do not stand in the same cell."""
    if rng.random() < 0.7:
        return []
    one, other = rng.sample(sorted(FAULTS), 2)
    same_cell = one.partition(".")[0] == other.partition(".")[0]
    return [one] if same_cell or rng.random() < 0.7 else [one, other]


def _round(cells: dict[str, Any], person: Person, rng: random.Random) -> None:
    cells["nik"] = rng.choice([float(int(person.nik) // 10 * 10), f"{float(person.nik):.5E}"])


def _shorten(cells: dict[str, Any], person: Person, rng: random.Random) -> None:
    cells["nik"] = rng.choice([person.nik[:15], person.nik[:4] + person.nik[5:], person.nik + "0"])


def _put(name: str, *values: Any) -> Callable[[dict[str, Any], Person, random.Random], None]:
    def plant(cells: dict[str, Any], person: Person, rng: random.Random) -> None:
        cells[name] = rng.choice(values)

    return plant


FAULTS: dict[str, Callable[[dict[str, Any], Person, random.Random], None]] = {
    "nik.rounded": _round,
    "nik.length": _shorten,
    "nik.missing": _put("nik", "", "-", "belum ada", 0),
    "name.missing": _put("name", "", "-", "..."),
    "birth_date.missing": _put("birth_on", "", "-"),
    "birth_date.impossible": _put("birth_on", "31/02/1980", "12-13-1980", "1 Januari 2035", "1840-01-01", "?"),
    "region.unknown": _put("region_code", "99.99", "", "Kota Bogor", 9999),
    "scheme.unknown": _put("profession", "", "Guru", "Peksos/TKS"),
    "route.missing": _put("route", "", "-"),
}  # fmt: skip


def _name(person: Person, rng: random.Random) -> tuple[str, str]:
    title = rng.choice(["", "S.Sos.", "M.Si.", "S.Tr.Sos.", "A.KS"])
    name = rng.choice([person.name, person.name.upper(), f"  {person.name} "])
    if rng.random() < 0.3:
        return f"{name.strip()}, {title}".rstrip(", "), ""
    if rng.random() < 0.1:
        return f"Hj. {name}" if person.female else f"Drs. H. {name}", title
    return name, title


def _spaced(nik: str) -> str:
    return f"{nik[:6]} {nik[6:12]}-{nik[12:]}"


def _as_number(person: Person) -> float:
    return float(person.district)


def _date(day: date, rng: random.Random) -> Any:
    month = MONTHS[day.month - 1]
    return rng.choice(
        [
            day,
            f"{day:%d/%m/%Y}",
            f"{day:%d-%m-%Y}",
            f"{day.day} {month} {day.year}",
            f"{day:%Y-%m-%d}",
        ]
    )


def _write(
    sheet: Any,
    lines: list[Planted],
    header: dict[str, str],
    *,
    top: int,
    day: Any,
    rng: random.Random,
) -> list[Planted]:
    """Write letterhead, header, people with gaps and sums between them, and the foot."""
    written: list[Planted] = []
    for row in range(top):
        sheet.merge_range(row, 0, row, len(header) - 1, f"PEMERINTAH PROVINSI, BARIS {row + 1}")
    row = top
    sheet.write_row(row, 0, list(header.values()))
    if top:
        row += 1
        sheet.write_row(row, 0, [f"({number})" for number in range(1, len(header) + 1)])
    for index, line in enumerate(lines, start=1):
        row += 1
        for column, name in enumerate(header):
            cell = index if name == "number" else line.cells[name]
            if isinstance(cell, date):
                sheet.write_datetime(row, column, cell, day)
            else:
                sheet.write(row, column, cell)
        written.append(replace(line, sheet=sheet.name, row=row + 1))
        if rng.random() < 0.03:
            row += 1
            sheet.write(row, 0, rng.choice(["Sub Total", "JUMLAH", "", "KABUPATEN BERIKUTNYA"]))
            sheet.write(row, 1, index)
    sheet.write_row(row + 1, 0, ["JUMLAH", "", len(lines)])
    sheet.write(row + 3, 0, "Keterangan: data menyusul")
    sheet.write_row(row + 4, 0, [1, "Harap membawa KTP asli"])
    sheet.write(row + 5, 6, "Mengetahui, Kepala Dinas Sosial")
    sheet.write(row + 9, 6, "Dra. Somebody Else")
    sheet.write(row + 10, 6, "NIP. 19700101 199503 1 001")
    return written


def one_person(**changes: Any) -> dict[str, Any]:
    """Return the cells of a line that is good, apart from `changes`; a woman born 27 January 1992."""
    return {
        "number": 1.0,
        "nik": "3271956701920001",
        "name": "Dewi Lestari",
        "sex": "P",
        "birth_on": date(1992, 1, 27),
        "region_code": "32.71",
        "phone": "081234567890",
        "email": "dewi@contoh.example",
        "profession": "TKS",
        "level": "generalis",
        "route": "Pelatihan",
    } | changes


def grid(*lines: dict[str, Any], name: str = "Peserta", below: tuple[list[Any], ...] = ()) -> Grid:
    """Return a sheet with one header row, the lines below it in order, and rows at the foot."""
    columns = list(HEADERS[0])
    rows = [[HEADERS[0][column] for column in columns]]
    rows += [[line.get(column, "") for column in columns] for line in lines]
    return Grid(name, [*rows, *below])


def judged(*grids: Grid) -> Roster:
    """Return the sheets judged by `KNOWN` on 2 March 2026."""
    return roster.judge(grids, known=KNOWN, on=ON)


def judged_with(
    content: bytes,
    *,
    known: Known = KNOWN,
    region_names: Mapping[str, frozenset[str]] | None = None,
    meanings: Mapping[str, str] | None = None,
) -> Roster:
    """Return a file judged on 2 March 2026, with names of places and what an office has said of headings."""
    named = replace(known, region_names=region_names or {})
    return roster.judge(workbook.read(content), known=named, on=ON, meanings=meanings or {})
