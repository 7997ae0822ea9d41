"""Which notices are to be printed, for those whom no mail reaches, and what stands in their letters?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from kompeten.applications import queries as applications
from kompeten.applications.terms.application import State
from kompeten.applications.terms.invitation import Left
from kompeten.certificates import queries as certificates
from kompeten.decisions import queries as decisions
from kompeten.decisions.terms import State as DecisionState
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor
from kompeten.notices.labels import invited
from kompeten.notices.models import Delivery, Notice
from kompeten.notices.queries.letters import GATHERERS, letters
from kompeten.notices.terms import (
    DeliveryState,
    MessageKind,
    Paper,
    PaperItem,
    PaperKind,
    PaperPart,
)
from kompeten.regions import labels as region_labels
from kompeten.regions import queries as regions
from kompeten.verification import labels as verification_labels
from kompeten.verification import queries as verification
from kompeten.verification.terms import Answer, Correction, Topic

if TYPE_CHECKING:
    from kompeten.applications.models import Application, Invitation

MOST_PAPERS = 200
KINDS_OF = {
    PaperKind.RETURNED: ("application.returned",),
    PaperKind.RESULT: ("decision.granted", "decision.deferred"),
    PaperKind.CERTIFICATE: ("certificate.published",),
}
AFTER_DIGITS = "~"  # sorts behind every code of a region that begins alike


def to_print(actor: Actor, part: PaperPart) -> QuerySet[Notice]:
    """Return the notices of a part that are to be printed, the oldest first.

    Each application's newest of the kind; of what is to be mended only while it is.
    """
    meant = _applications(actor, part)
    told = Notice.objects.filter(kind__in=KINDS_OF[part.kind], person__in=meant.values("person"))
    told = told.annotate(about=Subquery(_about(part.kind, meant)))
    newer = told.filter(person=OuterRef("person"), about=OuterRef("about"), pk__gt=OuterRef("pk"))
    rows = told.filter(~Exists(newer), about__isnull=False)
    if not part.again:
        sent = Delivery.objects.filter(notice=OuterRef("pk")).exclude(
            state=DeliveryState.UNDELIVERABLE.value
        )
        rows = rows.filter(~Exists(sent))
    return rows.order_by("id")


def papers(notices: Sequence[Notice]) -> list[Paper]:
    """Return the letters for these notices, in the language at hand. A dozen queries for any number."""
    refs = applications_told_of(notices)
    held = {a.ref: a for a in applications.by_refs(refs.values())}
    mended = [held[refs[n.event_id]].pk for n in notices if n.kind == "application.returned"]
    answers = verification.newest_answers(mended) if mended else {}
    return [_paper(n, held[refs[n.event_id]], answers) for n in notices]


def applications_told_of(notices: Sequence[Notice]) -> dict[int, str]:
    """Return of which application each notice tells, references by the event's key; some tell of none.

    A dozen queries for any number.
    """
    wanted = Event.objects.filter(pk__in=[n.event_id for n in notices], subject__in=GATHERERS)
    return {e.event_id: str(e.values["application"]) for e in letters(list(wanted))}


def invitation_papers(invitations: "Sequence[Invitation]", *, office: str) -> list[Paper]:
    """Return the letters to people on a list of `office`, in the language at hand. Two queries each."""
    return [_invitation_paper(found, office) for found in invitations]


def _invitation_paper(found: "Invitation", office: str) -> Paper:
    reach, left = applications.reach(found), applications.left(found)
    kind = MessageKind.MEND if left is Left.MEND else MessageKind.CONFIRM
    place = regions.region(reach.region_code) if reach.region_code else None
    lines = (reach.address, region_labels.full_name(place) if place else "")
    subject, body = invited.render(kind, office=office, until=timezone.localdate(found.ends_at))
    return Paper(
        ref=found.ref,
        application_ref=found.application.ref if found.application is not None else "",
        name=reach.name,
        address=tuple(line for line in lines if line),
        subject=subject,
        body=body,
        invitation_ref=found.ref,
    )


def _about(kind: PaperKind, meant: "QuerySet[Application]") -> QuerySet[Any, Any]:
    """Return the key of the application, one of those meant, that the outer notice leads to."""
    if kind is PaperKind.RETURNED:
        return meant.filter(ref=OuterRef("target_ref")).order_by().values("pk")
    rows: QuerySet[Any] = decisions.in_states(DecisionState.GRANTED, DecisionState.DEFERRED)
    if kind is PaperKind.CERTIFICATE:
        rows = certificates.published()
    held = rows.filter(ref=OuterRef("target_ref"), application__in=meant)
    return held.order_by().values("application_id")


def _applications(actor: Actor, part: PaperPart) -> "QuerySet[Application]":
    meant = applications.visible(actor)
    if part.kind is PaperKind.RETURNED:
        meant = meant.filter(state=State.RETURNED.value)
    if part.list_ref:
        meant = meant.filter(pk__in=applications.on_list(part.list_ref, actor).values("pk"))
    if part.application_ref:
        meant = meant.filter(ref=part.application_ref)
    if part.region:
        meant = meant.filter(
            person__region_code__gte=part.region,
            person__region_code__lt=part.region + AFTER_DIGITS,
        )
    return meant


def _paper(notice: Notice, application: "Application", answers: dict[int, Answer]) -> Paper:
    person = application.person
    answer = answers.get(application.pk) if notice.kind == "application.returned" else None
    return Paper(
        ref=notice.ref,
        application_ref=application.ref,
        name=person.full_name,
        address=_address(person),
        subject=notice.subject,
        body=tuple(part for part in notice.body.split("\n\n") if part),
        items=tuple(map(_item, answer.corrections)) if answer else (),
    )


def _address(person: Any) -> tuple[str, ...]:
    place = regions.region(person.region_code) if person.region_code else None
    lines = (person.address, region_labels.full_name(place) if place else "")
    return tuple(line for line in lines if line)


def _item(correction: Correction) -> PaperItem:
    about = correction.about
    if not correction.code:
        about = str(verification_labels.TOPIC[Topic(about)])
    return PaperItem(about, str(verification_labels.fault(correction)), correction.note)
