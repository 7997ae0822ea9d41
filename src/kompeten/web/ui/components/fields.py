"""How is something asked? One tag for every kind of field; the widget says which."""

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

from kompeten.web.ui.components.parts import frame, one_of
from kompeten.web.ui.shapes import Word

register = template.Library()
KINDS = frozenset({"", "cards"})


@register.inclusion_tag("ui/field.html")
def field(
    *,
    bound: BoundField,
    label: Word = "",
    help: Word = "",  # noqa: A002
    kind: str = "",
    words_min: int = 0,
    words_max: int = 0,
    optional: bool = True,
    size: str = "",
) -> dict[str, Any]:
    """One question: label, help, the widget, and what is wrong with the answer.

    `kind="cards"` turns a choice into large cards. `words_min` and `words_max` count the words of
    a text while it is written. `optional=False` hides the mark of a field that may stay empty.
    `size` (xs, s, m) is the width of a short answer.
    """
    one_of("kind", kind, KINDS)
    one_of("size", size, {"", "xs", "s", "m"})
    help_text = help or bound.help_text
    described = _described(bound, help_text=help_text, counted=bool(words_min or words_max))
    return {
        "bound": bound,
        "id": bound.auto_id or bound.html_name,
        "label": label or bound.label,
        "help": help_text,
        "errors": bound.errors,
        "shape": _shape(bound, kind),
        "control": _control(bound, described),
        "described": described,
        "options": _options(bound) if _shape(bound, kind) in {"radio", "checks", "cards"} else (),
        "words_min": words_min,
        "words_max": words_max,
        "is_date": isinstance(bound.field.widget, forms.DateInput),
        "may_be_empty": optional and not bound.field.required,
        "size": size,
    }


@register.inclusion_tag("ui/fields.html")
def fields(*, form: forms.BaseForm) -> dict[str, Any]:
    """Every visible field of a form in its order, and its hidden ones."""
    return {"form": form}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(*, form: forms.BaseForm, title: Word = "") -> dict[str, Any]:
    """What is wrong with a form, at its top, each with a link to its field; nothing if all is well."""
    wrong = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    count = len(wrong) + len(form.non_field_errors())
    return {"wrong": wrong, "general": form.non_field_errors(), "title": title, "count": count}


@register.simple_block_tag
def group(content: str, *, title: Word, help: Word = "") -> SafeString:  # noqa: A002
    """Fields that belong together, under one legend."""
    return frame("group", content, {"title": title, "help": help})


def _shape(bound: BoundField, kind: str) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checks"
    if isinstance(widget, forms.RadioSelect):
        return kind or "radio"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.ClearableFileInput | forms.FileInput):
        return "file"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.Select):
        return "select"
    return "password" if isinstance(widget, forms.PasswordInput) else "input"


def _described(bound: BoundField, *, help_text: Word, counted: bool) -> str:
    key = bound.auto_id or bound.html_name
    parts = [("help", help_text), ("words", counted), ("error", bound.errors)]
    return " ".join(f"{key}-{name}" for name, there in parts if there)


def _control(bound: BoundField, described: str) -> SafeString:
    # A placeholder vanishes when it is needed, while one writes; label and help text stay.
    attrs: dict[str, Any] = {"class": "k-control", "placeholder": False}
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    widget = bound.field.widget
    if isinstance(widget, forms.DateInput):
        # Not by `attrs`: the widget writes its own type first, and browsers take the first. They
        # also want the value in one notation, whatever the language.
        widget.input_type, widget.format = "date", widget.format or "%Y-%m-%d"
    return bound.as_widget(attrs=attrs)


def _options(bound: BoundField) -> Iterator[Any]:
    return iter(bound.subwidgets)
