"""Do the regions of Indonesia stand in the table, and are they answered from memory?"""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

import kompeten.regions
from kompeten.regions import labels, queries
from kompeten.regions.models import Region
from kompeten.regions.terms import RegionKind, RegionRow

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)
MEDAN = RegionRow("12.71", RegionKind.CITY, "Medan", "Asia/Jakarta", "12")


def test_there_are_38_provinces_and_514_districts() -> None:
    rows = Region.objects

    assert [rows.filter(kind=kind.value).count() for kind in RegionKind] == [38, 416, 98]
    assert len(queries.codes()) == 514
    assert len(queries.codes(on=ON)) == 514
    assert queries.codes(on=date(2022, 12, 7)) == frozenset()


@pytest.mark.parametrize("written", ["12.71", "1271", " 12-71 ", "12.71.01.1001"])
def test_a_region_is_found_however_its_code_is_written(written: str) -> None:
    assert queries.region(written) == MEDAN


def test_what_is_no_region_is_none() -> None:
    assert queries.region("99.99") is None
    assert queries.region("") is None
    assert queries.province_of("99.99") is None
    assert queries.timezone_of("Medan") is None


def test_every_district_lies_in_a_province_and_a_time_zone() -> None:
    zones = {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}

    for code in queries.codes():
        province, zone = queries.province_of(code), queries.timezone_of(code)
        assert province is not None
        assert province.kind is RegionKind.PROVINCE
        assert zone is not None
        assert zone.key in zones
        assert code in {row.code for row in queries.districts(province.code)}


def test_time_zones_cross_the_country() -> None:
    found = [queries.timezone_of(code) for code in ("11", "51.71", "91.71")]

    zones = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    assert found == [ZoneInfo(zone) for zone in zones]


def test_provinces_stand_in_the_order_of_their_codes() -> None:
    provinces = queries.provinces(on=ON)

    assert [row.code for row in provinces] == sorted(row.code for row in provinces)
    assert (provinces[0].name, len(provinces)) == ("Aceh", 38)


def test_regions_are_answered_from_memory(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    queries.region("12.71")

    with django_assert_num_queries(0):
        queries.codes(on=ON)
        queries.province_of("12.71")
        queries.timezone_of("12.71")


def test_a_region_is_named_as_people_say_it() -> None:
    bogor = queries.region("32.01")
    assert bogor is not None
    with translation.override("en"):
        assert labels.full_name(MEDAN) == "City of Medan"
        assert labels.full_name(bogor) == "Regency of Bogor"
    province = queries.province_of("32.01")
    assert province is not None
    assert labels.full_name(province) == "Jawa Barat"


def test_a_region_ends_after_it_starts() -> None:
    with pytest.raises(IntegrityError):
        Region.objects.create(
            code="98.01",
            kind="regency",
            name="Nowhere",
            timezone="Asia/Jakarta",
            province_code="98",
            valid_from=ON,
            valid_until=ON,
        )


def test_the_licence_notice_stands_beside_the_list() -> None:
    folder = Path(kompeten.regions.__file__).parent / "data"

    assert "Open Database License" in (folder / "NOTICE.md").read_text(encoding="utf-8")
    assert (folder / "regions.csv").exists()
