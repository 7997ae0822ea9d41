"""How does a number look? Drawn as SVG by the template, with a title and the same facts in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.safestring import SafeString

from kompeten.web.ui.components.parts import TONES, frame, one_of
from kompeten.web.ui.shapes import Slice, Tone, Word

register = template.Library()
RADIUS = 42.0
ROUND = 2 * math.pi * RADIUS


@dataclass(frozen=True, slots=True)
class Drawn:
    """A slice with its place: shares in percent of the whole, lengths in units of the drawing."""

    slice: Slice
    start: str
    length: str
    share: float
    step_share: float | None = None


@register.inclusion_tag("ui/stat.html")
def stat(
    *,
    value: Any,
    label: Word,
    hint: Word = "",
    tone: str = Tone.PLAIN,
    href: str = "",
    unit: Word = "",
) -> dict[str, Any]:
    """One figure that matters, with what it counts."""
    one_of("tone", tone, TONES)
    return {
        "value": value,
        "label": label,
        "hint": hint,
        "tone": str(tone),
        "href": href,
        "unit": unit,
    }


@register.simple_block_tag
def stats(content: str) -> SafeString:
    """Figures side by side."""
    return frame("stats", content, {})


@register.inclusion_tag("ui/progress.html")
def progress(*, done: float, total: float, label: Word, tone: str = Tone.GOOD) -> dict[str, Any]:
    """How much of a whole is done."""
    one_of("tone", tone, TONES)
    share = 100 * done / total if total else 0.0
    return {"done": done, "total": total, "label": label, "tone": str(tone), "width": _n(share)}


@register.inclusion_tag("ui/bar_chart.html")
def bar_chart(*, items: Sequence[Slice], label: Word, unit: Word = "") -> dict[str, Any]:
    """One bar for each thing, longest = the largest value."""
    most = max((s.value for s in items), default=0) or 1
    return _chart(items, label, whole=most) | {"unit": unit}


@register.inclusion_tag("ui/funnel.html")
def funnel(*, items: Sequence[Slice], label: Word) -> dict[str, Any]:
    """How many are left after each step; each bar stands in the middle, with the share that went on."""
    first = items[0].value if items else 0
    drawn, before = [], 0.0
    for item in items:
        share = 100 * item.value / first if first else 0.0
        step = 100 * item.value / before if before else None
        drawn.append(Drawn(item, _n(50 - share / 2), _n(share), share, step))
        before = item.value
    return {"drawn": drawn, "label": label}


@register.inclusion_tag("ui/stacked_bar.html")
def stacked_bar(*, items: Sequence[Slice], label: Word, legend: bool = True) -> dict[str, Any]:
    """The parts of one whole on one line."""
    return _chart(items, label) | {"legend": legend}


@register.inclusion_tag("ui/donut.html")
def donut(*, items: Sequence[Slice], label: Word, middle: Word = "") -> dict[str, Any]:
    """The parts of one whole as a ring, with a word in the middle."""
    total = sum(s.value for s in items)
    drawn, at = [], 0.0
    for item in items:
        share = item.value / total if total else 0.0
        gap = 1.2 if 0 < share < 1 else 0.0
        arc = f"{_n(max(share * ROUND - gap, 0))} {_n(ROUND)}"
        drawn.append(Drawn(item, _n(-at * ROUND), arc, 100 * share))
        at += share
    return {"drawn": drawn, "label": label, "middle": middle, "total": total, "radius": _n(RADIUS)}


def _chart(items: Sequence[Slice], label: Word, *, whole: float = 0.0) -> dict[str, Any]:
    total = sum(s.value for s in items)
    whole = whole or total or 1
    drawn, at = [], 0.0
    for item in items:
        share = 100 * item.value / whole
        drawn.append(Drawn(item, _n(at), _n(share), 100 * item.value / total if total else 0.0))
        at += share
    return {"drawn": drawn, "label": label, "total": total}


def _n(value: float) -> str:
    """Return a number as SVG wants it: a point, never a comma, whatever the language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
