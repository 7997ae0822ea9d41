"""Do lists for others read what people wrote, and sort what is handed over?"""

import pytest

from kompeten.reporting import rules
from kompeten.reporting.terms import BnspRow, Codes, Recipient

CODES = Codes({"S1": "7", "SMA": "3"}, ((("penyuluh", "TKSK"), "21"), ((), "99")))


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("S1 Kesejahteraan Sosial", "S1"),
        ("S-1 Sosiologi", "S1"),
        ("Sarjana Pendidikan di IPB", "S1"),
        ("D4 Kesos", "D4"),
        ("D-IV Pekerjaan Sosial", "D4"),
        ("Sarjana Terapan Pekerjaan Sosial", "D4"),
        ("S.Tr.Sos", "D4"),
        ("D III Kebidanan", "D3"),
        ("Diploma Tiga", "D3"),
        ("D2", "D2"),
        ("D I Pajak", "D1"),
        ("SMA/SMK", "SMA"),
        ("lulusan smk", "SMA"),
        ("Paket C", "SMA"),
        ("MTs Negeri", "SMP"),
        ("SD", "SD"),
        ("Magister Psikologi", "S2"),
        ("S3 Ilmu Sosial", "S3"),
        ("sedang kuliah di Bandung", ""),
        ("", ""),
    ],
)
def test_education_is_read_as_people_write_it(said: str, read: str) -> None:
    assert rules.education(said) == read


def test_codes_come_from_the_bodys_own_list_or_not_at_all() -> None:
    assert rules.education_code("S1 non-Kesos", CODES) == "7"
    assert rules.education_code("S2", CODES) == ""
    assert rules.occupation_code("Penyuluh Sosial Ahli Muda", CODES) == "21"
    assert rules.occupation_code("Pendamping", CODES) == "99"
    assert rules.occupation_code("Pendamping", Codes({}, ())) == ""


def test_the_list_has_nineteen_columns_in_bnsps_order() -> None:
    assert rules.BNSP_COLUMNS == (
        "NO", "NAMA ASESI", "NIK", "TEMPAT LAHIR", "TANGGAL LAHIR (dd/mm/yyyy)",
        "JENIS KELAMIN (L/P)", "TEMPAT TINGGAL", "KODE KOTA", "KODE PROVINSI", "TELP", "EMAIL",
        "KODE PENDIDIKAN", "KODE PEKERJAAN", "KODE JADWAL", "TANGGAL UJI",
        "NOMOR REGISTRASI ASESOR", "KODE SUMBER ANGGARAN", "KODE KEMENTERIAN", "K/BK",
    )  # fmt: skip


def test_what_a_line_lacks_is_named_but_for_mail() -> None:
    cells = ["x"] * len(rules.BNSP_COLUMNS)
    for column in ("EMAIL", "KODE PENDIDIKAN", "KODE JADWAL"):
        cells[rules.BNSP_COLUMNS.index(column)] = ""

    assert rules.lacking(BnspRow(tuple(cells), "", "")) == ("KODE PENDIDIKAN", "KODE JADWAL")


def recipient(name: str, province: str, office: str = "") -> Recipient:
    """Return somebody who is handed a certificate."""
    return Recipient(name, "1", "LSP-000001", "Pekerja Sosial", province, office, (), "", 1)


def test_parcels_go_by_province_and_office_those_without_an_office_last() -> None:
    found = rules.parcels(
        [
            recipient("Citra", "Papua"),
            recipient("Budi", "Jawa Barat"),
            recipient("dewi", "Jawa Barat", "Dinas Sosial Kota Bogor"),
            recipient("Ani", "Jawa Barat", "Dinas Sosial Kota Bogor"),
        ]
    )

    assert [(p.province, p.office, [r.name for r in p.recipients]) for p in found] == [
        ("Jawa Barat", "Dinas Sosial Kota Bogor", ["Ani", "dewi"]),
        ("Jawa Barat", "", ["Budi"]),
        ("Papua", "", ["Citra"]),
    ]
    assert rules.chosen(found, province="Papua") == found[2:]
    assert rules.chosen(found, office="") == found[1:]
    assert rules.chosen(found, province="Jawa Barat", office="Dinas Sosial Kota Bogor") == found[:1]
    assert rules.chosen(found) == found
