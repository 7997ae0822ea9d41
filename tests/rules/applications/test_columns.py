"""Are columns recognized by the names that offices give them, wherever the header stands?"""

import random
from typing import Any

import pytest

from kompeten.applications.rules.columns import field_of, find_header, header_at
from kompeten.applications.terms import Grid
from tests.make import collective

NAMES = {
    "number": ["No", "NO.", "Nomor", "No. Urut"],
    "nik": ["NIK", "No. KTP / NIK", "Nomor KTP", "No. Induk Kependudukan", "KTP", "e-KTP", "No NIK",
            "NIK (16 digit)", "Nomor Identitas"],
    "name": ["Nama", "NAMA (sesuai KTP)", "Nama Lengkap", "Nama Lengkap dan Gelar", "Nama\nPeserta",
             "Nama Calon Peserta"],
    "title": ["Gelar", "GELAR AKADEMIK"],
    "title_before": ["Gelar Depan"],
    "title_after": ["Gelar di Belakang"],
    "sex": ["Jenis Kelamin", "L/P", "P/L", "JK", "J/K", "Gender"],
    "birth": ["Tempat, Tanggal Lahir", "TTL", "Tempat/Tgl Lahir", "Tempat dan Tanggal Lahir"],
    "birth_place": ["Tempat Lahir", "Kota Kelahiran"],
    "birth_on": ["Tanggal Lahir", "TGL LAHIR", "Tgl. Lahir (dd/mm/yyyy)"],
    "region_code": ["Kode Kab/Kota", "KODE KAB/KOTA", "Kode Kabupaten/Kota", "Kode Wilayah"],
    "region": ["Kab/Kota", "Kabupaten/Kota", "Nama Kab/Kota"],
    "address": ["Alamat", "ALAMAT", "Alamat Domisili", "Alamat sesuai KTP", "Domisili"],
    "phone": ["No HP", "HP/WA", "No. Handphone", "Nomor WhatsApp", "Telp/HP", "No. Telepon"],
    "email": ["Email", "E-MAIL", "Alamat e-mail", "Surel"],
    "education": ["Pendidikan", "PENDIDIKAN TERAKHIR", "Jenjang Pendidikan", "Ijazah terakhir"],
    "employer": ["Instansi", "INSTANSI/LEMBAGA", "Nama Instansi", "Unit Kerja", "Tempat Tugas",
                 "Satuan Kerja", "LKS/LKSA"],
    "position": ["Jabatan", "Nama Jabatan", "Pekerjaan"],
    "program": ["Program", "PILAR/PROGRAM", "Pilar Sosial"],
    "started_on": ["Mulai Bertugas", "TMT", "Tgl Mulai Tugas", "Bertugas sejak", "Tahun Masuk",
                   "Mulai bekerja"],
    "practice_hours": ["Jumlah Jam Praktik", "JML JAM", "Total jam praktek"],
    "profession": ["Profesi", "SKEMA", "Skema Sertifikasi", "Jenis SDM"],
    "level": ["Jenjang", "Tingkat", "Level", "JENJANG SERTIFIKASI"],
    "route": ["Jalur", "JALUR SERTIFIKASI", "Jalur Pendidikan/Pelatihan"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("label", "field"), [(label, field) for field, labels in NAMES.items() for label in labels]
)
def test_a_column_is_known_by_any_of_its_names(label: str, field: str) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize(
    "label",
    ["", "Nama Ibu Kandung", "NIK Ibu", "No. KK", "No HP Atasan", "Alamat Kantor", "Telepon Instansi",
     "NIP", "Agama", "Umur", "Nama Sekolah", "KEMENTERIAN SOSIAL REPUBLIK INDONESIA", "Nama " * 30],
)  # fmt: skip
def test_a_column_about_somebody_or_something_else_is_left_out(label: str) -> None:
    assert field_of(label) is None


def sheet(*rows: list[Any]) -> Grid:
    return Grid("A", rows)


def test_the_header_is_found_under_a_letterhead() -> None:
    header = find_header(
        sheet(
            ["PEMERINTAH KABUPATEN BOGOR", "", ""],
            ["Nama Dinas", "Dinas Sosial", ""],
            [],
            ["No", "N I K / NIK", "Nama", "Tgl Lahir"],
            [1, "3271956701920001", "Dewi", ""],
        )
    )

    assert header is not None
    assert (header.top, header.below) == (3, 4)
    assert header.columns == {"number": 0, "nik": 1, "name": 2, "birth_on": 3}


def test_a_header_on_two_rows_is_read_together() -> None:
    header = find_header(
        sheet(
            ["NO", "IDENTITAS", "", "LAHIR", "", "TANGGAL", "Nama"],
            ["", "NIK", "L/P", "TEMPAT", "TANGGAL", "MULAI TUGAS", "(sesuai KTP)"],
            [1, "3271956701920001", "P", "Bogor", "27/01/1992", "2015", "Dewi"],
        )
    )

    assert header is not None
    assert header.below == 2
    assert header.columns == {
        "number": 0, "nik": 1, "sex": 2, "birth_place": 3, "birth_on": 4, "started_on": 5, "name": 6,
    }  # fmt: skip


def test_the_first_person_is_never_taken_for_the_second_row_of_a_header() -> None:
    header = find_header(
        sheet(
            ["NIK", "Nama", "Tgl Lahir", "Keterangan"],
            ["", "Dewi", "27/01/1992", "Pendamping Program Keluarga"],
            ["", "Made", "1 Mei 1990", 12.0],
        )
    )

    assert header is not None
    assert header.columns["name"] == 1
    assert "nik" in header.columns


def test_a_line_with_a_long_number_is_no_header() -> None:
    rows = [["NIK. 3271956701920001", "Nama", "Alamat", "No HP"]]

    assert header_at(rows, 0) is None


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["Nama", "Alamat"]],
        [["Alamat", "No HP", "Email", "Jabatan"]],
        [["Nama", "nama", "NAMA", "Nama Lengkap"]],
    ],
)
def test_a_sheet_without_enough_columns_has_no_header(rows: list[list[Any]]) -> None:
    assert find_header(sheet(*rows)) is None


def test_the_order_of_columns_does_not_matter() -> None:
    labels = [
        names[0] for field, names in NAMES.items() if field not in ("region", "title", "birth")
    ]

    for seed in range(20):
        random.Random(seed).shuffle(labels)
        header = find_header(sheet(labels))
        assert header is not None
        assert {field: labels[column] for field, column in header.columns.items()} == {
            field: names[0]
            for field, names in NAMES.items()
            if field not in ("region", "title", "birth")
        }


def test_a_place_column_stands_in_where_there_is_no_code_column() -> None:
    header = find_header(sheet(["NIK", "Nama", "Kab/Kota"]))

    assert header is not None
    assert header.columns == {"nik": 0, "name": 1, "region_code": 2}


def test_every_header_of_the_made_up_lists_is_read_in_full() -> None:
    for labels in collective.HEADERS:
        header = find_header(sheet(list(labels.values())))
        assert header is not None
        assert set(header.columns) == set(labels) - {"mother"}
