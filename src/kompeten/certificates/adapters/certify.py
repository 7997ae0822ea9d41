"""What does a certificate authority put into its certificates and revocation lists? X.509, for documents.

Source: RFC 5280 (certificates, CRLs), RFC 9336 (document signing).
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

# A signature without a trusted time stamp ends with its certificate, so the certificate must
# outlive the five years of what it signs, by as much as it may itself be used.
ROOT_DAYS, SIGNING_DAYS = 20 * 365, 12 * 365

# A list is believed for a month and made anew each week: three weeks to notice that nobody does.
CRL_DAYS, CRL_RENEWED_AFTER_DAYS = 30, 7

# pdfsig asks Mozilla's NSS, which takes a document signer only with the use e-mail protection.
_USES = [ObjectIdentifier("1.3.6.1.5.5.7.3.36"), ExtendedKeyUsageOID.EMAIL_PROTECTION]
_SIGNING_USAGES = ("digital_signature", "content_commitment")
_ROOT_USAGES = ("key_cert_sign", "crl_sign")
_KEY_USAGES = (
    *_SIGNING_USAGES,
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    *_ROOT_USAGES,
    "encipher_only",
    "decipher_only",
)

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class Authority(NamedTuple):
    """A root certificate with its key, and where its revocation list is found ("" if nowhere)."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    crl_url: str


class Revoked(NamedTuple):
    """A certificate that is no longer believed from an instant on."""

    serial: int
    since: datetime


def root(
    name: str, organization: str, key: ec.EllipticCurvePrivateKey, *, serial: int, at: datetime
) -> x509.Certificate:
    """Return the certificate of an authority that signs itself, from `at` on for twenty years."""
    named, public = _name(name, organization), key.public_key()
    builder = _begun(named, named, public, serial, at, ROOT_DAYS)
    return (
        builder.add_extension(x509.BasicConstraints(True, 0), critical=True)
        .add_extension(_usage(_ROOT_USAGES), critical=True)
        .add_extension(_issued_by(public), critical=False)
        .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    )


def signing(
    organization: str, key: PublicKey, by: Authority, *, serial: int, at: datetime
) -> x509.Certificate:
    """Return the certificate under which an organization signs documents, from `at` on."""
    issuer = by.certificate.subject
    name = _name(organization, organization)
    builder = (
        _begun(name, issuer, key, serial, at, SIGNING_DAYS)
        .add_extension(x509.BasicConstraints(False, None), critical=True)
        .add_extension(_usage(_SIGNING_USAGES), critical=True)
        .add_extension(_issued_by(by.key.public_key()), critical=False)
        .add_extension(x509.ExtendedKeyUsage(_USES), critical=False)
    )
    if by.crl_url:
        place = x509.DistributionPoint(
            [x509.UniformResourceIdentifier(by.crl_url)], None, None, None
        )
        builder = builder.add_extension(x509.CRLDistributionPoints([place]), critical=False)
    return builder.sign(by.key, hashes.SHA256(), ecdsa_deterministic=True)


def revocation_list(by: Authority, revoked: Iterable[Revoked], *, at: datetime) -> bytes:
    """Return the list (DER) of what the authority no longer vouches for, as of `at`.

    Its number is the second it was made in, so that a later list is a higher one.
    """
    this = at.replace(microsecond=0)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(this)
        .next_update(this + timedelta(days=CRL_DAYS))
        .add_extension(x509.CRLNumber(int(this.timestamp())), critical=False)
        .add_extension(_issued_by(by.key.public_key()), critical=False)
    )
    for one in sorted(revoked):
        entry = (
            x509.RevokedCertificateBuilder()
            .serial_number(one.serial)
            .revocation_date(one.since.replace(microsecond=0))
            .add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
        )
        builder = builder.add_revoked_certificate(entry.build())
    made = builder.sign(by.key, hashes.SHA256(), ecdsa_deterministic=True)
    return made.public_bytes(serialization.Encoding.DER)


def is_due(crl: bytes, *, at: datetime) -> bool:
    """Say whether a list should be made anew at `at`: its first week is over."""
    made = x509.load_der_x509_crl(crl).last_update_utc
    return at >= made + timedelta(days=CRL_RENEWED_AFTER_DAYS)


def is_current(crl: bytes, *, at: datetime) -> bool:
    """Say whether a list may be believed at `at`."""
    read = x509.load_der_x509_crl(crl)
    return read.next_update_utc is not None and read.last_update_utc <= at < read.next_update_utc


def is_of(crl: bytes, issuer: bytes) -> bool:
    """Say whether a list was made by the authority with the certificate `issuer` (DER)."""
    upper = x509.load_der_x509_certificate(issuer)
    read, key = x509.load_der_x509_crl(crl), upper.public_key()
    if read.issuer != upper.subject or not isinstance(key, PublicKey):
        return False
    return read.is_signature_valid(key)


def is_revoked(certificate: bytes, crl: bytes) -> bool:
    """Say whether a list names a certificate as revoked, whenever that was."""
    serial = x509.load_der_x509_certificate(certificate).serial_number
    found = x509.load_der_x509_crl(crl).get_revoked_certificate_by_serial_number(serial)
    return found is not None


def fingerprint(certificate: bytes) -> str:
    """Return the name of a document key in records and logs: 16 hexadecimal digits of its certificate."""
    return hashlib.sha256(certificate).hexdigest()[:16]


def _begun(
    name: x509.Name, issuer: x509.Name, key: PublicKey, serial: int, at: datetime, days: int
) -> x509.CertificateBuilder:
    start = at.replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(name)
        .public_key(key)
        .serial_number(serial)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(granted: tuple[str, ...]) -> x509.KeyUsage:
    return x509.KeyUsage(**{usage: usage in granted for usage in _KEY_USAGES})


def _issued_by(key: PublicKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key)


def _name(common: str, organization: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        ]
    )
