"""What is a person called, apart from titles? One-word names are whole names; nothing is a surname."""

import re
import unicodedata
from dataclasses import dataclass

BEFORE = {
    "prof", "dr", "drs", "dra", "drg", "drh", "ir", "h", "hj", "kh", "ns", "apt", "ust",
}  # fmt: skip
_AFTER = {
    "aks", "amd", "amdkeb", "ba", "bsc", "ma", "map", "mh", "mkes", "mkesos", "mm", "mpd", "mpsp",
    "mpssp", "msc", "msi", "msos", "msw", "phd", "sag", "se", "sh", "shi", "sip", "skep", "skesos",
    "skm", "skom", "sksos", "spd", "spdi", "spsi", "ssos", "ssosi", "sst", "st", "sth", "stp",
    "strsos",
}  # fmt: skip
_DEGREE = re.compile(r"(s|m|a|d|b|sp|dr|ph|mps|amd|mp)(\.[a-z]{1,6})+\.?|sp\.[a-z]+", re.IGNORECASE)
_LONGEST_TITLE = 12


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the titles around it, each in the notation it was written in."""

    name: str
    before: str = ""
    after: str = ""


def parse(line: str) -> Name:
    """Take titles off a name, whether a comma parts them or not.

    A name all in capitals is set in mixed case; titles are left as written.

    >>> parse("Drs. H. AHMAD LUBIS, S.Sos., M.Si.")
    Name(name='Ahmad Lubis', before='Drs. H.', after='S.Sos., M.Si.')
    """
    head, *parts = [part.strip() for part in line.split(",")]
    # Without a comma only a known degree ends a name: "Ahmad M.Nur" is a name to its end.
    after = [part for part in parts if part and _is_titles(part)]
    tokens = " ".join([head, *(part for part in parts if part and not _is_titles(part))]).split()
    before: list[str] = []
    while len(tokens) > 1 and _key(tokens[0]) in BEFORE:
        before.append(tokens.pop(0))
    trailing: list[str] = []
    while len(tokens) > 1 and "." in tokens[-1] and _key(tokens[-1]) in _AFTER:
        trailing.insert(0, tokens.pop())
    return Name(mixed_case(" ".join(tokens)), " ".join(before), ", ".join([*trailing, *after]))


def mixed_case(name: str) -> str:
    """Return a name written in capitals or in small letters only as `Nur'aini Siti-Aminah`."""
    if not (name.isupper() or name.islower()) or len(name) < 3:
        return name
    # A small İ would keep its dot as a sign of its own, which no letter of the card has.
    lower = name.lower().replace("i\u0307", "i")
    return re.sub(r"(^|[\s\-.(])(\w)", lambda found: found[1] + found[2].upper(), lower)


def key(name: str) -> str:
    """Return what remains of a name when spelling habits are taken away: its letters.

    >>> key("NUR'AINI  Siti"), key("Nuraini Siti")
    ('nurainisiti', 'nurainisiti')
    """
    if name.isascii():
        return "".join(filter(str.isalpha, name.lower()))
    plain = unicodedata.normalize("NFKD", name).lower()
    return "".join(letter for letter in plain if letter.isalpha())


def alike(name: str, other: str) -> bool:
    """Return whether two spellings could be one person's name, given that the NIK is the same.

    Each word of the shorter name needs its own word in the longer one, in the same order: equal,
    shortened (`A`, `Abd.`), or one letter apart in words of six letters and more. Different
    people who were given one NIK by a slip are rarely that close, and twins with short names
    (Rina, Rini) are told apart.
    """
    short, long = sorted((_spoken(name), _spoken(other)), key=len)
    if not short:
        return False
    rest = iter(long)
    return all(any(_same_word(word, candidate) for candidate in rest) for word in short)


def _spoken(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).lower()
    for old, new in (("oe", "u"), ("dj", "j"), ("tj", "c"), ("'", ""), ("\u2019", "")):
        plain = plain.replace(old, new)
    return re.findall(r"[^\W\d_]+\.?", plain)


def _same_word(word: str, other: str) -> bool:
    shortened = word.endswith(".") or other.endswith(".")
    short, long = sorted((word.rstrip("."), other.rstrip(".")), key=len)
    if short == long or (long.startswith(short) and (shortened or len(short) == 1)):
        return True
    if long in _MUHAMMAD and short in _MUHAMMAD:
        return True
    if len(short) < 6 or len(long) - len(short) > 1:
        return False
    start = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    return short[start:] == long[start + 1 :] or short[start + 1 :] == long[start + 1 :]


_MUHAMMAD = {
    "m", "md", "mhd", "moh", "moch", "muh", "mohd", "muhd", "muhammad", "mohammad", "muhamad",
    "mohamad", "mochamad", "mochammad", "mokhamad", "muchamad", "mukhammad", "mohamed", "muhammed",
}  # fmt: skip


def _key(token: str) -> str:
    return token.lower().replace(".", "")


def _is_title(token: str) -> bool:
    return _key(token) in _AFTER or (
        len(token) <= _LONGEST_TITLE and _DEGREE.fullmatch(token) is not None
    )


def _is_titles(part: str) -> bool:
    return all(_is_title(token) or _key(token) in BEFORE for token in part.split())
