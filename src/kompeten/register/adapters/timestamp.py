"""Does a time stamp hold, whose is it, and which instant does it name? RFC 3161 tokens, read strictly.

Source: RFC 3161, 2.4.2; RFC 5816; ETSI EN 319 422.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from kompeten.register.adapters import chain
from kompeten.register.terms import Part, Refused

_DIGESTS = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
_MIN_RSA_BITS = 2048  # of an authority that others run; of the body's own key more is asked


class Stamp(NamedTuple):
    """An instant at which something existed, and on whose word."""

    at: datetime
    authority: str


def verify(token: bytes, sha256: bytes, *, roots: Sequence[bytes], at: datetime) -> Stamp:
    """Return the instant of a token over content with this digest.

    `at` is when its authority has to be in force: now, or the instant of the stamp over this one.

    :raises Refused: it is not readable, over something else, or of an authority that we do not know
    """
    try:
        return _verified(token, sha256, roots=roots, at=at)
    except (*chain.STRANGE, InvalidSignature) as error:
        raise Refused(Part.TIME, "time.stamp_broken") from error


def _verified(token: bytes, sha256: bytes, *, roots: Sequence[bytes], at: datetime) -> Stamp:
    # 1. The token reads in one way only, and holds nothing that its signature leaves out.
    signed, signer = _parts(token)
    content: bytes = signed["encap_content_info"]["content"].contents
    attributes = _attributes(signer)
    info = signed["encap_content_info"]["content"].parsed
    if info.dump(force=True) != content:
        raise Refused(Part.TIME, "time.stamp_broken", "form")
    # 2. It is over this content.
    imprint = info["message_imprint"]
    if (
        imprint["hash_algorithm"]["algorithm"].native != "sha256"
        or imprint["hashed_message"].native != sha256
    ):
        raise Refused(Part.TIME, "time.stamp_other")
    # 3. The key of the certificate that it names made it.
    algorithm = signer["digest_algorithm"]["algorithm"].native
    if attributes["message_digest"] != hashlib.new(algorithm, content).digest():
        raise Refused(Part.TIME, "time.stamp_broken", "digest")
    certificates = [choice.chosen.dump() for choice in signed["certificates"]]
    signing = x509.load_der_x509_certificate(_named(certificates, attributes, signer))
    _hold(signing, signer, algorithm)
    # 4. We know its authority, and it was in force.
    others = [c for c in map(x509.load_der_x509_certificate, certificates) if c != signing]
    uses = signing.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    found = chain.path(signing, others, roots=roots, at=at)
    if list(uses) != [ExtendedKeyUsageOID.TIME_STAMPING] or found.fault:
        raise Refused(Part.TIME, "time.stamp_stranger", found.detail)
    instant: datetime = info["gen_time"].native
    if not signing.not_valid_before_utc <= instant <= signing.not_valid_after_utc:
        raise Refused(Part.TIME, "time.stamp_stranger", instant.isoformat())
    return Stamp(instant, chain.name(signing.subject))


def _parts(token: bytes) -> tuple[Any, Any]:
    message = cms.ContentInfo.load(token, strict=True)
    signed = message["content"]
    (signer,) = signed["signer_infos"]
    algorithms = [one.dump() for one in signed["digest_algorithms"]]
    plain = (
        message["content_type"].native == "signed_data"
        and signed["version"].native == "v3"
        and signer["version"].native == "v1"
        and signed["encap_content_info"]["content_type"].native == "tst_info"
        and algorithms == [signer["digest_algorithm"].dump()]
        and not len(signed["crls"] or ())
        and not len(signer["unsigned_attrs"] or ())
    )
    if not plain or signer["digest_algorithm"]["algorithm"].native not in _DIGESTS:
        raise Refused(Part.TIME, "time.stamp_broken", "form")
    again = cms.ContentInfo.load(token)
    _ = again.native  # looked into, so that all of it is encoded anew
    if again.dump(force=True) != token:
        raise Refused(Part.TIME, "time.stamp_broken", "form")
    return signed, signer


def _attributes(signer: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for attribute in signer["signed_attrs"]:
        name = attribute["type"].native
        if name in found or len(attribute["values"]) != 1:
            raise Refused(Part.TIME, "time.stamp_broken", name)
        found[name] = attribute["values"][0].native
    if found.get("content_type") != "tst_info":
        raise Refused(Part.TIME, "time.stamp_broken", "content type")
    return found


def _named(certificates: Sequence[bytes], attributes: dict[str, Any], signer: Any) -> bytes:
    """Return the certificate that the signed attributes name, and the signer's number agrees with."""
    newer, older = (attributes.get(f"signing_certificate{v}") for v in ("_v2", ""))
    first = (newer or older or {})["certs"][0]
    named = first.get("hash_algorithm") or {"algorithm": "sha256"}
    digest = named["algorithm"] if newer else "sha1"
    for certificate in certificates:
        if hashlib.new(digest, certificate).digest() == first["cert_hash"]:
            read = x509.load_der_x509_certificate(certificate)
            sid = signer["sid"].chosen
            if (sid["issuer"].dump(), sid["serial_number"].native) != (
                read.issuer.public_bytes(),
                read.serial_number,
            ):
                break
            return certificate
    raise Refused(Part.TIME, "time.stamp_broken", "signer")


def _hold(signing: x509.Certificate, signer: Any, algorithm: str) -> None:
    """Hold the signature against the key. :raises InvalidSignature: it is not of that key"""
    digest, key = _DIGESTS[algorithm], signing.public_key()
    signature, signed = signer["signature"].native, b"\x31" + signer["signed_attrs"].dump()[1:]
    how = signer["signature_algorithm"]
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= _MIN_RSA_BITS:
        expected = {"rsassa_pkcs1v15", f"{algorithm}_rsa"}
        if how["algorithm"].native not in expected:
            raise Refused(Part.TIME, "time.stamp_broken", "algorithm")
        key.verify(signature, signed, padding.PKCS1v15(), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size >= 256:
        if how["algorithm"].native != f"{algorithm}_ecdsa":
            raise Refused(Part.TIME, "time.stamp_broken", "algorithm")
        key.verify(signature, signed, ec.ECDSA(digest))
    else:
        raise Refused(Part.TIME, "time.stamp_broken", "algorithm")
