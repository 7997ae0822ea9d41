"""Is a content fit to be signed, and which facts does it state? Pure; no clock, no file."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from kompeten.certificates.terms import BODY_ZONE, Content, Fact, Named, Range
from kompeten.kernel import lettering, widths
from kompeten.kernel.canonical import plain

# A QR code holds at most this much, so that a phone of five years ago reads it (version 12, level M).
QR_CHARS = 350
LONGEST_SUSPENSION = timedelta(days=2 * 366)
MOST_SHARES = 20  # of one certificate, open at a time: more than anybody keeps an eye on


class GroundGiven(Protocol):
    """Facts that say on what ground somebody did something."""

    @property
    def ground(self) -> str:
        """The ground, in words."""


class Judged(Protocol):
    """Facts that say who proposed something, and who judges it."""

    @property
    def proposed_by(self) -> int:
        """The account of who proposed it."""

    @property
    def judged_by(self) -> int:
        """The account of who judges it."""


class ReasonGiven(Protocol):
    """Facts that say why a sheet cannot be used."""

    @property
    def reason(self) -> str:
        """The reason, in words."""


# As many numbered sheets as are taken into the books in one go.
MOST_SHEETS = 20_000

# What the options of the house say, the same on every certificate.
_HOUSE_CODES = frozenset({"content.address_insecure", "content.address_shape"})
_HOUSE_PARTS = frozenset({"body", "place", "verify_url"})
_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_OF_THE_ISSUE = (
    "number", "ref", "signed_on", "valid_from", "valid_until", "verify_url", "status", "identity",
    "replaces",
)  # fmt: skip
# Members for machines: digests and places, of which no letter is printed.
_UNPRINTED = frozenset({"status", "identity", "photo"})
_TOLD = 40  # letters of a word that a reason shows: enough to find it by
Texts = Mapping[str, tuple[str, ...]]
_WRITTEN = re.compile(r"[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def flaws(content: Content, texts: Texts | None = None) -> tuple[str, ...]:
    """Return why `content` may not be signed, as codes; empty when it may.

    `texts` are those of `printed`, where they are known already.
    """
    found = [f"content.missing:{name}" for name, text in _required(content) if not text.strip()]
    if not content.units:
        found.append("content.missing:units")
    if content.valid_from < content.signed_on or content.valid_until <= content.valid_from:
        found.append("content.dates_order")
    if content.decree.on > content.signed_on:
        found.append("content.decree_later")
    if not content.verify_url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        found.append("content.address_insecure")
    if "#" in content.verify_url or len(content.verify_url) > 120:
        found.append("content.address_shape")
    texts = printed(content) if texts is None else texts
    if any(_NIK.search(text) for part in texts.values() for text in part):
        found.append("content.personal_number")
    found += [
        f"content.unprintable:{part}"
        for part, every in texts.items()
        if not all(_can_be_printed(part, text) for text in every)
    ]
    broad: dict[str, str] = {}
    for part, room, text in _set(content):
        if word := lettering.too_broad(text, room):
            broad.setdefault(part, word)
    return (*found, *(f"content.long_word:{part}{_told(part, broad[part])}" for part in broad))


def long_word_of(holder: str) -> str:
    """Return the word of a holder's name that is too long for the sheet; empty: each has room."""
    return lettering.too_broad(holder, widths.HOLDER)


def is_holders(codes: Sequence[str]) -> bool:
    """Say whether the name of the holder may be at fault: a code that names another part says it is not.

    >>> is_holders(("content.long_word:signatory:Abc",)), is_holders(("content.too_long",))
    (False, True)
    """
    parts = (_part(code) if code.startswith("content.") else "" for code in codes)
    return any(part in {"", "holder"} for part in parts)


def is_signatorys(codes: Sequence[str]) -> bool:
    """Say whether the name of who signed the decree is at fault."""
    return any(_part(code) == "signatory" for code in codes)


def printed(content: Content) -> Texts:
    """Return every text that is printed of a content, by the member it stands in; empty ones are left out."""
    return {
        part: texts
        for part, value in plain(content).items()
        if part not in _UNPRINTED and (texts := tuple(text for text in _texts(value) if text))
    }


