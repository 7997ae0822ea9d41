"""Which words has a code? Rooms hand in their reasons at the start; pages and mails ask here."""

from collections.abc import Mapping
from typing import Any

_REASONS: dict[str, Any] = {}


class CodeTaken(Exception):
    """Two rooms give the same code different words."""


def learn(reasons: Mapping[str, Any]) -> None:
    """Take in the words of a room, by reason code.

    :raises CodeTaken: another room has given one of these codes other words
    """
    for code, text in reasons.items():
        if code in _REASONS and str(_REASONS[code]) != str(text):
            raise CodeTaken(code)
        _REASONS[str(code)] = text


def reason(code: str) -> str:
    """Return the sentence for a reason code, in the language at hand; the code itself if unknown.

    A code may carry what it is about after a colon, `missing.document:ijazah`: then the sentence
    may hold `%(what)s`, which is replaced by the words of that thing or the thing itself.
    """
    name, _, what = code.partition(":")
    text = str(_REASONS.get(code) or _REASONS.get(name) or code)
    if "%(what)s" in text:
        return text % {"what": str(_REASONS.get(what, what))}
    return text


def known_reasons() -> frozenset[str]:
    """Return every code that has words."""
    return frozenset(_REASONS)
