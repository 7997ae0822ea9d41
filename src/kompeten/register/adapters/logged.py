"""What does the proof in a bundle say: of which certificate, in which log, and known to others since when?"""

from datetime import UTC, datetime

from kompeten.certificates.terms import Fact
from kompeten.kernel.tlog.checkpoints import Checkpoint
from kompeten.kernel.tlog.notes import NoteMalformed
from kompeten.kernel.tlog.policies import Policy
from kompeten.kernel.tlog.proofs import LogProof
from kompeten.register.adapters import notes, proof
from kompeten.register.adapters.bundle import Bundle
from kompeten.register.rules import log as rules
from kompeten.register.terms import Beside, Finding, Part, Verdict
from kompeten.register.terms.log import ISSUED, Statement


def judge(parts: Bundle, *, beside: Beside) -> tuple[Finding, Finding]:
    """Return what can be said of the log and of its witnesses; never raises for bad input.

    Without a policy nothing can be said. A head that the verifier knows from elsewhere must be the
    same log: of the same size it has the same root, or somebody was shown another history.
    """
    if beside.policy is None:
        return (
            Finding(Part.LOG, "log.not_checked", holds=None),
            Finding(Part.WITNESSES, "witnesses.not_reached", holds=None),
        )
    entry = rules.entry_of(parts.opening)
    log, witnesses = proof.verify_proof(parts.proof, entry, policy=beside.policy)
    if log.holds and beside.checkpoint:
        log = _compared(log, LogProof.parse(parts.proof), beside.checkpoint, beside.policy)
    return log, witnesses


def since(parts: Bundle, *, beside: Beside) -> datetime | None:
    """Return the instant by which the policy's quorum of witnesses had seen the head of the proof, or None."""
    if beside.policy is None:
        return None
    known = {party.key for party in beside.policy.witnesses.values()}
    cosigned = notes.opened(LogProof.parse(parts.proof).checkpoint.encode(), known).cosigned
    seconds = beside.policy.met_at(cosigned)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def is_of(statement: Statement, verdict: Verdict) -> bool:
    """Say whether an entry was made for the certificate that was judged: its number and its very file."""
    number = dict(verdict.facts).get(Fact.NUMBER)
    return not verdict.facts or (
        (statement.type, statement.number, statement.pdf) == (ISSUED, number, verdict.signed_digest)
    )


def _compared(log: Finding, proven: LogProof, known: bytes, policy: Policy) -> Finding:
    try:
        keys = {party.key for party in policy.logs}
        mine = Checkpoint.parse(notes.opened(known, keys).note.text)
        theirs = Checkpoint.parse(notes.opened(proven.checkpoint.encode(), keys).note.text)
    except (notes.NoteBroken, NoteMalformed) as error:
        return Finding(Part.LOG, "log.head_unreadable", holds=False, detail=str(error))
    if mine.origin != theirs.origin or (mine.size == theirs.size and mine.root != theirs.root):
        return Finding(Part.LOG, "log.forked", holds=False, detail=f"{mine.size}")
    return log
