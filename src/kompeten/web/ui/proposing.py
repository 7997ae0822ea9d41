"""How does a list of choices say which of them the rules leave open?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _


def propose(field: forms.Field | None, words: Sequence[str]) -> None:
    """Put the choices called `words` first and name them beside the field; the others stay to be chosen."""
    if not words or not isinstance(field, forms.ChoiceField):
        return
    choices: Any = field.choices
    known = [choice for choice in choices if choice[0] in words]
    others = [choice for choice in choices if choice[0] and choice[0] not in words]
    nothing = [choice for choice in choices if not choice[0]]
    field.choices = [*nothing, (_("Open by the rules"), known), (_("Others"), others)]
    said = [_("Open by the rules:"), ", ".join(words)]
    field.help_text = " ".join([*said, str(field.help_text)]).strip()
