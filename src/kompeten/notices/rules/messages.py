"""Is the text of a message fit to be sent, and what does it cost as SMS?

Source: 3GPP TS 23.038, 6.2.1 (the default alphabet and its extension); TS 23.040, 9.2.3.24.1 (parts).
"""

import re
from collections.abc import Mapping

from kompeten.notices.terms import PLACES, MessageKind, Parts, Placeholder

LONGEST = 600
SMALL = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED = frozenset("\f^{}\\[~]|€")  # two characters each
# How much one SMS holds alone, and each of several: in septets, and in UTF-16 units.
SEPTETS, UNITS = (160, 153), (70, 67)
_NAMED = re.compile(r"\{([^{}]*)\}")


def flaws(text: str, kind: MessageKind) -> tuple[str, ...]:
    """Return why a text may not be sent as a message of this kind, as codes.

    >>> flaws("Yth. {nama}, buka {tautan}", MessageKind.MEND)
    ()
    >>> flaws("Yth. {name}, silakan datang }", MessageKind.MEND)
    ('message.unknown_placeholder', 'message.loose_brace', 'message.no_link')
    """
    named = set(_NAMED.findall(text))
    loose = _NAMED.sub("", text)
    found = {
        "message.unknown_placeholder": not named <= PLACES[kind],
        "message.loose_brace": "{" in loose or "}" in loose,
        "message.no_link": Placeholder.LINK not in named,
        "message.too_long": len(text) > LONGEST,
    }
    return tuple(code for code, holds in found.items() if holds)


def filled(text: str, values: Mapping[Placeholder, str]) -> str:
    """Return a text with its places filled, once: braces in a value stay as they are.

    >>> filled("Yth. {nama}: {tautan}", {Placeholder.NAME: "{tautan}", Placeholder.LINK: "x"})
    'Yth. {tautan}: x'
    """
    return _NAMED.sub(lambda found: values[Placeholder(found[1])], text)


def sms_parts(text: str) -> Parts:
    """Return what a text costs as SMS.

    >>> sms_parts("a" * 161)
    Parts(parts=2, characters=161, is_small_alphabet=True)
    >>> sms_parts("Yth. Dewi \N{EN DASH} buka")
    Parts(parts=1, characters=16, is_small_alphabet=False)
    """
    is_small = set(text) <= SMALL | ESCAPED
    if is_small:
        sizes = [2 if letter in ESCAPED else 1 for letter in text]
    else:
        sizes = [2 if ord(letter) > 0xFFFF else 1 for letter in text]
    alone, each = SEPTETS if is_small else UNITS
    total = sum(sizes)
    return Parts(1 if total <= alone else _packed(sizes, each), total, is_small)


def _packed(sizes: list[int], each: int) -> int:
    """Return how many parts hold letters of these sizes: no letter is cut in two."""
    parts, free = 1, each
    for size in sizes:
        if size > free:
            parts, free = parts + 1, each
        free -= size
    return parts
