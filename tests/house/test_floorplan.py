"""Does every import go the way the house is built? Contracts, and the doorway between rooms."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.house.code import ROOMS, ROOT

DOORWAY = frozenset({"terms", "queries", "actions", "labels"})
# Read at each release; it should shrink.
EXCUSED = {
    "kompeten.ops.prepare -> kompeten.certificates.adapters.wiring": "an operator makes the keys",
    "kompeten.ops.demonstration -> kompeten.certificates.adapters.wiring": "the demo makes them older",
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Return the imports between the modules of the house."""
    return grimp.build_graph("kompeten", exclude_type_checking_imports=True, cache_dir=None)


def test_the_contracts_of_the_house_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout[-3000:]


def test_rooms_meet_in_the_doorway(graph: grimp.ImportGraph) -> None:
    through_the_wall = []
    for importer in graph.modules:
        _, room, *_ = [*importer.split("."), ""]
        if room not in ROOMS:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            _, other, *floor = [*imported.split("."), "", ""]
            if other in ROOMS and other != room and floor[0] not in DOORWAY:
                through_the_wall.append(f"{importer} -> {imported}")

    assert sorted(through_the_wall) == []


def test_faces_come_in_by_the_doorway_too(graph: grimp.ImportGraph) -> None:
    through_the_wall = {
        f"{importer} -> {imported}"
        for importer in graph.modules
        if importer.startswith(("kompeten.api", "kompeten.ops", "kompeten.web"))
        for imported in graph.find_modules_directly_imported_by(importer)
        if (parts := imported.split("."))[1] in ROOMS and len(parts) > 2 and parts[2] not in DOORWAY
    }

    assert sorted(through_the_wall - EXCUSED.keys()) == []
    assert EXCUSED.keys() <= through_the_wall
