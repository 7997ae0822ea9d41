"""Which list does an office send? A spreadsheet of made-up people, some lines with faults of the field."""

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WOMEN = (
    "Ani Citra Dewi Endang Fitri Gita Hasnah Ida Juliana Kartika Maria Ratna Siti Sri Vera Wulan"
)
MEN = "Agus Budi Dedi Hendra Irwan Joko Lukman Made Petrus Rahmat Slamet Taufik Usman Wahyu Yohanes"
SECOND = (
    "Hidayat Kogoya Kurniawan Latuconsina Lubis Mambrasar Ningsih Pratama Rahayu Santoso Siregar"
)
THIRD = "Setiawan Tandi Utami Wenda Wijaya Suryani Hasanah Fauzi Gunawan Tabuni Rumbiak Pattiwael"
TITLES = ("", "", "", "S.Sos.", "S.ST.", "S.Tr.Sos.", "S.Pd.", "M.Si.")
PROGRAMS = ("PKH", "TKSK", "Tagana", "PSM", "Karang Taruna", "LKS/LKSA", "Dinas Sosial")
SCHEMES = (
    ("TKS", "Asisten"),
    ("TKS", "Generalis"),
    ("TKS", "Generalis"),
    ("TKS", "Spesialis"),
    ("Pekerja Sosial", "Asisten"),
    ("Pekerja Sosial", "Generalis"),
    ("Pekerja Sosial", "Spesialis"),
    ("Penyuluh Sosial", ""),
    ("Relawan Sosial", ""),
)
ROUTES = ("Penilaian langsung", "Penilaian langsung", "Pelatihan", "Sertifikasi langsung")
HEADER = (
    "No",
    "NIK",
    "Nama Lengkap",
    "Gelar",
    "Jenis Kelamin",
    "Tempat Lahir",
    "Tanggal Lahir",
    "Kode Kab/Kota",
    "Alamat",
    "No HP",
    "Email",
    "Pendidikan",
    "Instansi",
    "Jabatan",
    "Program",
    "Mulai Bertugas",
    "Jumlah Jam Praktik",
    "Profesi",
    "Jenjang",
    "Jalur",
)
# A sub-district code that no register has: nobody is named by accident.
NO_SUBDISTRICT = 99


@dataclass(frozen=True, slots=True)
class Place:
    """A regency or city as a list names it."""

    code: str
    name: str


def lines(
    count: int, *, places: Sequence[Place], seed: int, fault_share: float = 0.0
) -> Iterator[list[object]]:
    """Give `count` lines under HEADER; the share `fault_share` has a fault that needs repair."""
    rng = random.Random(seed)  # noqa: S311 (made-up people, the same for a seed)
    for number in range(count):
        line = _line(number, rng, places)
        if rng.random() < fault_share:
            _spoil(line, rng)
        yield line


def workbook(rows: Iterator[list[object]]) -> bytes:
    """Return the lines as an .xlsx file with one sheet and one header row."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (slow import: 0.1 s of every command)

    buffer = io.BytesIO()
    with Workbook(buffer, {"constant_memory": True, "in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Peserta")
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write_number(number, column, value)
    return buffer.getvalue()


def _line(number: int, rng: random.Random, places: Sequence[Place]) -> list[object]:
    woman = rng.random() < 0.55
    place = rng.choice(places)
    born = date(1962, 1, 1) + timedelta(days=rng.randrange(365 * 40))
    profession, level = rng.choice(SCHEMES)
    given = rng.choice((WOMEN if woman else MEN).split())
    name = f"{given} {rng.choice(SECOND.split())} {rng.choice(THIRD.split())}"
    return [
        number + 1,
        nik(place.code, born, woman=woman, serial=number % 9999 + 1),
        name,
        rng.choice(TITLES),
        "P" if woman else "L",
        place.name,
        born,
        place.code,
        f"Jl. {rng.choice(SECOND.split())} No. {rng.randrange(1, 200)}",
        f"08{rng.randrange(10**9, 10**10)}",
        f"{given.lower()}.{number + 1}@contoh.example" if rng.random() < 0.8 else "",
        rng.choice(("SMA/SMK", "D3", "D4 Kesos", "S1 Kesejahteraan Sosial", "S1 non-Kesos", "S2")),
        f"Dinas Sosial {place.name}",
        "Pendamping",
        rng.choice(PROGRAMS),
        date(2004, 1, 1) + timedelta(days=rng.randrange(365 * 18)),
        rng.choice((480, 1000, 1344, 1500, 2400, 4200)),
        profession,
        level,
        rng.choice(ROUTES),
    ]


def nik(place: str, born: date, *, woman: bool, serial: int) -> str:
    """Return a made-up NIK: district, birth date (women: day + 40), serial of four digits."""
    day = born.day + (40 if woman else 0)
    return f"{place.replace('.', '')}{NO_SUBDISTRICT}{day:02d}{born:%m%y}{serial:04d}"


def _spoil(line: list[object], rng: random.Random) -> None:
    """Do to the line what happens to lines in the field."""
    fault = rng.choice(("rounded", "short", "region", "route", "birth"))
    if fault == "rounded":
        line[1] = float(int(str(line[1])) // 10 * 10)
    elif fault == "short":
        line[1] = str(line[1])[:15]
    elif fault == "region":
        line[7] = "99.99"
    elif fault == "route":
        line[19] = ""
    else:
        line[6] = "31/02/1980"
