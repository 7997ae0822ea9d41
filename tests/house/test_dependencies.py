"""Is every direct dependency explained, and does what pip would install equal the lock?"""

import hashlib
import re
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.house.code import ROOT, SOURCE

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


def test_what_the_house_runs_on_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    asked = [NAME.match(line) for line in PROJECT["project"]["dependencies"]]
    names = {match.group().lower() for match in asked if match}
    modules: dict[str, set[str]] = {}
    for module, owners in packages_distributions().items():
        for owner in owners:
            modules.setdefault(owner.lower(), set()).add(module)

    used = {n for n in names if any(re.search(rf"\b{m}\b", code) for m in modules[n])}

    assert names - used == set()


@pytest.mark.parametrize("name", ["runtime", "test", "check", "docs", "scaleout"])
def test_pips_lists_are_in_step_with_the_lock(name: str) -> None:
    lock = (ROOT / "uv.lock").read_bytes()
    first = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").partition("\n")[0]

    assert first.split()[-1] == hashlib.sha256(lock).hexdigest(), "say `make lock`"
