"""Has every word of a content room on the sheet, and whose is the one that has none? Pure."""

from collections.abc import Iterator, Sequence

from kompeten.certificates.terms import Content, Named
from kompeten.kernel import lettering, widths

_TOLD = 40  # letters of a word that a reason shows: enough to find it by


def long_words(content: Content) -> tuple[str, ...]:
    """Return the parts with a word too long for the sheet, as codes; the first word of each."""
    broad: dict[str, str] = {}
    for part, room, text in _set(content):
        if word := lettering.too_broad(text, room):
            broad.setdefault(part, word)
    return tuple(f"content.long_word:{part}{_told(part, word)}" for part, word in broad.items())


def long_word_of(holder: str) -> str:
    """Return the word of a holder's name that is too long for the sheet; empty: each has room."""
    return lettering.too_broad(holder, widths.HOLDER)


def is_holders(codes: Sequence[str]) -> bool:
    """Say whether the name of the holder may be at fault: a code that names another part says it is not.

    >>> is_holders(("content.long_word:signatory:Abc",)), is_holders(("content.too_long",))
    (False, True)
    """
    parts = (part_of(code) if code.startswith("content.") else "" for code in codes)
    return any(part in {"", "holder"} for part in parts)


def is_signatorys(codes: Sequence[str]) -> bool:
    """Say whether the name of who signed the decree is at fault."""
    return any(part_of(code) == "signatory" for code in codes)


def part_of(code: str) -> str:
    """Return the part that a reason names.

    >>> part_of("content.long_word:units:Q.88"), part_of("content.too_long")
    ('units', '')
    """
    return (*code.split(":", 2), "")[1]


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


def _titles(named: Named | None) -> tuple[str, ...]:
    return (named.title, named.title_en) if named else ()
