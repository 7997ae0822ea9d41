"""Which codes does BNSP use? The body's own file, since BNSP publishes no list that could be packaged."""

from pathlib import Path
from typing import Any

import yaml

from kompeten.reporting.rules import EDUCATION
from kompeten.reporting.terms import Codes

NONE = Codes({}, ())


class CodesUnreadable(Exception):
    """The file of codes is missing or not in order; the message says where, and what is expected."""


def load(path: str) -> Codes:
    """Return the codes in the file at `path`, or none at all where no file is named.

    The file has two members: `education`, a code for each of SD, SMP, SMA, D1 to D4, S1 to S3; and
    `occupation`, a list of `{words: [...], code: ...}`, the last without words for everybody else.

    :raises CodesUnreadable: it cannot be read
    """
    if not path:
        return NONE
    try:
        text = Path(path).read_text(encoding="utf-8")
        # Texts only, so that a code keeps its leading zero.
        said = yaml.load(text, Loader=yaml.BaseLoader) or {}  # noqa: S506 (makes no objects)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CodesUnreadable(f"{path}: {error}") from error
    if not isinstance(said, dict) or said.keys() - {"education", "occupation"}:
        raise CodesUnreadable(f"{path}: it holds `education` and `occupation` and nothing else")
    return Codes(_education(path, said.get("education") or {}), _occupation(path, said))


def _education(path: str, said: Any) -> dict[str, str]:
    if not isinstance(said, dict) or said.keys() - set(EDUCATION):
        raise CodesUnreadable(f"{path}: education has codes for {', '.join(EDUCATION)} only")
    return {name: str(code) for name, code in said.items()}


def _occupation(path: str, said: dict[str, Any]) -> tuple[tuple[tuple[str, ...], str], ...]:
    entries = said.get("occupation") or []
    try:
        return tuple(
            (tuple(str(word) for word in entry.get("words") or ()), str(entry["code"]))
            for entry in entries
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise CodesUnreadable(f"{path}: each occupation has `words` and a `code`") from error
