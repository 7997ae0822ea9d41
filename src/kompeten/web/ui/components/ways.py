"""Where are we, and where can we go?"""

from collections.abc import Sequence
from typing import Any

from django import template

from kompeten.web.ui.components.parts import one_of
from kompeten.web.ui.shapes import Crumb, Stop, StopState, Tab, Word

register = template.Library()


@register.inclusion_tag("ui/way.html")
def way(
    *, stops: Sequence[Stop], label: Word, across: bool = False, plain: bool = False
) -> dict[str, Any]:
    """The way: a braided thread from stop to stop.

    `across` lays it on its side where there is room; on a phone it always hangs down. `plain`
    explains a way that nobody is on: the stops are numbered and have no state.
    """
    for stop in stops:
        one_of("state", stop.state, frozenset(StopState))
    done = sum(stop.state in (StopState.DONE, StopState.SKIPPED) for stop in stops)
    return {
        "stops": stops,
        "label": label,
        "across": across,
        "plain": plain,
        "done": done,
        "total": len(stops),
    }


@register.inclusion_tag("ui/steps.html")
def steps(*, stops: Sequence[Stop], label: Word) -> dict[str, Any]:
    """The short steps of one form, with the one at hand named."""
    number = next((n for n, s in enumerate(stops, 1) if s.state == StopState.NOW), len(stops))
    return {
        "stops": stops,
        "label": label,
        "number": number,
        "now": stops[number - 1] if stops else None,
        "total": len(stops),
    }


@register.inclusion_tag("ui/tabs.html")
def tabs(*, items: Sequence[Tab], label: Word) -> dict[str, Any]:
    """Pages that stand beside each other."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/crumbs.html")
def crumbs(*, items: Sequence[Crumb]) -> dict[str, Any]:
    """The path back up."""
    return {"items": items}
