"""Has every reason for a refusal words that a person understands?

Codes are found where they arise: strings of the shape `word.word` in the rules of a room, and in what
actions refuse with. A code may carry what it is about after a colon (`missing.document:ijazah`).
"""

import ast
import re
from collections.abc import Iterator

from kompeten.foundation import words
from tests.house.code import SOURCE, all_charts, trees

CODE = re.compile(r"^[a-z][a-z_]*(\.[a-z][a-z_0-9]*)+(?=$|:)")
EVENTS = frozenset(event for chart in all_charts() for event in chart.events)


def literals(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Give each string written below `node`, f-strings by their first part, docstrings left out."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value, inner.lineno
        elif isinstance(inner, ast.JoinedStr) and isinstance(inner.values[0], ast.Constant):
            yield str(inner.values[0].value), inner.lineno


def refusals(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Give the strings that are handed to an exception when it is raised."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            for argument in node.exc.args:
                yield from literals(argument)


def returns(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Give the strings in functions that answer with reasons: `tuple[str, ...]`, `list[str]`, `str | None`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            answer = ast.unparse(node.returns)
            if answer in {"tuple[str, ...]", "list[str]", "str | None", "Reasons", "Iterator[str]"}:
                yield from literals(ast.Module(body=node.body[1:] or node.body, type_ignores=[]))


def codes() -> dict[str, str]:
    """Return each reason code of the house with a place where it arises."""
    found: dict[str, str] = {}
    for path, tree in trees():
        inside = path.relative_to(SOURCE)
        floors = set(inside.with_suffix("").parts)
        if floors.isdisjoint({"rules", "actions", "chart", "ledger"}):
            continue
        strings = [*refusals(tree), *(returns(tree) if "rules" in floors else ())]
        for text, line in strings:
            code = CODE.match(text)
            if code and code.group() not in EVENTS:
                found.setdefault(code.group(), f"{inside}:{line}")
    return found


def test_every_reason_has_words() -> None:
    found = codes()
    silent = {code: place for code, place in found.items() if code not in words.known_reasons()}

    assert not silent, "\n".join(f"{code} ({place})" for code, place in sorted(silent.items()))


def test_reasons_are_found_at_all() -> None:
    assert {"role.not_held", "step.not_open"} <= codes().keys()
    assert len(codes()) > 20


def test_words_say_more_than_the_code() -> None:
    told = {code: words.reason(code) for code in words.known_reasons()}

    assert [code for code, text in told.items() if text == code or len(text) < 10] == []
