"""Is a region's code read as it was meant, however it was written?"""

import pytest

from kompeten.regions.rules import normalise, province_code


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12.18", "12.18"),
        ("1218", "12.18"),
        (" 12.18 ", "12.18"),
        ("12-18", "12.18"),
        ("12 18", "12.18"),
        ("12,18", "12.18"),
        ("12.1", "12.10"),  # a spreadsheet took 12.10 for a number
        ("12,1", "12.10"),
        ("12", "12"),
        ("12.18.09", "12.18"),
        ("12.18.09.2001", "12.18"),
        ("1218092001", "12.18"),
        ("99.99", "99.99"),
        ("", ""),
        ("1", ""),
        ("123", ""),
        ("12.180", ""),
        ("Medan", ""),
        ("12.18 Medan", ""),
    ],
)
def test_normalise(written: str, meant: str) -> None:
    assert normalise(written) == meant


def test_province_code() -> None:
    assert [province_code(code) for code in ("12.18", "12")] == ["12", "12"]
