"""What do all components share? Checking a prop, and rendering one that has children."""

from collections.abc import Collection, Mapping
from typing import Any

from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kompeten.web.ui.shapes import Tone

TONES = frozenset(Tone)


def one_of(prop: str, value: Any, known: Collection[str]) -> str:
    """Return `value` if it is known.

    :raises TemplateSyntaxError: it is not; the message names the prop and what it may be
    """
    if value not in known:
        options = ", ".join(sorted(known))
        raise TemplateSyntaxError(f"{prop}={value!r} is not one of {options}")
    return str(value)


def frame(template: str, content: str, props: Mapping[str, Any]) -> SafeString:
    """Return the component `ui/<template>.html` around its children."""
    return mark_safe(  # noqa: S308 (the template engine has escaped it)
        render_to_string(f"ui/{template}.html", {"content": content, **props})
    )
