"""Do chains come to the same bytes here as in the file that the client's modules are held to?"""

import json
from pathlib import Path
from typing import Any

from kompeten.exams.rules import chain, edits

FILE = Path(__file__).parents[2] / "make" / "chain_vectors.json"
ATTEMPTS = (
    ("0123456789", "00112233445566aa", ""),
    ("ZYXWVTSRQP", "ffffffffffffffff", f"00112233445566aa:3:{'0f' * 32}"),
)
LINKS: tuple[list[Any], ...] = (
    ["o", 0, "line", 812, 1_773_021_600_000],
    ["a", 1, "b", 5_021, 1_773_021_604_209],
    ["a", 100, "", 5_022, 1_773_021_604_210],
    ["e", 101, "0.0.U2F5YSDigJxtZW5kZW5nYXLigJ0:", 6_000, 1_773_021_605_188],
    ["e", 101, "16.0.IGthZsOpIPCfmYI", 6_001, 1_773_021_605_189],
    ["b", 0, "", 8_000, 1_773_021_607_188],
    ["c", 0, "-3600000", 9_000, 1_773_018_008_188],
    ["t", 0, "idb:QuotaExceededError", 9_500, 1_773_018_008_688],
    ["h", 0, "", 2**53 - 1, 0],
)


# By name: the edits, and what the text comes to. Places count units of UTF-16, as browsers do.
TEXTS: tuple[tuple[str, list[str]], ...] = (
    ("nothing", []),
    (
        "accents, quotes and signs of two units",
        [*edits.written(0, 0, 'Ia “bertanya”: kafé? 🙂 \\n"ya"\n')],
    ),
    (
        "a word in the middle",
        [*edits.written(0, 0, "Bu R. datang"), *edits.written(6, 0, "kemarin ")],
    ),
    ("a sign of two units taken out", [*edits.written(0, 0, "a🙂b"), *edits.written(1, 2, "")]),
    ("half a sign taken out", [*edits.written(0, 0, "a🙂b"), *edits.written(2, 1, "")]),
    ("behind the end", [*edits.written(9, 4, "x"), *edits.written(1, 7, "y")]),
    ("in several parts", [*edits.written(0, 0, "é" * 400), *edits.written(1, 398, "-")]),
    ("parts that wait", ["0.0.YWtoaXI", "0.5.:", "0.0.YmFydQ:"]),
)


def texts() -> list[dict[str, Any]]:
    """Return edits with what they come to."""
    return [{"name": name, "edits": made, "text": edits.fold(made)} for name, made in TEXTS]


def vectors() -> list[dict[str, Any]]:
    """Return chains with the hash of their root and of each link."""
    found = []
    for attempt, name, parent in ATTEMPTS:
        root = chain.root(attempt, name, parent)
        hashes = [each.hex() for each in chain.hashes(root, 1, LINKS)]
        found.append(
            {
                "attempt": attempt,
                "chain": name,
                "parent": parent,
                "root": root.hex(),
                "links": list(LINKS),
                "hashes": hashes,
            }
        )
    return found


def test_the_file_says_what_the_rule_says() -> None:
    said = json.loads(FILE.read_text(encoding="utf-8"))

    assert said == {"chains": vectors(), "texts": texts()}


def test_texts_come_to_what_a_reader_expects() -> None:
    found = {one["name"]: one["text"] for one in texts()}

    assert found == {
        "nothing": "",
        "accents, quotes and signs of two units": 'Ia “bertanya”: kafé? 🙂 \\n"ya"\n',
        "a word in the middle": "Bu R. kemarin datang",
        "a sign of two units taken out": "ab",
        "half a sign taken out": "a\ufffdb",
        "behind the end": "xy",
        "in several parts": "é-é",
        "parts that wait": "akhir",
    }


if __name__ == "__main__":
    FILE.write_text(
        json.dumps({"chains": vectors(), "texts": texts()}, indent=1) + "\n", encoding="utf-8"
    )
