"""Which certificates are due, on their way, or in somebody's hands?"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from kompeten.certificates.models import Certificate, Suspension, Withdrawal
from kompeten.certificates.rules import printing
from kompeten.certificates.terms import IN_FORCE, OUT, Content, Fact, State
from kompeten.decisions import queries as decisions
from kompeten.decisions.terms import State as Decided
from kompeten.foundation import files
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import queries as people

if TYPE_CHECKING:
    from kompeten.decisions.models import Decision
    from kompeten.people.models import Account

SEES = frozenset({Role.REGISTRAR, Role.DIRECTOR, Role.AUDITOR, Role.ADMIN, Role.COORDINATOR})


def inbox() -> "QuerySet[Decision]":
    """Return granted decisions under a signed decree that have no certificate yet, the oldest first."""
    issued = Certificate.objects.exclude(state=State.VOID).values("decision_id")
    return decisions.certifiable().exclude(pk__in=issued)


def unissued() -> "QuerySet[Decision]":
    """Return granted decisions whose certificate has not come out yet, signed decree or not."""
    out = Certificate.objects.filter(state__in=OUT).values("decision_id")
    return decisions.in_states(Decided.GRANTED).exclude(pk__in=out)


def waiting(state: State) -> QuerySet[Certificate]:
    """Return certificates that stand at a step on their way, the oldest first."""
    return Certificate.objects.filter(state=state).order_by("id")


def held() -> QuerySet[Certificate]:
    """Return the certificates that were set aside, those that wait longest first."""
    return Certificate.objects.filter(state=State.HELD).order_by("held_at", "id")


def held_of(person_id: int) -> Certificate | None:
    """Return a certificate of the person that was set aside, or None. One query."""
    return held().filter(person_id=person_id).first()


def is_holders_fault(certificate: Certificate) -> bool:
    """Say whether the holder's name may be why the certificate was set aside; see `printing.is_holders`."""
    return printing.is_holders(certificate.reasons)


def long_word(certificate: Certificate) -> str:
    """Return the word of the holder's present name that is too long for the sheet; empty: each has room."""
    return printing.long_word_of(certificate.person.full_name)


def signatory(certificate: Certificate) -> "Account | None":
    """Return the account that signed the decree, where the certificate was set aside for its name, or None.

    Up to four queries.
    """
    if not printing.is_signatorys(certificate.reasons):
        return None
    return people.account_by_key(certificate.decision.meeting.decree.signed_by_id or 0)


def successor(certificate: Certificate) -> Certificate | None:
    """Return the certificate that was issued in the place of a void one, or None. One query."""
    rows = Certificate.objects.filter(
        decision_id=certificate.decision_id, replaces=certificate.replaces
    )
    return rows.exclude(state=State.VOID).first()


def published() -> QuerySet[Certificate]:
    """Return every certificate that was published, whatever became of it since, the oldest first."""
    return Certificate.objects.filter(state__in=OUT).order_by("id")


def in_force() -> QuerySet[Certificate]:
    """Return the published certificates that are neither withdrawn nor replaced, the oldest first."""
    return Certificate.objects.filter(state__in=IN_FORCE).order_by("id")


def overdue_suspensions(at: datetime) -> QuerySet[Suspension]:
    """Return the open suspensions whose end has come by the instant, the oldest end first."""
    rows = Suspension.objects.filter(ended_at__isnull=True, ends_at__lte=at)
    return rows.select_related("certificate").order_by("ends_at", "id")


def open_suspension(certificate: Certificate) -> Suspension | None:
    """Return the suspension that runs, or None. One query."""
    return Suspension.objects.filter(certificate=certificate, ended_at__isnull=True).first()


def open_suspensions(certificates: Iterable[Certificate]) -> list[Suspension]:
    """Return the suspensions of certificates that run. One query."""
    return list(Suspension.objects.filter(certificate__in=certificates, ended_at__isnull=True))


def unpublished_heirs(numbers: Iterable[str]) -> QuerySet[Certificate]:
    """Return what is on its way, or held, in the place of certificates with these numbers."""
    rows = Certificate.objects.filter(replaces__in=list(numbers))
    return rows.exclude(state__in=[*OUT, State.VOID]).order_by("id")


def withdrawn_since(heirs: Iterable[Certificate]) -> set[int]:
    """Return the keys of those whose predecessor was withdrawn after they were begun. One query, or none."""
    begun = {c.replaces: c for c in heirs if c.replaces}
    if not begun:
        return set()
    rows = Withdrawal.objects.filter(certificate__number__in=begun)
    return {
        begun[number].pk
        for number, at in rows.values_list("certificate__number", "at")
        if at > begun[number].reserved_at
    }


