"""Who watches which certificates, what waits for them, and how does it read?"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation

from kompeten.applications import queries as applications
from kompeten.certificates import queries as certificates
from kompeten.foundation import privacy
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices import rules
from kompeten.notices.chart import OFFICES
from kompeten.notices.labels import frame, watching
from kompeten.notices.models import Ping, Watch, Watched
from kompeten.notices.models.watch import SECRET_COLUMN
from kompeten.notices.terms import (
    Mail,
    Parcel,
    PingState,
    Told,
    WatchChannel,
    WatchRow,
    WatchState,
)
from kompeten.people import queries as people

if TYPE_CHECKING:
    from kompeten.certificates.models import Certificate

LANGUAGE = "id"
# What a mail tells; it waits so long for more, so that a recall of hundreds is one mail.
GATHER = timedelta(minutes=10)
# What a certificate has become, by the event that is told.
BECOMES = {
    "certificate.published": "valid",
    "certificate.suspended": "suspended",
    "certificate.lifted": "valid",
    "certificate.withdrawn": "withdrawn",
    "certificate.replaced": "replaced",
}
RINGING = tuple(BECOMES)


def offices(actor: Actor) -> frozenset[int]:
    """Return the organizations that `actor` is sponsor of, by key."""
    return actor.organization_ids if actor.may(OFFICES) else frozenset()


def active(organization_id: int) -> QuerySet[Watch]:
    """Return the watches by which an office hears now."""
    return Watch.objects.filter(organization_id=organization_id, state=WatchState.ACTIVE)


def is_ended(watch: Watch) -> bool:
    """Say whether a watch hears nothing any more."""
    return watch.state == WatchState.ENDED


def own_watch(ref: str, actor: Actor) -> Watch | None:
    """Return the watch if it is the actor's: by mail their own, by webhook their office's. One query."""
    return _own(actor).filter(ref=ref).first()


def watch_rows(actor: Actor) -> list[WatchRow]:
    """Return the watches that are the actor's, those that hear first. Three queries."""
    waiting = Count("pings", filter=Q(pings__state=PingState.QUEUED))
    found = list(_own(actor).annotate(waiting=waiting).order_by("state", "-id"))
    labels = people.account_labels(watch.account_id for watch in found)
    addresses = people.mail_addresses(w.person_id for w in found if w.person_id is not None)
    return [
        WatchRow(
            ref=w.ref,
            channel=WatchChannel(w.channel),
            state=WatchState(w.state),
            to=w.url or addresses.get(w.person_id or 0, ""),
            by=labels.get(w.account_id, ""),
            opened_at=w.opened_at,
            failures=w.failures,
            trouble=w.trouble,
            next_try_at=w.next_try_at,
            waiting=w.waiting,
        )
        for w in found
    ]


def watchers(held: "Iterable[Certificate]") -> dict[int, list[Watch]]:
    """Return the active watches of each certificate, by its key. Three queries."""
    found = list(held)
    through = applications.by_ids({c.application_id for c in found})
    of_office: dict[int, set[int]] = {}
    for certificate in found:
        office = through[certificate.application_id].organization_id
        of_office[certificate.pk] = set() if office is None else {office}
    added = Watched.objects.filter(certificate_id__in=list(of_office))
    for key, office in added.values_list("certificate_id", "organization_id"):
        of_office[key].add(office)
    every = {office for mine in of_office.values() for office in mine}
    rows = Watch.objects.filter(state=WatchState.ACTIVE, organization_id__in=every).order_by("id")
    watches = list(rows)
    return {
        key: [watch for watch in watches if watch.organization_id in mine]
        for key, mine in of_office.items()
    }


def queued(event_ids: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Return (watch, event) of the messages that were queued for these events, by key. One query."""
    return Ping.objects.filter(event_id__in=list(event_ids)).values_list("watch_id", "event_id")


def due_watches(*, at: datetime) -> QuerySet[Watch]:
    """Return the watches that something waits for and that are to be tried now, the longest due first."""
    waiting = Ping.objects.filter(watch=OuterRef("pk"), state=PingState.QUEUED)
    ripe = waiting.filter(Q(queued_at__lte=at - GATHER) | ~Q(batch=""))
    told = Q(channel=WatchChannel.WEBHOOK) & Q(Exists(waiting))
    told |= Q(channel=WatchChannel.MAIL) & Q(Exists(ripe))
    rows = Watch.objects.filter(told, state=WatchState.ACTIVE, next_try_at__lte=at)
    return rows.order_by("next_try_at", "id")


def waiting_pings(watch: Watch) -> QuerySet[Ping]:
    """Return what a watch has not heard yet, in the order in which it happened."""
    rows = Ping.objects.filter(watch=watch, state=PingState.QUEUED)
    return rows.select_related("certificate").order_by("id")


def told(ping: Ping) -> Told:
    """Return what a message says. No query where its certificate was read with it."""
    content = certificates.content(ping.certificate)
    return Told(
        kind=ping.kind,
        number=content.number,
        name=content.holder,
        state=BECOMES[ping.kind],
        day=timezone.localdate(ping.happened_at),
        at=ping.happened_at,
    )


def parcel(watch: Watch, pings: Sequence[Ping]) -> Parcel:
    """Return the messages for a webhook, with the secret that signs them.

    :raises SealBroken: the secret does not open
    """
    sealed = bytes(watch.secret_sealed or b"")
    secret = privacy.unseal(sealed, column=SECRET_COLUMN, row=watch.ref)
    messages = tuple((f"msg_{ping.ref}", rules.told_bytes(told(ping))) for ping in pings)
    return Parcel(watch.url, secret, messages)


def digests(held: Sequence[tuple[Watch, Sequence[Ping]]], *, at: datetime) -> dict[int, Mail | str]:
    """Return the mail of each watch by key, or the code why nobody is to be written to. Five queries.

    Whoever is no sponsor of the office any more hears nothing of its people.
    """
    sponsors = {a.account_id: a for a in people.accounts_with(Role.SPONSOR, at=at)}
    persons = {watch.person_id for watch, _ in held if watch.person_id is not None}
    addresses, rows = people.mail_addresses(persons), people.persons(persons)
    on = timezone.localdate(at)
    names = people.organization_names({w.organization_id for w, _ in held}, on=on)
    found: dict[int, Mail | str] = {}
    for watch, pings in held:
        actor = sponsors.get(watch.account_id)
        if actor is None or watch.organization_id not in actor.organization_ids:
            found[watch.pk] = "watch.not_sponsor"
            continue
        key = watch.person_id or 0
        to, name = addresses.get(key, ""), rows[key].full_name
        found[watch.pk] = _mail(pings, to=to, name=name, office=names.get(watch.organization_id))
    return found


def _own(actor: Actor) -> QuerySet[Watch]:
    theirs = Q(channel=WatchChannel.WEBHOOK) | Q(account_id=actor.account_id)
    return Watch.objects.filter(theirs, organization_id__in=offices(actor))


def _mail(pings: Sequence[Ping], *, to: str, name: str, office: str | None) -> Mail:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    with translation.override(LANGUAGE):
        subject, body = watching.digest([told(ping) for ping in pings], office=office or "")
        framed = frame(body, name=name, site=settings.PUBLIC_URL, sender=settings.OPTIONS.body_name)
    return Mail(to=to, subject=subject, body=framed, key=f"<{pings[0].batch}@{host}>")
