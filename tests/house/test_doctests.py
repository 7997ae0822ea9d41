"""Do the examples in the docstrings of pure modules tell the truth?"""

import doctest
from importlib import import_module

import pytest

from tests.house.code import modules

PURE = ("kernel", "terms", "rules", "ports")
NAMES = [n for n in modules() if not set(PURE).isdisjoint(n.split("."))] + ["kompeten.ops.output"]


@pytest.mark.parametrize("name", NAMES)
def test_examples_tell_the_truth(name: str) -> None:
    finder = doctest.DocTestFinder()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for example in finder.find(import_module(name), name):
        runner.run(example)

    assert runner.summarize(verbose=False).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)

    assert sum(len(test.examples) for n in NAMES for test in finder.find(import_module(n), n)) > 10
