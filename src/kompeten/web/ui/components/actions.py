"""What can be pressed?"""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from kompeten.web.ui.components.parts import frame, one_of
from kompeten.web.ui.shapes import Word

register = template.Library()
TONES = frozenset({"primary", "accent", "plain", "quiet", "danger", "cloth"})
SIZES = frozenset({"m", "s", "wide"})


@register.inclusion_tag("ui/button.html")
def button(
    *,
    label: Word,
    tone: str = "primary",
    size: str = "m",
    icon: str = "",
    type: str = "submit",  # noqa: A002 (the attribute's own name)
    name: str = "",
    value: str = "",
    form: str = "",
    formaction: str = "",
    confirm: Word = "",
    disabled: bool = False,
) -> dict[str, Any]:
    """A button of a form. `confirm` is a question asked before sending, where JavaScript runs."""
    one_of("tone", tone, TONES)
    one_of("size", size, SIZES)
    return dict(locals())


@register.inclusion_tag("ui/link_button.html")
def link_button(
    *,
    label: Word,
    href: str,
    tone: str = "primary",
    size: str = "m",
    icon: str = "",
    download: bool = False,
) -> dict[str, Any]:
    """A link that looks like a button: it leads somewhere and changes nothing."""
    one_of("tone", tone, TONES)
    one_of("size", size, SIZES)
    return dict(locals())


@register.simple_block_tag
def actions(content: str, *, align: str = "start") -> SafeString:
    """A row of buttons; on a phone they stand under each other, the first on top."""
    one_of("align", align, {"start", "center", "end", "between"})
    return frame("actions", content, {"align": align})


@register.simple_block_tag
def toolbar(content: str, *, label: Word) -> SafeString:
    """A strip of filters and actions above a list."""
    return frame("toolbar", content, {"label": label})


@register.simple_block_tag
def menu(content: str, *, label: Word, icon: str = "", align: str = "end") -> SafeString:
    """A button that opens a short list of links, by `details`; its children are `li`."""
    return frame("menu", content, {"label": label, "icon": icon, "align": align})


@register.simple_block_tag
def dialog(
    content: str, *, label: Word, title: Word = "", tone: str = "plain", icon: str = ""
) -> SafeString:
    """A step that asks to be opened: a button, and under it a panel with the form."""
    one_of("tone", tone, TONES)
    props = {"label": label, "title": title or label, "tone": tone, "icon": icon}
    return frame("dialog", content, props)


@register.inclusion_tag("ui/icon.html")
def icon(*, name: str, label: Word = "") -> dict[str, Any]:
    """A heroicon in outline, as large as the text; without `label` it is decoration."""
    return {"name": name, "label": label}
