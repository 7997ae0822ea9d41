"""Does the log keep its name and its past when its key changes, and is a lost key believed no more?"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from kompeten.foundation import published
from kompeten.kernel.tlog.notes import ED25519, Note, VerifierKey
from kompeten.kernel.tlog.policies import Party, Policy
from kompeten.ops import cli
from kompeten.register import tasks
from kompeten.register.actions import logkeys as actions
from kompeten.register.adapters import notes, proof
from kompeten.register.adapters.witness import Witness
from kompeten.register.models import Leaf
from kompeten.register.queries import log as queries
from kompeten.register.queries import logkeys
from kompeten.register.terms.log import LogKeyState, RotationRefused
from tests.make.journey import keys_made
from tests.make.register import events, key, policy_file, serving
from tests.make.times import TUESDAY

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.DATA_DIR) / "log"


@pytest.fixture(autouse=True)
def folder_as_it_was() -> Iterator[None]:
    """Let each story begin its log with a key that was never changed, and leave nothing behind."""
    own = logkeys.key_file()
    kept = own.read_bytes() if own.exists() else None
    yield
    for path in FOLDER.glob("*"):
        path.unlink()
    if kept is not None:
        own.write_bytes(kept)


def grown(count: int, *, start: int = 1) -> None:
    """Let the log grow by so many entries, and show its head."""
    events(count, start=start)
    while tasks.log(at=TUESDAY):
        continue


def signed_by(raw: bytes) -> set[VerifierKey]:
    """Return the keys of the log that signed a note."""
    return set(notes.opened(raw, logkeys.verifiers()).by)


def head() -> bytes:
    """Return the head that the world sees."""
    return published.read(queries.HEAD)


def test_a_rotation_goes_on_with_both_keys_and_ends_with_the_new_one() -> None:
    grown(3)
    old = logkeys.key().verifier

    new = actions.rotate()
    both = signed_by(head())
    grown(2, start=10)
    still_both = signed_by(head())
    actions.finish()
    grown(2, start=20)

    assert old.name == new.name
    assert both == still_both == {old, new}
    assert signed_by(head()) == {new}
    assert [(k.verifier, k.state) for k in logkeys.history()] == [
        (new, LogKeyState.SIGNING),
        (old, LogKeyState.RETIRED),
    ]
    assert queries.size() == 7
    assert queries.fault() == ""


def test_what_the_old_key_signed_is_believed_with_either_key() -> None:
    grown(3)
    kept = head()
    old = logkeys.key().verifier
    new = actions.rotate()
    actions.finish()
    leaf = Leaf.objects.get(index=1)
    made = queries.proof(leaf)
    assert made is not None

    before = queries.examine(None, policy=logkeys.policy(), since=kept)
    by_one = [
        proof.verify_proof(made.text, bytes(leaf.entry), policy=Policy((Party(known),)))[0].holds
        for known in (old, new)
    ]

    assert before.faults == ()
    assert {party.key for party in logkeys.policy().logs} == {old, new}
    assert by_one == [True, True]


def test_the_secret_of_a_retired_key_is_gone() -> None:
    grown(1)
    actions.rotate()

    actions.finish()

    files = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert sorted(name.partition("-")[0] for name in files) == ["log.key", "retired"]
    retired = next(content for name, content in files.items() if name.startswith("retired"))
    assert b"PRIVATE KEY" not in retired


def test_a_lost_key_signs_no_more_and_leaves_the_policy() -> None:
    grown(3)
    old = logkeys.key()

    new = actions.replace_lost()
    forged = Note.parse(head()).text
    by_thief = str(Note(forged, (notes.signed(forged, old),)))

    assert [party.key for party in logkeys.policy().logs] == [new]
    assert queries.examine(None, policy=logkeys.policy(), since=None).faults == ()
    assert notes.opened(by_thief.encode(), [p.key for p in logkeys.policy().logs]).by == frozenset()
    grown(1, start=10)
    assert signed_by(head()) == {new}


def test_a_key_that_is_lost_while_another_takes_its_place_takes_both_along() -> None:
    grown(3)
    stolen = logkeys.key().verifier
    healthy = actions.rotate()

    new = actions.replace_lost()
    grown(1, start=10)

    assert signed_by(head()) == {new}
    assert [party.key for party in logkeys.policy().logs] == [new]
    states = {known.verifier: known.state for known in logkeys.history()}
    assert (states[stolen], states[healthy]) == (LogKeyState.LOST, LogKeyState.LOST)
    assert list(FOLDER.glob("leaving-*")) == []
    with pytest.raises(RotationRefused, match="no key is leaving"):
        actions.finish()


def test_a_rotation_that_a_crash_ended_can_be_begun_again() -> None:
    grown(1)
    own = logkeys.key().verifier
    # It had made the second name of the key, and not yet put the new one in its place.
    os.link(logkeys.key_file(), FOLDER / f"leaving-{own.id.hex()}.key")

    new = actions.rotate()

    assert {known.verifier for known in logkeys.history()} == {own, new}


def test_a_running_process_takes_the_new_key_at_once() -> None:
    grown(1)
    opened = logkeys.key().verifier

    actions.replace_lost()

    assert logkeys.key().verifier != opened
    assert logkeys.key().verifier == logkeys.verifier()


def test_one_rotation_at_a_time_and_none_before_the_log() -> None:
    with pytest.raises(RotationRefused, match="no key is leaving"):
        actions.finish()
    grown(1)
    actions.rotate()

    with pytest.raises(RotationRefused, match="under way"):
        actions.rotate()


def test_a_witness_that_knows_only_the_old_key_holds_the_end_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watched_by(url: str) -> None:
        path = policy_file(tmp_path, [(own, url)], quorum=1)
        values = {**settings.OPTIONS.values, "log_policy": str(path)}
        monkeypatch.setattr(settings, "OPTIONS", type(settings.OPTIONS)(values))

    grown(3)
    own = key("w9.example/witness")
    old = logkeys.key().verifier
    behind = Witness(own, logs=[old], state=tmp_path / "seen.sqlite3")
    with serving(behind) as url:
        watched_by(url)
        tasks.cosign(at=TUESDAY)
        new = actions.rotate()

        with pytest.raises(RotationRefused, match=r"w9\.example/witness"):
            actions.finish()
        both = signed_by(head())
    told = Witness(own, logs=[old, new], state=tmp_path / "seen.sqlite3")
    with serving(told) as url:
        watched_by(url)
        actions.finish()
        grown(1, start=10)
        cosigned = tasks.cosign(at=TUESDAY)

    assert both == {old, new}
    assert cosigned == 1
    assert told.seen(old.name).size == 4


def test_the_shell_turns_the_key_and_says_whom_to_tell(capsys: pytest.CaptureFixture[str]) -> None:
    keys_made()
    grown(2)
    old = str(logkeys.key().verifier)

    begun = cli.run(["keys", "rotate", "--log"]), capsys.readouterr().out
    twice = cli.run(["keys", "rotate", "--log"])
    ended = cli.run(["keys", "rotate", "--log", "--finish", "--json"])
    said = json.loads(capsys.readouterr().out)
    listed = cli.run(["keys", "list", "--json"]), json.loads(capsys.readouterr().out)

    assert begun[0] == 0
    assert f"until you say --finish, with {old}" in begun[1]
    assert "/log/policy" in begun[1]
    assert (twice, ended) == (1, 0)
    assert [known["state"] for known in said["keys"]] == ["signing", "retired"]
    logs = [row for row in listed[1]["keys"] if row["kind"] == "log"]
    assert [row["in_use"] for row in logs] == [True, False]
    assert logs[1]["key"] == old


@pytest.mark.parametrize(
    "words", [["--finish"], ["--lost"], ["--log", "--finish", "--lost"], ["--log", "--in-spite"]]
)
def test_misuse_of_the_rotation_is_two(words: list[str]) -> None:
    assert cli.run(["keys", "rotate", *words]) == 2


def test_a_key_keeps_the_kind_of_a_log() -> None:
    grown(1)

    assert actions.rotate().kind == ED25519
