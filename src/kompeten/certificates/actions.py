"""How is a certificate issued? Five steps, each written down before the next begins."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation

from kompeten.certificates import queries
from kompeten.certificates.adapters import bulk
from kompeten.certificates.chart import CERTIFICATE, Intending, Reserving, SigningDone
from kompeten.certificates.models import Certificate
from kompeten.certificates.rules import flaws
from kompeten.certificates.terms import (
    BODY_ZONE,
    Body,
    Content,
    Named,
    Scheme,
    Sealed,
    Signatory,
    State,
)
from kompeten.certificates.terms import Decree as DecreeFact
from kompeten.foundation import files, ledger
from kompeten.foundation.numbering import take_numbers
from kompeten.kernel import refs
from kompeten.kernel.actors import SYSTEM
from kompeten.kernel.canonical import plain
from kompeten.people import queries as people
from kompeten.schemes import labels as words
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import CertificateRules, Restart

if TYPE_CHECKING:
    from kompeten.decisions.models import Decision


class ContentUnfit(Exception):
    """A content may not be signed; `flaws` are codes, by certificate number."""

    def __init__(self, found: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__("; ".join(f"{n}: {', '.join(f)}" for n, f in found.items()))
        self.flaws = found


class OutputBroken(ContentUnfit):
    """What was read back from the store does not hold; `flaws` are codes, by certificate number."""


def reserve(decisions: "Sequence[Decision]", *, at: datetime, rng: random.Random) -> None:
    """1. Take a number for each decision, without gaps, in its scheme's own series."""
    on = at.astimezone(BODY_ZONE).date()
    with transaction.atomic():
        certificates = [
            Certificate(
                ref=refs.new(rng),
                number=number,
                decision=decision,
                application_id=decision.application_id,
                person_id=decision.person_id,
                reserved_at=at,
            )
            for decision, number in _numbered(decisions, on=on)
        ]

        def reserving(certificate: Certificate) -> Reserving:
            return Reserving(certificate.number, certificate.decision.ref)

        ledger.enter_many(CERTIFICATE, certificates, by=SYSTEM, at=at, facts=reserving)


