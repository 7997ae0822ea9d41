"""Does a copy of the database tell nothing, and does a sealed value open only where it belongs?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.foundation.privacy import SealBroken, blind_index, seal, unseal

NIK = "1218905704850001"
COLUMN = "people.person.nik"


@given(st.text(max_size=200))
def test_what_is_sealed_opens_where_it_was_sealed(text: str) -> None:
    assert unseal(seal(text, column=COLUMN, row="AB12"), column=COLUMN, row="AB12") == text


def test_a_seal_shows_nothing_of_the_text_and_never_looks_the_same() -> None:
    first, second = (seal(NIK, column=COLUMN, row="AB12") for _ in range(2))

    assert first != second
    assert NIK.encode() not in first
    assert NIK[:6].encode() not in first


@pytest.mark.parametrize(
    ("column", "row"),
    [(COLUMN, "ZZ99"), ("people.person.phone", "AB12")],
    ids=["another row", "another column"],
)
def test_a_value_moved_elsewhere_does_not_open(column: str, row: str) -> None:
    sealed = seal(NIK, column=COLUMN, row="AB12")

    with pytest.raises(SealBroken):
        unseal(sealed, column=column, row=row)


@given(position=st.integers(min_value=0, max_value=44), change=st.integers(1, 255))
def test_a_changed_byte_does_not_open(position: int, change: int) -> None:
    sealed = bytearray(seal(NIK, column=COLUMN, row="AB12"))
    assert len(sealed) == 45
    sealed[position] ^= change

    with pytest.raises(SealBroken):
        unseal(bytes(sealed), column=COLUMN, row="AB12")


def test_another_key_does_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    sealed = seal(NIK, column=COLUMN, row="AB12")
    monkeypatch.setattr(settings, "PRIVACY_KEY", "another secret")

    with pytest.raises(SealBroken):
        unseal(sealed, column=COLUMN, row="AB12")


def test_equal_values_have_equal_indexes_in_one_column_only() -> None:
    index = blind_index(NIK, column=COLUMN)

    assert index == blind_index(NIK, column=COLUMN)
    assert len(index) == 32
    assert index != blind_index(NIK[:-1] + "2", column=COLUMN)
    assert index != blind_index(NIK, column="applications.row.nik")


def test_the_index_cannot_be_made_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    index = blind_index(NIK, column=COLUMN)
    monkeypatch.setattr(settings, "PRIVACY_KEY", "another secret")

    assert index != blind_index(NIK, column=COLUMN)
