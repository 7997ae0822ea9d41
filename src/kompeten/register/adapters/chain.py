"""Does a path of certificates lead from a signer to somebody we believe, at a given time?

Source: RFC 5280, section 6.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

MAX_CHAIN = 4

# Any of the parsers may meet a strange byte first, each with its own complaint; to people it is one.
STRANGE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


class Path(NamedTuple):
    """A path that was found, the signer first; `fault` is the code of what is wrong, "" if nothing."""

    certificates: tuple[x509.Certificate, ...]
    fault: str
    detail: str


def path(
    signing: x509.Certificate,
    others: Sequence[x509.Certificate],
    *,
    roots: Sequence[bytes],
    at: datetime,
) -> Path:
    """Return the path from `signing` to one of `roots` (DER), each certificate in force at `at`.

    `others` came with the signature; each must stand on the path.
    """
    trusted = [x509.load_der_x509_certificate(root) for root in roots]
    found, current = [signing], signing
    while current not in trusted:
        above = [
            c for c in (*trusted, *others) if c not in found and _issued(current, c, len(found) - 1)
        ]
        if not above or len(found) == MAX_CHAIN:
            return Path(tuple(found), "issuer.unknown", name(current.issuer))
        current = above[0]
        found.append(current)
    if any(other not in found for other in others):
        return Path(tuple(found), "issuer.strange_certificate", "")
    for certificate in found:
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            detail = f"{name(certificate.subject)}, {certificate.not_valid_after_utc.isoformat()}"
            return Path(tuple(found), "issuer.not_in_force", detail)
    return Path(tuple(found), "", name(found[-1].subject))


def revoked_at(
    certificate: x509.Certificate, above: x509.Certificate, crl: bytes
) -> datetime | None:
    """Return when a list of `above` revoked the certificate, or None: it did not.

    :raises ValueError: the list is of somebody else
    """
    read = x509.load_der_x509_crl(crl)
    if read.issuer != above.subject or not read.is_signature_valid(above.public_key()):  # type: ignore[arg-type]
        raise ValueError("the list is of another authority")
    entry = read.get_revoked_certificate_by_serial_number(certificate.serial_number)
    return None if entry is None else entry.revocation_date_utc


def is_revocation_list(der: bytes) -> bool:
    """Say whether some bytes are a revocation list; whose is another question."""
    try:
        x509.load_der_x509_crl(der)
    except ValueError:
        return False
    return True


def may(certificate: x509.Certificate, usage: str) -> bool:
    """Say whether a certificate is meant for a usage."""
    try:
        usages = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return bool(getattr(usages, usage))


def name(of: x509.Name) -> str:
    """Return a name as people read it."""
    return of.rfc4514_string()


def _issued(lower: x509.Certificate, upper: x509.Certificate, below: int) -> bool:
    """Say whether `upper` may and did issue `lower`, with `below` authorities between it and the signer."""
    try:
        constraints = upper.extensions.get_extension_for_class(x509.BasicConstraints).value
        lower.verify_directly_issued_by(upper)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False
    deep = constraints.path_length is not None and below > constraints.path_length
    return constraints.ca and not deep and may(upper, "key_cert_sign")
