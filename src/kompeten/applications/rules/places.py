"""Which regency or city does a list mean, by code, by name, or by both?"""

from collections.abc import Mapping
from functools import lru_cache

from kompeten.applications.rules import cells, words
from kompeten.applications.rules.lines import Line
from kompeten.applications.terms import Known

_SHORT = {"kab": "kabupaten", "kodya": "kota", "kotamadya": "kota", "adm": "", "administrasi": ""}


def region(line: Line, known: Known) -> tuple[str, str]:
    """Return the dotted code of the region a line names, and why it cannot be taken (empty: it can).

    A code is taken as it stands. A name stands in for it where it means one region only: `Bogor` may
    be the regency or the city, and then somebody has to say. Code and name that mean two regions are
    refused, for nobody can tell which of them is the slip. What is no region is returned as written.
    """
    code = cells.region_code(line.cell("region_code"))
    written = line.text("region")
    named = codes(written, known.region_names)
    if code in known.regions:
        return code, "region.differs" if named and code not in named else ""
    if code and not named:
        named, written = codes(code, known.region_names), code
    if len(named) == 1 and not (code and code[0].isdigit()):
        return next(iter(named)), ""
    if len(named) > 1:
        return written, "region.ambiguous"
    return code or written, "region.unknown"


def codes(written: str, names: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the codes that a place may mean; empty where none is called so.

    >>> bogor = {"kota bogor": frozenset({"32.71"}), "bogor": frozenset({"32.01", "32.71"})}
    >>> sorted(codes("Kab. Bogor", bogor)), sorted(codes("KOTA BOGOR, Jawa Barat", bogor))
    ([], ['32.71'])
    """
    place = bare(written.split(",")[0]) if written else ""
    return names.get(place, frozenset())


@lru_cache(maxsize=2048)
def bare(place: str) -> str:
    """Return a place by its bare words, its kind written out: `Kab. Aceh-Selatan` and the like."""
    spoken = [_SHORT.get(word, word) for word in words.words(place).split()]
    return " ".join(word for word in spoken if word)
