"""`kompeten certificate list|export|verify|upgrade`: what was issued, as files, and whether they hold and last."""

import argparse
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kompeten.certificates import actions, queries
from kompeten.foundation import clock
from kompeten.foundation.qr import PictureUnreadable
from kompeten.kernel.tlog import policies
from kompeten.kernel.tlog.notes import NoteMalformed
from kompeten.kernel.tlog.policies import Policy, PolicyInvalid
from kompeten.ops import prepare
from kompeten.ops.commands import Misuse, No, command, noun
from kompeten.ops.output import answer, table
from kompeten.register import queries as register_queries
from kompeten.register.labels import FINDING, NOT_CHECKED, PART
from kompeten.register.queries import logkeys, pictures
from kompeten.register.terms import Beside, TrustUnreadable, Verdict

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate
    from kompeten.ops.commands import Sub

MARKS = {True: "✓", False: "✗", None: "–"}
LARGEST = 30 * 1024 * 1024


def register(sub: "Sub") -> None:
    """Add the noun with its verbs."""
    verbs = noun(sub, "certificate", help="certificates: list, export, verify, upgrade")
    command(verbs, "list", help="list what was published", handler=_list)
    export = command(verbs, "export", help="write sheets and credentials", handler=_export)
    export.add_argument("number", nargs="?", metavar="NUMBER")
    export.add_argument("--all", action="store_true", help="every published certificate")
    export.add_argument("--to", type=Path, required=True, metavar="DIR")
    verify = command(
        verbs, "verify", help="check a file or a bundle", handler=_verify, tables=False
    )
    verify.add_argument("file", type=Path)
    verify.add_argument("--trust", type=Path, help="whom to believe (default: this house)")
    verify.add_argument(
        "--offline", action="store_true", help="ask nobody, this house's register neither"
    )
    verify.add_argument(
        "--status",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a status list you brought along; again for each",
    )
    verify.add_argument("--policy", type=Path, help="file that names log, witnesses and quorum")
    verify.add_argument(
        "--checkpoint", type=Path, metavar="FILE", help="a head of the log you know"
    )
    upgrade = command(verbs, "upgrade", help="append a new time stamp", handler=_upgrade)
    upgrade.add_argument("number", nargs="?", metavar="NUMBER")
    upgrade.add_argument(
        "--older-than",
        type=int,
        metavar="DAYS",
        help="every certificate whose last time stamp is older, or that has none",
    )


def _list(args: argparse.Namespace) -> int:
    rows = [
        {
            "number": c.number,
            "name": (c.content or {})["holder"],
            "scheme": (c.content or {})["scheme"]["code"],
            "valid_from": c.valid_from,
            "valid_until": c.valid_until,
        }
        for c in queries.published().iterator()
    ]
    head = ("number", "name", "scheme", "valid_from", "valid_until")
    answer(args, {"certificates": rows}, table(head, [tuple(row.values()) for row in rows]))
    return 0


def _export(args: argparse.Namespace) -> int:
    if bool(args.number) == args.all:
        raise Misuse("name one NUMBER, or say --all")
    if args.all:
        chosen = list(queries.published())
    else:
        found = queries.by_number(args.number)
        if found is None:
            raise No(f"no published certificate has the number {args.number}")
        chosen = [found]
    args.to.mkdir(parents=True, exist_ok=True)
    files = [path for certificate in chosen for path in _write(certificate, args.to)]
    trust = args.to / "trust.json"
    trust.write_bytes(register_queries.own_trust().read_bytes())
    answer(args, {"files": [str(p) for p in files], "trust": str(trust)}, map(str, files))
    return 0


def _write(certificate: "Certificate", folder: Path) -> tuple[Path, Path]:
    stem = certificate.number.replace("/", "-").replace(" ", "-")
    pdf, credential = folder / f"{stem}.pdf", folder / f"{stem}.json"
    pdf.write_bytes(queries.pdf(certificate))
    credential.write_bytes(queries.credential(certificate))
    return pdf, credential


def _upgrade(args: argparse.Namespace) -> int:
    if (args.number is None) == (args.older_than is None):
        raise Misuse("name one NUMBER, or say --older-than DAYS")
    at = clock.now()
    if args.number is not None:
        found = queries.by_number(args.number)
        if found is None:
            raise No(f"no published certificate has the number {args.number}")
        due = [found]
    else:
        due = list(queries.stamped_before(at - timedelta(days=args.older_than)))
    if queries.timestamper() is None:
        raise No("no time-stamp authority is named; set KOMPETEN_TIMESTAMP_URL")
    done = actions.stamp(due, at=at)
    answer(args, {"stamped": done, "due": len(due)}, [f"{done} of {len(due)} stamped"])
    return 0 if done == len(due) else 1


def _verify(args: argparse.Namespace) -> int:
    if args.file.stat().st_size > LARGEST:
        raise Misuse(f"{args.file} is too large to be a certificate")
    try:
        verdict = _verdict(args)
    except TrustUnreadable as problem:
        raise Misuse(f"{problem}; name a trust file with --trust") from problem
    except (PolicyInvalid, NoteMalformed, UnicodeDecodeError) as problem:
        raise Misuse(f"{args.policy}: {problem}") from problem
    answer(args, _report(verdict), _lines(verdict))
    return 0 if verdict.ok else 1


def _verdict(args: argparse.Namespace) -> Verdict:
    """Ask this house's register, unless what to believe is brought along or nobody is to be asked."""
    data, at = _handed_in(args.file), clock.now()
    if not (args.offline or args.trust or args.status or args.policy or args.checkpoint):
        if not register_queries.own_trust().exists():
            raise TrustUnreadable("this house has no keys yet")
        prepare.tables()
        return register_queries.judge(data, at=at)[0]
    beside = Beside(
        lists=tuple(path.read_bytes() for path in args.status),
        policy=_policy(args),
        checkpoint=args.checkpoint.read_bytes() if args.checkpoint else b"",
    )
    trust = args.trust or register_queries.own_trust()
    return register_queries.verify(data, at=at, trust=trust, beside=beside)


def _handed_in(file: Path) -> bytes:
    try:
        return pictures.handed_in(file.read_bytes())
    except (PictureUnreadable, pictures.NoCode) as problem:
        raise Misuse(f"{file}: {problem}") from problem


def _policy(args: argparse.Namespace) -> Policy | None:
    """Return whom of the log to believe: who is named, else this house's own if its keys are believed."""
    if args.policy:
        return policies.parse(args.policy.read_text(encoding="utf-8"))
    return None if args.trust else logkeys.policy()


def _report(verdict: Verdict) -> dict[str, Any]:
    return {
        "ok": verdict.ok,
        "kind": verdict.kind,
        "findings": [asdict(finding) for finding in verdict.findings],
        "facts": dict(verdict.facts),
        "not_checked": verdict.not_checked,
    }


def _lines(verdict: Verdict) -> list[str]:
    return [
        "VALID" if verdict.ok else "NOT VALID",
        *(
            f"{MARKS[f.holds]} {PART[f.part]}: {FINDING[f.code]} {f.detail}".rstrip()
            for f in verdict.findings
        ),
        *(f"    {fact.value}: {line}" for fact, line in verdict.facts),
        *(f"? {NOT_CHECKED[code]}" for code in verdict.not_checked),
    ]
