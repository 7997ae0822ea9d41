"""Is every template read by somebody, whole, and in the house's own shape?"""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.house.code import ROOT, SOURCE, trees

PAGES = sorted(
    path for path in SOURCE.rglob("templates/**/*") if path.suffix in {".html", ".txt", ".svg"}
)
NAMED_BY_DJANGO = frozenset({"400.html", "403.html", "403_csrf.html", "404.html", "500.html"})
INCLUDE = re.compile(r"""\{%-?\s*(?:extends|include)\s+["']([^"'#]+)""")


def name(path: Path) -> str:
    """Return the name a template is asked by."""
    parts = path.parts
    return "/".join(parts[len(parts) - parts[::-1].index("templates") :])


NAMES = {name(path): path for path in PAGES}


def asked() -> list[re.Pattern[str]]:
    """Return patterns of all template names that Python code or another template writes."""
    found: set[str] = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(re.escape(node.value.partition("#")[0]))
            elif isinstance(node, ast.JoinedStr):
                found.add("".join(_pattern(part) for part in node.values).partition("\\#")[0])
    for path in PAGES:
        found |= {re.escape(n) for n in INCLUDE.findall(path.read_text(encoding="utf-8"))}
    return [re.compile(text) for text in found if "/" in text]


def _pattern(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w/-]+"


def is_override(wanted: str) -> bool:
    """Say whether a library of ours asks for a template of this name."""
    packages = Path(ast.__file__).parent, Path(pytest.__file__).parent.parent
    return any(next(base.glob(f"*/templates/{wanted}"), None) for base in packages[1:]) or any(
        next(base.glob(f"*/*/templates/{wanted}"), None) for base in packages[1:]
    )


# In an attribute a number is data: 1.000 as an address or a value is another one, or none.
COUNTED = re.compile(
    r"""=\"[^"{]*\{\{ *[\w.]*(?:(?<!auto)_id|pk|number|count|total|min|max|seed|mark|\|length) *\}\}"""
)


def test_numbers_in_attributes_are_written_without_separators() -> None:
    grouped = [
        f"{n}: {found}"
        for n, path in NAMES.items()
        for found in COUNTED.findall(path.read_text(encoding="utf-8"))
    ]

    assert grouped == []


def test_every_template_is_read_by_somebody() -> None:
    patterns = asked()
    unread = [
        n
        for n in NAMES
        if n not in NAMED_BY_DJANGO
        and not any(p.fullmatch(n) for p in patterns)
        and not is_override(n)
    ]

    assert not unread, "\n".join(unread)


@pytest.mark.parametrize("wanted", sorted(NAMES))
def test_every_template_can_be_read(wanted: str) -> None:
    assert get_template(wanted)


def test_templates_have_the_houses_shape() -> None:
    pages = [str(path) for path in PAGES if path.suffix == ".html"]
    djade = Path(sys.executable).with_name("djade")

    done = subprocess.run(
        [djade, "--check", "--target-version", "5.2", *pages],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
