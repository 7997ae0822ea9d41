"""Which readings are there, what may their reader see, and who can be asked to read?"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, QuerySet

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.people import queries as people
from kompeten.portfolios.models import Dossier, Reading
from kompeten.portfolios.queries import written
from kompeten.portfolios.queries.dossiers import SEES_ALL
from kompeten.portfolios.rules import marking
from kompeten.portfolios.terms import (
    GONE,
    DossierState,
    Mark,
    MarkView,
    OtherReading,
    ReadingRow,
    ReadingState,
    ReadingView,
)
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Question, SchemeContent

Marks = dict[str, Mark]


def readings(actor: Actor, *, state: ReadingState = ReadingState.OPEN) -> QuerySet[Reading]:
    """Return the actor's own readings in `state`, those due first."""
    if actor.person_id is None or not actor.may(frozenset({Role.ASSESSOR})):
        return Reading.objects.none()
    held = Reading.objects.filter(assessor_id=actor.person_id, state=state)
    return held.order_by("due_on", "id")


def own_reading(ref: str, actor: Actor) -> Reading | None:
    """Return the reading if `actor` is its reader and it has not lapsed. One query."""
    if actor.person_id is None or not actor.may(frozenset({Role.ASSESSOR})):
        return None
    held = Reading.objects.filter(ref=ref, assessor_id=actor.person_id)
    return held.exclude(state__in=GONE).select_related("dossier__person").first()


def open_of(dossier: Dossier, actor: Actor) -> list[Reading]:
    """Return the open readings of the present round, for the office to take away. One query."""
    if not actor.may(SEES_ALL):
        return []
    rows = Reading.objects.filter(dossier=dossier, round=dossier.round, state=ReadingState.OPEN)
    return list(rows.order_by("third", "id"))


def reading_rows(rows: QuerySet[Reading]) -> list[ReadingRow]:
    """Return the readings as rows for a list. One query."""
    found = list(rows.select_related("dossier__person", "dossier__application"))
    said = schemes.contents({r.dossier.scheme_version_id for r in found})
    return [_row(r, said[r.dossier.scheme_version_id]) for r in found]


def reading_view(reading: Reading, *, language: str = "id") -> ReadingView:
    """Return all that the reader's page shows, the dossier as it was in the reading's round.

    Three queries.
    """
    dossier = reading.dossier
    content = schemes.content(dossier.scheme_version_id)
    description = content.instruments.self_description
    seen = written.view(dossier, language=language, upto=reading.round)
    counted = {item.code: item.words for item in seen.items}
    marks: Marks = reading.marks
    points, out_of = marking.points(description, content.portfolio, marks)
    return ReadingView(
        row=_row(reading, content),
        dossier=seen,
        items=tuple(
            _mark(item, content, reading, counted[item.code]) for item in description.items
        ),
        remark=reading.remark,
        least=description.scale.least,
        most=description.scale.most,
        points=points,
        out_of=out_of,
        competent=marking.is_competent(content.portfolio, points=points, out_of=out_of),
        others=tuple(o for o in _seen(dossier, reading.round) if o.ref != reading.ref),
    )


def readings_of(dossier: Dossier, actor: Actor) -> list[OtherReading]:
    """Return the readings of the present round for the office or a reader; marks only when all are in.

    Nobody sees a mark while another reader may still be swayed by it. Two queries.
    """
    reads = Reading.objects.filter(dossier=dossier, assessor_id=actor.person_id or 0)
    if not actor.may(SEES_ALL) and not reads.exists():
        return []
    return _seen(dossier, dossier.round)


def readers(application_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return who has read each application's dossier, as keys of persons. One query per 500."""
    keys = sorted(set(application_ids))
    found: dict[int, dict[int, None]] = {}
    for start in range(0, len(keys), 500):
        rows = Reading.objects.filter(
            dossier__application__in=keys[start : start + 500], state=ReadingState.HANDED_IN
        )
        for application, assessor in rows.order_by("id").values_list(
            "dossier__application_id", "assessor_id"
        ):
            found.setdefault(application, {})[assessor] = None
    return {application: tuple(people) for application, people in found.items()}


def mark_faults(reading: Reading, marks: Marks) -> dict[str, tuple[str, ...]]:
    """Return which items the marks are at fault on, by kind (`marks.<kind>`). One query."""
    dossier = reading.dossier
    content = schemes.content(dossier.scheme_version_id)
    counted = written.words(dossier, upto=reading.round)
    return marking.faults(
        content.instruments.self_description,
        marks,
        words=counted,
        may_return=returnable(dossier, content),
    )


def returnable(dossier: Dossier, content: SchemeContent) -> bool:
    """Say whether a blank answer sends the dossier back instead of being marked."""
    blocks = content.portfolio.blank_blocks_acceptance
    return blocks and dossier.state == DossierState.HANDED_IN


def pool(*, on: date, at: datetime) -> list[int]:
    """Return the persons who may be given readings by the house: licensed on `on`, assessor at `at`.

    Three queries.
    """
    held = {actor.person_id for actor in people.accounts_with(Role.ASSESSOR, at=at)}
    return [person for person in people.assessors(on=on) if person in held]


def loads(persons: Iterable[int]) -> dict[int, int]:
    """Return how many readings these persons have open, by person; absent means none. One query."""
    rows = Reading.objects.filter(assessor_id__in=list(persons), state=ReadingState.OPEN)
    return dict(rows.order_by().values_list("assessor_id").annotate(n=Count("id")))


def _seen(dossier: Dossier, round_: int) -> list[OtherReading]:
    rows = Reading.objects.filter(dossier=dossier, round=round_).select_related("assessor")
    found = list(rows.exclude(state__in=GONE).order_by("third", "id"))
    done = sum(r.state == ReadingState.HANDED_IN for r in found)
    all_in = done == len(found) and done >= dossier.readers
    return [_other(r, all_in) for r in found]


def _other(reading: Reading, all_in: bool) -> OtherReading:
    who = OtherReading(
        ref=reading.ref,
        name=reading.assessor.full_name,
        round=reading.round,
        third=reading.third,
        state=ReadingState(reading.state),
    )
    if not all_in:
        return who
    return OtherReading(
        ref=who.ref,
        name=who.name,
        round=who.round,
        third=who.third,
        state=who.state,
        marks=reading.marks,
        notes=reading.notes,
        remark=reading.remark,
        points=reading.points,
        out_of=reading.out_of,
        competent=reading.competent,
    )


def _mark(item: Question, content: SchemeContent, reading: Reading, words: int) -> MarkView:
    scale = content.instruments.self_description.scale
    return MarkView(
        code=item.code,
        mark=reading.marks.get(item.code),
        note=reading.notes.get(item.code, ""),
        highest=item.highest_mark(scale, words=words),
        is_blank=words == 0,
        is_marked=item.code in reading.marks,
    )


def _row(reading: Reading, content: SchemeContent) -> ReadingRow:
    dossier = reading.dossier
    return ReadingRow(
        ref=reading.ref,
        dossier_ref=dossier.ref,
        person_id=dossier.person_id,
        name=dossier.person.name,
        scheme_code=content.code,
        state=ReadingState(reading.state),
        round=reading.round,
        third=reading.third,
        marked=len(reading.marks),
        items=len(content.instruments.self_description.items),
        due_on=reading.due_on,
        opened_at=reading.opened_at,
        handed_in_at=reading.handed_in_at,
    )


def read_person_of(ref: str) -> int | None:
    """Return the key of the person whose dossier the reading with this reference reads, or None. One query."""
    return Reading.objects.filter(ref=ref).values_list("dossier__person_id", flat=True).first()
