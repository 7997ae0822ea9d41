"""How is a certificate issued? Six steps, each written down before the next begins.

Each step takes a batch. A record that cannot go on is set aside and the others go on; only what
concerns everybody (keys, store, the body's own settings) stops a batch, and is tried again later.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from kompeten.certificates import queries
from kompeten.certificates.actions import contents as content_of
from kompeten.certificates.actions import lasting, life, portraits
from kompeten.certificates.actions.holding import hold
from kompeten.certificates.adapters import bulk, seal
from kompeten.certificates.chart import CERTIFICATE, Intending, Logging, SigningDone
from kompeten.certificates.models import Certificate
from kompeten.certificates.rules.content import house_faults
from kompeten.certificates.terms import (
    BODY_ZONE,
    Content,
    ContentInvalid,
    Countersign,
    Sealed,
    State,
    Unsealed,
)
from kompeten.foundation import files, ledger, rows
from kompeten.kernel.actors import SYSTEM
from kompeten.kernel.canonical import plain

Reasons = tuple[str, ...]
PART = 50  # certificates that are written down together while the next are being made


class ContentUnfit(Exception):
    """No content may be signed by the body's own settings; `flaws` are codes, by certificate number."""

    def __init__(self, found: Mapping[str, Reasons]) -> None:
        super().__init__("; ".join(f"{n}: {', '.join(f)}" for n, f in found.items()))
        self.flaws = found


