"""What does an item sheet hold? One row per item, columns found by their Indonesian headings."""

from collections.abc import Iterator, Mapping, Sequence

from kompeten.itembank.terms import OPTION_CODES, Problem, RawCase, RawEssay, RawItem

Row = tuple[int, tuple[str, ...]]  # number as the spreadsheet shows it, and its cells as text

HEADER_ROWS = 20
# The template writes the first word of each column; the others are what offices call it.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "case": ("kode kasus", "kasus", "nomor kasus"),
    "vignette": ("vinyet", "uraian kasus", "deskripsi kasus"),
    "code": ("kode soal", "nomor soal", "id soal"),
    "stem": ("pertanyaan", "soal", "butir soal"),
    **{f"option_{code}": (f"pilihan {code}", f"opsi {code}") for code in OPTION_CODES},
    "key": ("kunci", "kunci jawaban", "jawaban"),
    "domain": ("ranah", "domain", "aspek"),
    "difficulty": ("tingkat kesulitan", "kesulitan"),
    "unit": ("unit", "topik", "unit kompetensi"),
    # A row with points and without options is an essay.
    "points": ("poin esai", "poin", "nilai maksimum"),
    "longest": ("panjang esai", "panjang maksimum"),
    "guidance": ("petunjuk esai", "petunjuk"),
    "marking": ("panduan penilaian", "pedoman penilaian"),
}
REQUIRED = (
    "case",
    "vignette",
    "code",
    "stem",
    "option_a",
    "option_b",
    "key",
    "domain",
    "difficulty",
)
_FIELDS = {words: column for column, names in HEADINGS.items() for words in names}


def read(rows: Sequence[Row]) -> tuple[tuple[RawCase, ...], tuple[Problem, ...]]:
    """Return the cases of a sheet, and what keeps its heading row from being found.

    Rows of one case stand together; the vignette stands on the first of them, and may be repeated.
    """
    header = max(rows[:HEADER_ROWS], key=lambda row: len(_columns(row)), default=None)
    if header is None or len(columns := _columns(header)) < 2:
        return (), (Problem(0, "itemfile.no_header"),)
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        return (), tuple(
            Problem(header[0], "itemfile.column_missing", HEADINGS[m][0]) for m in missing
        )
    entries = [(number, _named(cells, columns)) for number, cells in rows if number > header[0]]
    kept = [(number, entry) for number, entry in entries if any(entry.values())]
    return tuple(_cases(kept)), tuple(_other_vignettes(kept))


def _columns(row: Row) -> dict[str, int]:
    """Return the place of each known column; of two with one name the first counts."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row[1]):
        name = _FIELDS.get(" ".join(cell.casefold().split()))
        if name is not None:
            found.setdefault(name, place)
    return found


def _named(cells: tuple[str, ...], columns: Mapping[str, int]) -> dict[str, str]:
    return {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}


def _cases(entries: Sequence[tuple[int, Mapping[str, str]]]) -> Iterator[RawCase]:
    """Give the cases: a row without a case code is a case of its own, named for its item."""
    start = 0
    while start < len(entries):
        code, end = entries[start][1]["case"], start + 1
        while code and end < len(entries) and entries[end][1]["case"] in ("", code):
            end += 1
        line, first = entries[start]
        items = tuple(_item(number, entry) for number, entry in entries[start:end])
        yield RawCase(
            line=line, code=code or first["code"], vignette=first["vignette"], items=items
        )
        start = end


def _other_vignettes(entries: Sequence[tuple[int, Mapping[str, str]]]) -> Iterator[Problem]:
    """Give a problem for each row whose vignette is not that of its case's first row."""
    code = vignette = ""
    for number, entry in entries:
        if entry["case"] and entry["case"] != code:
            code, vignette = entry["case"], entry["vignette"]
        elif entry["vignette"] not in ("", vignette):
            yield Problem(number, "vignette.differs", code)


def _item(number: int, entry: Mapping[str, str]) -> RawItem:
    options = [entry.get(f"option_{code}", "") for code in OPTION_CODES]
    while options and not options[-1]:
        options.pop()
    keys = entry["key"].casefold().replace(",", " ").split()
    return RawItem(
        line=number,
        code=entry["code"],
        stem=entry["stem"],
        options=tuple(options),
        keys=tuple(OPTION_CODES.index(key) for key in keys if key in set(OPTION_CODES)),
        domain=entry["domain"],
        difficulty=entry["difficulty"],
        unit=entry.get("unit", "").casefold().replace(" ", "-"),
        essay=_essay(entry) if entry.get("points") and not options and not keys else None,
    )


def _essay(entry: Mapping[str, str]) -> RawEssay:
    names = ("guidance", "points", "longest", "marking")
    return RawEssay(**{name: entry.get(name, "") for name in names})
