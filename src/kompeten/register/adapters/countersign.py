"""Does the signature of the national service hold over the whole file, and is it of a signatory we know?

How the service writes its message is its own affair: what is read here is the digest, the signature over
it, and the certificate, by its fingerprint. Nothing else in the message is believed, or shown.

Source: RFC 5652, section 5.4.
"""

import hashlib

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from kompeten.register.adapters import chain
from kompeten.register.adapters.pdf import Stamped
from kompeten.register.terms import Finding, Part, Refused, Trust

MIN_RSA_BITS = 2048  # a key that others keep; of the body's own more is asked


def verify(found: Stamped, *, trust: Trust) -> Finding:
    """Return what was found on a signature of others.

    :raises Refused: it does not hold, or we do not know whose it is
    """
    try:
        return _verified(found, trust)
    except chain.STRANGE as error:
        raise Refused(Part.COUNTERSIGNATURE, "countersignature.broken") from error


def _verified(found: Stamped, trust: Trust) -> Finding:
    signed = cms.ContentInfo.load(found.token)["content"]
    (signer,) = signed["signer_infos"]
    covered = b"\x31" + signer["signed_attrs"].dump()[1:]
    stated = [
        a["values"][0].native
        for a in signer["signed_attrs"]
        if a["type"].native == "message_digest"
    ]
    if stated != [found.sha256] or signer["digest_algorithm"]["algorithm"].native != "sha256":
        raise Refused(Part.COUNTERSIGNATURE, "countersignature.other_file")
    for choice in signed["certificates"]:
        der = choice.chosen.dump()
        tenure = trust.countersigners.get(hashlib.sha256(der).digest())
        if tenure is not None and tenure.compromised_at is None:
            certificate = x509.load_der_x509_certificate(der)
            _hold(certificate, signer["signature"].native, covered)
            name = chain.name(certificate.subject)
            return Finding(Part.COUNTERSIGNATURE, "countersignature.holds", holds=True, detail=name)
    raise Refused(Part.COUNTERSIGNATURE, "countersignature.stranger")


def _hold(certificate: x509.Certificate, signature: bytes, covered: bytes) -> None:
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey) and key.key_size >= MIN_RSA_BITS:
            key.verify(signature, covered, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size >= 256:
            key.verify(signature, covered, ec.ECDSA(hashes.SHA256()))
        else:
            raise Refused(Part.COUNTERSIGNATURE, "countersignature.broken")
    except InvalidSignature as error:
        raise Refused(Part.COUNTERSIGNATURE, "countersignature.broken") from error
