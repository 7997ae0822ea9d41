"""How does a signature outlive its key? Fresh revocation lists, and time stamps behind what is published.

Certificates are published at once and stamped after: an authority of others that is away delays
nobody, and what it missed is stamped as soon as it is back. A stamp is appended; the sheet before it,
whose digest stands in the log, stays as it was.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kompeten.certificates import queries
from kompeten.certificates.adapters import check_appended, pades, wiring
from kompeten.certificates.adapters.timestamp import TimestampRefused, TimestampUnavailable
from kompeten.certificates.chart import CERTIFICATE, Stamping
from kompeten.certificates.models import Certificate
from kompeten.foundation import files, ledger
from kompeten.kernel.actors import SYSTEM

log = logging.getLogger("kompeten.certificates")


class ExtensionBroken(Exception):
    """What was appended to a sheet does not hold; the sheet stays as it was. The codes say why."""


def keep_lists(*, at: datetime) -> bool:
    """Make the revocation list of our own authority anew if its week is over; say whether it was."""
    passphrase = settings.KEY_PASSPHRASE.encode()
    return wiring.keep_lists(queries.key_folder(), passphrase=passphrase, at=at)


def stamp(certificates: Sequence[Certificate], *, at: datetime) -> int:
    """Append a time stamp, and what is known of the chain by now, to each sheet; return to how many.

    Stops where the authority does not answer: the rest is stamped later. None of it without one.

    :raises ExtensionBroken: our own output does not hold
    """
    timestamper = queries.timestamper()
    if timestamper is None:
        return 0
    evidence = queries.evidence()
    for done, certificate in enumerate(certificates):
        before = queries.pdf(certificate)
        try:
            after = pades.stamp(before, timestamper=timestamper, evidence=evidence)
        except (TimestampUnavailable, TimestampRefused) as problem:
            log.warning("%s is stamped later: %s", certificate.number, problem)
            return done
        _keep(certificate, before, after, at=at)
    return len(certificates)


def _keep(certificate: Certificate, before: bytes, after: bytes, *, at: datetime) -> None:
    """Store a sheet with one stamp more, once a reader that did not make it has seen the stamp."""
    instant, codes = check_appended.stamp(before, after)
    if instant is None or codes:
        raise ExtensionBroken(f"{certificate.number}: {', '.join(codes)}")
    ref = files.put(after, media_type="application/pdf")
    columns = {"latest_sha256": ref.sha256, "stamped_at": instant}
    with transaction.atomic():
        if append(certificate, columns):
            facts = Stamping(f"sha256:{ref.sha256}", instant)
            ledger.take(CERTIFICATE, "stamp", certificate, by=SYSTEM, at=at, facts=facts)


def append(certificate: Certificate, columns: Mapping[str, object]) -> bool:
    """Write down the longer file of a certificate; say whether it was still the file that was made longer.

    One conditional UPDATE: of two workers that asked for the same sheet one writes, the other's
    answer is dropped, and nothing that one has appended is lost.
    """
    unchanged = Certificate.objects.filter(
        pk=certificate.pk, latest_sha256=certificate.latest_sha256
    )
    if not unchanged.update(**columns):
        return False
    for name, value in columns.items():
        setattr(certificate, name, value)
    return True
