"""Does a witness cosign what only grew, refuse anything else with the right answer, and never forget?"""

import http.client
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from kompeten.kernel.tlog import merkle
from kompeten.kernel.tlog.checkpoints import Checkpoint
from kompeten.kernel.tlog.notes import ED25519, Note, VerifierKey
from kompeten.kernel.tlog.requests import AddCheckpoint
from kompeten.register import tasks
from kompeten.register.actions import log as actions
from kompeten.register.adapters import notes
from kompeten.register.adapters.witness import Seen, Witness
from kompeten.register.models import Cosignature, Leaf
from kompeten.register.models import Witness as Row
from kompeten.register.queries import log as queries
from kompeten.register.queries import logkeys
from kompeten.register.terms.log import Answer
from tests.make.register import (
    AT_SECONDS,
    LOG_KEY,
    ORIGIN,
    answering,
    events,
    key,
    policy_file,
    serving,
)
from tests.make.times import TUESDAY
from tests.make.tlogs import VECTORS, entries, naive_root, node_of

LEAVES = [merkle.leaf_hash(entry) for entry in entries(400)]
FORKED = [merkle.leaf_hash(entry) for entry in entries(400, salt="x")]
W1 = key("w1.example/witness")


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(W1, logs=[LOG_KEY.verifier], state=tmp_path / "state.sqlite3")


def head(size: int, leaves: list[bytes] = LEAVES, *, origin: str = ORIGIN) -> Checkpoint:
    return Checkpoint(origin, size, naive_root(leaves[:size]))


def asked(
    old: int,
    new: int,
    *,
    leaves: list[bytes] = LEAVES,
    signer: Any = LOG_KEY,
    proof: tuple[bytes, ...] | None = None,
    of: Checkpoint | None = None,
) -> bytes:
    """Return a request for the head over so many entries."""
    checkpoint = of or head(new, leaves)
    path = merkle.consistency(old, new, node_of(leaves)) if proof is None and old <= new else proof
    note = str(Note(checkpoint.text, (notes.signed(checkpoint.text, signer),)))
    return AddCheckpoint(old, tuple(path or ()), note).body


def answer(witness: Witness, body: bytes) -> tuple[int, str]:
    reply = witness.add_checkpoint(body, at_seconds=AT_SECONDS)
    return reply.status, reply.body


def test_a_log_that_grows_is_cosigned_again_and_again(witness: Witness) -> None:
    for old, new in ((0, 1), (1, 1), (1, 7), (7, 256), (256, 300)):
        status, line = answer(witness, asked(old, new))
        text = head(new).text

        assert status == 200
        opened = notes.opened(f"{text}\n{line}".encode(), [W1.verifier])
        assert opened.cosigned == {W1.verifier: AT_SECONDS}
    assert witness.seen(ORIGIN) == Seen(300, head(300).root)
    assert witness.evidence() == []


def test_real_requests_of_sigsum_are_answered_as_there(tmp_path: Path) -> None:
    # The published story: a head of 1, then of 5; the head of 3, begun before, comes too late.
    vector = VECTORS["witness"]
    public = bytes.fromhex(vector["log_public"])
    log = VerifierKey(vector["origin"], ED25519, public)
    witness = Witness(W1, logs=[log], state=tmp_path / "state")
    one, three, five = (case["body"].encode() for case in vector["requests"])

    assert [answer(witness, body)[0] for body in (one, five)] == [200, 200]
    assert answer(witness, three) == (409, "5\n")
    assert witness.seen(log.name).size == 5


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"nonsense", 400, "request"),
        (asked(0, 5, proof=(bytes(32),) * 64), 400, "request"),
        (asked(9, 5), 400, "smaller"),
        (asked(0, 5, of=head(5, origin="other.example")), 404, "not known"),
        (asked(0, 5, signer=key("other.example", kind=ED25519)), 403, "not signed"),
        (asked(0, 5).replace(b"\n5\n", b"\n6\n"), 403, "does not hold"),
        (asked(0, 5, proof=(bytes(32),)), 422, "too long"),
        (asked(0, 0, of=Checkpoint(ORIGIN, 0, bytes(32))), 422, "two trees of one size"),
        (asked(3, 5), 409, "0\n"),
    ],
)  # fmt: skip
def test_what_is_not_in_order_is_refused(
    witness: Witness, body: bytes, status: int, said: str
) -> None:
    found = answer(witness, body)

    assert found[0] == status
    assert said in found[1]
    assert witness.seen(ORIGIN) == Seen()


def test_a_stranger_with_the_logs_name_is_refused(witness: Witness) -> None:
    stranger = key("somebody else", kind=ED25519)
    named = type(stranger)(VerifierKey(ORIGIN, ED25519, stranger.verifier.public), stranger.key)

    assert answer(witness, asked(0, 5, signer=named))[0] == 403


def test_an_empty_log_may_be_cosigned(witness: Witness) -> None:
    assert answer(witness, asked(0, 0))[0] == 200
    assert answer(witness, asked(0, 3))[0] == 200


