"""Do chains come to the same bytes here as in the file that the client's modules are held to?"""

import json
from pathlib import Path
from typing import Any

from kompeten.exams.rules import chain

FILE = Path(__file__).parents[2] / "make" / "chain_vectors.json"
ATTEMPTS = (
    ("0123456789", "00112233445566aa", ""),
    ("ZYXWVTSRQP", "ffffffffffffffff", f"00112233445566aa:3:{'0f' * 32}"),
)
LINKS: tuple[list[Any], ...] = (
    ["o", 0, "line", 812, 1_773_021_600_000],
    ["a", 1, "b", 5_021, 1_773_021_604_209],
    ["a", 100, "", 5_022, 1_773_021_604_210],
    ["b", 0, "", 8_000, 1_773_021_607_188],
    ["c", 0, "-3600000", 9_000, 1_773_018_008_188],
    ["t", 0, "idb:QuotaExceededError", 9_500, 1_773_018_008_688],
    ["h", 0, "", 2**53 - 1, 0],
)


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
    assert json.loads(FILE.read_text(encoding="utf-8")) == vectors()


if __name__ == "__main__":
    FILE.write_text(json.dumps(vectors(), indent=1) + "\n", encoding="utf-8")
