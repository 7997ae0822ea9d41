"""Is a name taken whole, titles aside, and are two spellings of one name known for it?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.applications.rules import names
from kompeten.applications.rules.names import Name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Dewi", Name("Dewi")),
        ("Dewi Lestari", Name("Dewi Lestari")),
        ("DEWI LESTARI", Name("Dewi Lestari")),
        ("dewi lestari", Name("Dewi Lestari")),
        ("Dewi Lestari, S.Sos.", Name("Dewi Lestari", after="S.Sos.")),
        ("DEWI LESTARI, S.SOS., M.SI.", Name("Dewi Lestari", after="S.SOS., M.SI.")),
        ("Dewi Lestari S.Sos.", Name("Dewi Lestari", after="S.Sos.")),
        ("Dewi Lestari, S.Tr.Sos., MPS.Sp.", Name("Dewi Lestari", after="S.Tr.Sos., MPS.Sp.")),
        ("Dewi Lestari, A.KS", Name("Dewi Lestari", after="A.KS")),
        ("Dewi Lestari, SH", Name("Dewi Lestari", after="SH")),
        ("Drs. H. Ahmad Lubis", Name("Ahmad Lubis", before="Drs. H.")),
        ("Hj Siti Aminah", Name("Siti Aminah", before="Hj")),
        ("Dr. Ir. Budi, M.Si.", Name("Budi", before="Dr. Ir.", after="M.Si.")),
        ("M. Ali", Name("M. Ali")),
        ("Ahmad M.Nur", Name("Ahmad M.Nur")),
        ("Siti, binti Ahmad", Name("Siti binti Ahmad")),
        ("Ahmad S.", Name("Ahmad S.")),
        ("NUR'AINI", Name("Nur'aini")),
        ("SITI-AMINAH", Name("Siti-Aminah")),
        ("I GUSTI NGURAH", Name("I Gusti Ngurah")),
        ("Ni Made", Name("Ni Made")),
        ("Dewi,", Name("Dewi")),
        ("", Name("")),
        (",", Name("")),
        ("H.", Name("H.")),
    ],
)
def test_titles_are_taken_off_and_names_left_whole(line: str, name: Name) -> None:
    assert names.parse(line) == name


@given(st.text(max_size=60))
def test_any_text_is_read_and_its_letters_are_kept(line: str) -> None:
    name = names.parse(" ".join(line.split()))

    parts = names.key(f"{name.before}{name.name}{name.after}")
    assert sorted(parts) == sorted(names.key(line.title())) or sorted(parts) == sorted(
        names.key(line)
    )


@given(st.text(alphabet="ABCdefghi '-.", max_size=30))
def test_mixed_case_is_stable(line: str) -> None:
    once = names.mixed_case(line)

    assert names.mixed_case(once) == once
    assert once.lower() == line.lower()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Dewi Lestari", "DEWI LESTARI"),
        ("Dewi Lestari", "Dewi"),
        ("Siti Nur Aini", "Siti Aini"),
        ("Muhammad Ali", "Moh. Ali"),
        ("M. Ali", "Mohamad Ali"),
        ("Abdul Rahman", "Abd. Rahman"),
        ("Soekarno", "Sukarno"),
        ("Djoko Susilo", "Joko Susilo"),
        ("Fransiskus Lamba", "Fransiscus Lamba"),
        ("Nur'aini", "Nuraini"),
        ("Kurniawan", "Kurniawn"),
    ],
)
def test_spellings_of_one_name_are_alike(name: str, other: str) -> None:
    assert names.alike(name, other)
    assert names.alike(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Rina Lestari", "Rini Lestari"),
        ("Hasan Basri", "Husin Basri"),
        ("Dewi Lestari", "Dewi Utami"),
        ("Lestari Dewi", "Dewi Lestari"),
        ("Ani", "Anita"),
        ("Dewi", "Budi"),
        ("", "Dewi"),
        ("", ""),
    ],
)
def test_names_of_two_people_are_not_alike(name: str, other: str) -> None:
    assert not names.alike(name, other)
    assert not names.alike(other, name)
