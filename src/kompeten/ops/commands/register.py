"""`kompeten register status|verify|export|bundle|erase|cosign|repair|recover|witness`: the log nobody rewrites."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from kompeten.certificates import queries as certificates
from kompeten.foundation import clock, words
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.tlog import policies
from kompeten.kernel.tlog.notes import ED25519, NoteMalformed, VerifierKey
from kompeten.kernel.tlog.policies import Party, Policy, PolicyInvalid
from kompeten.ops import export, operator, witness
from kompeten.ops.commands import Misuse, No, command, noun
from kompeten.ops.output import answer, progress
from kompeten.register.actions import erasing, witnessing
from kompeten.register.actions import log as actions
from kompeten.register.labels import FINDING
from kompeten.register.queries import erasing as erased
from kompeten.register.queries import log, logkeys
from kompeten.register.terms.log import LogForked, LogKeyMissing

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub


def register(sub: "Sub") -> None:
    """Add the noun with its verbs."""
    verbs = noun(sub, "register", help="the public log: verify, export, witness")
    command(verbs, "status", help="how large the log is, and who has witnessed it", handler=_status)
    _add_verify(verbs)
    leave = command(
        verbs, "export", help="write the whole public register as static files", handler=_export
    )
    leave.add_argument("folder", type=Path, metavar="DIR")
    bundle = command(
        verbs, "bundle", help="write sheet, credential and proof in one file", handler=_bundle
    )
    bundle.add_argument("number", metavar="NUMBER")
    bundle.add_argument("--to", type=Path, required=True, metavar="FILE")
    command(verbs, "cosign", help="ask the witnesses for the newest head", handler=_cosign)
    command(verbs, "repair", help="write all files of the log anew", handler=_repair)
    command(
        verbs,
        "recover",
        help="after an old backup was brought back: take in what the published files hold",
        handler=_recover,
    )
    erase = command(
        verbs,
        "erase",
        help="propose that the log's entries of a certificate can be opened no more (UU 27/2022)",
        handler=_erase,
    )
    erase.add_argument("number", metavar="NUMBER")
    erase.add_argument("--ground", required=True, help="the request: its number and day")
    _add_witness(verbs)


def _add_verify(verbs: "Sub") -> None:
    verify = command(
        verbs,
        "verify",
        help="count the log anew: this house's, or the files in DIR without asking anybody",
        handler=_verify,
        tables=False,
    )
    verify.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    verify.add_argument(
        "--key",
        metavar="KEY",
        action="append",
        help="the log's public key (default: this house's); again for one it had before",
    )
    verify.add_argument("--policy", type=Path, help="file that names log, witnesses and quorum")
    verify.add_argument("--since", type=Path, metavar="CHECKPOINT", help="an older head you kept")


def _add_witness(verbs: "Sub") -> None:
    run = command(
        verbs, "witness", help="cosign logs that only grow", handler=_witness, tables=False
    )
    run.add_argument("--name", required=True, help="as in `bbppks-1.example/witness`")
    run.add_argument(
        "--log", action="append", metavar="KEY", help="public key of a log; again for each"
    )
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8900)
    run.add_argument("--show", action="store_true", help="print the line for the policy, then end")


def _status(args: argparse.Namespace) -> int:
    state = log.state()
    lines = [
        f"log         {state.origin or '(not begun)'}",
        f"key         {state.key}",
        f"entries     {state.entries}",
        f"signed head {state.size}  {state.root}",
        f"witnessed   by {state.cosigned} of {len(state.witnesses)}",
        *(
            f"  {w.name}  {w.cosigned_at or '–'}  {w.answer or ''}".rstrip()
            for w in state.witnesses
        ),
    ]
    answer(args, state, lines)
    return 0 if not state.alarms and state.is_witnessed else 1


def _verify(args: argparse.Namespace) -> int:
    policy = _policy(args)
    since = args.since.read_bytes() if args.since else None
    place = _place(args.folder) if args.folder else None
    found = log.examine(place, policy=policy, since=since)
    faults = [*found.faults, *(() if args.folder else log.flaws())]
    entries = found.checkpoint.size if found.checkpoint else 0
    witnesses = found.witnesses
    enough = witnesses is None or witnesses.holds is not False
    payload = {"ok": not faults and enough, "entries": entries, "witnesses": witnesses}
    lines = [*faults] or [f"{entries} entries, whole and signed"]
    if witnesses is not None:
        lines.append(f"{FINDING[witnesses.code]} {witnesses.detail}")
    answer(args, payload | {"faults": faults}, lines)
    return 0 if not faults and enough else 1


def _place(folder: Path) -> Path:
    """Return the folder that holds the log's files. :raises Misuse: none does"""
    if not folder.is_dir():
        raise Misuse(f"{folder} is no folder")
    inner = folder / logkeys.FOLDER
    return inner if inner.is_dir() else folder


