"""Does the fault rehearsal see what is lost and what is changed? A proof that cannot fail proves nothing."""

from copy import deepcopy
from typing import Any

import pytest

from kompeten.exams.actions import receiving
from kompeten.exams.rules import rows
from kompeten.exams.rules.strands import plain
from kompeten.exams.terms.vault import Link, LinkKind
from kompeten.ops import cli
from kompeten.ops.gladi.exam import Report, together
from kompeten.ops.gladi.proof import Proof, prove

pytestmark = pytest.mark.django_db
ATTEMPT, CHAIN, AT = "0123456789", "00112233aabbccdd", 1_770_000_000_000
LINKS = (
    Link(LinkKind.OPENED, 0, "line", 10, AT),
    Link(LinkKind.ANSWER, 1, "b", 900, AT + 900),
    Link(LinkKind.ANSWER, 2, "c", 1_900, AT + 1_900),
)


def played(*, sent: int = len(LINKS)) -> dict[str, Any]:
    """Return a sitting of which the first `sent` links came in, as the harness reports it."""
    segment = rows.segment(ATTEMPT, CHAIN, LINKS[:sent], sent=2_000)
    row = rows.segment_row(segment, received=AT + 2_000)
    receiving.journal().append([row])
    return {
        "attempt": ATTEMPT,
        "failures": [],
        "receipts": [receiving.receipt(row, kept=AT + 2_000)],
        "chains": [{"chain": CHAIN, "parent": "", "links": [list(plain(k)) for k in LINKS]}],
        "answers": {"1": "b", "2": "c"},
    }


def proved(said: dict[str, Any]) -> Proof:
    """Hold what the harness reports against what the vault has."""
    return prove(said, receiving.journal().of(ATTEMPT))


def figures(proof: Proof) -> tuple[int, int, int]:
    """Return what was acknowledged, lost and wrong."""
    return proof.acknowledged, proof.lost, proof.wrong


def test_a_sitting_that_came_whole_is_proved() -> None:
    assert figures(proved(played())) == (3, 0, 0)


def test_a_link_that_never_came_is_lost_and_its_answer_wrong() -> None:
    proof = proved(played(sent=2))

    assert figures(proof) == (2, 1, 1)
    assert f"{ATTEMPT}: {CHAIN}:3 never came" in proof.says


def test_a_receipt_for_what_is_not_there_is_a_loss() -> None:
    said = played(sent=2)
    whole = rows.segment_row(rows.segment(ATTEMPT, CHAIN, LINKS), received=AT)
    said["receipts"].append(receiving.receipt(whole, kept=AT))

    assert proved(said).lost == 3  # the head, the link under it, and the link that never came


def test_a_changed_answer_is_wrong() -> None:
    said = deepcopy(played())
    said["chains"][0]["links"][1][2] = "d"
    said["answers"]["1"] = "d"

    assert figures(proved(said)) == (3, 0, 2)


def test_what_the_person_missed_is_a_loss() -> None:
    said = played() | {"failures": ["item 1 showed nothing, confirmed was b"]}

    assert proved(said).lost == 1


@pytest.mark.parametrize(
    "asked", [["--runs", "0"], ["--runs", "-3"], ["--runs", "many"], ["--whole", "-1"]]
)
def test_a_rehearsal_of_nothing_is_misuse(asked: list[str]) -> None:
    assert cli.run(["gladi", "exam", *asked]) == 2


def test_what_two_lanes_say_is_added_up() -> None:
    one = Report(0, 2, 5, 40, 1, 0, 2, 30.0, {"power lost": 2, "tab killed": 3}, ["a"])
    other = Report(6, 1, 4, 30, 0, 2, 1, 20.0, {"line away": 3, "power lost": 1}, ["b"])
    by_fault = {"line away": 3, "power lost": 3, "tab killed": 3}

    both = together([one, other], seconds=31.04)

    assert both == Report(6, 3, 9, 70, 1, 2, 3, 31.0, by_fault, ["a", "b"])
