"""Does nobody but the clock ask for the time, and nobody below the faces throw dice?"""

import ast
import re
from collections.abc import Iterator
from itertools import chain

from tests.house.code import ROOT, SOURCE, trees

CLOCKS = frozenset({
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today",
    "datetime.date.today", "time.time", "time.time_ns", "time.localtime", "time.gmtime",
    "django.utils.timezone.now", "django.db.models.functions.Now",
})  # fmt: skip
# These turn an instant they are given into a day; with none given they ask for the time.
TURNING = frozenset({"django.utils.timezone.localdate", "django.utils.timezone.localtime"})
DICE = frozenset({
    "random.random", "random.choice", "random.choices", "random.shuffle", "random.sample",
    "random.randint", "random.randrange", "random.uniform", "random.seed", "random.SystemRandom",
    "secrets.choice", "secrets.token_hex", "secrets.token_bytes", "secrets.token_urlsafe",
    "secrets.randbelow", "secrets.SystemRandom", "uuid.uuid1", "uuid.uuid4", "os.urandom",
})  # fmt: skip
MAY_ASK_THE_TIME = frozenset({"foundation/clock.py"})
# Faces and followers throw dice for actions; a nonce, a serial number in an adapter and a first
# secret are nobody's decision.
MAY_THROW_DICE = ("web/", "api/", "ops/", "config/secrets.py", "foundation/privacy.py",
                 "foundation/envelopes.py")  # fmt: skip
# Instants are in UTC, whose day begins seven hours after that of Jakarta, unless they were moved.
AN_INSTANT = re.compile(r"(?:\b|_)at\b|\bsince\b|\bnow\(\)")
MOVED = re.compile(r"\b(?:astimezone|localtime|localdate|there|today)\(")
A_DAY = re.compile(r"%[dmyYjF]")
SAYS_UTC = frozenset({"ops/doctor.py"})
ELSEWHERE = re.compile(r"/adapters/|/tasks(\.py|/)")


def calls(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Give the full name of what is called, as far as the imports tell, and the line."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {a.asname or a.name.split(".")[0]: (a.asname and a.name) or a.name.split(".")[0]
                      for a in node.names}  # fmt: skip
        if isinstance(node, ast.ImportFrom) and node.module:
            known |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    given = {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, _, rest = ast.unparse(node).partition(".")
            name = f"{known.get(first, '')}.{rest}".rstrip(".")
            if first in known and not (name in TURNING and id(node) in given):
                yield name, node.lineno


def breaches(names: frozenset[str]) -> list[tuple[str, int, str]]:
    """Return where one of `names` is used in the package."""
    return [
        (path.relative_to(SOURCE).as_posix(), line, name)
        for path, tree in trees()
        for name, line in calls(tree)
        if name in names
    ]


def test_only_the_clock_asks_for_the_time() -> None:
    asked = breaches(CLOCKS | TURNING)

    assert {place for place, _, _ in asked} == MAY_ASK_THE_TIME, "\n".join(map(str, asked))


def test_nobody_below_the_faces_throws_dice() -> None:
    thrown = breaches(DICE)

    wrong = [
        t for t in thrown if not t[0].startswith(MAY_THROW_DICE) and not ELSEWHERE.search(t[0])
    ]
    assert not wrong, "\n".join(map(str, wrong))


def told_as_days(tree: ast.Module) -> Iterator[ast.expr]:
    """Give what is made a day of, or is written as one, without a word about its zone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"date", "strftime"} and isinstance(node.func, ast.Attribute):
                yield node.func.value
            if name == "date_format" and isinstance(node.args[0], ast.Attribute):
                yield node.args[0]  # a name alone is local by then
        if isinstance(node, ast.FormattedValue) and A_DAY.search(_spec(node)):
            yield node.value


def _spec(node: ast.FormattedValue) -> str:
    return ast.unparse(node.format_spec) if node.format_spec else ""


def test_no_instant_tells_its_day_without_a_zone() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {told}"
        for path, tree in chain(trees(), trees(within=ROOT / "tests"), trees(within=ROOT / "bench"))
        if not path.as_posix().endswith(tuple(SAYS_UTC))
        for node in told_as_days(tree)
        if AN_INSTANT.search(told := ast.unparse(node)) and not MOVED.search(told)
    ]

    assert not found, "\n".join(found)


def test_no_column_asks_the_time_by_itself() -> None:
    found = [
        (path.relative_to(SOURCE).as_posix(), node.value.lineno)
        for path, tree in trees("models")
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}
    ]

    assert found == []
