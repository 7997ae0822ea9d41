"""Is every direct dependency explained, and does what pip would install equal the lock?"""

import hashlib
import re
import tomllib

import pytest

from tests.house.code import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def direct() -> list[str]:
    """Return the names of all packages that pyproject.toml asks for."""
    asked = list(PROJECT["project"]["dependencies"])
    for more in PROJECT["project"]["optional-dependencies"].values():
        asked += more
    for group in PROJECT["dependency-groups"].values():
        asked += [line for line in group if isinstance(line, str)]
    asked += PROJECT["build-system"]["requires"]
    return sorted({match.group().lower() for line in asked if (match := NAME.match(line))})


def test_every_direct_dependency_is_explained() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()

    assert [name for name in direct() if f"`{name}`" not in page] == []


@pytest.mark.parametrize("name", ["runtime", "test", "check", "docs", "scaleout"])
def test_pips_lists_are_in_step_with_the_lock(name: str) -> None:
    lock = (ROOT / "uv.lock").read_bytes()
    first = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").partition("\n")[0]

    assert first.split()[-1] == hashlib.sha256(lock).hexdigest(), "say `make lock`"
