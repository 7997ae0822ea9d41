"""What follows from findings, and when is a certificate in force?"""

from datetime import date

import pytest

from kompeten.certificates.terms import Fact
from kompeten.register import rules
from kompeten.register.terms import Finding, Kind, Part

GOOD = tuple(Finding(part, f"{part}.good", holds=True) for part in rules.REQUIRED)
FACTS = ((Fact.NUMBER, "88900"),)


def test_four_good_parts_make_a_yes() -> None:
    verdict = rules.verdict(Kind.PDF, GOOD, facts=FACTS)

    assert (verdict.ok, verdict.facts) == (True, FACTS)


def test_the_status_is_named_as_not_checked_and_does_not_decide() -> None:
    verdict = rules.verdict(Kind.QR, GOOD)

    assert verdict.findings[-1] == Finding(Part.STATUS, "status.not_checked", holds=None)
    assert "status.register" in verdict.not_checked


@pytest.mark.parametrize("missing", rules.REQUIRED)
def test_a_part_that_was_not_reached_makes_a_no(missing: Part) -> None:
    found = [finding for finding in GOOD if finding.part is not missing]

    verdict = rules.verdict(Kind.PDF, found, facts=FACTS)

    assert not verdict.ok
    assert Finding(missing, f"{missing}.not_reached", holds=None) in verdict.findings


@pytest.mark.parametrize("bad", [Part.SIGNATURE, Part.ISSUER])
def test_facts_nobody_vouches_for_are_not_shown(bad: Part) -> None:
    found = [Finding(f.part, f.code, holds=f.part is not bad) for f in GOOD]

    assert rules.verdict(Kind.PDF, found, facts=FACTS).facts == ()


def test_an_expired_certificate_still_shows_its_facts() -> None:
    expired = Finding(Part.VALIDITY, "validity.expired", holds=False)

    verdict = rules.verdict(Kind.PDF, (*GOOD[:3], expired), facts=FACTS)

    assert (verdict.ok, verdict.facts) == (False, FACTS)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 11, 20), "validity.not_yet"),
        (date(2026, 11, 21), "validity.current"),
        (date(2028, 2, 29), "validity.current"),
        (date(2031, 11, 20), "validity.current"),
        (date(2031, 11, 21), "validity.expired"),
    ],
)
def test_both_ends_of_the_period_are_within(on: date, code: str) -> None:
    assert rules.validity(date(2026, 11, 21), date(2031, 11, 20), on=on).code == code
