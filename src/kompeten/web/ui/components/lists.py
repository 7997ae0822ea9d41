"""How do many things stand together?"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString

from kompeten.web.ui.components.parts import TONES, frame, one_of
from kompeten.web.ui.shapes import Column, Happening, Tone, Word

register = template.Library()
KINDS = frozenset({"text", "number", "action", "head"})


@register.simple_block_tag
def table(
    content: str,
    *,
    caption: Word,
    columns: Sequence[Column | str],
    caption_shown: bool = False,
    wide: bool = False,
) -> SafeString:
    """Rows of `cell`s; on a phone each row becomes a card. Its children are `tr`.

    `wide` keeps the grid on a phone and lets it scroll, for tables that only make sense as one.
    """
    heads = tuple(c if isinstance(c, Column) else Column(c) for c in columns)
    props = {"caption": caption, "columns": heads, "caption_shown": caption_shown, "wide": wide}
    return frame("table", content, props)


@register.simple_block_tag
def cell(content: str, *, label: Word = "", kind: str = "text") -> SafeString:
    """One cell; `label` names it where the table has become cards. `head` names the row."""
    one_of("kind", kind, KINDS)
    return frame("cell", content, {"label": label, "kind": kind})


@register.simple_block_tag
def rows(content: str, *, label: Word, id: str = "") -> SafeString:  # noqa: A002
    """A list of `row`s."""
    return frame("rows", content, {"label": label, "id": id})


@register.simple_block_tag
def row(
    content: str, *, title: Word, href: str = "", meta: Word = "", name: str = "", tone: str = ""
) -> SafeString:
    """One line that leads somewhere; `name` shows initials, children stand at the end."""
    one_of("tone", tone, {"", *TONES})
    props = {"title": title, "href": href, "meta": meta, "name": name, "tone": str(tone)}
    return frame("row", content, props)


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: RequestContext, *, page: Any, name: str = "halaman") -> dict[str, Any]:
    """Links through the pages of a `django.core.paginator.Page`; other query values stay."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    rest = f"&{query.urlencode()}" if query else ""
    return {"page": page, "name": name, "rest": rest}


@register.inclusion_tag("ui/story.html")
def story(*, happenings: Sequence[Happening], label: Word) -> dict[str, Any]:
    """What happened, newest first as given, each with its day, hour and doer."""
    return {"happenings": happenings, "label": label}


@register.simple_block_tag
def file_row(
    content: str,
    *,
    name: str,
    href: str = "",
    size: int | None = None,
    meta: Word = "",
    tone: str = Tone.PLAIN,
    word: Word = "",
) -> SafeString:
    """A file: its name, size in bytes and state; children are what can be done with it."""
    one_of("tone", tone, TONES)
    props = {
        "name": name,
        "href": href,
        "size": size,
        "meta": meta,
        "tone": str(tone),
        "word": word,
    }
    return frame("file_row", content, props)
