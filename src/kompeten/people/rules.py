"""Can what is said of a person be printed, and what does a NIK tell? On a NIK warnings, never refusals.

Source for the NIK: domain facts on NIK (16 digits PPKKCC DDMMYY NNNN, women day + 40; may keep old errors).
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from kompeten.kernel import lettering, widths
from kompeten.people.terms import BreachClosing, Settling

NIK_DIGITS = 16
# UU 27/2022, art. 46(1): in writing, at the latest 3 × 24 hours after the failure.
TELL_WITHIN = timedelta(hours=72)
_LONG_NUMBER = re.compile(r"(?:\d[\s.-]?){12,}")
_TITLES = frozenset({"title_before", "title_after"})
_TEXTS = frozenset({"birth_place", "address", "employer"})


def tidied(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a person with every text that may be printed as it is kept."""
    printed = _TITLES | _TEXTS | {"name"}
    return {
        field: lettering.tidy(value) if field in printed else value for field, value in said.items()
    }


def unprintable(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return why what is said, as `tidied` gives it, cannot be printed, as codes; empty: it can.

    >>> unprintable({"name": "Ani", "title_after": "S.Sos."}), unprintable({"name": "..."})
    ((), ('name.missing',))
    """
    found = [lettering.name_flaw(said["name"])] if "name" in said else []
    found += [
        "text.letters"
        for field, text in said.items()
        if (field in _TITLES and not lettering.is_title(text))
        or (field in _TEXTS and not lettering.is_printable(text))
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def nik_shape(text: str) -> str | None:
    """Return the reason a NIK cannot be used at all (`nik.missing`, `nik.length`), or None."""
    if not text:
        return "nik.missing"
    if len(text) != NIK_DIGITS or not text.isascii() or not text.isdigit():
        return "nik.length"
    return None


def label_flaw(label: str) -> str:
    """Return why a name, as `tidy` gives it, is none to sign papers under, as a code; empty: it is.

    >>> label_flaw("Drs.H.Abdurrahman,S.Sos.,M.Si."), label_flaw("Budi " + 60 * "a")
    ('', 'label.long_word:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')
    """
    if reason := lettering.name_flaw(label):
        return reason
    word = lettering.too_broad(label, widths.SIGNATORY)
    return f"label.long_word:{word}" if word else ""


def settling_reasons(facts: Settling) -> tuple[str, ...]:
    """Return why a dispute is not settled so: a reason is missing, or names the number itself.

    >>> settling_reasons(Settling("KTP 1218 9057 0485 0001 diperlihatkan"))
    ('claim.number_in_reason',)
    """
    if not facts.reason.strip():
        return ("claim.reason_missing",)
    return ("claim.number_in_reason",) if _LONG_NUMBER.search(facts.reason) else ()


def nik_doubts(
    nik: str, *, birth_on: date | None, sex: str, regions: frozenset[str]
) -> tuple[str, ...]:
    """Return soft warnings on a NIK of the right shape: district, birth date, sex. Nothing is refused."""
    doubts = []
    if regions and f"{nik[:2]}.{nik[2:4]}" not in regions:
        doubts.append("nik.district_unknown")
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    female = day > 40
    if birth_on is not None:
        told = (day - 40 if female else day, month, year)
        if told != (birth_on.day, birth_on.month, birth_on.year % 100):
            doubts.append("nik.birth_date_differs")
    if sex and (sex == "female") != female:
        doubts.append("nik.sex_differs")
    return tuple(doubts)


def tell_by(noticed_at: datetime) -> datetime:
    """Return until when the authority and those concerned must know of a breach."""
    return noticed_at + TELL_WITHIN


def hours_left(noticed_at: datetime, *, at: datetime) -> int:
    """Return the whole hours left to tell of a breach, negative once they are over.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 11, 30, 8, tzinfo=UTC)
    >>> hours_left(monday, at=monday + timedelta(hours=1.5)), hours_left(monday, at=monday)
    (70, 72)
    >>> hours_left(monday, at=monday + timedelta(hours=72, seconds=1))
    -1
    """
    return int((tell_by(noticed_at) - at) // timedelta(hours=1))


def closing_reasons(facts: BreachClosing) -> tuple[str, ...]:
    """Return why a breach cannot be closed yet; empty: it can.

    Nobody named is a finding of its own, and wants its ground written down.

    >>> closing_reasons(BreachClosing(False, 2, 1, ""))
    ('breach.authority_untold', 'breach.people_untold')
    """
    found = [] if facts.is_authority_told else ["breach.authority_untold"]
    if facts.untold:
        found.append("breach.people_untold")
    if not facts.named and not facts.note.strip():
        found.append("breach.nobody_named")
    return tuple(found)
