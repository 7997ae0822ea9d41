"""Does a short address lead where it was meant to, for as long as it was meant to?"""

from datetime import timedelta

import pytest
from django.conf import settings

from kompeten.foundation import shortlinks
from kompeten.foundation.models import ShortLink
from kompeten.kernel import refs
from tests.make.times import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db


def test_an_address_leads_nowhere_before_it_was_kept() -> None:
    code = shortlinks.code_of("status", "AAAAAAAAAA")

    assert shortlinks.find(code, at=MONDAY) is None
    shortlinks.keep("status", ["AAAAAAAAAA"], ends_at=TUESDAY)

    found = shortlinks.find(code, at=MONDAY)
    assert found is not None
    assert (found.kind, found.ref) == ("status", "AAAAAAAAAA")
    assert shortlinks.address("status", "AAAAAAAAAA") == f"{settings.SHORT_URL}/r/{code}"


def test_an_address_ends_and_can_be_kept_anew_without_losing_its_count() -> None:
    code = shortlinks.code_of("status", "AAAAAAAAAA")
    shortlinks.keep("status", ["AAAAAAAAAA", "AAAAAAAAAA"], ends_at=TUESDAY)
    shortlinks.note_look(ShortLink.objects.get(), on=MONDAY.date())

    assert shortlinks.find(code, at=TUESDAY) is None
    shortlinks.keep("status", ["AAAAAAAAAA"], ends_at=TUESDAY + timedelta(days=1))

    found = shortlinks.find(code, at=TUESDAY)
    assert found is not None
    assert (found.looks, found.looked_on) == (1, MONDAY.date())


def test_a_code_is_found_however_it_is_typed() -> None:
    shortlinks.keep("status", ["AAAAAAAAAA"], ends_at=TUESDAY)
    code = shortlinks.code_of("status", "AAAAAAAAAA")
    typed = f" {shortlinks.spaced(code).lower()} ".replace("0", "o").replace("1", "l")

    assert shortlinks.find(typed, at=MONDAY) is not None


def test_codes_of_kinds_and_records_have_nothing_in_common_and_stand_in_no_row() -> None:
    kinds = ("status", "invitation")
    codes = {shortlinks.code_of(kind, f"{n:010d}") for kind in kinds for n in range(500)}
    shortlinks.keep("status", ["AAAAAAAAAA"], ends_at=TUESDAY)
    kept = "".join(str(value) for value in ShortLink.objects.values_list().get())

    assert len(codes) == 1000
    assert {len(code) for code in codes} == {refs.LENGTH}
    assert shortlinks.code_of("status", "AAAAAAAAAA") not in kept


def test_many_are_kept_at_the_price_of_one_query(
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        shortlinks.keep("status", [f"{n:010d}" for n in range(100)], ends_at=TUESDAY)