def test_a_fork_a_roll_back_and_a_jump_are_refused_and_kept_as_evidence(witness: Witness) -> None:
    answer(witness, asked(0, 300))

    roll_back = asked(0, 200)
    same_size = asked(300, 300, leaves=FORKED)
    grown_otherwise = asked(300, 400, leaves=FORKED)

    assert answer(witness, roll_back) == (409, "300\n")
    assert answer(witness, same_size)[0] == 409
    assert answer(witness, grown_otherwise)[0] == 422
    assert answer(witness, grown_otherwise)[0] == 422
    assert witness.seen(ORIGIN) == Seen(300, head(300).root)
    assert [body for _, _, body in witness.evidence()] == [same_size, grown_otherwise]


def test_no_changed_proof_of_growth_is_cosigned(witness: Witness) -> None:
    answer(witness, asked(0, 100))
    proof = merkle.consistency(100, 300, node_of(LEAVES))

    for n, hash_ in enumerate(proof):
        changed = (*proof[:n], hash_[:-1] + bytes([hash_[-1] ^ 1]), *proof[n + 1 :])
        assert answer(witness, asked(100, 300, proof=changed))[0] == 422
    assert answer(witness, asked(100, 300, proof=tuple(proof)))[0] == 200


def test_what_was_cosigned_is_known_after_a_new_start(tmp_path: Path) -> None:
    state = tmp_path / "state"
    answer(Witness(W1, logs=[LOG_KEY.verifier], state=state), asked(0, 300))

    again = Witness(W1, logs=[LOG_KEY.verifier], state=state)

    assert answer(again, asked(0, 200))[0] == 409


