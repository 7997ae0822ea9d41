"""What does the signed credential beside the PDF say? One certificate, as W3C and Open Badges write it.

It is a Verifiable Credential 2.0 and an Open Badge 3.0 at once: what was achieved is the scheme
version, its units are what it aligns with, who achieved it is the name, and where it was given a hashed
identity. It also carries the whole intended content as a related resource, in an address that holds
its bytes, so that a reader rebuilds the content and its digest from it; no NIK, no birth date. So no
word of ours is needed, and no context but those that everybody has: strict readers refuse words written
as addresses, and the common reader of `eddsa-jcs-2022` in JavaScript contexts written into a document.

Source: W3C Verifiable Credentials Data Model v2.0; 1EdTech Open Badges 3.0, B.1 (data models);
W3C Bitstring Status List v1.0, 2.1; 1EdTech Credential Refresh 1.0.
"""

import base64
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kompeten.certificates.ports import CredentialSigner
from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import Content, Identity, Issuer, StatusPurpose, StatusSlot
from kompeten.foundation.vc import held, integrity, multibase
from kompeten.kernel import canonical

FILE_NAME = "kredensial.json"
MEDIA_TYPE = "application/vc"
# What the issuer serves under `Issuer.context_url`: the words of the credential, explained.
CONTEXT_FILE = Path(__file__).parents[1] / "contexts" / "sertifikat-v1.jsonld"
# An address that holds what it leads to (RFC 2397).
CONTENT = "data:application/json;base64,"
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)


def issue(content: Content, *, issuer: Issuer, signer: CredentialSigner, at: datetime) -> bytes:
    """Return the signed credential of `content` as canonical JSON; `at` is the time of the proofs.

    The two proofs stand side by side and each holds alone: one over what the credential states, one
    over its JSON, for readers that know nothing of JSON-LD. About 2 ms.
    """
    signed = integrity.signed(
        unsigned(content, issuer=issuer),
        suites=integrity.Suite,
        sign=signer.sign,
        verification_method=signer.verification_method,
        created=at,
    )
    return canonical.dumps(signed)


def unsigned(content: Content, *, issuer: Issuer) -> dict[str, Any]:
    """Return the credential of `content` before it is signed."""
    start, end = rules.whole_days(content.valid_from, content.valid_until)
    status = {"credentialStatus": _entries(content.status, issuer)} if content.status else {}
    return {
        "@context": [held.CREDENTIALS, held.OPEN_BADGES, held.OPEN_BADGES_EXTENSIONS],
        "id": content.verify_url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"Sertifikat Kompetensi {content.number}",
        "issuer": _profile(content, issuer),
        "validFrom": start.isoformat(),
        "validUntil": end.isoformat(),
        "credentialSubject": _subject(content, issuer),
        "relatedResource": [_carried(content)],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "refreshService": {"id": refresh_url(content), "type": "1EdTechCredentialRefresh"},
        **status,
    }


def refresh_url(content: Content) -> str:
    """Return where the credential is had anew; only who has it, or the content, knows the address."""
    return f"{content.verify_url}/{refresh_key(content)}"


def refresh_key(content: Content) -> str:
    """Return the part of that address that nobody guesses: from the digest of the whole content."""
    return content.digest.removeprefix("sha256:")[:32]


def status_list_url(purpose: StatusPurpose, number: int, *, issuer: Issuer) -> str:
    """Return where the status list of a purpose with this number is published."""
    return f"{_site(issuer)}/status/{purpose.value}/{number}"


def _carried(content: Content) -> dict[str, str]:
    carried = canonical.dumps(content)
    return {
        "id": CONTENT + base64.b64encode(carried).decode(),
        "mediaType": "application/json",
        "digestMultibase": multibase.digest(carried),
    }


def _profile(content: Content, issuer: Issuer) -> dict[str, Any]:
    return {"id": issuer.id, "type": ["Profile"], "name": content.body.name}


def _subject(content: Content, issuer: Issuer) -> dict[str, Any]:
    identity = {"identifier": [_identity(content.identity)]} if content.identity else {}
    return {
        # Open Badges asks for an id or a hashed identity; the holder of this certificate is one.
        "id": f"{content.verify_url}#holder",
        "type": ["AchievementSubject"],
        "name": content.holder,
        "licenseNumber": content.number,
        **identity,
        "achievement": _achievement(content, issuer),
    }


def _identity(identity: Identity) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": identity.hash,
        "identityType": identity.kind,
        "salt": identity.salt,
    }


def _achievement(content: Content, issuer: Issuer) -> dict[str, Any]:
    address = scheme_url(content, issuer=issuer)
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "creator": _profile(content, issuer),
        "name": rules.qualification(content).title,
        "description": f"{content.scheme.title} ({content.scheme.code}, versi {content.scheme.version})",
        "humanCode": content.scheme.code,
        "version": content.scheme.version,
        "inLanguage": "id",
        "criteria": {"type": ["Criteria"], "narrative": _criteria(content)},
        "alignment": [_alignment(unit, content, address) for unit in content.units],
    }


def scheme_url(content: Content, *, issuer: Issuer) -> str:
    """Return where the public reads what the scheme version asks."""
    code, version = (quote(part, safe="") for part in (content.scheme.code, content.scheme.version))
    return f"{_site(issuer)}/skema/{code}/{version}"


def _criteria(content: Content) -> str:
    units = "\n".join(f"- {unit.code} {unit.title}" for unit in content.units)
    basis = "\n".join(f"- {line}" for line in content.legal_basis)
    return f"Dinyatakan kompeten pada unit:\n{units}" + (f"\n\nDasar:\n{basis}" if basis else "")


def _alignment(unit: Any, content: Content, address: str) -> Mapping[str, Any]:
    return {
        "type": ["Alignment"],
        "targetCode": unit.code,
        "targetName": unit.title,
        "targetFramework": content.scheme.title,
        "targetType": "ceasn:Competency",
        "targetUrl": f"{address}#{quote(unit.code, safe='')}",
    }


def _entries(slot: StatusSlot, issuer: Issuer) -> list[dict[str, str]]:
    """Return the same place in both lists: withdrawn for good, and suspended for a while."""
    entries = []
    for purpose in StatusPurpose:
        address = status_list_url(purpose, slot.list, issuer=issuer)
        entries.append(
            {
                "id": f"{address}#{slot.index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose.value,
                "statusListIndex": str(slot.index),
                "statusListCredential": address,
            }
        )
    return entries


def _site(issuer: Issuer) -> str:
    return issuer.context_url.partition("/konteks/")[0]
