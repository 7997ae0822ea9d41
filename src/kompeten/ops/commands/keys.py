"""`kompeten keys …`: which keys sign, what becomes of old and lost ones, and whom we believe beside."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from kompeten.certificates import actions, queries
from kompeten.foundation import clock
from kompeten.ops.commands import Misuse, No, command, noun
from kompeten.ops.output import answer, table
from kompeten.register.actions import logkeys as turning
from kompeten.register.actions.witnessing import KeyUnreadable
from kompeten.register.queries import log, logkeys
from kompeten.register.terms.log import LogForked, LogKeyMissing, LogKeyState, RotationRefused

if TYPE_CHECKING:
    from kompeten.certificates.adapters.trustfile import Key
    from kompeten.kernel.tlog.notes import VerifierKey
    from kompeten.ops.commands import Sub

NIK_DIGITS = 16
SIGN = frozenset({LogKeyState.SIGNING, LogKeyState.LEAVING})
HEAD = ("kind", "key", "from", "until", "compromised_at", "in_use")


def register(sub: "Sub") -> None:
    """Add the noun with its verbs."""
    verbs = noun(sub, "keys", help="signing keys: list, rotate, compromise, crl, stamping, esign")
    command(verbs, "list", help="list every key and its time", handler=_list, tables=False)
    turn = command(
        verbs, "rotate", help="make new keys; the old ones keep their time", handler=_rotate
    )
    _add_log(turn)
    lost = command(
        verbs,
        "compromise",
        help="name a key that is in wrong hands, and list what has to be issued again",
        handler=_compromise,
    )
    lost.add_argument("key", help="its name, as `kompeten keys list` shows it")
    lost.add_argument(
        "--since", type=_instant, metavar="WHEN", help="earliest loss, ISO 8601 (default: now)"
    )
    crl = command(
        verbs, "crl", help="make our revocation list anew, or take another's", handler=_crl,
        tables=False,
    )  # fmt: skip
    crl.add_argument("--take", type=Path, metavar="FILE", help="a list of whoever certified us")
    stamping = command(
        verbs, "stamping", help="believe the time stamps under a root", handler=_stamping,
        tables=False,
    )  # fmt: skip
    stamping.add_argument("root", type=Path, metavar="FILE", help="the root's certificate, PEM")
    esign = command(
        verbs, "esign", help="name who signs at the national service", handler=_esign, tables=False
    )
    esign.add_argument("certificate", type=Path, metavar="FILE", help="the signatory's, PEM")


def _add_log(turn: argparse.ArgumentParser) -> None:
    turn.add_argument(
        "--log", action="store_true", help="the key of the public log instead; it keeps its name"
    )
    steps = turn.add_mutually_exclusive_group()
    steps.add_argument(
        "--finish",
        action="store_true",
        help="with --log: let the one before sign no more, once every witness knows the new one",
    )
    steps.add_argument(
        "--lost",
        action="store_true",
        help="with --log: the one before may be in other hands; it signs no more from now on",
    )
    turn.add_argument(
        "--in-spite", action="store_true", help="with --finish: also if a witness is behind"
    )


def _list(args: argparse.Namespace) -> int:
    rows = [_row(key) for key in queries.key_history()]
    rows += [
        ("log", str(known.verifier), None, None, None, known.state is LogKeyState.SIGNING)
        for known in logkeys.history()
    ]
    answer(
        args,
        {"keys": [dict(zip(HEAD, row, strict=True)) for row in rows]},
        table(HEAD, [tuple("" if cell is None else cell for cell in row) for row in rows]),
    )
    return 0


def _row(key: "Key") -> tuple[object, ...]:
    times = (
        instant.isoformat() if instant else None
        for instant in (key.begins, key.ends, key.compromised_at)
    )
    return (key.kind, key.id, *times, key.is_in_use)


def _rotate(args: argparse.Namespace) -> int:
    if args.log:
        return _rotate_log(args)
    if args.finish or args.lost or args.in_spite:
        raise Misuse("--finish, --lost and --in-spite go with --log")
    actions.rotate_keys(at=clock.now())
    return _list(args)


def _rotate_log(args: argparse.Namespace) -> int:
    if args.in_spite and not args.finish:
        raise Misuse("--in-spite goes with --finish")
    try:
        if args.finish:
            gone = turning.finish(in_spite=args.in_spite)
            lines = [f"{gone} signs no more; what it signed is believed as before"]
        else:
            signed = [known.verifier for known in logkeys.history() if known.state in SIGN]
            turning.replace_lost() if args.lost else turning.rotate()
            lines = list(_told(signed, is_lost=args.lost))
    except (RotationRefused, LogForked, LogKeyMissing, KeyUnreadable) as problem:
        raise No(str(problem)) from problem
    keys = [{"key": str(known.verifier), "state": known.state} for known in logkeys.history()]
    answer(args, {"keys": keys}, lines)
    return 0


def _told(signed: "Sequence[VerifierKey]", *, is_lost: bool) -> Iterator[str]:
    yield f"the log is signed with {logkeys.history()[0].verifier}"
    if is_lost:
        for gone in signed:
            yield f"{gone} signs no more, and is believed no more"
        yield "take that out at every witness, put the new one in, and tell whoever checks the log"
        return
    yield f"and, until you say --finish, with {signed[0]}"
    yield "tell the new key to every witness and to whoever checks the log; /log/policy names both"


def _compromise(args: argparse.Namespace) -> int:
    at = clock.now()
    asked = args.since or at
    if asked > at:
        raise Misuse("--since lies in the future")
    before = _key(args.key)
    renewed = actions.report_compromise(args.key, since=asked, at=at)
    key = _key(args.key)
    # A key may be found to have been lost earlier than was thought, never later: what holds is what is kept.
    since = key.compromised_at or asked
    again = queries.unproven(
        signed_from=key.begins,
        signed_until=key.ends or at,
        since=since,
        witnessed=log.witnessed_before(since),
    )
    numbers = list(again.values_list("number", flat=True))
    lines = [
        *(
            [f"it was reported before, as lost since {since.isoformat()}; that stays"]
            if before.compromised_at and since < asked
            else []
        ),
        f"{args.key} is no longer believed for what is not proven to be older than {since.isoformat()}",
        *(["new keys were made and are in use"] if renewed else []),
        f"{len(numbers)} to be issued again:",
        *numbers,
    ]
    report = {"key": args.key, "since": since.isoformat(), "renewed": renewed}
    answer(args, {**report, "to_be_issued_again": numbers}, lines)
    return 0


def _key(name: str) -> "Key":
    """Return a key of the history by its name. :raises No: there is none"""
    found = next((key for key in queries.key_history() if key.id == name), None)
    if found is None:
        raise No(f"no key is called {name}; `kompeten keys list` names them")
    return found


def _crl(args: argparse.Namespace) -> int:
    if args.take:
        try:
            path = actions.take_revocation_list(args.take.read_bytes())
        except ValueError as problem:
            raise No(f"{args.take}: {problem}") from problem
        answer(args, {"taken": str(path)}, [str(path)])
        return 0
    if not actions.renew_revocation_list(at=clock.now()):
        raise No("this house is no authority; bring the list of yours with --take FILE")
    answer(args, {"renewed": True}, ["the revocation list was made anew"])
    return 0


def _stamping(args: argparse.Namespace) -> int:
    try:
        name = actions.trust_timestamps(args.root.read_bytes())
    except ValueError as problem:
        raise No(f"{args.root} is no certificate in PEM") from problem
    answer(args, {"root": name}, [name])
    return 0


def _esign(args: argparse.Namespace) -> int:
    # Asked for, not taken as arguments: those stand in the list of processes and in the shell's history.
    nik, passphrase = getpass("NIK: ").strip(), getpass("Passphrase: ")
    if len(nik) != NIK_DIGITS or not nik.isdigit() or not passphrase:
        raise Misuse("a NIK has 16 digits, and the passphrase is not empty")
    try:
        pem = args.certificate.read_bytes()
        name = actions.name_signatory(nik, passphrase, pem, at=clock.now())
    except ValueError as problem:
        raise No(f"{args.certificate} is no certificate in PEM") from problem
    answer(args, {"signatory": name}, [name])
    return 0


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"{text} names no time zone, as 2026-12-01T08:00+07:00 does"
        )
    return instant
