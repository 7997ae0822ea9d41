"""What does a page show of a list before it is taken? Counts, a sample of each verdict, and its columns."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from kompeten.applications.labels import VERDICT
from kompeten.applications.terms import Roster, Row, Source, Verdict
from kompeten.foundation import words
from kompeten.schemes.labels import LEVEL, PROFESSION, ROUTE
from kompeten.web.candidate import labels
from kompeten.web.ui.shapes import Column, Slice, Tone

SAMPLES = 12
GOOD_SAMPLES = 5
REASONS = 8


def verdict_slices(counts: dict[str, int] | Counter[Verdict]) -> list[Slice]:
    """Return the verdicts of a list as parts of one whole."""
    return [
        Slice(VERDICT[verdict], counts.get(verdict, 0), labels.VERDICT_TONE[verdict])
        for verdict in Verdict
    ]


def shown(judged: Roster) -> dict[str, Any]:
    """Return what the page shows of a list that has been judged: counts, and the first lines of each verdict."""
    counts = Counter(row.verdict for row in judged.rows)
    bad = [row for row in judged.rows if row.verdict is Verdict.REPAIR]
    reasons = Counter(code for row in bad for code in row.reasons)
    warned = [row for row in judged.rows if row.verdict is Verdict.GOOD and row.entry.warnings]
    warnings = Counter(code for row in warned for code in row.entry.warnings)
    doubled = [row for row in judged.rows if row.verdict is Verdict.DUPLICATE]
    good = [row for row in judged.rows if row.verdict is Verdict.GOOD and not row.entry.warnings]
    return {
        "total": len(judged.rows),
        "counts": {verdict.value: counts[verdict] for verdict in Verdict},
        "slices": verdict_slices(counts),
        "reasons": [Slice(words.reason(c), n, Tone.WAIT) for c, n in reasons.most_common(REASONS)],
        "samples": [_sample(row, (*row.reasons, *row.entry.warnings)) for row in bad[:SAMPLES]],
        "columns": [Column(_("Person")), Column(_("Why it waits"))],
        "warned": len(warned),
        "warnings": [
            Slice(words.reason(c), n, Tone.INFO) for c, n in warnings.most_common(REASONS)
        ],
        "warned_samples": [_sample(row, row.entry.warnings) for row in warned[:SAMPLES]],
        "warned_columns": [Column(_("Person")), Column(_("What to look at"))],
        "more": max(len(bad) - SAMPLES, 0),
        "doubled_samples": [_sample(row, row.reasons) for row in doubled[:SAMPLES]],
        "doubled_columns": [Column(_("Person")), Column(_("Why it opens nothing"))],
        "good_samples": [_read(row) for row in good[:GOOD_SAMPLES]],
        "good_columns": [Column(_("Person")), Column(_("As it was read"))],
        "skipped": judged.skipped,
        "unread": judged.unread,
        "unused": [h for h in judged.headings if not h.field and h.samples and h.label],
        "named": _named(judged),
        "missing": [str(labels.LIST_FIELD[name]) for name in judged.missing],
        "guessed": any(h.source is Source.CONTENT for h in judged.headings),
    }


def _named(judged: Roster) -> list[tuple[str, str]]:
    """Return the columns whose meaning the office has said, each with it, once."""
    said = {
        h.label: str(labels.LIST_FIELD[h.field])
        for h in judged.headings
        if h.source is Source.OFFICE and h.field in labels.LIST_FIELD
    }
    return list(said.items())


def _sample(row: Row, codes: tuple[str, ...]) -> dict[str, Any]:
    said = [words.reason(code) for code in codes]
    routes = [ROUTE[route] for route in row.routes]
    return {"name": row.entry.name, "place": row.place, "reasons": said, "routes": routes}


def _read(row: Row) -> dict[str, Any]:
    """Return a good line as it was read, so that whoever knows the person sees a wrong column."""
    entry = row.entry
    assert entry.profession, "a good line names its profession"
    born = f"{entry.birth_place}, {entry.birth_on:%d/%m/%Y}".lstrip(", ") if entry.birth_on else ""
    scheme = [PROFESSION[entry.profession], LEVEL[entry.level] if entry.level else ""]
    route = ROUTE[entry.route] if entry.route else ""
    said = [f"NIK …{entry.nik[-4:]}", born, entry.region_code, *scheme, route]
    return {
        "name": entry.name,
        "place": row.place,
        "reasons": [" · ".join(map(str, filter(None, said)))],
    }
