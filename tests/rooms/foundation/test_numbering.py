"""Are numbers given once, in order and without a gap, whatever is taken back?"""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from kompeten.foundation.models import Series
from kompeten.foundation.numbering import take_numbers

pytestmark = pytest.mark.django_db


def test_a_series_begins_at_one_and_goes_on() -> None:
    assert list(take_numbers("certificate")) == [1]
    assert list(take_numbers("certificate", 3)) == [2, 3, 4]
    assert list(take_numbers("certificate")) == [5]


def test_series_do_not_know_each_other() -> None:
    take_numbers("certificate", 7)

    assert list(take_numbers("decree/2026")) == [1]


def test_a_number_taken_back_is_given_again() -> None:
    take_numbers("certificate", 2)

    with transaction.atomic():
        assert list(take_numbers("certificate")) == [3]
        transaction.set_rollback(True)

    assert list(take_numbers("certificate")) == [3]


def test_nothing_is_taken_when_nothing_is_asked() -> None:
    assert list(take_numbers("certificate", 0)) == []
    assert list(take_numbers("certificate")) == [1]


@given(st.lists(st.tuples(st.integers(min_value=1, max_value=9), st.booleans()), max_size=20))
def test_whatever_is_taken_back_the_kept_numbers_have_no_gap(asks: list[tuple[int, bool]]) -> None:
    Series.objects.all().delete()
    kept: list[int] = []
    for count, is_kept in asks:
        with transaction.atomic():
            numbers = list(take_numbers("certificate", count))
            transaction.set_rollback(not is_kept)
        kept += numbers if is_kept else []

    assert kept == list(range(1, len(kept) + 1))
