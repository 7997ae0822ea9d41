"""Which words has a code? Rooms hand in their reasons at the start; pages and mails ask here."""

from collections.abc import Mapping
from typing import Any

_REASONS: dict[str, Any] = {}


_CLASHES: set[str] = set()


def learn(reasons: Mapping[str, Any]) -> None:
    """Take in the words of a room, by reason code; where two rooms differ, the first keeps the code."""
    for code, text in reasons.items():
        if str(_REASONS.setdefault(str(code), text)) != str(text):
            _CLASHES.add(str(code))


def reason(code: str) -> str:
    """Return the sentence for a reason code, in the language at hand; the code itself if unknown.

    A code may carry what it is about after a colon, `missing.document:ijazah`: then the sentence
    may hold `%(what)s`, which is replaced by the words of that thing or the thing itself. Where a
    thing has a sentence of its own, more may follow it: `content.long_word:units:PS.0001`.
    """
    name, _, what = code.partition(":")
    thing, _, more = what.partition(":")
    narrower = f"{name}:{thing}"
    if more and code not in _REASONS and narrower in _REASONS:
        name, what = narrower, more
    text = str(_REASONS.get(code) or _REASONS.get(name) or code)
    if "%(what)s" in text:
        return text % {"what": str(_REASONS.get(what, what))}
    return text


def clashes() -> frozenset[str]:
    """Return the codes to which two rooms give different words; a house test wants none."""
    return frozenset(_CLASHES)


def known_reasons() -> frozenset[str]:
    """Return every code that has words."""
    return frozenset(_REASONS)
