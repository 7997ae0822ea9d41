"""How long is an answer, and does it tell too much about a client?

Source: DD17 (answers are measured in words), DD20 (public copies named clients; a hint, no refusal).
"""

import re
from collections.abc import Mapping

from kompeten.portfolios.terms.dossier import Hint

MAX_CHARACTERS = 30_000  # ten times the longest answer a scheme may ask for
SHOWN = 4
CONTROLS = {code: None for code in range(32) if chr(code) not in "\n\t"} | {127: None}

# Each pattern is bounded, so that a hostile text cannot keep it busy.
TELLTALES = (
    ("hint.nik", re.compile(r"(?<!\d)(?:\d[ .-]?){15}\d(?!\d)")),
    ("hint.phone", re.compile(r"(?<!\d)(?:\+?62|0)[ .-]?8(?:[ .-]?\d){7,11}(?!\d)")),
    ("hint.email", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w")),
    ("hint.address", re.compile(r"\bRT\.? ?\d{1,3} ?/? ?(?:RW\.? ?)?\d{1,3}\b", re.IGNORECASE)),
)


def tidy(text: str) -> str:
    """Return `text` as it is kept: line ends as one character, no other control characters, no margins.

    >>> tidy("satu\\r\\ndua\\x00 ")
    'satu\\ndua'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines.translate(CONTROLS).strip()


def count(text: str) -> int:
    """Return how many words `text` has; a reduplication is one word, loose punctuation is none.

    >>> count("Anak-anak itu , pulang – ke rumah .")
    5
    """
    return sum(t[0].isalnum() or any(map(str.isalnum, t)) for t in text.split())


def hints(texts: Mapping[str, str]) -> tuple[Hint, ...]:
    """Return what may identify somebody, by place and kind, each kind once for a place.

    Only the first characters are shown. Names are not looked for: they cannot be told from the
    writer's own world, and a false alarm on each would teach people to pass over all.

    >>> hints({"k1": "NIK beliau 3273 0155 0285 0001."})
    (Hint(place='k1', code='hint.nik', sample='3273…'),)
    """
    return tuple(
        Hint(place, code, match.group()[:SHOWN] + "…")
        for place, text in texts.items()
        for code, pattern in TELLTALES
        if (match := pattern.search(text))
    )
