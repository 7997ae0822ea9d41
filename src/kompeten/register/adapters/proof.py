"""Does a proof show, without a network, that an entry stands in the log, and who has seen it there?

Source: c2sp.org/tlog-proof, c2sp.org/tlog-policy.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from kompeten.kernel.tlog import merkle
from kompeten.kernel.tlog.checkpoints import Checkpoint
from kompeten.kernel.tlog.notes import NoteMalformed, VerifierKey
from kompeten.kernel.tlog.policies import Policy
from kompeten.kernel.tlog.proofs import LogProof
from kompeten.register.adapters import notes
from kompeten.register.terms import Finding, Part, Refused


def verify_proof(text: str, entry: bytes, *, policy: Policy) -> tuple[Finding, Finding]:
    """Return what can be said of the log, and of its witnesses; never raises for bad input.

    The first finding holds if a log of the policy has signed a head that covers `entry` where the
    proof says; its detail tells where. The second holds if the policy's quorum has cosigned that head
    (without a quorum: None if nobody has); its detail tells how many, and since when enough.
    """
    try:
        proof = LogProof.parse(text)
        opened, checkpoint = _head(proof.checkpoint, policy)
        _included(proof, checkpoint, entry)
    except Refused as refusal:
        return refusal.finding, Finding(Part.WITNESSES, "witnesses.not_reached", holds=None)
    except NoteMalformed as error:
        unreadable = Finding(Part.LOG, "log.unreadable", holds=False, detail=str(error))
        return unreadable, Finding(Part.WITNESSES, "witnesses.not_reached", holds=None)
    place = f"{proof.index} / {checkpoint.size}, {checkpoint.origin}"
    return Finding(Part.LOG, "log.holds", holds=True, detail=place), witnessed(opened, policy)


def witnessed(cosigned: Mapping[VerifierKey, int], policy: Policy) -> Finding:
    """Judge the witnesses that have cosigned a head, by the time each did (seconds since 1970)."""
    count, known = len(cosigned), len(policy.witnesses)
    seconds = policy.met_at(cosigned)
    since = "" if seconds is None else f", {datetime.fromtimestamp(seconds, UTC).isoformat()}"
    detail = f"{count} / {known}{since}"
    if not policy.is_met_by(cosigned.keys()):
        return Finding(Part.WITNESSES, "witnesses.too_few", holds=False, detail=detail)
    if not count:
        return Finding(Part.WITNESSES, "witnesses.none", holds=None, detail=detail)
    return Finding(Part.WITNESSES, "witnesses.hold", holds=True, detail=detail)


def _head(note: str, policy: Policy) -> tuple[Mapping[VerifierKey, int], Checkpoint]:
    """Return the cosignatures that hold and the head, signed by a log of the policy."""
    logs = {party.key for party in policy.logs}
    witnesses = {party.key for party in policy.witnesses.values()}
    try:
        opened = notes.opened(note.encode(), logs | witnesses)
    except notes.NoteBroken as error:
        raise Refused(Part.LOG, "log.broken", str(error)) from error
    checkpoint = Checkpoint.parse(opened.note.text)
    if not any(key in opened.by and key.name == checkpoint.origin for key in logs):
        raise Refused(Part.LOG, "log.unknown", checkpoint.origin)
    return opened.cosigned, checkpoint


def _included(proof: LogProof, checkpoint: Checkpoint, entry: bytes) -> None:
    try:
        found = merkle.root_by_inclusion(
            merkle.leaf_hash(entry), proof.index, checkpoint.size, proof.hashes
        )
    except merkle.ProofInvalid as error:
        raise Refused(Part.LOG, "log.not_included", str(error)) from error
    if found != checkpoint.root:
        raise Refused(Part.LOG, "log.not_included")
