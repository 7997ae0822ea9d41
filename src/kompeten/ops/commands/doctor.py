"""`kompeten doctor`: look at keys, database, clock, jobs, disk and files, and say what to do."""

import argparse
from typing import TYPE_CHECKING

from kompeten.foundation import clock
from kompeten.ops import doctor
from kompeten.ops.commands import command
from kompeten.ops.findings import Finding, is_well
from kompeten.ops.output import answer

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub


def register(sub: "Sub") -> None:
    """Add the noun."""
    command(sub, "doctor", help="say what is not well here", handler=_doctor, tables=False)


def _doctor(args: argparse.Namespace) -> int:
    findings = doctor.examine(at=clock.now())
    well = is_well(findings)
    lines = [_line(finding) for finding in findings]
    answer(args, {"well": well, "findings": findings}, lines)
    return 0 if well else 1


def _line(finding: Finding) -> str:
    text = f"{finding.level.value:<8} {finding.subject:<13} {finding.text}"
    return f"{text} → {finding.advice}" if finding.advice else text
