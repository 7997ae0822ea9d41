"""Which applications are there, whose, and what is still asked of them?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from kompeten.applications.models import Application, Collective, CollectiveRow, Document, Repair
from kompeten.applications.rules import mending, roster
from kompeten.applications.terms import Known, Roster
from kompeten.applications.terms.application import (
    OPEN,
    ApplicationRow,
    DocumentRow,
    ListRow,
    State,
)
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.regions import queries as regions
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import DocumentKind, DocumentRules, Route

SEES_ALL = frozenset({Role.VERIFIER, Role.REGISTRAR, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN})
SPONSORS = frozenset({Role.SPONSOR})
HANDED_IN = (State.SUBMITTED, State.ACCEPTED, State.CONCLUDED)


def visible(actor: Actor) -> QuerySet[Application]:
    """Return the applications that exist for `actor`: their own, their organizations', or all for staff."""
    if actor.may(SEES_ALL):
        return Application.objects.all()
    mine = Q(pk__in=())
    if actor.person_id is not None:
        mine |= Q(person_id=actor.person_id)
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
    mine = Q(person_id=actor.person_id) if actor.person_id is not None else Q(pk__in=())
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
    return list(Application.objects.filter(person_id=actor.person_id).order_by("-id"))


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
    """Return applications by key. One query per 500."""
    keys = list(ids)
    found: dict[int, Application] = {}
    for start in range(0, len(keys), 500):
        found |= Application.objects.in_bulk(keys[start : start + 500])
    return found


def documents_asked(application: Application) -> DocumentRules:
    """Return which documents the application's own scheme version asks for on its route."""
    content = schemes.content(application.scheme_version_id)
    return content.routes[Route(application.route)].documents


def document_kinds(application: Application) -> dict[str, DocumentKind]:
    """Return how the scheme describes each document that may be put in, by code."""
    content = schemes.content(application.scheme_version_id)
    asked = set(documents_asked(application).codes)
    return {kind.code: kind for kind in content.documents if kind.code in asked}


def present_codes(application: Application) -> frozenset[str]:
    """Return the codes of the documents put in. One query."""
    rows = application.documents.filter(replaced_at__isnull=True)
    return frozenset(rows.values_list("code", flat=True))


