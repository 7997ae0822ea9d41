"""`kompeten prepare`: make tables, static files and translations ready, once at each upgrade."""

import argparse
from typing import TYPE_CHECKING

from kompeten.ops import prepare
from kompeten.ops.commands import command
from kompeten.ops.output import answer

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub


def register(sub: "Sub") -> None:
    """Add the noun."""
    command(
        sub, "prepare", help="set up or upgrade this installation", handler=_prepare, tables=False
    )


def _prepare(args: argparse.Namespace) -> int:
    steps = prepare.missing_migrations()
    prepare.everything()
    answer(args, {"migrations": steps}, ["Ready."])
    return 0