def withdrawal(certificate: Certificate) -> Withdrawal | None:
    """Return why the certificate was withdrawn, or None. One query."""
    return Withdrawal.objects.filter(certificate=certificate).first()


def notes(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return on what the latest suspension and the withdrawal of certificates rest, by key. Two queries."""
    keys = list(ids)
    suspended = Suspension.objects.filter(certificate_id__in=keys).order_by("id")
    withdrawn = Withdrawal.objects.filter(certificate_id__in=keys)
    ours = dict(suspended.values_list("certificate_id", "note"))
    theirs = dict(withdrawn.values_list("certificate_id", "note"))
    return {key: (ours.get(key, ""), theirs.get(key, "")) for key in keys}


def last_days(numbers: Iterable[str]) -> dict[str, date]:
    """Return the last day of certificates by number. One query, or none."""
    wanted = list(numbers)
    rows = Certificate.objects.filter(number__in=wanted).values_list("number", "valid_until")
    return {number: day for number, day in rows if day} if wanted else {}


def heir(certificate: Certificate) -> Certificate | None:
    """Return the certificate that takes this one's place, on its way or published, or None. One query."""
    rows = Certificate.objects.filter(replaces=certificate.number)
    return rows.exclude(state=State.VOID).first()


def visible(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates that exist for `actor`: their own published ones, or all for staff."""
    if actor.may(SEES):
        return Certificate.objects.all()
    if actor.person_id is None:
        return Certificate.objects.none()
    return published().filter(person_id=actor.person_id)


def search(actor: Actor, wanted: str) -> QuerySet[Certificate]:
    """Return the visible certificates whose number or holder's name holds `wanted`, the newest first."""
    found = visible(actor).order_by("-id")
    if not wanted:
        return found
    return found.filter(Q(number__icontains=wanted) | Q(person__name__icontains=wanted))


def own(ref: str, actor: Actor) -> Certificate | None:
    """Return the certificate if it is visible to `actor`. One query."""
    return visible(actor).filter(ref=ref).first()


def by_id(key: int) -> Certificate:
    """Return the certificate with this key. One query.

    :raises DoesNotExist: there is none
    """
    return Certificate.objects.get(pk=key)


def by_ids(ids: Iterable[int]) -> dict[int, Certificate]:
    """Return certificates by key. One query."""
    return Certificate.objects.in_bulk(list(ids))


def by_number(number: str) -> Certificate | None:
    """Return the published certificate with this number, or None. One query."""
    return published().filter(number=number).first()


def by_file(sha256: str) -> Certificate | None:
    """Return the published certificate whose sheet, as signed, or credential has this digest, or None."""
    rows = published().filter(Q(pdf_sha256=sha256) | Q(credential_sha256=sha256))
    return rows.first()


def by_code(ref: str, text: str) -> Certificate | None:
    """Return the published certificate with this reference whose QR code says exactly `text`, or None."""
    return published().filter(ref=ref[:10], qr=text).first()


def of_applications(ids: Iterable[int]) -> dict[int, Certificate]:
    """Return the latest certificate by application key. One query.

    Void ones are none; one that will take another's place counts once it is published.
    """
    begun = Q(replaces="") & ~Q(state=State.VOID)
    rows = Certificate.objects.filter(begun | Q(state__in=OUT), application_id__in=list(ids))
    return {c.application_id: c for c in rows.order_by("id")}


def content(certificate: Certificate) -> Content:
    """Return what the certificate states.

    :raises ContentInvalid: what is stored is no content
    """
    return Content.read(certificate.content or {})


def facts(content: Content) -> dict[Fact, str]:
    """Return what a content states, one line each, in reading order."""
    return content.facts()


def pdf(certificate: Certificate) -> bytes:
    """Return the signed sheet, with what was appended since: time stamps, the national signature.

    :raises FileDamaged: the stored bytes were changed
    """
    return files.read(certificate.latest_sha256 or certificate.pdf_sha256)


def signed_pdf(certificate: Certificate) -> bytes:
    """Return the sheet as it was signed; its digest is `pdf_sha256` and never changes.

    :raises FileDamaged: the stored bytes were changed
    """
    return files.read(certificate.pdf_sha256)


def credential(certificate: Certificate) -> bytes:
    """Return the signed credential.

    :raises FileDamaged: the stored bytes were changed
    """
    return files.read(certificate.credential_sha256)


def counts_by_state() -> dict[str, int]:
    """Return how many certificates stand at each step. One query."""
    return dict(Certificate.objects.values_list("state").annotate(n=Count("id")))


def person_of(ref: str) -> int | None:
    """Return the key of the person whose certificate has this reference, or None. One query."""
    return Certificate.objects.filter(ref=ref).values_list("person_id", flat=True).first()
