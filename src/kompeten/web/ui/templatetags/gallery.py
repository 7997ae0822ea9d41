"""How does the gallery show a component? With its docstring and props, read from the code."""

import inspect
from typing import Any

from django import template
from django.utils.safestring import SafeString

from kompeten.web.ui.components.parts import frame
from kompeten.web.ui.templatetags import ui

register = template.Library()


@register.simple_block_tag
def specimen(content: str, *, name: str) -> SafeString:
    """A component on the gallery's wall."""
    return frame("specimen", content, {"name": name, **described(name)})


def _written(parameter: inspect.Parameter) -> str:
    default = parameter.default
    if default is parameter.empty:
        return ""
    return repr(str(default) if isinstance(default, str) else default)


def described(name: str) -> dict[str, Any]:
    """Return what a component's signature and docstring say: `text`, `props`, `is_block`."""
    function = inspect.unwrap(ui.register.tags[name])
    parameters = inspect.signature(function).parameters
    props = [
        {"name": p.name, "default": _written(p)}
        for p in parameters.values()
        if p.kind is p.KEYWORD_ONLY
    ]
    text = inspect.cleandoc(function.__doc__ or "")
    return {"text": text, "props": props, "is_block": "content" in parameters}
