"""Which essays wait for assessors, what may an assessor see, and what did each come to?"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from kompeten.exams.models import Entry, Marking, Script, Sitting
from kompeten.exams.queries.records import essays
from kompeten.exams.terms import PLANNERS, EntryState
from kompeten.exams.terms.scripts import (
    MARKERS,
    MarkerLoad,
    MarkingRow,
    MarkingState,
    MarkingView,
    ScriptState,
    WaitingScripts,
)
from kompeten.itembank.queries import keys
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import queries as people

ASSESSORS = frozenset({Role.ASSESSOR})
LIVE = (MarkingState.OPEN, MarkingState.HANDED_IN)


def markings(actor: Actor, *, state: MarkingState = MarkingState.OPEN) -> QuerySet[Marking]:
    """Return the actor's own markings, the oldest first; open ones of exams that wait for them."""
    if actor.person_id is None or not actor.may(ASSESSORS):
        return Marking.objects.none()
    held = Marking.objects.filter(assessor_id=actor.person_id, state=state)
    if state is MarkingState.OPEN:
        held = held.filter(script__entry__state=EntryState.HANDED_IN)
    return held.order_by("id" if state is MarkingState.OPEN else "-id")


def own_marking(ref: str, actor: Actor) -> Marking | None:
    """Return the marking if `actor` is its assessor and it was not taken away. One query."""
    if actor.person_id is None or not actor.may(ASSESSORS):
        return None
    held = Marking.objects.filter(ref=ref, assessor_id=actor.person_id, state__in=LIVE)
    return held.select_related("script__entry__sitting").first()


def marking_rows(rows: QuerySet[Marking]) -> list[MarkingRow]:
    """Return markings as rows for a list. One query."""
    return [_row(m) for m in rows.select_related("script__entry__sitting")]


def marking_view(marking: Marking) -> MarkingView:
    """Return all that the assessor's page shows. At most four queries.

    Nobody sees another's points while somebody may still be swayed by them.
    """
    script = marking.script
    rows = list(Marking.objects.filter(script=script, state__in=LIVE).order_by("third", "id"))
    done = [m for m in rows if m.state == MarkingState.HANDED_IN]
    all_in = len(done) == len(rows) >= MARKERS
    others = [m for m in done if m.pk != marking.pk] if all_in else []
    return MarkingView(
        row=_row(marking),
        guide=keys.guide(script.entry.form_digest, script.number),
        text=script.text,
        note=marking.note,
        others=tuple((m.points or 0, m.note, m.third) for m in others),
        settled=script.points if all_in else None,
    )


def waiting_scripts(actor: Actor) -> list[WaitingScripts]:
    """Return how far essays are, by sitting with any before assessors, for those who plan. One query."""
    if not actor.may(PLANNERS):
        return []
    open_ones = Q(state=ScriptState.MARKING, entry__state=EntryState.HANDED_IN)
    held = (
        Script.objects.annotate(few=Exists(lacking().filter(pk=OuterRef("pk"))))
        .values("entry__sitting__ref", "entry__sitting__title")
        .annotate(
            marking=Count("id", filter=open_ones),
            lacking=Count("id", filter=open_ones & Q(few=True)),
            settled=Count("id", filter=Q(state=ScriptState.SETTLED)),
        )
        .filter(marking__gt=0)
        .order_by("entry__sitting__ref")
    )
    return [
        WaitingScripts(
            row["entry__sitting__ref"], row["entry__sitting__title"],
            row["marking"], row["lacking"], row["settled"],
        )
        for row in held
    ]  # fmt: skip


def unmarked(sitting: Sitting) -> int:
    """Return how many essays of a sitting are being marked. One query, none where its form has no essays."""
    if not essays(sitting.form_digest):
        return 0
    return _before().filter(entry__sitting=sitting).count()


def marker_loads(actor: Actor) -> list[MarkerLoad]:
    """Return the assessors with open markings, the one who waits longest first, for those who plan. One query."""
    if not actor.may(PLANNERS):
        return []
    held = (
        Marking.objects.filter(state=MarkingState.OPEN)
        .values("assessor_id", "assessor__name")
        .annotate(open=Count("id"), since=Min("opened_at"))
        .order_by("since", "assessor_id")
    )
    return [
        MarkerLoad(row["assessor_id"], row["assessor__name"], row["open"], row["since"])
        for row in held
    ]


def open_markings(assessor_id: int, actor: Actor) -> list[Marking]:
    """Return an assessor's open markings, as records to take away, for those who plan. One query."""
    if not actor.may(PLANNERS):
        return []
    held = Marking.objects.filter(assessor_id=assessor_id, state=MarkingState.OPEN)
    return list(held.order_by("id"))


def marking_loads(persons: Iterable[int]) -> dict[int, int]:
    """Return how many markings these persons have open, by person; absent means none. One query."""
    rows = Marking.objects.filter(assessor_id__in=list(persons), state=MarkingState.OPEN)
    return dict(rows.order_by().values_list("assessor_id").annotate(n=Count("id")))


def pool(*, on: date, at: datetime) -> list[int]:
    """Return who may be given essays: licensed on the day `on`, assessor at `at`. Three queries."""
    held = {actor.person_id for actor in people.accounts_with(Role.ASSESSOR, at=at)}
    return [person for person in people.assessors(on=on) if person in held]


def lacking() -> QuerySet[Script]:
    """Return the scripts that have fewer assessors than they need, the oldest first."""
    live = Count("markings", filter=Q(markings__state__in=LIVE))
    return _these(_before().annotate(live=live).filter(live__lt=MARKERS))


def unsettled() -> QuerySet[Script]:
    """Return the scripts that all their assessors have marked, the oldest first."""
    live = Count("markings", filter=Q(markings__state__in=LIVE))
    done = Count("markings", filter=Q(markings__state=MarkingState.HANDED_IN))
    return _these(
        _before().annotate(live=live, done=done).filter(done=F("live"), done__gte=MARKERS)
    )


def markings_of(scripts: Iterable[Script]) -> dict[int, list[Marking]]:
    """Return the markings of each script by its key, released ones too, the third last. One query."""
    found: dict[int, list[Marking]] = {script.pk: [] for script in scripts}
    for marking in Marking.objects.filter(script_id__in=list(found)).order_by("third", "id"):
        found[marking.script_id].append(marking)
    return found


def laid(entries: Iterable[Entry]) -> dict[int, dict[int, Script]]:
    """Return the scripts of each entry by number, by the entry's key. One query per 500."""
    keys_ = [entry.pk for entry in entries]
    found: dict[int, dict[int, Script]] = {}
    for start in range(0, len(keys_), 500):
        for script in Script.objects.filter(entry_id__in=keys_[start : start + 500]):
            found.setdefault(script.entry_id, {})[script.number] = script
    return found


def _before() -> QuerySet[Script]:
    return Script.objects.filter(state=ScriptState.MARKING, entry__state=EntryState.HANDED_IN)


def _these(counted: QuerySet[Script]) -> QuerySet[Script]:
    # Counted apart: rows that are grouped cannot be locked.
    return Script.objects.filter(pk__in=counted.values("pk")).order_by("id")


def _row(marking: Marking) -> MarkingRow:
    script = marking.script
    return MarkingRow(
        ref=marking.ref,
        attempt=script.entry.ref,
        sitting=script.entry.sitting.title,
        number=script.number,
        characters=len(script.text),
        most_points=script.most_points,
        points=marking.points,
        state=MarkingState(marking.state),
        third=marking.third,
        opened_at=marking.opened_at,
    )
