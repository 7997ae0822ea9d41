"""What follows from what a verifier has found? Pure; no file, no clock, no cryptography."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from kompeten.certificates.terms import Fact, State
from kompeten.register.terms import Finding, Kind, Part, Status, Tenure, Verdict, When

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
) -> Verdict:
    """Return the verdict that `findings` allow; a required part that was not reached does not hold."""
    found = {finding.part: finding for finding in findings}
    whole = [found.get(part, Finding(part, f"{part}.not_reached", holds=None)) for part in REQUIRED]
    if Part.TIME in found:
        whole.insert(1, found[Part.TIME])
    if Part.COUNTERSIGNATURE in found:
        whole.append(found[Part.COUNTERSIGNATURE])
    whole.append(found.get(Part.STATUS, Finding(Part.STATUS, "status.not_checked", holds=None)))
    holds = {finding.part: finding.holds for finding in whole}
    believed = holds[Part.SIGNATURE] and holds[Part.ISSUER] and holds.get(Part.TIME) is not False
    return Verdict(
        ok=all(holds[part] for part in REQUIRED) and False not in holds.values(),
        kind=kind,
        findings=tuple(whole),
        facts=tuple(facts) if believed else (),
        not_checked=(*NEVER_IN_A_FILE, *not_checked),
    )


def informed(verdict: Verdict, status: Status, *, at: datetime) -> Verdict:
    """Return the verdict with what the register knows of the certificate at `at`: no open question any more.

    Days are judged by the verdict itself; here count suspension, withdrawal and replacement.
    """
    code = _KNOWN.get(status, "status.clear")
    detail = at.isoformat("T", "minutes")
    finding = Finding(Part.STATUS, code, holds=status not in _KNOWN, detail=detail)
    return replace(
        verdict,
        ok=verdict.ok and bool(finding.holds),
        findings=tuple(finding if f.part is Part.STATUS else f for f in verdict.findings),
        not_checked=tuple(code for code in verdict.not_checked if code != NEVER_IN_A_FILE[0]),
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