def house_faults(codes: Iterable[str]) -> tuple[str, ...]:
    """Return those of the flaws that lie in the body's own settings: everybody waits, nobody is held.

    >>> house_faults(("content.missing:body", "content.missing:holder"))
    ('content.missing:body',)
    """
    return tuple(code for code in codes if code in _HOUSE_CODES or _part(code) in _HOUSE_PARTS)


def unexplained(facts: GroundGiven) -> tuple[str, ...]:
    """Return why a held certificate may not go on: nobody has said what was put right."""
    return () if facts.ground.strip() else ("certificate.no_ground",)


def suspension_flaws(note: str, starts_at: datetime, ends_at: datetime) -> tuple[str, ...]:
    """Return why a suspension may not be so, as codes; it lasts two years at the longest.

    Who stays suspended longer is withdrawn; the length is the body's to set, two years are ours.
    """
    found = [] if note.strip() else ["suspension.no_note"]
    if ends_at <= starts_at:
        found.append("suspension.ends_early")
    elif ends_at - starts_at > LONGEST_SUSPENSION:
        found.append("suspension.too_long")
    return tuple(found)


def two_pairs_of_eyes(facts: Judged) -> tuple[str, ...]:
    """Return why a recall may not be approved: nobody approves their own."""
    return ("recall.same_person",) if facts.judged_by == facts.proposed_by else ()


def withdrawal_flaws(note: str) -> tuple[str, ...]:
    """Return why a withdrawal may not be so, as codes: nobody has said on what it rests."""
    return () if note.strip() else ("withdrawal.no_note",)


def share_flaws(
    label: str, at: datetime, ends_at: datetime | None, *, open_already: int
) -> tuple[str, ...]:
    """Return why a link may not be given away so, as codes."""
    found = {
        "share.no_label": not label.strip(),
        "share.ends_early": ends_at is not None and ends_at <= at,
        "share.too_many": open_already >= MOST_SHARES,
    }
    return tuple(code for code, holds in found.items() if holds)


def differing(old: Content, new: Content) -> tuple[str, ...]:
    """Return the members that would read otherwise, but for those that belong to each issue of its own."""
    said, now = plain(old), plain(replace(new, **_own_to_each(old)))
    return tuple(name for name in {**said, **now} if said.get(name) != now.get(name))


def unreasoned(facts: ReasonGiven) -> tuple[str, ...]:
    """Return why a sheet may not be made void: nobody has said what happened to it."""
    return () if facts.reason.strip() else ("blank.no_reason",)


def range_flaws(came: Range) -> tuple[str, ...]:
    """Return why a range of sheets cannot be taken into the books, as codes; empty when it can.

    >>> range_flaws(Range("LSP-", 1, 500, 6)), range_flaws(Range("", 5, 4, 3)), range_flaws(Range("", 1, 1000, 3))
    ((), ('blank.range_order',), ('blank.range_digits',))
    """
    if came.last < came.first:
        return ("blank.range_order",)
    if came.count > MOST_SHEETS:
        return (f"blank.range_long:{MOST_SHEETS}",)
    return ("blank.range_digits",) if len(str(came.last)) > came.digits else ()


def gaps(came: Sequence[Range]) -> tuple[Range, ...]:
    """Return the numbers that lie between ranges and never came, by prefix and number of digits.

    >>> gaps([Range("A", 11, 20, 3), Range("A", 1, 5, 3), Range("B", 40, 50, 3)])
    (Range(prefix='A', first=6, last=10, digits=3),)
    """
    ordered = sorted(came, key=lambda r: (r.prefix, r.digits, r.first))
    return tuple(
        Range(one.prefix, one.last + 1, after.first - 1, one.digits)
        for one, after in itertools.pairwise(ordered)
        if (one.prefix, one.digits) == (after.prefix, after.digits) and after.first > one.last + 1
    )


