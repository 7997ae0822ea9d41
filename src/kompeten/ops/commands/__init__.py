"""Which words does the command line know? One module here for each noun, with a `register(sub)`.

A module's name is its noun. `register` adds the noun with `command` (no verb: `kompeten doctor`) or
with `noun` and a `command` for each verb (`kompeten certificate list`).
"""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Sub = argparse._SubParsersAction[argparse.ArgumentParser]

Handler = Callable[[argparse.Namespace], int]


class Misuse(Exception):
    """The command was asked for something that makes no sense; the message is one line to act on."""


class No(Exception):
    """The answer is no, and this one line says why."""


def noun(sub: "Sub", name: str, *, help: str) -> "Sub":  # noqa: A002 (argparse's word)
    """Add the noun `name`; return where its verbs are added."""
    parser = sub.add_parser(name, help=help, description=help)
    return parser.add_subparsers(title="verbs", required=True, metavar="VERB")


def command(
    sub: "Sub",
    name: str,
    *,
    help: str,  # noqa: A002 (argparse's word)
    handler: Handler,
    tables: bool = True,
) -> argparse.ArgumentParser:
    """Add a command; return its parser for more arguments. It always knows `--json`.

    `handler` returns 0 for yes, 1 for no (or raises `No`); it raises `Misuse` for 2. With `tables` the database is
    set up, or found to be, before the handler runs.
    """
    parser = sub.add_parser(name, help=help, description=help)
    parser.add_argument("--json", action="store_true", help="answer in JSON on standard output")
    parser.set_defaults(handler=handler, tables=tables)
    return parser
