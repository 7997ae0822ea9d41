"""Can this be believed? One verdict for a PDF, a credential, a token or a QR code, from its bytes alone.

Nothing is asked of anybody: no network, no database, no clock. Who may be trusted is given, and so
is the time.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from kompeten.certificates.terms import Fact
from kompeten.kernel import baking, digest
from kompeten.register import rules
from kompeten.register.adapters import bundle as bundles
from kompeten.register.adapters import (
    chain,
    cms,
    countersign,
    credential,
    jwt,
    logged,
    pdf,
    statuslist,
    timestamp,
    token,
)
from kompeten.register.terms import Beside, Finding, Kind, Part, Refused, Trust, Verdict, When
from kompeten.register.terms.log import BundleUnreadable

# A signature without a time stamp says when by the body's own word only.
_OWN_WORD = "time.own_statement"
_NO_TIME = "time.not_stated"
_REVOCATION = "issuer.revocation"
_PAGE_TEXT = "paper.page_text"

# A stamp from the future is none; but a verifier's clock may be slow.
CLOCKS_APART = timedelta(minutes=5)
NOTHING = Beside()


def verify(
    data: bytes,
    *,
    trust: Trust,
    at: datetime,
    proven: datetime | None = None,
    beside: Beside = NOTHING,
) -> Verdict:
    """Return the verdict on `data` at the time `at`; never raises for bad input.

    `proven` is an instant at which the certificate is known to have existed, on the word of somebody
    other than the body: that of the log, say. A changed, added or missing byte anywhere makes it not
    ok. About 5 ms for a PDF. Of a picture that carries a credential (Open Badges) only the
    credential is judged; anybody may have drawn it. Of a bundle the sheet is judged, and the proof that it
    stands in the log.
    """
    kind, when = sniff(data), When(at, proven=proven)
    try:
        if (carried := _carried(data)) is not None:
            kind = Kind.CREDENTIAL
            verdict = _credential(carried, trust=trust, when=when, beside=beside)
            return replace(verdict, not_checked=(*verdict.not_checked, _PAGE_TEXT))
        if kind is Kind.PDF:
            return _pdf(data, trust=trust, when=when, beside=beside)
        if kind is Kind.BUNDLE:
            return _bundle(data, trust=trust, when=when, beside=beside)
        if kind is Kind.CREDENTIAL:
            return _credential(data, trust=trust, when=when, beside=beside)
        if kind is Kind.JWT:
            return _jwt(data.strip(), trust=trust, when=when, beside=beside)
        if kind is Kind.QR:
            return _qr(data.decode(), trust=trust, when=when, beside=beside)
    except Refused as refusal:
        return rules.verdict(kind, [refusal.finding])
    unknown = Finding(Part.SIGNATURE, "file.unknown", holds=False)
    return rules.verdict(Kind.UNKNOWN, [unknown])


def sniff(data: bytes) -> Kind:
    """Return what `data` claims to be, by its first bytes."""
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return Kind.BUNDLE
    if data.startswith(b"{"):
        return Kind.CREDENTIAL
    if data.startswith((b"https://", b"http://")) and b"#" in data and data.isascii():
        return Kind.QR
    return Kind.JWT if jwt.is_token(data.strip()) else Kind.UNKNOWN


def signed_digest(data: bytes) -> str:
    """Return the digest of what was signed: of a sheet without what was appended, of a credential; or "".

    Of a token it is that of the credential in it.
    """
    data, kind = _carried(data) or data, sniff(_carried(data) or data)
    try:
        if kind is Kind.BUNDLE:
            data, kind = bundles.unpack(data).sheet, Kind.PDF
        if kind is Kind.PDF:
            return f"sha256:{pdf.read(data).signed_sha256}"
    except (Refused, BundleUnreadable):
        return ""
    if kind is Kind.JWT:
        data, kind = in_token(data), Kind.CREDENTIAL
    return digest.of_bytes(data) if kind is Kind.CREDENTIAL else ""


def in_token(data: bytes) -> bytes:
    """Return the bytes of the credential in a token, which nobody has verified; b"" if there are none."""
    return jwt.payload(data.strip())


def _carried(data: bytes) -> bytes | None:
    """Return the credential within a picture, or None where there is none."""
    carried = baking.unbake(data) if baking.is_badge(data) else None
    return carried.encode() if carried and sniff(carried.encode()) is Kind.CREDENTIAL else None


def _bundle(data: bytes, *, trust: Trust, when: When, beside: Beside) -> Verdict:
    # 1. The proof: an entry that nobody can rewrite, and since when others have seen it.
    try:
        parts = bundles.unpack(data)
    except BundleUnreadable as error:
        raise Refused(Part.SIGNATURE, "file.no_bundle", str(error)) from error
    log, witnesses = logged.judge(parts, beside=beside)
    proven = logged.since(parts, beside=beside) if log.holds and witnesses.holds else None
    # 2. The sheet by itself, as old as it is proven to be.
    when = When(when.at, proven=min(filter(None, (proven, when.proven)), default=None))
    verdict = _pdf(parts.sheet, trust=trust, when=when, beside=beside)
    verdict = replace(verdict, kind=Kind.BUNDLE)
    # 3. The entry is that of this certificate, and the credential beside the sheet the one within it.
    if log.holds is not False and not logged.is_of(parts.opening.statement, verdict):
        log = Finding(Part.LOG, "log.other_certificate", holds=False)
    found = [log, witnesses]
    if pdf.read(parts.sheet).attachments != (parts.credential,):
        found.append(Finding(Part.AGREEMENT, "agreement.other_credential", holds=False))
    return rules.with_findings(verdict, *found)


def _pdf(data: bytes, *, trust: Trust, when: When, beside: Beside) -> Verdict:
    # 1. What others say of its age: time stamps over the whole of it.
    read = pdf.read(data)
    time, stamped = _time(read, trust=trust, when=when)
    when = When(when.at, read.claimed, min(filter(None, (stamped, when.proven)), default=None))
    # 2. The signature over every byte, and who made it.
    lists = [one for one in read.evidence if chain.is_revocation_list(one)]
    signature, issuer = cms.verify(read.message, read.sha256, trust=trust, when=when, crls=lists)
    others = [countersign.verify(read.countersigned, trust=trust)] if read.countersigned else []
    # 3. What the signed file carries: one credential, which must hold by itself.
    if len(read.attachments) != 1:
        missing = Finding(Part.AGREEMENT, "agreement.no_credential", holds=False)
        return rules.verdict(Kind.PDF, [signature, time, issuer, missing])
    try:
        inner = credential.verify(read.attachments[0], trust=trust, when=when)
    except Refused as refusal:
        broken = replace(refusal.finding, part=Part.AGREEMENT, code="agreement.credential_broken")
        return rules.verdict(Kind.PDF, [signature, time, issuer, broken])
    # 4. Sheet and credential speak of the same certificate.
    found = {finding.part: finding for finding in inner.findings}
    agreement = found[Part.AGREEMENT]
    if inner.content.number not in read.title or inner.content.holder not in read.title:
        agreement = Finding(Part.AGREEMENT, "agreement.differs", holds=False, detail=read.title)
    elif read.photos != ({inner.content.photo} if inner.content.photo else set()):
        agreement = Finding(Part.AGREEMENT, "agreement.other_photo", holds=False)
    unasked = () if lists else (_REVOCATION,)
    return rules.verdict(
        Kind.PDF,
        [
            signature,
            time,
            issuer,
            agreement,
            found[Part.VALIDITY],
            *others,
            *_status(inner, trust, when, beside),
        ],
        facts=inner.content.facts().items(),
        not_checked=(*unasked, _PAGE_TEXT),
        signed_digest=f"sha256:{read.signed_sha256}",
    )


def _status(
    read: credential.Read | token.Read, trust: Trust, when: When, beside: Beside
) -> tuple[Finding, ...]:
    """Return what the status lists at hand say, if there are any."""
    if not beside.lists:
        return ()
    issuer = next(finding.detail for finding in read.findings if finding.part is Part.ISSUER)
    entries, lists = read.entries, beside.lists
    return (statuslist.finding(entries, lists, issuer=issuer, trust=trust, at=when.at),)


def _time(read: pdf.SignedPdf, *, trust: Trust, when: When) -> tuple[Finding, datetime | None]:
    """Return what the time stamps say, and the earliest of their instants.

    The last is believed if its authority is in force now, each before it if it was when the next
    was made: so a chain of them outlives every single key.

    :raises Refused: one does not hold
    """
    moment, stamp = when.at, None
    for found in reversed(read.stamps):
        stamp = timestamp.verify(found.token, found.sha256, roots=trust.timestamping, at=moment)
        if stamp.at > moment + CLOCKS_APART:
            raise Refused(Part.TIME, "time.stamp_order", stamp.at.isoformat())
        moment = stamp.at
    if stamp is None:
        claimed = read.claimed.isoformat() if read.claimed else ""
        return Finding(Part.TIME, "time.own_statement", holds=None, detail=claimed), None
    detail = f"{stamp.at.isoformat()}, {stamp.authority}"
    return Finding(Part.TIME, "time.stamped", holds=True, detail=detail), stamp.at


def _credential(data: bytes, *, trust: Trust, when: When, beside: Beside) -> Verdict:
    read = credential.verify(data, trust=trust, when=when)
    facts = read.content.facts().items()
    return rules.verdict(
        Kind.CREDENTIAL,
        (*read.findings, *_status(read, trust, when, beside)),
        facts=facts,
        not_checked=(_OWN_WORD, _REVOCATION),
        signed_digest=digest.of_bytes(data),
    )


def _jwt(data: bytes, *, trust: Trust, when: When, beside: Beside) -> Verdict:
    read = jwt.verify(data, trust=trust, when=when)
    return rules.verdict(
        Kind.JWT,
        (*read.findings, *_status(read, trust, when, beside)),
        facts=read.content.facts().items(),
        not_checked=(_NO_TIME, _REVOCATION),
        signed_digest=signed_digest(data),
    )


def _qr(text: str, *, trust: Trust, when: When, beside: Beside) -> Verdict:
    read = token.verify(text, trust=trust, when=when)
    left_out = [fact for fact in Fact if fact not in dict(read.facts)]
    cut = ("qr.name_cut",) if read.is_cut else ()
    missing = ("qr.other_facts",) if left_out else ()
    return rules.verdict(
        Kind.QR,
        (*read.findings, *_status(read, trust, when, beside)),
        facts=read.facts,
        not_checked=(*cut, *missing, _REVOCATION),
    )
