"""In which shapes is a certificate carried about? As a card, as a picture for wallets, and to the printer."""

from collections.abc import Iterable

from kompeten.certificates.adapters import badge as badges
from kompeten.certificates.adapters import card as cards
from kompeten.certificates.adapters import prints
from kompeten.certificates.models import Certificate
from kompeten.certificates.queries.certificates import content, credential, pdf
from kompeten.foundation import typeset


def card(certificate: Certificate) -> bytes:
    """Return the certificate as a card to be printed, PDF.

    :raises ContentInvalid: what is stored is no content
    """
    assert certificate.signed_at is not None
    said = content(certificate)
    return cards.render(said, qr_text=certificate.qr, at=certificate.signed_at)


def badge(certificate: Certificate, kind: typeset.Picture) -> bytes:
    """Return the certificate as Open Badge: a picture, "png" or "svg", that carries the credential.

    :raises FileDamaged: the stored bytes were changed
    """
    assert certificate.signed_at is not None
    return badges.render(
        content(certificate),
        credential=credential(certificate),
        kind=kind,
        at=certificate.signed_at,
    )


def print_file(certificates: Iterable[Certificate]) -> bytes:
    """Return the sheets of certificates in one PDF to be printed, in their order; it is not signed.

    :raises FileDamaged: the stored bytes of one were changed
    """
    return prints.merged(pdf(certificate) for certificate in certificates)
