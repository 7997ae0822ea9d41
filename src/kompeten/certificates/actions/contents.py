"""What is going to stand on a certificate? Its content, from what the rooms before know of the person."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.utils import translation

from kompeten.certificates import rules
from kompeten.certificates.adapters import pdf
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import BODY_ZONE, Body, Content, Named, Scheme, Signatory
from kompeten.certificates.terms import Decree as DecreeFact
from kompeten.people import queries as people
from kompeten.schemes import labels as words
from kompeten.schemes import queries as schemes


def written(certificates: Sequence[Certificate], *, on: date) -> list[Content]:
    """Return what is going to be signed on the day `on`, from what is known now; nothing is judged."""
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
        signatory=Signatory(signatories.get(decree.signed_by_id or 0, ""), "Direktur", "Director"),
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


def flaws(content: Content) -> tuple[str, ...]:
    """Return why `content` may not be signed, as codes; the typeface of the sheet is asked too."""
    return rules.flaws(content) or pdf.flaws(content)
