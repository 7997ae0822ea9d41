"""What is going to stand on a certificate? Its content, from what the rooms before know of the person."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import translation

from kompeten.certificates import queries
from kompeten.certificates.actions import portraits
from kompeten.certificates.adapters import pdf
from kompeten.certificates.models import Certificate
from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import (
    BODY_ZONE,
    Body,
    Content,
    Identity,
    Named,
    Scheme,
    Signatory,
    StatusSlot,
)
from kompeten.certificates.terms import Decree as DecreeFact
from kompeten.foundation.privacy import blind_index
from kompeten.people import queries as people
from kompeten.schemes import labels as words
from kompeten.schemes import queries as schemes


def written(certificates: Sequence[Certificate], *, on: date) -> list[Content]:
    """Return what is going to be signed on the day `on`, from what is known now; nothing is judged."""
    known = _Known(
        people.account_labels({c.decision.meeting.decree.signed_by_id or 0 for c in certificates}),
        people.mail_addresses({c.person_id for c in certificates}),
        queries.last_days({c.replaces for c in certificates if c.replaces}),
        portraits.kept({c.application_id for c in certificates}),
    )
    return [_content(c, known, on=on) for c in certificates]


class _Known(NamedTuple):
    """What is looked up once for a batch: accounts' names, mail addresses, last days, digests of portraits."""

    signatories: Mapping[int, str]
    emails: Mapping[int, str]
    last_days: Mapping[str, date]
    portraits: Mapping[int, str]


def _content(certificate: Certificate, known: _Known, *, on: date) -> Content:
    application = certificate.application
    scheme = schemes.content(application.scheme_version_id)
    version = schemes.version(application.scheme_version_id)
    decree = certificate.decision.meeting.decree
    signed = (decree.signed_at or certificate.reserved_at).astimezone(BODY_ZONE).date()
    # One that takes another's place puts something right; it does not make the time longer.
    last = known.last_days.get(certificate.replaces)
    last = last or scheme.certificate.ends_on(on) - timedelta(days=1)
    return Content(
        number=certificate.number,
        ref=certificate.ref,
        holder=certificate.person.full_name,
        profession=named(scheme.profession.value, words.PROFESSION[scheme.profession]),
        level=named(scheme.level.value, words.LEVEL[scheme.level]) if scheme.level else None,
        scheme=Scheme(scheme.short, str(version.number), scheme.title.id, scheme.title.en),
        programme=None,
        units=tuple(Named(u.code, u.title.id, u.title.en) for u in scheme.units),
        decree=DecreeFact(decree.number, signed),
        legal_basis=tuple(f"{basis.code} {basis.subject.id}" for basis in scheme.legal_basis),
        body=Body(settings.OPTIONS.body_name),
        signatory=Signatory(
            known.signatories.get(decree.signed_by_id or 0, ""), "Direktur", "Director"
        ),
        place="Jakarta",
        signed_on=on,
        valid_from=on,
        valid_until=last,
        verify_url=f"{settings.PUBLIC_URL}/s/{certificate.ref}",
        is_demonstration=settings.OPTIONS.demo,
        status=_place(certificate),
        identity=_identity(known.emails.get(certificate.person_id, ""), certificate.ref),
        replaces=certificate.replaces,
        photo=known.portraits.get(certificate.application_id, ""),
    )


def _place(certificate: Certificate) -> StatusSlot | None:
    if certificate.status_list is None or certificate.status_index is None:
        return None
    return StatusSlot(certificate.status_list, certificate.status_index)


def _identity(email: str, ref: str) -> Identity | None:
    """Return the holder's mail address, hashed with a salt of this certificate's own.

    The salt follows from a secret of the house, so that the same record gives the same content, and
    nobody who has no credential in hand can try addresses out.
    """
    if not email:
        return None
    salt = blind_index(ref, column="certificates.identity.salt").hex()[:32]
    sha256 = hashlib.sha256(f"{email.casefold()}{salt}".encode()).hexdigest()
    return Identity("emailAddress", f"sha256${sha256}", salt)


def named(code: str, word: object) -> Named:
    """Return a word of the labels in both languages of the paper."""
    with translation.override("id"):
        title = str(word)
    with translation.override("en"):
        return Named(code, title, str(word))


def flaws(content: Content) -> tuple[str, ...]:
    """Return why `content` may not be signed, as codes; the typeface of the sheet is asked too."""
    texts = rules.printed(content)
    return rules.flaws(content, texts) or pdf.flaws(texts)
