"""Can this be believed? One verdict for a PDF, a credential or a QR code, from its bytes alone.

Nothing is asked of anybody: no network, no database, no clock. Who may be trusted is given, and so
is the time.
"""

from dataclasses import replace
from datetime import datetime

from kompeten.certificates.terms import Fact
from kompeten.kernel import baking
from kompeten.register import rules
from kompeten.register.adapters import cms, credential, pdf, token
from kompeten.register.terms import Finding, Kind, Part, Refused, Trust, Verdict

# A signature without a time stamp says when by the body's own word only.
_OWN_WORD = "time.own_statement"
_REVOCATION = "issuer.revocation"
_PAGE_TEXT = "paper.page_text"


def verify(data: bytes, *, trust: Trust, at: datetime) -> Verdict:
    """Return the verdict on `data` at the time `at`; never raises for bad input.

    A changed, added or missing byte anywhere makes it not ok. About 5 ms for a PDF. Of a picture
    that carries a credential (Open Badges) only the credential is judged; anybody may have drawn it.
    """
    kind = sniff(data)
    try:
        if (carried := _carried(data)) is not None:
            kind = Kind.CREDENTIAL
            verdict = _credential(carried, trust=trust, at=at)
            return replace(verdict, not_checked=(*verdict.not_checked, _PAGE_TEXT))
        if kind is Kind.PDF:
            return _pdf(data, trust=trust, at=at)
        if kind is Kind.CREDENTIAL:
            return _credential(data, trust=trust, at=at)
        if kind is Kind.QR:
            return _qr(data.decode(), trust=trust, at=at)
    except Refused as refusal:
        return rules.verdict(kind, [refusal.finding])
    unknown = Finding(Part.SIGNATURE, "file.unknown", holds=False)
    return rules.verdict(Kind.UNKNOWN, [unknown])


def sniff(data: bytes) -> Kind:
    """Return what `data` claims to be, by its first bytes."""
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"{"):
        return Kind.CREDENTIAL
    if data.startswith((b"https://", b"http://")) and b"#" in data and data.isascii():
        return Kind.QR
    return Kind.UNKNOWN


def _carried(data: bytes) -> bytes | None:
    """Return the credential within a picture, or None where there is none."""
    carried = baking.unbake(data) if baking.is_badge(data) else None
    return carried.encode() if carried and sniff(carried.encode()) is Kind.CREDENTIAL else None


def _pdf(data: bytes, *, trust: Trust, at: datetime) -> Verdict:
    # 1. The signature over every byte, and who made it.
    read = pdf.read(data)
    signature, issuer = cms.verify(read.message, read.sha256, trust=trust, at=at)
    # 2. What the signed file carries: one credential, which must hold by itself.
    if len(read.attachments) != 1:
        missing = Finding(Part.AGREEMENT, "agreement.no_credential", holds=False)
        return rules.verdict(Kind.PDF, [signature, issuer, missing])
    try:
        inner = credential.verify(read.attachments[0], trust=trust, at=at)
    except Refused as refusal:
        broken = replace(refusal.finding, part=Part.AGREEMENT, code="agreement.credential_broken")
        return rules.verdict(Kind.PDF, [signature, issuer, broken])
    # 3. Sheet and credential speak of the same certificate.
    found = {finding.part: finding for finding in inner.findings}
    agreement = found[Part.AGREEMENT]
    if inner.content.number not in read.title or inner.content.holder not in read.title:
        agreement = Finding(Part.AGREEMENT, "agreement.differs", holds=False, detail=read.title)
    return rules.verdict(
        Kind.PDF,
        [signature, issuer, agreement, found[Part.VALIDITY]],
        facts=inner.content.facts().items(),
        not_checked=(_OWN_WORD, _REVOCATION, _PAGE_TEXT),
    )


def _credential(data: bytes, *, trust: Trust, at: datetime) -> Verdict:
    read = credential.verify(data, trust=trust, at=at)
    facts = read.content.facts().items()
    return rules.verdict(
        Kind.CREDENTIAL, read.findings, facts=facts, not_checked=(_OWN_WORD, _REVOCATION)
    )


def _qr(text: str, *, trust: Trust, at: datetime) -> Verdict:
    read = token.verify(text, trust=trust, at=at)
    left_out = [fact for fact in Fact if fact not in dict(read.facts)]
    cut = ("qr.name_cut",) if read.is_cut else ()
    missing = ("qr.other_facts",) if left_out else ()
    return rules.verdict(
        Kind.QR, read.findings, facts=read.facts, not_checked=(*cut, *missing, _REVOCATION)
    )
