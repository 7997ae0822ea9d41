"""`kompeten options`: what is in force here, and where each value comes from."""

import argparse
import os
from typing import TYPE_CHECKING, Any

from django.conf import settings

from kompeten.ops.commands import command
from kompeten.ops.output import answer, table

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub

MASK = "•••"


def register(sub: "Sub") -> None:
    """Add the noun."""
    command(sub, "options", help="list the options in force", handler=_options, tables=False)


def _options(args: argparse.Namespace) -> int:
    rows = [
        {"name": o.key, "value": _shown(o), "from": _origin(o), "help": o.help}
        for o in settings.OPTION_TABLE
    ]
    lines = table(
        ("option", "value", "from"), [(r["name"], str(r["value"]), r["from"]) for r in rows]
    )
    answer(args, {"options": rows}, lines)
    return 0


def _shown(option: Any) -> Any:
    """Return the value as it may be shown: a secret that was set is masked."""
    value = settings.OPTIONS[option.name]
    if option.secret and value and value != option.default:
        return MASK
    return value if isinstance(value, bool | int | list) else str(value)


def _origin(option: Any) -> str:
    if option.key in os.environ:
        return "environment"
    if os.environ.get(f"{option.key}_FILE"):
        return "file"
    return "profile" if settings.OPTIONS.profile in option.by_profile else "default"