def test_a_disk_that_fails_gives_no_cosignature(tmp_path: Path) -> None:
    state = tmp_path / "state"
    witness = Witness(W1, logs=[LOG_KEY.verifier], state=state)
    with sqlite3.connect(state) as memory:
        memory.execute(
            "CREATE TRIGGER full BEFORE INSERT ON head BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    memory.close()

    with pytest.raises(sqlite3.IntegrityError):
        answer(witness, asked(0, 300))
    assert witness.seen(ORIGIN) == Seen()


def test_of_many_at_once_none_is_cosigned_backwards(tmp_path: Path) -> None:
    # Eight heads of different sizes, each said to grow out of 1: one may win, then the others are late.
    state = tmp_path / "state"
    answer(Witness(W1, logs=[LOG_KEY.verifier], state=state), asked(0, 1))
    gate = threading.Barrier(8)

    def ask(size: int) -> int:
        mine = Witness(W1, logs=[LOG_KEY.verifier], state=state)
        gate.wait()
        return answer(mine, asked(1, size))[0]

    with ThreadPoolExecutor(8) as pool:
        met = list(pool.map(ask, range(10, 90, 10)))

    assert sorted(met) == [200] + [409] * 7
    assert Witness(W1, logs=[LOG_KEY.verifier], state=state).seen(ORIGIN).size == 10 * (
        met.index(200) + 1
    )


# -- Over HTTP ----------------------------------------------------------------------------------


def test_it_answers_over_http_as_specified(witness: Witness) -> None:
    with serving(witness) as url:
        line = http.client.HTTPConnection(url.removeprefix("http://"), timeout=5)
        met = []
        for body in (asked(0, 300), asked(0, 200), b"nonsense"):
            line.request("POST", "/add-checkpoint", body)
            reply = line.getresponse()
            met.append((reply.status, reply.getheader("Content-Type"), reply.read()[:4]))
        line.request("GET", "/add-checkpoint")
        refused = line.getresponse()
        refused.read()
        line.request("POST", "/elsewhere", b"")
        nowhere = line.getresponse().status
        line.close()

    assert met[0][:2] == (200, "text/plain; charset=utf-8")
    assert met[1] == (409, "text/x.tlog.size", b"300\n")
    assert met[2][0] == 400
    assert (refused.status, nowhere) == (405, 404)


def test_a_body_without_end_is_not_read(witness: Witness) -> None:
    with serving(witness) as url:
        line = http.client.HTTPConnection(url.removeprefix("http://"), timeout=5)
        line.putrequest("POST", "/add-checkpoint")
        line.putheader("Content-Length", str(10**9))
        line.endheaders()
        status = line.getresponse().status
        line.close()

    assert status == 413


# -- The log asks them --------------------------------------------------------------------------


@pytest.fixture
def asking(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what tells the log who its witnesses are."""

    def use(witnesses: list[tuple[Any, str]], *, quorum: int) -> None:
        path = policy_file(tmp_path, witnesses, quorum=quorum)
        values = {**settings.OPTIONS.values, "log_policy": str(path)}
        monkeypatch.setattr(settings, "OPTIONS", type(settings.OPTIONS)(values))

    return use


def logged(count: int, *, start: int = 1) -> None:
    """Let the log grow."""
    events(count, start=start)
    while tasks.log(at=TUESDAY):
        pass


def of_our_log(folder: Path, name: str) -> tuple[Any, Witness]:
    """Return a witness of our own log, and its key."""
    own = key(name)
    return own, Witness(own, logs=[logkeys.key().verifier], state=folder / f"{name}.sqlite3")


def test_witnesses_cosign_our_log_and_everybody_sees_it(asking: Any, tmp_path: Path) -> None:
    key1, one = of_our_log(tmp_path, "w1.example")
    key2, two = of_our_log(tmp_path, "w2.example")
    key3 = key("w3.example")
    with serving(one) as url1, serving(two) as url2:
        asking([(key1, url1), (key2, url2), (key3, "http://127.0.0.1:1")], quorum=2)
        logged(3)
        assert queries.state().is_witnessed is False
        first = tasks.cosign(at=TUESDAY)
        again = tasks.cosign(at=TUESDAY)
        logged(300, start=4)
        before = queries.state().cosigned
        second = tasks.cosign(at=TUESDAY)

    state = queries.state()
    assert (first, again, before, second) == (2, 0, 0, 2)
    assert (state.cosigned, state.is_witnessed, len(state.witnesses)) == (2, True, 3)
    assert [w.answer for w in state.witnesses] == [
        Answer.COSIGNED, Answer.COSIGNED, Answer.UNREACHABLE,
    ]  # fmt: skip
    known = [k.verifier for k in (key1, key2, key3)] + [logkeys.key().verifier]
    opened = notes.opened(queries.read("checkpoint"), known)
    assert opened.cosigned == {key1.verifier: AT_SECONDS, key2.verifier: AT_SECONDS}
    assert one.seen(logkeys.key().verifier.name).size == 303
    assert Cosignature.objects.count() == 4


def test_a_proof_leads_to_the_oldest_head_that_enough_witnesses_have_seen(
    asking: Any, tmp_path: Path
) -> None:
    """So that it proves the greatest age, however much was logged since."""
    key1, one = of_our_log(tmp_path, "w1.example")
    with serving(one) as url:
        asking([(key1, url)], quorum=1)
        logged(3)
        unseen = queries.proof(Leaf.objects.get(index=1))
        tasks.cosign(at=TUESDAY)
        logged(300, start=4)
        tasks.cosign(at=TUESDAY)
        logged(1, start=304)

    sizes = {n: size_of(queries.proof(Leaf.objects.get(index=n))) for n in (0, 2, 3, 302, 303)}

    assert size_of(unseen) == 3
    assert sizes == {0: 3, 2: 3, 3: 303, 302: 303, 303: 304}
    seen = datetime.fromtimestamp(AT_SECONDS, UTC)
    assert queries.witnessed_before(seen) == 0
    assert queries.witnessed_before(seen + timedelta(seconds=1)) == 303


def size_of(proof: Any) -> int:
    return Checkpoint.parse(Note.parse(proof.checkpoint.encode()).text).size


def test_a_witness_that_knows_more_than_we_remember_is_asked_from_there(
    asking: Any, tmp_path: Path
) -> None:
    key1, one = of_our_log(tmp_path, "w1.example")
    with serving(one) as url:
        asking([(key1, url)], quorum=1)
        logged(3)
        tasks.cosign(at=TUESDAY)
        Row.objects.update(size=0)
        logged(5, start=4)

        assert tasks.cosign(at=TUESDAY) == 1


def test_a_log_that_was_rolled_back_or_forked_hears_of_it(asking: Any, tmp_path: Path) -> None:
    key1, one = of_our_log(tmp_path, "w1.example")
    key2, two = of_our_log(tmp_path, "w2.example")
    ours = logkeys.key()
    # What the world has seen: one witness a larger log, the other one of the same size, both not ours.
    for witness, size in ((one, 9), (two, 3)):
        elsewhere = Checkpoint(ours.verifier.name, size, naive_root(FORKED[:size]))
        assert answer(witness, asked(0, size, of=elsewhere, signer=ours))[0] == 200
    with serving(one) as url1, serving(two) as url2:
        asking([(key1, url1), (key2, url2)], quorum=1)
        logged(3)
        assert tasks.cosign(at=TUESDAY) == 0

    state = queries.state()
    assert [w.answer for w in state.alarms] == [Answer.AHEAD, Answer.FORKED]
    assert state.is_witnessed is False
    assert len(two.evidence()) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""), (200, b"\xff"), (200, b"hello\n"), (500, b"oops"), (302, b""), (409, b"x"),
        (200, notes.cosigned("other\n", key("w1.example"), at_seconds=1).line.encode()),
        (200, notes.cosigned("other\n", key("w2.example"), at_seconds=1).line.encode()),
    ],
)  # fmt: skip
def test_whatever_a_witness_answers_only_its_cosignature_counts(
    asking: Any, status: int, body: bytes
) -> None:
    with answering(status, body) as url:
        asking([(key("w1.example"), url)], quorum=1)
        logged(3)

        assert tasks.cosign(at=TUESDAY) == 0
    assert Cosignature.objects.count() == 0


def test_without_witnesses_nobody_is_asked(db: None) -> None:
    assert actions.cosign(at=TUESDAY) == 0
    logged(1)
    assert tasks.cosign(at=TUESDAY) == 0
    assert queries.state().is_witnessed is True