def facts(content: Content) -> dict[Fact, str]:
    """Return what the certificate states, as one line each; see `Content.facts`."""
    return content.facts()


def qualification(content: Content) -> Named:
    """Return profession and level as people say them together: "Pekerja Sosial Generalis"."""
    if content.level is None:
        return content.profession
    first, second = content.profession, content.level
    # English puts the level first; both parts are needed or the line would say less than it should.
    english = f"{second.title_en} {first.title_en}" if first.title_en and second.title_en else ""
    return Named(f"{first.code}.{second.code}", f"{first.title} {second.title}", english)


def whole_days(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the first and the last second of a period of days, in the body's zone.

    >>> whole_days(date(2026, 11, 21), date(2031, 11, 20))[1].isoformat()
    '2031-11-20T23:59:59+07:00'
    """
    return (
        datetime.combine(first, time.min, BODY_ZONE),
        datetime.combine(last, time(23, 59, 59), BODY_ZONE),
    )


def _own_to_each(content: Content) -> dict[str, Any]:
    """Return the members that say which issue it is: number, days, places, and where it is looked up."""
    return {name: getattr(content, name) for name in _OF_THE_ISSUE}


def _required(content: Content) -> tuple[tuple[str, str], ...]:
    return (
        ("number", content.number),
        ("ref", content.ref),
        ("holder", content.holder),
        ("profession", content.profession.title),
        ("scheme", content.scheme.title),
        ("scheme_version", content.scheme.version),
        ("decree", content.decree.number),
        ("body", content.body.name),
        ("signatory", content.signatory.name),
        ("place", content.place),
    )


def _set(content: Content) -> Iterator[tuple[str, float, str]]:
    """Give what is set of a content: its part, the room for a word in em, the text."""
    yield "number", widths.NUMBER, content.number
    yield "holder", widths.HOLDER, content.holder
    for part, named in (("profession", content.profession), ("level", content.level)):
        yield from ((part, widths.TITLE, text) for text in _titles(named))
    yield from _set_of_scheme(content)
    yield "decree", widths.DECREE, content.decree.number
    # Capitals on the sheet, where there is more room; as it is written on the card.
    yield from (("body", widths.BODY, text) for text in (content.body.name, content.body.name_en))
    yield "body", widths.LINE, content.body.name.upper()
    who = content.signatory
    yield "signatory", widths.SIGNATORY, who.name
    yield from (("post", widths.POST, text) for text in (who.post, who.post_en))
    yield "place", widths.POST, content.place


def _set_of_scheme(content: Content) -> Iterator[tuple[str, float, str]]:
    scheme = content.scheme
    texts = (scheme.title, scheme.title_en, scheme.version)
    yield from (("scheme", widths.LINE, text) for text in texts)
    yield "scheme", widths.SCHEME_CODE, scheme.code
    yield from (("programme", widths.LINE, text) for text in _titles(content.programme))
    for unit in content.units:
        yield "units", widths.UNIT_CODE, unit.code
        yield from (("units", widths.UNIT, text) for text in _titles(unit))
    yield from (("legal_basis", widths.LINE, text) for text in content.legal_basis)


def _told(part: str, word: str) -> str:
    """Return the word as the code of a reason carries it: not of a holder, whom the ledger could not forget."""
    if part == "holder":
        return ""
    return ":" + (word if len(word) <= _TOLD else word[: _TOLD - 1] + "…")


def _part(code: str) -> str:
    """Return the part that a reason names.

    >>> _part("content.long_word:units:Q.88"), _part("content.too_long")
    ('units', '')
    """
    return (*code.split(":", 2), "")[1]


def _titles(named: Named | None) -> tuple[str, ...]:
    return (named.title, named.title_en) if named else ()


def _can_be_printed(part: str, text: str) -> bool:
    # Names are in Latin letters; what stands in a scheme may hold any sign that shows.
    named = part in {"holder", "signatory", "body"}
    return lettering.is_printable(text) if named else _WRITTEN.fullmatch(text) is not None


def _texts(value: object) -> list[str]:
    """Return every text within a JSON value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []
