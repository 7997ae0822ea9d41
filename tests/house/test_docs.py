"""Would the docs still be true? They follow the code, and name only what is there."""

import re
import subprocess
import sys

import pytest

from tests.house.code import ROOMS, ROOT

DOCS = ROOT / "docs"
PLACE = re.compile(r"`((?:rules|rooms|faces|house|journeys)/[\w./-]+)`")
MODULE = re.compile(r"`((?:kernel|foundation|web|[a-z]+)/[\w/]+\.py)`")


def read(name: str) -> str:
    """Return a page."""
    return (DOCS / name).read_text(encoding="utf-8")


def test_what_is_generated_follows_the_code() -> None:
    check = [sys.executable, str(ROOT / "tools" / "docs_generate.py"), "--check"]

    done = subprocess.run(check, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_page_that_says_what_it_is_for(room: str) -> None:
    page = read(f"rooms/{room}.md")

    assert "**Purpose.**" in page
    assert f'--8<-- "generated/rooms/{room}.md"' in page


def test_standards_name_tests_and_modules_that_exist() -> None:
    page = read("standards.md")
    tests = [name for name in PLACE.findall(page) if not (ROOT / "tests" / name).exists()]
    source = ROOT / "src" / "kompeten"
    modules = [
        name
        for name in MODULE.findall(page)
        if not PLACE.match(f"`{name}`") and not (source / name).exists()
    ]

    assert (tests, modules) == ([], [])


def test_every_decision_is_in_the_list_and_in_the_menu() -> None:
    written = {path.name for path in (DOCS / "decisions").glob("0*.md")}
    listed, menu = read("decisions/index.md"), (ROOT / "mkdocs.yml").read_text(encoding="utf-8")

    assert [name for name in sorted(written) if name not in listed or name not in menu] == []
    numbers = [name[:4] for name in written]
    assert len(numbers) == len(set(numbers))
