"""Does the project speak of itself alone: no machine's paths, no promises to do things later?"""

import re
from pathlib import Path

from tests.house.code import ROOT, tracked

# Spelled in two parts, so that this file does not find itself.
FORBIDDEN = {
    "a promise without an issue": re.compile(r"\b(TO" r"DO(?!\(#\d+\))|FIX" r"ME|XX" r"X)\b"),
    "a path of some machine": re.compile(r"(?<![\w.])/(wo" r"rk|ro" r"ot|farm|home/\w+)/"),
    "a folder beside the project": re.compile(r"\.\./sha" r"red"),
    "a place where nothing is done": re.compile(r"raise NotImple" r"mented|assert Tru" r"e\b"),
    "a refusal that is swallowed": re.compile(r"except( Exception)?:\s*pas" r"s\b"),
}
TEXT = {".py", ".md", ".html", ".css", ".js", ".toml", ".yml", ".yaml", ".txt", ".po", ".typ", ""}
NOT_OURS = ("LICENSE", "requirements/")


def texts() -> list[tuple[Path, str]]:
    """Return the tracked files that people read, with their content."""
    ours = [p for p in tracked() if not str(p.relative_to(ROOT)).startswith(NOT_OURS)]
    return [(p, p.read_text(encoding="utf-8")) for p in ours if p.suffix in TEXT]


def test_nothing_is_said_that_only_one_machine_or_one_day_understands() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}: {what}"
        for path, text in texts()
        for what, pattern in FORBIDDEN.items()
        for match in pattern.finditer(text)
    ]

    assert not found, "\n".join(found)


def test_every_package_and_module_says_what_question_it_answers() -> None:
    silent = []
    for path, text in texts():
        inside = path.relative_to(ROOT)
        if path.suffix == ".py" and inside.parts[0] in {"src", "tests", "tools", "bench"}:
            start = text.removeprefix("#!/usr/bin/env python3\n")
            if not start.startswith(('"""', 'r"""')) and "migrations" not in inside.parts:
                silent.append(str(inside))

    assert not silent, "\n".join(silent)


def test_no_secret_and_no_database_is_tracked() -> None:
    names = [str(path.relative_to(ROOT)) for path in tracked()]

    assert [n for n in names if n.endswith((".sqlite3", ".pem", ".p12", ".key", ".mo"))] == []
