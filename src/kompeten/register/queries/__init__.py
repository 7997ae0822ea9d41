"""What may anybody know of a certificate?"""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.db.models.functions import Upper

from kompeten.certificates import queries as certificates
from kompeten.certificates.terms import BODY_ZONE, Fact, State, StatusPurpose
from kompeten.foundation.vc import did
from kompeten.register import rules
from kompeten.register.adapters import did as naming
from kompeten.register.adapters import trust as reading
from kompeten.register.adapters import verify as verifying
from kompeten.register.models import Entry
from kompeten.register.queries import logkeys
from kompeten.register.terms import (
    Beside,
    Kind,
    Known,
    PublicSheet,
    Status,
    Trust,
    TrustUnreadable,
    Verdict,
    When,
)

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate


def inbox() -> "QuerySet[Certificate]":
    """Return published certificates that are not in the register yet, the oldest first."""
    known = Entry.objects.values("certificate_id")
    return certificates.published().exclude(pk__in=known).select_related("person", "application")


def find(text: str) -> Entry | None:
    """Return the entry whose number or reference is `text`, as a person types it, or None. Two queries."""
    bare = _typed(text)
    typed = _entries().alias(typed=Upper("number")).filter(typed=bare.upper())
    return typed.first() or by_ref(bare)


def by_ref(ref: str) -> Entry | None:
    """Return the entry with this reference (the one in the QR code), or None. One query."""
    return _entries().filter(ref=ref.upper()).first()


def sheet(entry: Entry, *, on: date) -> PublicSheet:
    """Return everything the paper states, with what holds on the day `on`.

    No query for a certificate in force, one or two for others.
    """
    certificate = entry.certificate
    content = certificates.content(certificate)
    stands = status(entry, on=on)
    return PublicSheet(
        ref=entry.ref,
        number=entry.number,
        name=content.holder,
        status=stands,
        facts=tuple((fact.value, line) for fact, line in certificates.facts(content).items()),
        units=tuple((unit.code, unit.title) for unit in content.units),
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        pdf_digest=f"sha256:{certificate.pdf_sha256}",
        credential_digest=f"sha256:{certificate.credential_sha256}",
        is_demonstration=content.is_demonstration,
        is_provisional=certificates.is_provisional(certificate),
        leaf=certificate.leaf,
        **_of_its_life(certificate, stands),
    )


def status(entry: Entry, *, on: date) -> Status:
    """Return what the certificate is on the day `on`, as this house knows at this moment."""
    state = State(entry.certificate.state)
    return rules.status(state, entry.valid_from, entry.valid_until, on=on)


def standing(certificate: "Certificate", *, on: date) -> Status:
    """Return what a published certificate is on the day `on`, as this house knows at this moment. No query."""
    assert certificate.valid_from is not None
    assert certificate.valid_until is not None
    state = State(certificate.state)
    return rules.status(state, certificate.valid_from, certificate.valid_until, on=on)


_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


