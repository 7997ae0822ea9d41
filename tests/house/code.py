"""What does the code base look like from outside? Its modules, charts, codes and tracked files."""

import ast
import pkgutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

import kompeten
from kompeten.kernel.statechart import Chart

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "kompeten"
ROOMS: tuple[str, ...] = settings.ROOMS


@cache
def modules() -> tuple[str, ...]:
    """Return the names of all modules of the package, in order; migrations are history, not code."""
    found = pkgutil.walk_packages(kompeten.__path__, "kompeten.")
    names = sorted(m.name for m in found if ".migrations" not in m.name)
    return tuple(name for name in names if name != "kompeten.__main__")


@cache
def charts() -> dict[str, tuple[Chart, ...]]:
    """Return the charts of each room, in the order they are written."""
    found = {}
    for room in ROOMS:
        if find_spec(f"kompeten.{room}.chart"):
            names = vars(import_module(f"kompeten.{room}.chart")).values()
            mine = [chart for chart in names if isinstance(chart, Chart)]
            found[room] = tuple(dict.fromkeys(mine))
    return found


def all_charts() -> list[Chart]:
    """Return every chart of the house."""
    return [chart for mine in charts().values() for chart in mine]


def trees(*folders: str, within: Path = SOURCE) -> Iterator[tuple[Path, ast.Module]]:
    """Give each Python file under `folders` of the package (all if none) with its syntax tree."""
    for path in sorted(within.rglob("*.py")):
        inside = path.relative_to(within)
        if "migrations" in inside.parts:
            continue
        if not folders or any(folder in inside.with_suffix("").parts for folder in folders):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files that belong to the project: known to git, or new and not ignored."""
    ask = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for name in names.splitlines() if (path := ROOT / name).is_file())
