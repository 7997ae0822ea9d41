"""Is a content fit to be signed, and which facts does it state? Pure; no clock, no file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from kompeten.certificates.rules import printing
from kompeten.certificates.terms import BODY_ZONE, Content, Named
from kompeten.kernel import lettering
from kompeten.kernel.canonical import plain

# A QR code holds at most this much, so that a phone of five years ago reads it (version 12, level M).
QR_CHARS = 350

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
    return (*found, *printing.long_words(content))


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
    return tuple(
        code for code in codes if code in _HOUSE_CODES or printing.part_of(code) in _HOUSE_PARTS
    )


def differing(old: Content, new: Content) -> tuple[str, ...]:
    """Return the members that would read otherwise, but for those that belong to each issue of its own."""
    said, now = plain(old), plain(replace(new, **_own_to_each(old)))
    return tuple(name for name in {**said, **now} if said.get(name) != now.get(name))


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