def _typed(text: str) -> str:
    """Return a number as it is printed: other programs write other blanks, dashes and widths into it."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    shown = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return " ".join(shown.split())


def _entries() -> "QuerySet[Entry]":
    return Entry.objects.select_related("certificate")


def _of_its_life(certificate: "Certificate", stands: Status) -> dict[str, Any]:
    """Return what else the public may know of one that does not hold."""
    if stands is Status.SUSPENDED and (running := certificates.open_suspension(certificate)):
        # The end is midnight; the day before it is the last.
        last = (running.ends_at - timedelta(seconds=1)).astimezone(BODY_ZONE).date()
        return {"suspended_until": last}
    if stands not in {Status.WITHDRAWN, Status.REPLACED}:
        return {}
    withdrawal = certificates.withdrawal(certificate) if stands is Status.WITHDRAWN else None
    heir = certificates.heir(certificate)
    # Its page is there once it was entered, a moment after its publication.
    shown = heir is not None and Entry.objects.filter(certificate=heir).exists()
    return {
        "withdrawn_on": withdrawal and withdrawal.at.astimezone(BODY_ZONE).date(),
        "heir": (heir.ref, heir.number) if heir and shown else None,
    }


def verify(
    data: bytes,
    *,
    at: datetime,
    trust: Path | None = None,
    beside: Beside = verifying.NOTHING,
    proven: datetime | None = None,
) -> Verdict:
    """Return the verdict on a PDF, a credential, a token, a bundle or the text of a QR code; asks nobody.

    Believes the authorities in the file `trust`, or those of this house (none before it has keys),
    and of what is `beside` the file only what they signed. `proven` is an instant at which the file
    is known to have existed. Never raises for bad input.

    :raises TrustUnreadable: the file does not say whom to trust
    """
    believed = _trust(trust) if trust else _own()
    return verifying.verify(data, trust=believed, at=at, beside=beside, proven=proven)


def judge(data: bytes, *, at: datetime) -> tuple[Verdict, Entry | None]:
    """Return the verdict of this house's own register on `data`, and the entry it speaks of, if there is one.

    The register knows when it issued this very file, so what it signed with a key that was lost later
    still holds before it. Two or three queries; of a bundle the policy of the log is read as well.
    """
    own = _issued(data)
    is_bundle = verifying.sniff(data) is Kind.BUNDLE
    beside = Beside(policy=logkeys.policy()) if is_bundle else verifying.NOTHING
    verdict = verify(data, at=at, beside=beside, proven=own.signed_at if own else None)
    if not verdict.facts:
        return verdict, None
    entry = of_verdict(verdict)
    # Between publication and entry a minute may pass; the certificate itself is there.
    number = dict(verdict.facts)[Fact.NUMBER]
    issued = own or (entry.certificate if entry else certificates.by_number(number))
    known = _known(issued, on=at.astimezone(BODY_ZONE).date()) if issued else None
    if own and known:
        known = replace(known, digests=known.digests | {verdict.signed_digest})
    return rules.informed(verdict, known, at=at), entry


def _issued(data: bytes) -> "Certificate | None":
    """Return the certificate whose very file, token or code this is; None where we issued no such one."""
    if verifying.sniff(data) is Kind.QR:
        text = data.decode()
        return certificates.by_code(text.partition("#")[0].rpartition("/s/")[2], text)
    if verifying.sniff(data) is Kind.JWT:
        return certificates.by_credential(verifying.in_token(data))
    signed = verifying.signed_digest(data)
    return certificates.by_file(signed.removeprefix("sha256:")) if signed else None


def _known(issued: "Certificate", *, on: date) -> Known:
    first, last = issued.valid_from or on, issued.valid_until or on
    return Known(
        rules.status(State(issued.state), first, last, on=on),
        frozenset(f"sha256:{d}" for d in (issued.pdf_sha256, issued.credential_sha256)),
        issued.leaf,
    )


def of_verdict(verdict: Verdict) -> Entry | None:
    """Return the entry that a verdict's signed facts name, or None. One query, or none."""
    number = dict(verdict.facts).get(Fact.NUMBER)
    return _entries().filter(number=number).first() if number else None


def documents(*, at: datetime) -> Iterator[tuple[str, bytes]]:
    """Give what is public beside the log, by the path under which it is served; what is not there is left out.

    Status lists are those of the minute of `at`.
    """
    if own_trust().exists():
        yield "penerbit", own_trust().read_bytes()
    if (document := did_document()) is not None:
        yield ".well-known/did.json", document
    for number in range(1, certificates.status_lists() + 1):
        for purpose in StatusPurpose:
            if (listed := certificates.status_list(purpose, number, at=at)) is not None:
                yield f"status/{purpose}/{number}", listed
    yield "konteks/sertifikat-v1", certificates.vocabulary()


def own_trust() -> Path:
    """Return the file that says whom this house trusts; it is public, and given to other verifiers."""
    return Path(settings.DATA_DIR) / "keys" / "trust.json"


def did_document() -> bytes | None:
    """Return the document of this house's `did:web`, as JSON, or None: it has none under its address."""
    own = own_trust()
    stated = (
        naming.document(own.read_bytes(), did.of_web(settings.PUBLIC_URL)) if own.exists() else None
    )
    return json.dumps(stated, indent=1).encode() + b"\n" if stated else None


def trusted_key(method: str) -> bytes | None:
    """Return the key at an address, if this house knows it, or None; `key_fault` says whether it counts."""
    known = _own().keys.get(method)
    return known.public_key if known else None


def key_fault(method: str, *, claimed: datetime | None, at: datetime) -> str:
    """Return why a signature of `claimed` by the key at an address does not count, as a code; "" if it does.

    Of a key that is not of this house nothing is known here. None where a signature bears no date.
    """
    known = _own().keys.get(method)
    return rules.key_fault(known.tenure, When(at, claimed)) if known else ""


def counts_by_province() -> dict[str, int]:
    """Return how many certificates each province has. One query."""
    return dict(Entry.objects.values_list("province_code").annotate(n=Count("id")))


def total() -> int:
    """Return how many certificates stand in the register. One query."""
    return Entry.objects.count()


def _own() -> Trust:
    """Return whom this house trusts: nobody, before it has keys."""
    return _trust(own_trust()) if own_trust().exists() else Trust((), {})


def _trust(path: Path) -> Trust:
    """Return the trust in a file, read anew when the file was changed: keys end, and get lost."""
    try:
        looks = path.stat()
    except OSError as error:
        raise TrustUnreadable(f"{path} cannot be read: {error.strerror}") from error
    return _read_trust(path, (looks.st_mtime_ns, looks.st_size, looks.st_ino))


@lru_cache(maxsize=4)
def _read_trust(path: Path, _looks: tuple[int, int, int]) -> Trust:
    return reading.load(path)
