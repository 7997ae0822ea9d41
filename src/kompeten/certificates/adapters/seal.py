"""How is one certificate made, whole? Credential, QR, sheet, signature, and a second reading.

Pure in its arguments: the same content, keys and time give the same bytes, so a step repeated after
a crash makes nothing new. Arguments and result are plain data, so a pool of processes may share
the work.
"""

import hashlib
from datetime import date, datetime

from kompeten.certificates.adapters import check, credential, pades, pdf, token
from kompeten.certificates.ports import Keys
from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import (
    Body,
    Content,
    Decree,
    Named,
    Scheme,
    Sealed,
    Signatory,
)
from kompeten.kernel import digest

# A content that nothing is wrong with. Who cannot make a certificate of it can make none.
SPECIMEN = Content(
    number="0",
    ref="CONTOH0000",
    holder="Contoh",
    profession=Named("specimen", "Contoh"),
    level=None,
    scheme=Scheme("CONTOH", "1", "Contoh"),
    programme=None,
    units=(Named("C.01", "Contoh"),),
    decree=Decree("0", date(2026, 1, 1)),
    legal_basis=(),
    body=Body("Contoh"),
    signatory=Signatory("Contoh", "Direktur"),
    place="Jakarta",
    signed_on=date(2026, 1, 1),
    valid_from=date(2026, 1, 1),
    valid_until=date(2031, 1, 1),
    verify_url="https://contoh.example/s/CONTOH0000",
    is_demonstration=True,
)


class NotSealed(Exception):
    """The certificate may not be made or published; `reasons` are codes."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons

    def __reduce__(self) -> tuple[type["NotSealed"], tuple[tuple[str, ...]]]:
        return NotSealed, (self.reasons,)


def seal(
    content: Content, *, keys: Keys, at: datetime, photo: bytes = b"", provisional: bool = False
) -> Sealed:
    """Return the certificate, signed and read back. About 12 ms.

    :raises NotSealed: the content is unfit, or our own output does not hold
    """
    sealed = sign(content, keys=keys, at=at, photo=photo, provisional=provisional)
    reasons = read_back(sealed, content=content, keys=keys)
    if reasons:
        raise NotSealed(reasons)
    return sealed


def prove(*, keys: Keys, at: datetime) -> None:
    """Make a certificate of the specimen and throw it away: typesetter, keys and reader are well.

    :raises NotSealed: what was made does not hold
    """
    seal(SPECIMEN, keys=keys, at=at)


def sign(
    content: Content, *, keys: Keys, at: datetime, photo: bytes = b"", provisional: bool = False
) -> Sealed:
    """Return the certificate signed at `at`, not yet read back.

    `photo` is the JPEG of which the content states the digest. `provisional` prints that the
    national signature follows.

    :raises NotSealed: the content is unfit to be signed
    """
    # 1. Nothing unfit is signed, whoever asks.
    if reasons := rules.flaws(content):
        raise NotSealed(reasons)
    if (hashlib.sha256(photo).hexdigest() if photo else "") != content.photo:
        raise NotSealed(("content.photo",))
    # 2. The credential first, for the sheet carries it and its signature covers both.
    key = keys.credential_signer
    signed_json = credential.issue(content, issuer=keys.issuer, signer=key, at=at)
    qr_text = token.issue(content, signer=key)
    # 3. The sheet, and its signature.
    sheet = pdf.render(
        content,
        credential_json=signed_json,
        qr_text=qr_text,
        key_id=key.key_id,
        at=at,
        photo=photo,
        provisional=provisional,
    )
    words = pades.Words(
        content.signatory.name, f"Sertifikat Kompetensi {content.number}", content.place
    )
    evidence = pades.Evidence(keys.signer.chain, keys.crls)
    signed_pdf = pades.sign(sheet, signer=keys.signer, words=words, at=at, evidence=evidence)
    return Sealed(
        number=content.number,
        content_digest=content.digest,
        pdf=signed_pdf,
        credential=signed_json,
        qr=qr_text,
        pdf_digest=digest.of_bytes(signed_pdf),
        credential_digest=digest.of_bytes(signed_json),
        sealed_at=at,
    )


def read_back(sealed: Sealed, *, content: Content, keys: Keys) -> tuple[str, ...]:
    """Return what is wrong with the finished certificate, as codes; empty when it may be published."""
    found = [
        check.flaws(
            sealed,
            content=content,
            certificate=public.document,
            credential_key=public.credential,
            at=sealed.sealed_at,
        )
        for public in keys.in_force(sealed.sealed_at)
    ]
    return min(found, key=len, default=("pdf.certificate",))
