"""What lies within a PDF signature? A CMS message of which only two parts vary: digest and signature.

The message is built once per key with asn1crypto, around dummies of the right length; each
certificate then only has them replaced (0.1 ms instead of 13, measured 2026-11 against pyHanko).

Source: RFC 5652 (CMS), RFC 5035 (signing certificate), ETSI EN 319 142-1 (PAdES baseline B-B).
"""

import hashlib
from functools import lru_cache

from asn1crypto import algos, cms, tsp, x509

from kompeten.certificates.ports import Algorithm, Signer

_DUMMY_DIGEST = hashlib.sha256(b"a digest that is replaced").digest()
# As long as any signature may be: 512 bytes of RSA 4096, and twice that.
_DUMMY_SIGNATURE = hashlib.shake_256(b"a signature that is replaced").digest(1024)
_SIGNATURE_ALGORITHMS = {Algorithm.ECDSA_P256: "sha256_ecdsa", Algorithm.RSA: "sha256_rsa"}


def sign(sha256: bytes, *, signer: Signer) -> bytes:
    """Return the detached CMS signature (DER) over content with this digest.

    No signing time inside: PAdES takes it from the signature's dictionary.
    """
    # The key signs the attributes as a SET OF; inside the message the same bytes bear tag [0].
    attributes = _attributes(signer.chain[0]).replace(_DUMMY_DIGEST, sha256)
    signature = signer.sign(b"\x31" + attributes[1:])
    message = _message(signer.chain, signer.algorithm, len(signature))
    dummy = _DUMMY_SIGNATURE[: len(signature)]
    return message.replace(_DUMMY_DIGEST, sha256).replace(dummy, signature)


@lru_cache(maxsize=8)
def _attributes(certificate: bytes) -> bytes:
    fingerprint = hashlib.sha256(certificate).digest()
    signed_by = tsp.SigningCertificateV2({"certs": [{"cert_hash": fingerprint}]})
    attributes: bytes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [_DUMMY_DIGEST]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [signed_by]}),
        ]
    ).dump()
    return attributes


# ECDSA signatures have 68 to 72 bytes, so there are a handful of templates.
@lru_cache(maxsize=32)
def _message(chain: tuple[bytes, ...], algorithm: Algorithm, signature_bytes: int) -> bytes:
    certificates = [x509.Certificate.load(der) for der in chain]
    signing = certificates[0]
    signer_info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                cms.IssuerAndSerialNumber(
                    {"issuer": signing.issuer, "serial_number": signing.serial_number}
                ),
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signed_attrs": cms.CMSAttributes.load(_attributes(chain[0])),
            "signature_algorithm": algos.SignedDigestAlgorithm(
                {"algorithm": _SIGNATURE_ALGORITHMS[algorithm]}
            ),
            "signature": _DUMMY_SIGNATURE[:signature_bytes],
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": {"content_type": "data"},
            # The root is left out: who trusts it has it.
            "certificates": certificates[:-1] or certificates,
            "signer_infos": [signer_info],
        }
    )
    message: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return message
