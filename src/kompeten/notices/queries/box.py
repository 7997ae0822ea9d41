"""Which notices has a person, and which deliveries are due?"""

from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from kompeten.journey.terms import Target
from kompeten.kernel.actors import Actor
from kompeten.notices.models import Delivery, Notice
from kompeten.notices.terms import Channel, DeliveryState, NoticeRow


def of(actor: Actor) -> QuerySet[Notice]:
    """Return the actor's own notices, the newest first."""
    return Notice.objects.filter(person_id=actor.person_id or 0).order_by("-id")


def box(
    actor: Actor, *, offset: int = 0, limit: int = 25, only_unread: bool = False
) -> list[NoticeRow]:
    """Return a page of the actor's own notices, the newest first. One query."""
    notices = of(actor)
    if only_unread:
        notices = notices.filter(read_at__isnull=True)
    return [
        NoticeRow(
            ref=n.ref,
            kind=n.kind,
            subject=n.subject,
            body=n.body,
            target=Target(n.target),
            target_ref=n.target_ref,
            written_at=n.written_at,
            read_at=n.read_at,
        )
        for n in notices[offset : offset + limit]
    ]


def unread(actor: Actor) -> int:
    """Return how many of the actor's own notices are unread. One query."""
    return of(actor).filter(read_at__isnull=True).count()


def due(*, at: datetime) -> QuerySet[Delivery]:
    """Return the mails to be tried now, the longest due first."""
    waiting = Delivery.objects.filter(
        channel=Channel.MAIL, state=DeliveryState.QUEUED, next_try_at__lte=at
    )
    return waiting.order_by("next_try_at", "id")


def waiting() -> dict[str, int]:
    """Return how many deliveries stand in each state. One query."""
    return dict(Delivery.objects.values_list("state").annotate(n=Count("id")).order_by())


def overdue(*, at: datetime, older: timedelta = timedelta(hours=1)) -> int:
    """Return how many mails have failed and wait for longer than `older`: the post may be broken."""
    late = Delivery.objects.filter(state=DeliveryState.QUEUED, attempts__gt=0)
    return late.filter(notice__written_at__lt=at - older).count()
