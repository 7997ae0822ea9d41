"""Has every event that people hear of a text, with nothing in it that nobody fills?"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kompeten.notices import labels, rules
from kompeten.notices.chart import DIGEST
from kompeten.notices.queries import KINDS
from kompeten.notices.terms import Code, Moment
from kompeten.schemes.terms import Component
from tests.make.times import MONDAY, WIB_MIDNIGHT, YEAR_END

ALWAYS = {"application", "scheme", "answer_by", "appeal_days"}
SESSION = {"title", "starts_at", "ends_at", "where"}
FILLED = {
    "application.returned": {"items", "until"},
    "application.rejected": {"grounds"},
    "concerned": {"noticed", "disclosed", "happened", "measures"},
    "enrolment": SESSION,
    "session": SESSION,
    "dossier.opened": {"due_on"},
    "dossier.returned": {"items", "until"},
    "entry": {*SESSION, "minutes"},
    "slot": {"component", "starts_at", "where"},
    "decision": {"components"},
    "recommendation": {"signatory"},
    "certificate": {"number", "until"},
    "certificate.suspended": {"number", "until", "cause", "ends", "note"},
    "certificate.withdrawn": {"number", "until", "cause", "note"},
    "certificate.replaced": {"number", "until", "by"},
}


def test_every_kind_has_a_text_and_every_text_a_kind() -> None:
    assert set(labels.TEXT) == {*KINDS, DIGEST.opened}


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_names_only_what_its_letters_carry(kind: str) -> None:
    text = labels.TEXT[kind]
    named = set(re.findall(r"%\((\w+)\)s", f"{text.subject} {text.body}"))

    known = ALWAYS | FILLED.get(kind, set()) | FILLED.get(kind.partition(".")[0], set())

    assert named <= known
    assert "%" not in re.sub(r"%\(\w+\)s", "", f"{text.subject} {text.body}")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 3, 16), "Senin, 16 Maret 2026"),
        (Moment(MONDAY, "Asia/Jakarta"), "Senin, 2 Maret 2026 09.00 WIB"),
        (Moment(MONDAY, "Asia/Makassar"), "Senin, 2 Maret 2026 10.00 WITA"),
        (Moment(WIB_MIDNIGHT, "Asia/Jayapura"), "Selasa, 3 Maret 2026 02.00 WIT"),
        (Moment(YEAR_END, "Asia/Jakarta"), "Kamis, 31 Desember 2026 23.59 WIB"),
        (40, "40"),
        ("Bimtap: gelombang 1, 100%", "Bimtap: gelombang 1, 100%"),
    ],
)
def test_values_are_read_as_people_read_them(value: object, shown: str) -> None:
    with translation.override("id"):
        subject, _ = labels.render("enrolment.opened", dict.fromkeys(SESSION, value))

    assert shown in subject


def test_codes_become_their_sentences_and_lists_lines() -> None:
    with translation.override("id"):
        _, grounds = labels.render(
            "application.rejected",
            {
                "application": "A",
                "scheme": "TKS",
                "grounds": (Code("ground.age"), Code("ground.practice")),
            },
        )
        _, parts = labels.render(
            "decision.deferred",
            {
                "scheme": "TKS",
                "appeal_days": 14,
                "components": (Component.COGNITIVE, Component.INTERVIEW),
            },
        )
        _, none = labels.render(
            "decision.deferred", {"scheme": "TKS", "appeal_days": 14, "components": ()}
        )

    assert len([line for line in grounds.splitlines() if line.startswith("– ")]) == 2
    assert "ground." not in grounds
    assert len([line for line in parts.splitlines() if line.startswith("– ")]) == 2
    assert "– " in none


def test_a_mail_greets_and_says_where_to_go() -> None:
    mail = labels.frame("Isi.", name="Dra. Ani, M.Si.", site="https://k.example", sender="LSP")

    assert "Dra. Ani, M.Si." in mail.splitlines()[0]
    assert "\n\nIsi.\n\n-- \n" in mail
    assert "https://k.example" in mail


@given(st.integers(min_value=1, max_value=10_000))
def test_each_wait_is_longer_than_the_last_and_never_over_half_a_day(failed: int) -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)

    this, following = rules.next_try(at, failed=failed), rules.next_try(at, failed=failed + 1)

    assert at < this <= following <= at + timedelta(hours=12)