def _policy(args: argparse.Namespace) -> Policy:
    """Return whom to believe; never what the files themselves say."""
    try:
        if args.policy:
            return policies.parse(args.policy.read_text(encoding="utf-8"))
        if args.key:
            return Policy(tuple(Party(VerifierKey.parse(key)) for key in args.key))
        found = logkeys.policy()
    except (PolicyInvalid, NoteMalformed, UnicodeDecodeError) as problem:
        raise Misuse(str(problem)) from problem
    if not found.logs:
        raise Misuse("this house has no log; name the log's public key with --key")
    return found


def _export(args: argparse.Namespace) -> int:
    done = export.export(args.folder, at=clock.now())
    line = f"{done.entries} entries: {done.written} files written, {done.kept} were there"
    answer(args, done._asdict(), [line])
    return 0


def _bundle(args: argparse.Namespace) -> int:
    found = certificates.by_number(args.number)
    if found is None:
        raise No(f"no published certificate has the number {args.number}")
    content = log.bundle(found)
    if content is None:
        raise No("there is no proof of it: its entry is not signed yet, or its salt was erased")
    args.to.write_bytes(content)
    answer(args, {"file": str(args.to), "bytes": len(content)}, [str(args.to)])
    return 0


def _erase(args: argparse.Namespace) -> int:
    at, found = clock.now(), certificates.by_number(args.number)
    if found is None:
        raise No(f"no published certificate has the number {args.number}")
    try:
        erasing.propose(found, ground=args.ground, by=operator.registrar(at=at), at=at)
    except StepRefused as refusal:
        raise No(" ".join(words.reason(code) for code in refusal.reasons)) from refusal
    count = erased.salted(found)
    lines = [
        f"proposed: {count} entries of {found.number} can be opened no more once somebody else agrees",
        f"the director or an administrator does so at /kantor/sertifikat/{found.ref}/penghapusan/",
    ]
    answer(args, {"number": found.number, "entries": count, "state": "proposed"}, lines)
    return 0


def _cosign(args: argparse.Namespace) -> int:
    done = actions.cosign(at=clock.now())
    state = log.state()
    line = f"{done} new cosignatures; {state.cosigned} of {len(state.witnesses)} have this head"
    answer(args, {"new": done, "state": state}, [line])
    return 0 if not state.alarms and state.is_witnessed else 1


def _repair(args: argparse.Namespace) -> int:
    try:
        written = actions.repair()
    except (LogForked, LogKeyMissing) as problem:
        raise No(str(problem)) from problem
    answer(args, {"written": written}, [f"{written} files written"])
    return 0


def _recover(args: argparse.Namespace) -> int:
    try:
        found = actions.recover(at=clock.now())
    except (LogForked, LogKeyMissing) as problem:
        raise No(str(problem)) from problem
    line = f"{found} entries taken in; the log goes on behind them"
    answer(args, {"recovered": found}, [line])
    return 0


def _witness(args: argparse.Namespace) -> int:
    folder = Path(settings.DATA_DIR) / "witness"
    try:
        logs = [VerifierKey.parse(text) for text in args.log or ()]
        own = witnessing.key(folder, name=args.name, passphrase=settings.KEY_PASSPHRASE.encode())
    except (NoteMalformed, witnessing.KeyUnreadable) as problem:
        raise Misuse(str(problem)) from problem
    url = f"http://{args.host}:{args.port}"
    line = f"witness {args.name} {own.verifier} {url}"
    if args.show:
        answer(args, {"line": line, "key": str(own.verifier)}, [line])
        return 0
    if not logs or any(known.kind != ED25519 for known in logs):
        raise Misuse("name each log by its public key with --log; /log/policy of its site tells it")
    for text in _welcome(line):
        progress(text)
    witness.serve(
        witnessing.witness(own, logs=logs, folder=folder),
        host=args.host,
        port=args.port,
        now=lambda: int(clock.now().timestamp()),
    )
    return 0


def _welcome(line: str) -> Iterator[str]:
    yield "witness: it answers; the log's policy needs this line (with the address from outside):"
    yield line