def intend(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """2. Record what is going to be signed, word by word, with its digest.

    :raises ContentUnfit: a content has flaws; then none of the batch is recorded
    """
    contents = _contents(certificates, on=at.astimezone(BODY_ZONE).date())
    found = {c.number: why for c in contents if (why := flaws(c))}
    if found:
        raise ContentUnfit(found)
    for certificate, content in zip(certificates, contents, strict=True):
        certificate.content = plain(content)
        certificate.digest = content.digest
        certificate.valid_from = content.valid_from
        certificate.valid_until = content.valid_until
    columns = ["content", "digest", "valid_from", "valid_until"]
    with transaction.atomic():
        Certificate.objects.bulk_update(certificates, columns, batch_size=100)
        ledger.take_many(
            CERTIFICATE,
            "intend",
            certificates,
            by=SYSTEM,
            at=at,
            facts=lambda c: Intending(c.digest),
        )


def sign(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """3. Set the sheets, sign sheets and credentials, and keep them.

    The slow work is done before the transaction, on every core.
    """
    contents = [queries.content(certificate) for certificate in certificates]
    signed = bulk.sign_many(contents, keys=queries.keys(), at=at)
    for certificate, one in zip(certificates, signed, strict=True):
        _keep(certificate, one)
    columns = ["pdf_sha256", "credential_sha256", "qr"]
    with transaction.atomic():
        Certificate.objects.bulk_update(certificates, columns, batch_size=100)
        ledger.take_many(
            CERTIFICATE,
            "sign",
            certificates,
            by=SYSTEM,
            at=at,
            also={"signed_at": at},
            facts=lambda c: SigningDone(f"sha256:{c.pdf_sha256}", f"sha256:{c.credential_sha256}"),
        )


def check(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """4. Read back what the store gives, with a reader that did not make it, against what was intended.

    :raises OutputBroken: a signature, a digest or a fact does not hold; nothing is published
    """
    pairs = [(_stored(c), queries.content(c)) for c in certificates]
    found = bulk.read_back_many(pairs, keys=queries.keys())
    broken = {c.number: why for c, why in zip(certificates, found, strict=True) if why}
    if broken:
        raise OutputBroken(broken)
    ledger.take_many(CERTIFICATE, "check", certificates, by=SYSTEM, at=at)


def publish(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """5. Let the world see them: the register follows this step."""
    also = {"published_at": at}
    ledger.take_many(CERTIFICATE, "publish", certificates, by=SYSTEM, at=at, also=also)


def _numbered(decisions: "Sequence[Decision]", *, on: date) -> "list[tuple[Decision, str]]":
    by_series: dict[str, list[tuple[Decision, str, CertificateRules]]] = {}
    for decision in decisions:
        scheme = schemes.content(decision.application.scheme_version_id)
        rules = scheme.certificate
        yearly = rules.restart is Restart.YEARLY
        series = f"certificate/{rules.series}" + (f"/{on.year}" if yearly else "")
        by_series.setdefault(series, []).append((decision, scheme.short, rules))
    numbered = []
    for series, entries in sorted(by_series.items()):
        serials = take_numbers(series, len(entries))
        for serial, (decision, short, rules) in zip(serials, entries, strict=True):
            numbered.append((decision, rules.number(serial, scheme=short, on=on)))
    return sorted(numbered, key=lambda pair: pair[0].pk)


def _contents(certificates: Sequence[Certificate], *, on: date) -> list[Content]:
    signatories = people.account_labels(
        {c.decision.meeting.decree.signed_by_id or 0 for c in certificates}
    )
    return [_content(c, signatories, on=on) for c in certificates]


def _content(certificate: Certificate, signatories: Mapping[int, str], *, on: date) -> Content:
    application = certificate.application
    scheme = schemes.content(application.scheme_version_id)
    version = schemes.version(application.scheme_version_id)
    decree = certificate.decision.meeting.decree
    signed = (decree.signed_at or certificate.reserved_at).astimezone(BODY_ZONE).date()
    last = scheme.certificate.ends_on(on) - timedelta(days=1)
    return Content(
        number=certificate.number,
        ref=certificate.ref,
        holder=certificate.person.full_name,
        profession=_named(scheme.profession.value, words.PROFESSION[scheme.profession]),
        level=_named(scheme.level.value, words.LEVEL[scheme.level]) if scheme.level else None,
        scheme=Scheme(scheme.short, str(version.number), scheme.title.id, scheme.title.en),
        programme=None,
        units=tuple(Named(u.code, u.title.id, u.title.en) for u in scheme.units),
        decree=DecreeFact(decree.number, signed),
        legal_basis=tuple(f"{basis.code} {basis.subject.id}" for basis in scheme.legal_basis),
        body=Body(settings.OPTIONS.body_name),
        signatory=Signatory(signatories[decree.signed_by_id or 0], "Direktur", "Director"),
        place="Jakarta",
        signed_on=on,
        valid_from=on,
        valid_until=last,
        verify_url=f"{settings.PUBLIC_URL}/s/{certificate.ref}",
        is_demonstration=settings.OPTIONS.demo,
    )


def _named(code: str, word: object) -> Named:
    """Return a word of the labels in both languages of the paper."""
    with translation.override("id"):
        title = str(word)
    with translation.override("en"):
        return Named(code, title, str(word))


def _stored(certificate: Certificate) -> Sealed:
    pdf, credential = queries.pdf(certificate), queries.credential(certificate)
    return Sealed(
        number=certificate.number,
        content_digest=certificate.digest,
        pdf=pdf,
        credential=credential,
        qr=certificate.qr,
        pdf_digest=f"sha256:{certificate.pdf_sha256}",
        credential_digest=f"sha256:{certificate.credential_sha256}",
        sealed_at=certificate.signed_at or certificate.reserved_at,
    )


def _keep(certificate: Certificate, sealed: Sealed) -> None:
    certificate.pdf_sha256 = files.put(sealed.pdf, media_type="application/pdf").sha256
    credential = files.put(sealed.credential, media_type="application/vc+json")
    certificate.credential_sha256 = credential.sha256
    certificate.qr = sealed.qr


STEPS = {
    State.RESERVED: intend,
    State.INTENDED: sign,
    State.SIGNED: check,
    State.CHECKED: publish,
}
