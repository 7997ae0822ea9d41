"""Does a proof speak for one entry of one log, with its witnesses, and for nothing else?"""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kompeten.kernel.tlog import merkle
from kompeten.kernel.tlog.checkpoints import Checkpoint
from kompeten.kernel.tlog.notes import Note
from kompeten.kernel.tlog.policies import Group, Party, Policy
from kompeten.kernel.tlog.proofs import LogProof
from kompeten.register.adapters import logged, notes
from kompeten.register.adapters.bundle import Bundle
from kompeten.register.adapters.proof import verify_proof
from kompeten.register.terms import Beside
from kompeten.register.terms.log import Opening, Statement
from tests.make.register import AT_SECONDS, LOG_KEY, ORIGIN, key
from tests.make.tlogs import entries, naive_root, node_of

ENTRIES = entries(300)
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
WITNESSES = [key(f"w{n}.example") for n in range(6)]
NAMED = {f"w{n}": Party(witness.verifier) for n, witness in enumerate(WITNESSES)}
NOBODY = Policy((Party(LOG_KEY.verifier),))
POLICY = Policy((Party(LOG_KEY.verifier),), NAMED, {"enough": Group(4, tuple(NAMED))}, "enough")


def proof(index: int = 123, size: int = 300, *, cosigned: int = 4, early: int = 0) -> LogProof:
    """Return the proof of an entry, with the cosignatures of so many witnesses, a second apart.

    The first one says that it was so many seconds `early`.
    """
    head = Checkpoint(ORIGIN, size, naive_root(LEAVES[:size]))
    lines = [notes.signed(head.text, LOG_KEY)] + [
        notes.cosigned(head.text, witness, at_seconds=AT_SECONDS + (n or -early))
        for n, witness in enumerate(WITNESSES[:cosigned])
    ]
    path = merkle.inclusion(index, size, node_of(LEAVES))
    return LogProof(index, tuple(path), str(Note(head.text, tuple(lines))))


def codes(text: str, entry: bytes = ENTRIES[123], *, policy: Policy = POLICY) -> tuple[str, str]:
    """Return the codes of both findings."""
    log, witnesses = verify_proof(text, entry, policy=policy)
    return log.code, witnesses.code


def test_a_proof_says_where_and_by_whom_it_was_seen() -> None:
    log, witnesses = verify_proof(proof().text, ENTRIES[123], policy=POLICY)

    assert (log.code, log.holds, log.detail) == ("log.holds", True, f"123 / 300, {ORIGIN}")
    assert (witnesses.code, witnesses.holds) == ("witnesses.hold", True)
    assert witnesses.detail == "4 / 6, 2026-09-21T14:13:23+00:00"


def test_one_witness_alone_makes_nothing_older() -> None:
    opening = Opening("", Statement("", "", "", "", "", "", ""))
    early = proof(cosigned=5, early=400 * 86_400).text
    parts = Bundle(b"", b"", early, opening)

    assert logged.since(parts, beside=Beside(policy=POLICY)) == datetime.fromtimestamp(
        AT_SECONDS + 3, UTC
    )
    alone = replace(POLICY, quorum="w0")
    assert logged.since(parts, beside=Beside(policy=alone)) == datetime.fromtimestamp(
        AT_SECONDS - 400 * 86_400, UTC
    )


@pytest.mark.parametrize(
    ("cosigned", "policy", "code"),
    [
        (3, POLICY, "witnesses.too_few"),
        (0, POLICY, "witnesses.too_few"),
        (0, NOBODY, "witnesses.none"),
        (2, replace(POLICY, quorum="none"), "witnesses.hold"),
        (2, NOBODY, "witnesses.none"),
    ],
)
def test_the_quorum_is_the_verifiers_own(cosigned: int, policy: Policy, code: str) -> None:
    assert codes(proof(cosigned=cosigned).text, policy=policy) == ("log.holds", code)


def test_a_proof_of_another_entry_proves_nothing() -> None:
    assert codes(proof().text, ENTRIES[124])[0] == "log.not_included"
    assert codes(replace(proof(), index=124).text)[0] == "log.not_included"
    assert codes(replace(proof(), index=300).text)[0] == "log.not_included"
    assert codes(replace(proof(), hashes=proof().hashes[:-1]).text)[0] == "log.not_included"


def test_a_log_that_is_not_known_is_not_believed() -> None:
    stranger = replace(NOBODY, logs=(Party(key(ORIGIN + "2", kind=1).verifier),))

    assert codes(proof().text, policy=stranger) == ("log.unknown", "witnesses.not_reached")


def test_a_known_key_does_not_speak_for_a_log_of_another_name() -> None:
    head = Checkpoint("other.example/log", 300, naive_root(LEAVES))
    note = str(Note(head.text, (notes.signed(head.text, LOG_KEY),)))

    assert codes(replace(proof(), checkpoint=note).text)[0] == "log.unknown"


def test_any_changed_byte_is_refused() -> None:
    whole = replace(proof(), checkpoint=proof().checkpoint).text.encode()
    chance = random.Random(4)

    for at in range(len(whole)):
        bit = 1 << chance.randrange(8)
        changed = whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :]
        found = verify_proof(changed.decode("utf-8", "replace"), ENTRIES[123], policy=POLICY)

        # A cosignature whose name or key id was changed is one by a stranger: one too few.
        assert not all(finding.holds for finding in found), (at, changed[at - 20 : at + 20])


def test_whatever_is_handed_in_nothing_is_raised() -> None:
    whole = proof().text

    for text in ("", "c2sp.org/tlog-proof@v1", whole[:200], whole[:-1], whole + "x", "\0", "é" * 9):
        assert codes(text)[0] in {"log.unreadable", "log.broken"}


def test_a_proof_among_100_000_entries_is_small() -> None:
    size = 100_000
    longest = (bytes(32),) * 17
    head = Checkpoint("register.kemensos.example/log", size, bytes(32))
    note = str(Note(head.text, (notes.signed(head.text, key(head.origin, kind=1)),)))

    assert len(LogProof(size - 1, longest, note).text) < 1_500
