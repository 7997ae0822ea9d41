"""Which signs may the name of a person, or another text that is printed, hold?

Names are printed as on the identity card, which is written in Latin letters. The rule here is wider
than the card's: names from before the regulation may be one word, and apostrophes, dots, hyphens
and accents stand in many of them. Whatever passes can be drawn by the typeface of our papers; a
test draws every sign. Pure: no typesetter is asked.

Source: Permendagri 73/2022, articles 4 (readable, at most 60 letters) and 5 (Latin letters; neither
numbers nor abbreviations); documents from before it stay valid.
"""

import re
import unicodedata

# Latin letters with every accent that has a letter of its own: European languages, Vietnamese,
# pinyin, and the dots and lines by which Arabic and Sanskrit are transcribed (ḥ, ṣ, ā).
LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc"
    "\u0218-\u021b\u1e00-\u1e9b\u1e9e\u1ea0-\u1ef9"
)
# The apostrophe has many shapes, and Arabic's ʿain and hamza are written with some of them.
APOSTROPHES = "'\u2018\u2019`\u00b4\u02bb\u02bc\u02be\u02bf"
IN_NAMES = APOSTROPHES + ".,/()\u2010\u2011\u2013-"
IN_TEXTS = (
    " -~\u00a1-\u00ac\u00ae-\u00ff\u02bb\u02bc\u02be\u02bf\u2010-\u2015\u2018-\u201e\u2020-\u2022"
    "\u2026\u2030\u2032\u2033\u2039\u203a\u20ac\u2122\u2212\u2248\u2264\u2265"
)

# How broad the commonest signs are at most, in em; a test measures every sign in every face. The dots and commas
# of titles without blanks are a third of a word, so they are not taken for letters.
BREADTHS = {
    **dict.fromkeys(".,:;'", 0.25),
    **dict.fromkeys("fijltI()-/‘’", 0.36),
    **dict.fromkeys("acerszJS0123456789", 0.5),
    **dict.fromkeys("%©®¬¶¼½¾†‡", 0.75),
    # As broad as the typeface is high, or nearly so.
    **dict.fromkeys("MWmwḾṀṂḿṁṃŴẀẂẄẆẈŵẁẃẅẇẉẘẚÆŒæœ@―—‰™…&", 1.0),
}

_NAME = re.compile(f"[{LETTERS}0-9 {IN_NAMES}]*")
_TEXT = re.compile(f"[{LETTERS}{IN_TEXTS}]*")
_LETTER = re.compile(f"[{LETTERS}]")
# A NIK or a telephone number, also as people part it. Within seven digits there is room for
# whatever an old card writes in a name.
_LONG_NUMBER = re.compile(r"\d(?:[ .,/\-]*\d){7,}")
# Where a line may break: at a blank, but not one behind an opening bracket or before a dot; and after a hyphen, a
# dash or a stroke, before a letter or a bracket only. A test asks the typesetter. Source: UAX #14.
_JOINT = re.compile(
    r"(?<![(\[{\u00a1\u00bf\u201a\u201e]) (?![),.:;\]!/}?\u2026\u00bb])"
    r"|(?<=[-/\u2013\u2014])(?=[^\W\d]|\()"
)
# They show nothing and come along when a text is copied from a chat or a web page.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def tidy(text: str) -> str:
    """Return a text as it is kept: letters composed (NFC), single blanks, nothing unseen.

    >>> tidy("  Jose\\u0301\\u00a0  d\\u200bArc ")
    'José dArc'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    return " ".join(text.split())


def name_flaw(name: str) -> str:
    """Return why `name`, as `tidy` gives it, is none that can be printed, as a code; empty: it can.

    >>> [name_flaw(n) for n in ("Suharto", "Nur'aini d'Arc-Ñuñez", "...", "محمد", "3271 0112 3456 7890")]
    ['', '', 'name.missing', 'name.letters', 'name.digits']
    """
    if _NAME.fullmatch(name) is None:
        return "name.letters"
    if _LONG_NUMBER.search(name):
        return "name.digits"
    return "" if _LETTER.search(name) else "name.missing"


def is_title(title: str) -> bool:
    """Say whether `title` can be printed beside a name; none at all can.

    >>> is_title("S.Sos., M.Si. (Han)"), is_title(""), is_title("--"), is_title("🎓")
    (True, True, False, False)
    """
    return not title or not name_flaw(title)


def is_printable(text: str) -> bool:
    """Say whether `text`, as `tidy` gives it, can be printed: Latin letters and the signs of prose.

    >>> is_printable("Dinas Sosial & P3A (Kab. Bogor)"), is_printable("\\u202eBogor"), is_printable("社")
    (True, False, False)
    """
    return _TEXT.fullmatch(text) is not None


def breadth(word: str) -> float:
    """Return how much room a word takes at most, in em: once the size of its letters.

    In whatever face of our typeface: a test measures every sign.

    >>> round(breadth("Kartika"), 2), breadth(""), breadth("WW")
    (3.55, 0, 2.0)
    """
    return sum(map(_breadth, word))


def too_broad(text: str, room: float) -> str:
    """Return the first word of `text` that may take more than `room` em; empty: each has room.

    A line breaks at blanks, and after a hyphen, a dash or a stroke.

    >>> too_broad("Ni Luh Kartika-Dewi", 4), too_broad("Ni Luh Kartika-Dewi", 3)
    ('', 'Kartika-')
    """
    if len(text) <= room:  # no sign is broader than an em
        return ""
    words = (word for word in _JOINT.split(text) if len(word) > room)
    return next((word for word in words if breadth(word) > room), "")


def _breadth(sign: str) -> float:
    known = BREADTHS.get(sign)
    if known is not None:
        return known
    return 0.75 if sign != sign.lower() else 0.58


def shown(text: str) -> str:
    """Return `text` with a question mark for each sign that no paper can show, line breaks kept.

    For what is on record and can no longer be put right where it was written.

    >>> shown("Disepakati 👍\\nRapat ditutup")
    'Disepakati ?\\nRapat ditutup'
    """
    return "\n".join(
        "".join(sign if is_printable(sign) else "?" for sign in tidy(line))
        for line in text.splitlines()
    )
