"""Is a content fit to be signed, and which facts does it state? Pure; no clock, no file."""

import re
from datetime import date, datetime, time

from kompeten.certificates.terms import BODY_ZONE, Content, Fact, Named
from kompeten.kernel.canonical import plain

# A QR code holds at most this much, so that a phone of five years ago reads it (version 12, level M).
QR_CHARS = 350

_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_WRITTEN = re.compile(r"[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def flaws(content: Content) -> tuple[str, ...]:
    """Return why `content` may not be signed, as codes; empty when it may."""
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
    texts = _texts(plain(content))
    if any(_NIK.search(text) for text in texts):
        found.append("content.personal_number")
    if not all(_WRITTEN.fullmatch(text) for text in texts if text):
        found.append("content.unprintable")
    return tuple(found)


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


def _texts(value: object) -> list[str]:
    """Return every text within a JSON value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []
