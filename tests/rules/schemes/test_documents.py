"""Is hostile or broken YAML refused with its line, and is nothing in it executed or expanded?"""

import pytest

from kompeten.schemes.adapters.documents import MAX_BYTES, parse
from kompeten.schemes.terms import Problem, SchemeInvalid


def refused(text: str | bytes) -> tuple[Problem, ...]:
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(SchemeInvalid) as error:
        parse(content, file="x.yaml")
    return error.value.problems


def told(text: str | bytes) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.key, problem.code) for problem in refused(text)]


@pytest.mark.parametrize(
    ("text", "line", "key", "code"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "", "yaml.syntax"),
        ("a: 1\n\tb: 2\n", 2, "", "yaml.syntax"),
        ("a: 1\n---\nb: 2\n", 2, "", "yaml.syntax"),
        ("a: &x [1]\nb: *x\n", 2, "", "yaml.alias"),
        ("a: 1\nb:\n  a: 2\n  a: 3\n", 4, "b.a", "key.duplicate"),
        ("a: 1\n? [b, c]\n: 2\n", 2, "", "key.kind"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "a", "yaml.tag"),
        ("a: 1\nb: !!binary aGFsbG8=\n", 2, "b", "yaml.tag"),
        ("", 1, "", "file.empty"),
        ("# only a comment\n", 1, "", "file.empty"),
        ("a: 1\nb: \x07\n", 2, "", "file.encoding"),
        (b"a: 1\nb: \xff\xfe\n", 2, "", "file.encoding"),
        ("a: " + "[" * 30 + "]" * 30, 1, "", "file.depth"),
        ("a: " + "[" * 100_000, 1, "", "file.depth"),
        ("#" * (MAX_BYTES + 1), 1, "", "file.size"),
    ],
)
def test_what_cannot_be_read_names_its_line(
    text: str | bytes, line: int, key: str, code: str
) -> None:
    assert (line, key, code) in told(text)


def test_a_file_of_references_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]

    assert told("\n".join(lines)) == [(2, "", "yaml.alias")]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5),
        ("-5", -5),
        ("2_000", 2000),
        ('"5"', "5"),
        ("010", "010"),
        ("0x10", "0x10"),
        ("1:30", "1:30"),
        ("1.5", "1.5"),
        ("true", True),
        ("no", "no"),
        ("on", "on"),
        ("null", None),
        ("~", None),
        ("", None),
        ("2026-01-31", "2026-01-31"),
        ("2026-02-30", "2026-02-30"),
        ("K", "K"),
    ],
)
def test_values_are_what_a_person_reads(written: str, value: object) -> None:
    node = parse(f"a: {written}\n".encode(), file="x.yaml").mapping["a"]

    assert node.value == value
    assert type(node.value) is type(value)


def test_each_value_stands_on_the_line_of_its_key() -> None:
    tree = parse(b"a:\n  b: 1\nlist:\n  - x\n  -\n    c: 2\n", file="x.yaml")

    assert tree.mapping["a"].line == 1
    assert tree.mapping["a"].mapping["b"].line == 2
    assert [item.line for item in tree.mapping["list"].items] == [4, 6]
    assert tree.mapping["list"].items[1].mapping["c"].line == 6


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    tree = parse("\ufeffa: 1\n".encode(), file="x.yaml")

    assert list(tree.mapping) == ["a"]
