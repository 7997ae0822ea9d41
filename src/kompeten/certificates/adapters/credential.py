"""What does the signed credential beside the PDF say? A W3C Verifiable Credential of one certificate.

It carries the whole intended content under `credentialSubject.certificate`, so that a reader
rebuilds the content and its digest from it; no NIK, no birth date. Contexts are named, never fetched.

Source: W3C Verifiable Credentials Data Model v2.0.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from kompeten.certificates import rules
from kompeten.certificates.adapters import integrity
from kompeten.certificates.ports import CredentialSigner
from kompeten.certificates.terms import Content, Issuer
from kompeten.kernel import canonical

FILE_NAME = "kredensial.json"
MEDIA_TYPE = "application/vc"
# What the issuer serves under `Issuer.context_url`: the words of this credential, explained.
CONTEXT_FILE = Path(__file__).parents[1] / "contexts" / "sertifikat-v1.jsonld"

_CONTEXT = "https://www.w3.org/ns/credentials/v2"


def issue(content: Content, *, issuer: Issuer, signer: CredentialSigner, at: datetime) -> bytes:
    """Return the signed credential of `content` as canonical JSON; `at` is the time of the proof."""
    document = unsigned(content, issuer=issuer)
    proof = integrity.proof(
        document, sign=signer.sign, verification_method=signer.verification_method, created=at
    )
    # A list even of one: Open Badges asks it, and a second suite may stand beside the first.
    return canonical.dumps({**document, "proof": [proof]})


def unsigned(content: Content, *, issuer: Issuer) -> dict[str, Any]:
    """Return the credential of `content` before it is signed."""
    start, end = rules.whole_days(content.valid_from, content.valid_until)
    return {
        "@context": [_CONTEXT, issuer.context_url],
        "id": content.verify_url,
        "type": ["VerifiableCredential", "CompetenceCertificate"],
        "name": f"Sertifikat Kompetensi {content.number}",
        "issuer": {"id": issuer.id, "name": content.body.name},
        "validFrom": start.isoformat(),
        "validUntil": end.isoformat(),
        "credentialSubject": {
            "type": "CertifiedPerson",
            "name": content.holder,
            "certificate": canonical.plain(content),
        },
    }
