"""Are notes, checkpoints, proofs, requests and policies read in one way only, and written back as they were?"""

import base64

import pytest

from kompeten.kernel.tlog import notes, policies
from kompeten.kernel.tlog.checkpoints import Checkpoint
from kompeten.kernel.tlog.notes import COSIGNATURE, ED25519, Note, NoteMalformed, VerifierKey
from kompeten.kernel.tlog.policies import Policy, PolicyInvalid
from kompeten.kernel.tlog.proofs import LogProof
from kompeten.kernel.tlog.requests import AddCheckpoint
from tests.make.tlogs import VECTORS

GO = VECTORS["note"]
TEXT, PETER, ENOCH = GO["text"], GO["peter_line"], GO["enoch_line"]
ROOT = bytes(range(32))
SIGNED = Checkpoint("lsp.example/log", 7, ROOT).text + "\n" + PETER
HASH = base64.b64encode(ROOT).decode()


# -- Keys ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [GO["peter"], GO["enoch"], GO["witness"]])
def test_keys_are_read_and_written_back(text: str) -> None:
    key = VerifierKey.parse(text)

    assert str(key) == text
    assert key.kind == (COSIGNATURE if text == GO["witness"] else ED25519)


def test_no_piece_and_no_neighbour_of_a_key_is_a_key() -> None:
    text = GO["peter"]
    pieces = {text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)} - {text}
    neighbours = {f"{text[:i]}{chr(ord(text[i]) + 1)}{text[i + 1 :]}" for i in range(len(text))}

    for wrong in (*pieces, *neighbours, *GO["refused_keys"], ""):
        with pytest.raises(NoteMalformed):
            VerifierKey.parse(wrong)


# -- Notes --------------------------------------------------------------------------------------


def test_a_note_is_read_and_written_back() -> None:
    whole = f"{TEXT}\n{PETER}{ENOCH}"
    note = Note.parse(whole.encode())

    assert note.text == TEXT
    assert [signature.name for signature in note.signatures] == ["PeterNeumann", "EnochRoot"]
    assert [s.key_id for s in note.signatures] == [
        VerifierKey.parse(GO[name]).id for name in ("peter", "enoch")
    ]
    assert str(note) == whole


def test_the_text_ends_at_the_last_empty_line() -> None:
    assert Note.parse(f"a\n\nb\n\n\n{PETER}".encode()).text == "a\n\nb\n\n"


@pytest.mark.parametrize(
    "raw",
    [
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}\n{PETER[:-1]}",
        f"\x01{TEXT}\n{PETER}",
        f"\r{TEXT}\n{PETER}",
        f"{TEXT}\n— Bad Name {PETER.split()[-1]}\n",
        f"{TEXT}\n{PETER}Unexpected line.\n",
        f"{TEXT}\n{PETER * 101}",
        f"{TEXT}\n{PETER.replace('—', '-')}",
        f"{TEXT}\n— PeterNeumann x08=\n",
        f"{TEXT}\n— a+b {PETER.split()[-1]}\n",
        f"{TEXT}\n— PeterNeumann {PETER.split()[-1]} more\n",
        f"{TEXT}\n{PETER}\n",
        "",
    ],
)
def test_what_is_no_note_is_refused(raw: str) -> None:
    with pytest.raises(NoteMalformed):
        Note.parse(raw.encode())


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(NoteMalformed):
        Note.parse(b"\xff" + f"{TEXT}\n{PETER}".encode())
    with pytest.raises(NoteMalformed):
        Note.parse(b"a" * notes.MAX_BYTES + f"\n\n{PETER}".encode())


def test_what_a_witness_signs_is_as_specified() -> None:
    # The example of tlog-cosignature.
    body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

    assert notes.cosigned(body, at_seconds=1679315147) == (
        b"cosignature/v1\ntime 1679315147\n" + body.encode()
    )


def test_the_time_of_a_cosignature_is_read() -> None:
    value = base64.b64decode(GO["cosignature"])[4:]

    assert notes.cosignature(value)[0] == GO["cosignature_time"]
    with pytest.raises(NoteMalformed):
        notes.cosignature(base64.b64decode(GO["no_cosignature"])[4:])


@pytest.mark.parametrize("text", ["aGk", "aGl=", "aGk=\n", "aG k=", "aGk==", "a-k="])
def test_base64_has_one_form(text: str) -> None:
    assert notes.decoded("aGk=") == b"hi"
    with pytest.raises(NoteMalformed):
        notes.decoded(text)


# -- Checkpoints --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        f"Log\n0\n{HASH}\n",
        f"Log\n9944\n{HASH}\nlots\nof\nlines\n",
    ],
)
def test_checkpoints_are_read_and_written_back(text: str) -> None:
    assert Checkpoint.parse(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Log\n9944\n", f"\n9944\n{HASH}\n", f"Log\n123\n{HASH}", f"Log\nbananas\n{HASH}\n",
        f"Log\n-34\n{HASH}\n", f"Log\n3438945738945739845734895735\n{HASH}\n",
        "Log\n123\nThisIsn'tBase64\n", f"Log\n007\n{HASH}\n", f"Log\n1\n{HASH}\n\n",
        f"Log\n1\n{HASH}\na\n\nb\n", "Log\n1\naGk=\n", f"Log\n+1\n{HASH}\n", "",
    ],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteMalformed):
        Checkpoint.parse(text)


# -- Proofs and requests ------------------------------------------------------------------------


