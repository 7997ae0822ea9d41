"""What follows from what a verifier has found? Pure; no file, no clock, no cryptography."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from kompeten.certificates.terms import Fact, State
from kompeten.register.terms import Finding, Kind, Known, Part, Status, Tenure, Verdict, When

# Without these four there is no yes; the status is known to the register alone.
REQUIRED = (Part.SIGNATURE, Part.ISSUER, Part.AGREEMENT, Part.VALIDITY)

# What no file can say of itself, however well it is signed.
NEVER_IN_A_FILE = ("status.register", "paper.same_facts", "holder.same_person")


def verdict(
    kind: Kind,
    findings: Sequence[Finding],
    *,
    facts: Iterable[tuple[Fact, str]] = (),
    not_checked: Iterable[str] = (),
    signed_digest: str = "",
) -> Verdict:
    """Return the verdict that `findings` allow; a required part that was not reached does not hold."""
    found = {finding.part: finding for finding in findings}
    whole = [found.get(part, Finding(part, f"{part}.not_reached", holds=None)) for part in REQUIRED]
    if Part.TIME in found:
        whole.insert(1, found[Part.TIME])
    if Part.COUNTERSIGNATURE in found:
        whole.append(found[Part.COUNTERSIGNATURE])
    status = found.get(Part.STATUS, Finding(Part.STATUS, "status.not_checked", holds=None))
    whole += [status, *(found[part] for part in (Part.LOG, Part.WITNESSES) if part in found)]
    never = NEVER_IN_A_FILE if status.holds is None else NEVER_IN_A_FILE[1:]
    holds = {finding.part: finding.holds for finding in whole}
    believed = holds[Part.SIGNATURE] and holds[Part.ISSUER] and holds.get(Part.TIME) is not False
    return Verdict(
        ok=all(holds[part] for part in REQUIRED) and False not in holds.values(),
        kind=kind,
        findings=tuple(whole),
        facts=tuple(facts) if believed else (),
        not_checked=(*never, *not_checked),
        signed_digest=signed_digest,
    )


def informed(verdict: Verdict, known: Known | None, *, at: datetime) -> Verdict:
    """Return the verdict with what the register knows of the certificate at `at`: no open question any more.

    Days are judged by the verdict itself; here count suspension, withdrawal and replacement, and
    that the register issued this very file: a stolen key signs, but it enters nothing. A number that
    the register never gave is None.
    """
    if known is None:
        return with_findings(verdict, Finding(Part.LOG, "log.no_such_number", holds=False))
    code = _KNOWN.get(known.status, "status.clear")
    detail = at.isoformat("T", "minutes")
    status = Finding(Part.STATUS, code, holds=known.status not in _KNOWN, detail=detail)
    if verdict.signed_digest and verdict.signed_digest not in known.digests:
        return with_findings(verdict, status, Finding(Part.LOG, "log.other_file", holds=False))
    if known.leaf is None:  # issued before there was a log
        return with_findings(verdict, status)
    return with_findings(
        verdict, status, Finding(Part.LOG, "log.entered", holds=True, detail=str(known.leaf))
    )


def with_findings(verdict: Verdict, *more: Finding) -> Verdict:
    """Return the verdict with further findings; one on a part that was judged takes its place.

    What was found not to hold before stays so.
    """
    refused = {f.part for f in verdict.findings if f.holds is False}
    added = {f.part: f for f in more if f.part not in refused}
    kept = [f for f in verdict.findings if f.part not in added]
    findings = (*kept, *added.values())
    answered = any(f.part is Part.STATUS and f.holds is not None for f in findings)
    return replace(
        verdict,
        ok=verdict.ok and all(f.holds is not False for f in findings),
        findings=tuple(sorted(findings, key=lambda f: list(Part).index(f.part))),
        not_checked=tuple(
            code for code in verdict.not_checked if code != NEVER_IN_A_FILE[0] or not answered
        ),
    )


_KNOWN = {
    Status.SUSPENDED: "status.suspended",
    Status.WITHDRAWN: "status.withdrawn",
    Status.REPLACED: "status.replaced",
}
# What an act of the body makes of a certificate; it comes before what the days say.
_OF_STATES = {
    State.SUSPENDED: Status.SUSPENDED,
    State.WITHDRAWN: Status.WITHDRAWN,
    State.REPLACED: Status.REPLACED,
}


def status(state: State, first: date, last: date, *, on: date) -> Status:
    """Return what a published certificate is on the day `on`; the last day is within.

    >>> status(State.PUBLISHED, date(2026, 11, 21), date(2031, 11, 20), on=date(2031, 11, 21)).value
    'expired'
    >>> status(State.SUSPENDED, date(2026, 11, 21), date(2031, 11, 20), on=date(2031, 11, 21)).value
    'suspended'
    """
    if state in _OF_STATES:
        return _OF_STATES[state]
    if on < first:
        return Status.NOT_YET
    return Status.EXPIRED if on > last else Status.VALID


def validity(first: date, last: date, *, on: date) -> Finding:
    """Judge a period of days, both within, on the day `on`.

    >>> validity(date(2026, 11, 21), date(2031, 11, 20), on=date(2031, 11, 20)).code
    'validity.current'
    >>> validity(date(2026, 11, 21), date(2031, 11, 20), on=date(2031, 11, 21)).code
    'validity.expired'
    """
    if on < first:
        return Finding(Part.VALIDITY, "validity.not_yet", holds=False, detail=first.isoformat())
    if on > last:
        return Finding(Part.VALIDITY, "validity.expired", holds=False, detail=last.isoformat())
    return Finding(Part.VALIDITY, "validity.current", holds=True, detail=last.isoformat())


def key_fault(tenure: Tenure, when: When) -> str:
    """Return why a signature does not count that a trusted key has made, as a code; "" if it does.

    A compromised key counts for what is proven to have existed before, on somebody else's word: a
    date within the signature is worth nothing once strangers may have written it.

    >>> from datetime import UTC
    >>> lost = Tenure(compromised_at=datetime(2027, 3, 1, tzinfo=UTC))
    >>> key_fault(lost, When(datetime(2028, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)))
    'issuer.compromised'
    >>> key_fault(lost, When(datetime(2028, 1, 1, tzinfo=UTC), proven=datetime(2027, 1, 1, tzinfo=UTC)))
    ''
    """
    lost = tenure.compromised_at
    if lost is not None and (when.proven is None or when.proven >= lost):
        return "issuer.compromised"
    if when.claimed is None:
        return ""
    early = tenure.begins is not None and when.claimed < tenure.begins
    late = tenure.ends is not None and when.claimed >= tenure.ends
    return "issuer.not_in_use" if early or late else ""
