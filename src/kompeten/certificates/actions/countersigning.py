"""How does the national signature come onto a sheet? After it was published, whenever the service is there.

The body's own signature stands first, so credential, register and log wait for nobody. Until the
national one is appended the certificate is provisional, and says so. A service that is away or says
no is a reason that is written down and shown; it is asked again, and what waited completes by itself.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kompeten.certificates import queries
from kompeten.certificates.actions.lasting import append
from kompeten.certificates.adapters import check_appended, wiring
from kompeten.certificates.adapters.esign import EsignRefused, EsignUnavailable
from kompeten.certificates.chart import CERTIFICATE, Awaiting, Countersigning
from kompeten.certificates.models import Certificate
from kompeten.certificates.terms import Countersign
from kompeten.foundation import files, ledger
from kompeten.kernel.actors import SYSTEM

log = logging.getLogger("kompeten.certificates")


def countersign(certificates: Sequence[Certificate], *, at: datetime) -> int:
    """Let the national service sign each sheet; return how many it signed before it said no or nothing."""
    if not certificates or queries.national_rests(at):
        return 0
    signed = 0
    try:
        service, known = queries.national(), queries.countersigners()
        for certificate in certificates:
            before, content = queries.pdf(certificate), queries.content(certificate)
            reason = f"Sertifikat Kompetensi {content.number}"
            after = _whole(service.sign(before, reason=reason, place=content.place))
            if flaw := check_appended.countersignature(before, after, known):
                raise EsignRefused(flaw)
            _keep(certificate, after, at=at)
            signed += 1
    except EsignUnavailable as problem:
        log.warning("the national service is asked later: %s", problem)
        _await(certificates[signed:], "esign.unreachable", is_refusal=False, at=at)
    except EsignRefused as refusal:
        log.warning("the national service does not sign: %s", refusal.reason)
        _await(certificates[signed:], refusal.reason, is_refusal=True, at=at)
    return signed


def name_signatory(nik: str, passphrase: str, certificate: bytes, *, at: datetime) -> str:
    """Write down who signs at the national service, and believe that one's certificate; return the name.

    :raises ValueError: it is no certificate
    """
    name = wiring.trust_countersigner(queries.key_folder(), certificate)
    wiring.keep_signatory(queries.key_folder(), nik, passphrase, at=at)
    return name


def _whole(signed: bytes) -> bytes:
    """Return the file up to where its last signature reaches; what a service hangs behind it is not signed."""
    return signed[: check_appended.reach(signed)]


def _keep(certificate: Certificate, after: bytes, *, at: datetime) -> None:
    ref = files.put(after, media_type="application/pdf")
    columns = {
        "latest_sha256": ref.sha256,
        "countersign": Countersign.DONE.value,
        "countersign_reason": "",
    }
    with transaction.atomic():
        if append(certificate, columns):
            facts = Countersigning(f"sha256:{ref.sha256}")
            ledger.take(CERTIFICATE, "countersign", certificate, by=SYSTEM, at=at, facts=facts)


def _await(
    certificates: Sequence[Certificate], reason: str, *, is_refusal: bool, at: datetime
) -> None:
    """Write down why certificates wait; once for each, unless it is a refusal, which counts the hour."""
    new = [c for c in certificates if c.countersign_reason != reason]
    ledger.take_many(
        CERTIFICATE,
        "await",
        new or (list(certificates[:1]) if is_refusal else []),
        by=SYSTEM,
        at=at,
        facts=lambda _certificate: Awaiting(reason, is_refusal),
        also={"countersign_reason": reason},
    )
