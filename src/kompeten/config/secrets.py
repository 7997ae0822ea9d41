"""Where do secrets come from that nobody set? Made once, kept in the data folder, readable by the owner."""

import os
import secrets
from pathlib import Path

_keeps = True


def leave_no_trace() -> None:
    """Write nothing into the data folder from now on: for commands that only look at something.

    A secret that is not there yet is then made for this process alone; such a command uses none.
    """
    global _keeps
    _keeps = False


def folder(path: Path) -> Path:
    """Return the data folder, made at first use with mode 700."""
    if _keeps:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def kept(folder: Path, name: str, given: str) -> str:
    """Return `given`, or the secret `name` kept in `folder`, made at first use with mode 600."""
    if given:
        return given
    path = folder / "secrets" / name
    if not _keeps:
        there = path.exists()
        return path.read_text(encoding="ascii").strip() if there else secrets.token_urlsafe(48)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