@pytest.mark.parametrize("extra", [b"", b"anything"])
@pytest.mark.parametrize("hashes", [(), (ROOT, ROOT[::-1])])
def test_proofs_are_read_and_written_back(extra: bytes, hashes: tuple[bytes, ...]) -> None:
    proof = LogProof(73894, hashes, SIGNED, extra)

    assert LogProof.parse(proof.text) == proof
    assert proof.text.startswith("c2sp.org/tlog-proof@v1\n")
    assert proof.text.endswith(f"\n\n{SIGNED}")


@pytest.mark.parametrize(
    "text",
    [
        f"wrong-header\nindex 0\n\n{SIGNED}",
        f"c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\n{SIGNED}",
        f"c2sp.org/tlog-proof@v1\n\n\n{SIGNED}",
        f"c2sp.org/tlog-proof@v1\nindex notanumber\n\n{SIGNED}",
        f"c2sp.org/tlog-proof@v1\nindex -5\n\n{SIGNED}",
        f"c2sp.org/tlog-proof@v1\nindex 05\n\n{SIGNED}",
        f"c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\n{SIGNED}",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{HASH[:-2]}\n\n{SIGNED}",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{base64.b64encode(bytes(64)).decode()}\n\n{SIGNED}",
        "c2sp.org/tlog-proof@v1\nindex 0\n" + f"{HASH}\n" * 65 + f"\n{SIGNED}",
        "c2sp.org/tlog-proof@v1\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n" + "a" * 200_001,
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(NoteMalformed):
        LogProof.parse(text)


@pytest.mark.parametrize("case", VECTORS["witness"]["requests"])
def test_requests_are_read_and_written_back(case: dict[str, str]) -> None:
    body = case["body"].encode()

    assert AddCheckpoint.parse(body).body == body


@pytest.mark.parametrize(
    "body",
    [
        b"", b"old 1\n", f"new 1\n\n{SIGNED}".encode(), f"old 01\n\n{SIGNED}".encode(),
        f"old -1\n\n{SIGNED}".encode(), f"old 1\nnothing\n\n{SIGNED}".encode(),
        f"old 1\naGk=\n\n{SIGNED}".encode(), b"\xff", b"old 0\n\n" + b"a" * 65536,
        f"old 0\n{f'{HASH}{chr(10)}' * 64}\n{SIGNED}".encode(),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused(body: bytes) -> None:
    with pytest.raises(NoteMalformed):
        AddCheckpoint.parse(body)


# -- Policies -----------------------------------------------------------------------------------

WITNESSES = [VerifierKey(f"w{n}.example", COSIGNATURE, bytes([n]) * 32) for n in range(6)]
LOG = VerifierKey("lsp.example/log", ED25519, b"\x09" * 32)
NAMED = "".join(f"witness w{n} {key}\n" for n, key in enumerate(WITNESSES))
POLICY = f"""
# Regions and universities.
log {LOG} https://lsp.example/log

{NAMED}
group regions 2 w0 w1 w2 w3
 group\tuniversities any w4 w5
group both all regions universities
quorum both
"""


def test_a_policy_says_when_enough_have_witnessed() -> None:
    policy = policies.parse(POLICY)
    w = WITNESSES

    assert policy.logs[0].key == LOG
    assert policy.logs[0].url == "https://lsp.example/log"
    enough = [(w[0], w[3], w[5]), tuple(w)]
    too_few = [(), (w[0], w[5]), (w[0], w[1], w[2], w[3]), (w[4], w[5])]
    assert [policy.is_met_by(keys) for keys in (*enough, *too_few)] == [True] * 2 + [False] * 4
    assert policies.parse(policy.text) == policy


def test_enough_have_witnessed_from_when_the_last_that_is_needed_did() -> None:
    policy, w = policies.parse(POLICY), WITNESSES

    # The first writes an early time at will; with it there are still too few.
    assert policy.met_at({w[0]: 7, w[4]: 60, w[1]: 50, w[2]: 90}) == 60
    assert policy.met_at({w[0]: 50, w[1]: 50, w[5]: 50}) == 50
    assert policy.met_at({w[0]: 7, w[5]: 8}) is None
    assert policy.met_at({}) is None


def test_without_a_quorum_nobody_need_witness() -> None:
    assert Policy().is_met_by(())
    assert Policy().met_at({}) is None
    assert Policy().met_at({WITNESSES[0]: 9, WITNESSES[1]: 7}) == 7
    assert policies.parse("quorum none\n") == Policy()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no line that says the quorum"),
        ("quorum none\nquorum none", "line 2"),
        ("quorum w9", "line 1: w9 was not told before"),
        (f"{NAMED}group a 7 w0 w1\nquorum a", "7 of 2"),
        (f"{NAMED}group a 0 w0 w1\nquorum a", "0 of 2"),
        (f"{NAMED}group a all\nquorum a", "says nothing here"),
        (f"{NAMED}group a all w0\ngroup b all w0\nquorum b", "w0 is counted twice"),
        (f"{NAMED}group w0 all w1\nquorum w0", "the name w0 is taken"),
        (f"{NAMED}group none all w1\nquorum none", "the name none is taken"),
        (f"{NAMED}witness w9 {WITNESSES[0]}\nquorum none", "stands here twice"),
        (f"log {WITNESSES[0]}\nquorum none", "another kind"),
        (f"witness w {LOG}\nquorum none", "another kind"),
        (f"log {str(LOG)[:-1]}\nquorum none", "line 1"),
        (f"log {LOG} https://a.example b\nquorum none", "says nothing here"),
        ("quorum none\x07", "a control sign"),
        ("quorum none\r\n", "a control sign"),
    ],
)
def test_what_is_no_policy_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(PolicyInvalid, match=said):
        policies.parse(text)
