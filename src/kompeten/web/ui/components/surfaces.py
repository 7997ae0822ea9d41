"""On what does content lie?"""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from kompeten.web.ui.components.parts import TONES, frame, one_of
from kompeten.web.ui.shapes import Fact, Tone, Word

register = template.Library()


@register.simple_block_tag
def page_head(
    content: str,
    *,
    title: Word,
    lead: Word = "",
    kicker: Word = "",
    back_href: str = "",
    back_label: Word = "",
    level: int = 1,
) -> SafeString:
    """The head of a page: its only h1, but for a specimen; its children are badges or buttons."""
    props = {
        "title": title,
        "lead": lead,
        "kicker": kicker,
        "back_href": back_href,
        "back_label": back_label,
        "level": level,
    }
    return frame("page_head", content, props)


@register.simple_block_tag
def card(
    content: str,
    *,
    title: Word = "",
    kicker: Word = "",
    tone: str = Tone.PLAIN,
    href: str = "",
    id: str = "",  # noqa: A002
    level: int = 2,
) -> SafeString:
    """A sheet of paper with something on it; with `href` its title leads on."""
    one_of("tone", tone, {*TONES, "accent"})
    props = {
        "title": title,
        "kicker": kicker,
        "tone": str(tone),
        "href": href,
        "id": id,
        "level": level,
    }
    return frame("card", content, props)


@register.simple_block_tag
def panel(
    content: str,
    *,
    title: Word,
    text: Word = "",
    id: str = "",  # noqa: A002
    level: int = 2,
) -> SafeString:
    """A part of a page under its own heading, without a frame."""
    return frame("panel", content, {"title": title, "text": text, "id": id, "level": level})


@register.simple_block_tag
def facts(content: str, *, columns: int = 1, items: tuple[Fact, ...] = ()) -> SafeString:
    """Labels and values; `items`, or `fact` and `fact_block` as children."""
    one_of("columns", str(columns), {"1", "2", "3"})
    return frame("facts", content, {"columns": columns, "items": items})


@register.inclusion_tag("ui/fact.html")
def fact(*, label: Word, value: Any, hint: Word = "") -> dict[str, Any]:
    """One label with its value; nothing known shows as a dash."""
    return {"label": label, "value": value, "hint": hint}


@register.simple_block_tag
def fact_block(content: str, *, label: Word, hint: Word = "") -> SafeString:
    """One label with richer content as its value."""
    return frame("fact_block", content, {"label": label, "hint": hint})


@register.simple_block_tag
def more(content: str, *, label: Word, open: bool = False) -> SafeString:  # noqa: A002
    """What only some readers want: folded until asked for."""
    return frame("more", content, {"label": label, "open": open})