def files(application_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return the digests of the present documents by code, by application. One query per 500."""
    keys = list(application_ids)
    found: dict[int, dict[str, str]] = {}
    for start in range(0, len(keys), 500):
        part = Document.objects.filter(application_id__in=keys[start : start + 500])
        rows = part.filter(replaced_at__isnull=True).order_by("id")
        for key, code, sha256 in rows.values_list("application_id", "code", "sha256"):
            found.setdefault(key, {})[code] = sha256
    return found


def documents(application: Application, *, language: str = "id") -> list[DocumentRow]:
    """Return each document asked for, with the file put in, in the scheme's order. One query."""
    held = {d.code: d for d in application.documents.filter(replaced_at__isnull=True)}
    rules, kinds = documents_asked(application), document_kinds(application)
    found = []
    for code in rules.codes:
        kind, file = kinds[code], held.get(code)
        row = DocumentRow(
            code=code,
            title=kind.title.of(language),
            help=kind.help.of(language),
            required=code not in rules.optional,
        )
        found.append(row if file is None else _with_file(row, file))
    return found


def document(application: Application, code: str) -> Document | None:
    """Return the present document for a requirement. One query."""
    return application.documents.filter(code=code, replaced_at__isnull=True).first()


def known(*, on: date) -> Known:
    """Return what the house knows when a list is judged on the day `on`."""
    versions = schemes.known(on=on)
    return Known(
        regions=regions.codes(on=on),
        schemes=schemes.open_routes(on=on),
        programs=frozenset(
            name for v in versions for p in v.programs for name in (p.title.id, *p.aliases)
        ),
    )


def report(judged: Roster, *, warnings: bool = False) -> dict[str, Any]:
    """Return a judged list as other programs read it; the keys are a contract."""
    return roster.report(judged, warnings=warnings)


def collectives(actor: Actor) -> QuerySet[Collective]:
    """Return the lists that exist for `actor`: those of a sponsor's organizations, or all for staff."""
    if actor.may(SEES_ALL):
        return Collective.objects.all()
    return sponsored(actor)


def sponsored(actor: Actor) -> QuerySet[Collective]:
    """Return the lists that `actor` answers for: those of the organizations they are sponsor of."""
    if not actor.may(SPONSORS):
        return Collective.objects.none()
    return Collective.objects.filter(organization_id__in=actor.organization_ids)


def collective(ref: str, actor: Actor) -> Collective | None:
    """Return the list if it is visible to `actor`. One query."""
    return collectives(actor).filter(ref=ref).first()


def repairs_by_list(refs: Iterable[str]) -> dict[str, int]:
    """Return how many lines of the lists called `refs` still wait to be mended. One query."""
    rows = repairs_waiting().filter(line__collective__ref__in=list(refs)).order_by()
    return dict(rows.values_list("line__collective__ref").annotate(n=Count("id")))


def received_before(sha256: str) -> Collective | None:
    """Return the list that this file has become, whichever office sent it, or None. One query."""
    return Collective.objects.filter(sha256=sha256).order_by("id").first()


def list_words() -> dict[str, tuple[str, ...]]:
    """Return the words a mended line may have where only some are understood, by field."""
    return mending.choices()


def persons_of_collective(ref: str) -> list[int]:
    """Return the persons whose applications a list opened, by key. One query."""
    rows = Application.objects.filter(collective__ref=ref).order_by("person_id")
    return list(rows.values_list("person_id", flat=True))


def collective_counts(collective: Collective) -> dict[str, int]:
    """Return how many lines have each verdict. One query."""
    counted = collective.rows.values_list("verdict").annotate(n=Count("id"))
    return dict(counted)


def collective_list(lists: QuerySet[Collective]) -> list[ListRow]:
    """Return collective lists as rows, with counts of verdicts. Two queries."""
    page = list(lists)
    counted = CollectiveRow.objects.filter(collective__in=[c.pk for c in page])
    counts: dict[int, dict[str, int]] = {}
    for key, verdict, n in counted.values_list("collective_id", "verdict").annotate(n=Count("id")):
        counts.setdefault(key, {})[verdict] = n
    return [
        ListRow(c.ref, c.organization_id, c.label, c.received_at, counts.get(c.pk, {}))
        for c in page
    ]


def collective_rows(collective: Collective) -> QuerySet[CollectiveRow]:
    """Return the lines of a list in the order of the sheets, with their applications."""
    rows = collective.rows.select_related("application", "repair__application")
    return rows.order_by("id")


def collective_progress(collective: Collective) -> dict[str, int]:
    """Return how many applications of the list stand in each state. One query."""
    counted = collective.applications.values_list("state").annotate(n=Count("id"))
    return dict(counted)


def repairs_waiting() -> QuerySet[Repair]:
    """Return the lines that wait to be mended."""
    return Repair.objects.filter(state="waiting")


def repair(ref: str, actor: Actor) -> Repair | None:
    """Return the repair if its list is visible to `actor`. One query."""
    waiting = Repair.objects.filter(line__collective__in=collectives(actor), ref=ref)
    return waiting.select_related("line__collective").first()


def settled_pairs(person_ids: Sequence[int], *, on: date) -> dict[tuple[int, str], str]:
    """Return why a list opens nothing for these persons, by (person, scheme code). One query per 500.

    `application.exists`: one is open; `competence.held`: one was granted and still counts on the
    day `on`. Who was found not yet competent may be put on a list again.
    """
    found: dict[tuple[int, str], str] = {}
    standing = Q(state__in=OPEN) | Q(competent_until__gte=on)
    for start in range(0, len(person_ids), 500):
        rows = Application.objects.filter(standing, person_id__in=person_ids[start : start + 500])
        for person_id, code, state in rows.values_list("person_id", "scheme_code", "state"):
            if state in OPEN or (person_id, code) not in found:
                why = "application.exists" if state in OPEN else "competence.held"
                found[person_id, code] = why
    return found


def counts_by_state() -> dict[str, int]:
    """Return how many applications stand in each state. One query."""
    return dict(Application.objects.values_list("state").annotate(n=Count("id")))


def _with_file(row: DocumentRow, file: Document) -> DocumentRow:
    return DocumentRow(
        row.code,
        row.title,
        row.help,
        row.required,
        sha256=file.sha256,
        label=file.label,
        size=file.size,
        media_type=file.media_type,
    )