def intend(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """2. Record what is going to be signed, word by word, with its digest; hold what is unfit.

    :raises ContentUnfit: the body's own settings are at fault; then nothing is recorded or held
    """
    contents = content_of.written(certificates, on=at.astimezone(BODY_ZONE).date())
    found = {content.number: content_of.flaws(content) for content in contents}
    if at_fault := {n: house for n, why in found.items() if (house := house_faults(why))}:
        raise ContentUnfit(at_fault)
    fit = []
    for certificate, content in zip(certificates, contents, strict=True):
        if not found[certificate.number]:
            certificate.content = plain(content)
            certificate.digest = content.digest
            certificate.valid_from = content.valid_from
            certificate.valid_until = content.valid_until
            fit.append(certificate)
    columns = ["content", "digest", "valid_from", "valid_until"]
    with transaction.atomic():
        ledger.claim(fit)
        rows.write_many(fit, columns)
        ledger.take_many(
            CERTIFICATE,
            "intend",
            fit,
            by=SYSTEM,
            at=at,
            facts=lambda c: Intending(c.digest),
        )
        hold({c: why for c in certificates if (why := found[c.number])}, at=at)


def sign(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """3. Set the sheets, sign sheets and credentials, and keep them; hold what cannot be made.

    The slow work is done outside of transactions, on every core. Where one fails for no known fault of
    its content, a specimen is made: if that fails too it is the maker, and its error is raised; what
    was written down before that stays.
    """
    lasting.keep_lists(at=at)
    keys = queries.keys()
    contents, held = _readable(certificates)
    provisional = queries.asks_national()
    photos = portraits.of_contents({c.number: c.photo for c in contents.values()})
    if None in photos.values():
        files.prove()
    for certificate in [c for c in contents if photos[c.number] is None]:
        held[certificate] = ("content.photo",)
        del contents[certificate]
    made = bulk.sign_many(
        list(contents.values()),
        keys=keys,
        at=at,
        photos=[photos[c.number] or b"" for c in contents],
        provisional=provisional,
    )
    # While one part waits for the disk, the next is being made.
    every = list(contents)
    for start in range(0, len(every), PART):
        part = every[start : start + PART]
        signed, refused, unforeseen = _kept(part, made, provisional=provisional)
        if unforeseen:
            seal.prove(keys=keys, at=at)
        _note_signed(signed, at=at)
        held |= refused
    hold(held, at=at)


def check(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """4. Read back what the store gives, with a reader that did not make it, against what was intended.

    What does not hold is not published but held, once the store and the reader have proved
    themselves on something else; if they do not, their error is raised and nobody is held.
    """
    keys = queries.keys()
    contents, held = _readable(certificates)
    pairs: dict[Certificate, tuple[Sealed, Content]] = {}
    for certificate, content in contents.items():
        try:
            pairs[certificate] = (_stored(certificate), content)
        except (files.FileDamaged, FileNotFoundError):
            files.prove()
            held[certificate] = ("output.stored",)
    found = bulk.read_back_many(list(pairs.values()), keys=keys)
    if any(found):
        seal.prove(keys=keys, at=at)
    for certificate, codes in zip(pairs, found, strict=True):
        if codes:
            held[certificate] = tuple(f"output.{code.partition('.')[0]}:{code}" for code in codes)
    with transaction.atomic():
        passed = [c for c in certificates if c not in held]
        ledger.take_many(CERTIFICATE, "check", passed, by=SYSTEM, at=at)
        hold(held, at=at)


def note_logged(
    certificates: Sequence[Certificate], leaves: Mapping[int, int], *, at: datetime
) -> None:
    """5. Note where in the public log each issuance stands; `leaves` holds indexes by key.

    Called by the register, once a head that covers them is signed and published.
    """
    for certificate in certificates:
        certificate.leaf = leaves[certificate.pk]
    with transaction.atomic():
        ledger.claim(certificates)
        rows.write_many(certificates, ["leaf"])
        ledger.take_many(
            CERTIFICATE,
            "log",
            certificates,
            by=SYSTEM,
            at=at,
            facts=lambda c: Logging(leaves[c.pk]),
        )


def publish(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """6. Let the world see them: the register follows this step. Whose place they take is marked.

    One whose predecessor was withdrawn since it was begun is stopped: its number is void. A
    reinstatement is begun after the withdrawal, and passes.
    """
    also = {"published_at": at}
    with transaction.atomic():
        taken_back = queries.withdrawn_since(certificates)
        life.stop([c for c in certificates if c.pk in taken_back], at=at)
        fit = [c for c in certificates if c.pk not in taken_back]
        ledger.take_many(CERTIFICATE, "publish", fit, by=SYSTEM, at=at, also=also)
        heirs = {c.replaces: c for c in fit if c.replaces}
        # One that was withdrawn stays so: a reinstatement does not undo it.
        old = queries.in_force().filter(number__in=heirs)
        life.replace(list(old), heirs, at=at)


def _readable(
    certificates: Sequence[Certificate],
) -> tuple[dict[Certificate, Content], dict[Certificate, Reasons]]:
    """Return what was recorded, and beside it those whose record is no content any more."""
    read: dict[Certificate, Content] = {}
    unread: dict[Certificate, Reasons] = {}
    for certificate in certificates:
        try:
            read[certificate] = queries.content(certificate)
        except ContentInvalid:
            unread[certificate] = ("content.unreadable",)
    return read, unread


def _stored(certificate: Certificate) -> Sealed:
    pdf, credential = queries.signed_pdf(certificate), queries.credential(certificate)
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


def _note_signed(signed: Sequence[Certificate], *, at: datetime) -> None:
    columns = ["pdf_sha256", "credential_sha256", "qr", "countersign"]
    with transaction.atomic():
        ledger.claim(signed)
        rows.write_many(signed, columns)
        ledger.take_many(
            CERTIFICATE,
            "sign",
            signed,
            by=SYSTEM,
            at=at,
            also={"signed_at": at},
            facts=lambda c: SigningDone(f"sha256:{c.pdf_sha256}", f"sha256:{c.credential_sha256}"),
        )


def _kept(
    certificates: Iterable[Certificate], made: Iterator[Sealed | Unsealed], *, provisional: bool
) -> tuple[list[Certificate], dict[Certificate, Reasons], bool]:
    """Store what was made of these, one by one as it comes: while one is kept the next ones are being made.

    Return who has a sheet now, who has none and why, and whether any of that was not foreseen.
    """
    signed: list[Certificate] = []
    refused: dict[Certificate, Reasons] = {}
    unforeseen = False
    with files.together():
        # Not the other way round: `zip` would take one more of what was made, and lose it.
        for certificate, one in zip(certificates, made, strict=False):
            if isinstance(one, Unsealed):
                refused[certificate] = one.reasons
                unforeseen |= not one.foreseen
            else:
                _keep(certificate, one)
                certificate.countersign = Countersign.DUE if provisional else Countersign.NONE
                signed.append(certificate)
    return signed, refused, unforeseen


def _keep(certificate: Certificate, sealed: Sealed) -> None:
    certificate.pdf_sha256 = files.put(sealed.pdf, media_type="application/pdf").sha256
    credential = files.put(sealed.credential, media_type="application/vc+json")
    certificate.credential_sha256 = credential.sha256
    certificate.qr = sealed.qr


STEPS = {
    State.RESERVED: intend,
    State.INTENDED: sign,
    State.SIGNED: check,
    State.LOGGED: publish,
}
