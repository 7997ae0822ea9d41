"""How long does it take to read and judge the national list? Beside it: openpyxl only reading it.

    python bench/bench_collective_check.py [people]      default 16920

So many people on one sheet of 20 columns, every cell as it should be. The aim is under 3 s.
"""

import random
import sys
import time
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import xlsxwriter

from kompeten.applications.adapters import workbook
from kompeten.applications.rules import roster
from kompeten.applications.terms import Known, Verdict
from kompeten.schemes.terms import Level, Profession, Route

PEOPLE = 16_920
REGIONS = ("11.01", "32.71", "73.71", "91.71")
HEADER = (
    "No", "NIK", "Nama Lengkap", "Gelar", "Jenis Kelamin", "Tempat Lahir", "Tanggal Lahir",
    "Kode Kab/Kota", "Alamat Domisili", "No HP", "Email", "Pendidikan", "Instansi", "Jabatan",
    "Program", "Mulai Bertugas", "Jumlah Jam Praktik", "Profesi", "Jenjang", "Jalur",
)  # fmt: skip
KNOWN = Known(
    regions=frozenset(REGIONS),
    schemes={(Profession.WELFARE_WORKER, level): frozenset(Route) for level in Level},
)


def national_list(people: int, *, rng: random.Random) -> bytes:
    """Return a list of so many as a workbook."""
    content = BytesIO()
    options = {"in_memory": True, "default_date_format": "dd/mm/yyyy", "strings_to_numbers": False}
    book = xlsxwriter.Workbook(content, options)
    sheet = book.add_worksheet("Peserta")
    sheet.write_row(0, 0, HEADER)
    for row in range(1, people + 1):
        born = date(1962, 1, 1) + timedelta(days=rng.randrange(14_600))
        region = rng.choice(REGIONS)
        nik = f"{region.replace('.', '')}95{born:%d%m%y}{row % 9999 + 1:04d}"
        name = f"{rng.choice(('Agus', 'Budi', 'Eko'))} {rng.choice(('Lubis', 'Tandi'))} {row % 97}"
        person = (
            row, nik, name.translate(str.maketrans("0123456789", "abcdefghij")), "S.Sos.", "L", "Bogor",
            born, region, f"Jl. Melati No. {row % 200}", f"0812{rng.randrange(10**8):08d}",
            f"orang.{row}@contoh.example", "S1 Kesejahteraan Sosial", "Dinas Sosial", "Pendamping", "PKH",
            born + timedelta(days=9000), 1344, "TKS", "generalis", "Penilaian langsung",
        )  # fmt: skip
        sheet.write_row(row, 0, person)
    book.close()
    return content.getvalue()


def main(people: int) -> None:
    """Print one figure beside its baseline."""
    content = national_list(people, rng=random.Random(2020))

    began = time.perf_counter()
    judged = roster.judge(workbook.read(content), known=KNOWN, on=date(2026, 3, 2))
    ours = time.perf_counter() - began
    assert sum(row.verdict is Verdict.GOOD for row in judged.rows) == people

    began = time.perf_counter()
    sheet = openpyxl.load_workbook(BytesIO(content), read_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows(values_only=True)) == people + 1
    baseline = time.perf_counter() - began

    print(
        f"collective check, {people:,} people: {ours:.2f} s (openpyxl, reading only: {baseline:.2f} s)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
