"""How does a command begin anew with other options? They are read once, when a process starts."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn


def begin(words: Sequence[str], **options: str) -> NoReturn:
    """Turn this process into `kompeten words` with `options` in its environment.

    One process stays one process: a signal to it reaches what now runs, as a child would not be.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    command = [sys.executable, "-m", "kompeten", *words]
    os.execve(sys.executable, command, os.environ | options)  # noqa: S606 (ourselves, no shell)


def unless_in_force(**options: str) -> None:
    """Begin the same command anew with `options`, unless the environment says so already."""
    if any(os.environ.get(name) != value for name, value in options.items()):
        begin(sys.argv[1:], **options)
