"""Which applications are there, and whose are they?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from kompeten.applications.models import Application
from kompeten.applications.terms.application import OPEN, ApplicationRow, State
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role

SEES_ALL = frozenset({Role.VERIFIER, Role.REGISTRAR, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN})
SPONSORS = frozenset({Role.SPONSOR})
HANDED_IN = (State.SUBMITTED, State.ACCEPTED, State.CONCLUDED)


def visible(actor: Actor) -> QuerySet[Application]:
    """Return the applications that exist for `actor`: their own, their organizations', or all for staff."""
    if actor.may(SEES_ALL):
        return Application.objects.all()
    mine = _own(actor)
    if actor.organization_ids and actor.may(SPONSORS):
        mine |= Q(organization_id__in=actor.organization_ids)
    return Application.objects.filter(mine)


def own(ref: str, actor: Actor) -> Application | None:
    """Return the application if it is visible to `actor`; absent and forbidden look the same. One query."""
    return visible(actor).filter(ref=ref).select_related("person").first()


def filed(actor: Actor) -> QuerySet[Application]:
    """Return the applications that `actor` may fill in: their own, and those of their organizations.

    Narrower than `visible`: whoever works in the office sees all, and fills in none for others.
    """
    mine = _own(actor)
    if actor.organization_ids and actor.may(SPONSORS):
        mine |= Q(organization_id__in=actor.organization_ids)
    return Application.objects.filter(mine).select_related("person")


def to_fill_in(ref: str, actor: Actor) -> Application | None:
    """Return the application if `actor` may fill it in, whatever its state, or None. One query."""
    return filed(actor).filter(ref=ref).first()


def mine(actor: Actor) -> list[Application]:
    """Return the actor's own applications, newest first. One query."""
    if actor.person_id is None:
        return []
    own = Application.objects.filter(_own(actor))
    return list(own.select_related("person").order_by("-id"))


def binds_nik(application: Application) -> bool:
    """Return whether another application of this person was handed in under their NIK. One query.

    Then somebody has checked it against a card, and it no longer changes by the person's word.
    """
    others = Application.objects.filter(person_id=application.person_id).exclude(pk=application.pk)
    return others.filter(state__in=HANDED_IN).exists()


def refs_of(person_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the references of these persons' applications, the newest first, by person. One query."""
    rows = Application.objects.filter(person_id__in=list(person_ids)).order_by("-id")
    found: dict[int, list[str]] = {}
    for key, ref in rows.values_list("person_id", "ref"):
        found.setdefault(key, []).append(ref)
    return found


def search(
    applications: QuerySet[Application], *, text: str = "", state: str = "", scheme: str = ""
) -> QuerySet[Application]:
    """Return those that were asked for, the newest first: `text` is part of a name, or a reference."""
    if text:
        named = Q(person__name__icontains=text) | Q(ref__iexact=text)
        applications = applications.filter(named)
    if state:
        applications = applications.filter(state=state)
    if scheme:
        applications = applications.filter(scheme_code=scheme)
    return applications.order_by("-id")


def rows(applications: QuerySet[Application]) -> list[ApplicationRow]:
    """Return the applications as rows for a list. One query."""
    fields = applications.values_list(
        "id",
        "ref",
        "person_id",
        "person__name",
        "person__region_code",
        "scheme_code",
        "route",
        "state",
        "submitted_at",
        "collective__ref",
    )
    return [ApplicationRow(*row[:-1], collective_ref=row[-1] or "") for row in fields]


def opened(*, since: datetime, until: datetime) -> QuerySet[Application]:
    """Return the applications that were opened in `[since, until)`."""
    return Application.objects.filter(created_at__gte=since, created_at__lt=until)


def submitted() -> QuerySet[Application]:
    """Return what waits for an eligibility review, the oldest first."""
    return Application.objects.filter(state=State.SUBMITTED).order_by("submitted_at", "id")


def in_state(state: State) -> QuerySet[Application]:
    """Return the applications that stand in `state`, the oldest first, with their persons."""
    return Application.objects.filter(state=state).select_related("person").order_by("id")


def accepted() -> QuerySet[Application]:
    """Return the applications of candidates: accepted, and not yet decided on."""
    return Application.objects.filter(state=State.ACCEPTED).order_by("id")


def by_ids(ids: Iterable[int]) -> dict[int, Application]:
    """Return applications with their persons, by key. One query per 500."""
    keys = list(ids)
    found: dict[int, Application] = {}
    for start in range(0, len(keys), 500):
        rows = Application.objects.select_related("person")
        found |= rows.in_bulk(keys[start : start + 500])
    return found


def by_ref(ref: str) -> Application | None:
    """Return an application whoever asks, its person with it, for what was shown to be theirs already.

    One query.
    """
    return Application.objects.filter(ref=ref).select_related("person").first()


def by_refs(refs: Iterable[str]) -> list[Application]:
    """Return applications by reference, their persons with them. One query."""
    return list(Application.objects.filter(ref__in=list(refs)).select_related("person"))


def settled_pairs(
    person_ids: Sequence[int], *, on: date, organization_id: int | None = None
) -> dict[tuple[int, str], str]:
    """Return why a list opens nothing for these persons, by (person, scheme code). One query per 500.

    `application.exists`: one is open; `application.elsewhere`: one is open that the person alone or
    another office than `organization_id` has filed; `competence.held`: one was granted and still
    counts on the day `on`. Who was found not yet competent may be put on a list again.
    """
    found: dict[tuple[int, str], str] = {}
    standing = Q(state__in=OPEN) | Q(competent_until__gte=on)
    fields = ("person_id", "scheme_code", "state", "organization_id")
    for start in range(0, len(person_ids), 500):
        rows = Application.objects.filter(standing, person_id__in=person_ids[start : start + 500])
        for person_id, code, state, office in rows.values_list(*fields):
            if state in OPEN:
                elsewhere = organization_id is not None and office != organization_id
                found[person_id, code] = f"application.{'elsewhere' if elsewhere else 'exists'}"
            else:
                found.setdefault((person_id, code), "competence.held")
    return found


def counts_by_state() -> dict[str, int]:
    """Return how many applications stand in each state. One query."""
    return dict(Application.objects.values_list("state").annotate(n=Count("id")))


def _own(actor: Actor) -> Q:
    """Return the condition that an application is the actor's own: with a helper beside, the one at hand."""
    if actor.person_id is None:
        return Q(pk__in=())
    mine = Q(person_id=actor.person_id)
    return mine if actor.helped_by is None else mine & Q(ref=actor.helped_by.about)
