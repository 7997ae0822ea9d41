"""What do records tell a person who looks at one attempt, or at what needs looking at?"""

from collections.abc import Iterable
from datetime import UTC, datetime

from kompeten.exams.models import Entry, Remark, Sitting
from kompeten.exams.queries.entries import WATCHES
from kompeten.exams.queries.records import essays, joined_from, joined_many, records
from kompeten.exams.rules import rows
from kompeten.exams.rules.evidence import Clock
from kompeten.exams.rules.giving_back import propose
from kompeten.exams.rules.strands import weave
from kompeten.exams.terms import IN_DOUBT, ChainRow, ConflictRow, EntryFacts, RemarkState
from kompeten.foundation.models import Event
from kompeten.kernel.actors import Actor


def facts(entry: Entry) -> EntryFacts:
    """Return what the records of an attempt tell, for its story; its sitting is read along. One query."""
    found = records([entry.pk]).get(entry.pk, [])
    received, _, openings = rows.apart(found)
    strands = weave(received, openings)
    proposal = propose(received, openings)
    standing, asked = joined_from(entry, found), essays(entry.form_digest)
    return EntryFacts(
        joined=standing,
        chains=tuple(
            sorted((_chain(Clock(s, strands)) for s in strands), key=lambda row: row.began_at)
        ),
        give_back=proposal.minutes,
        spells=tuple((s.code, _instant(s.since), _instant(s.until)) for s in proposal.spells),
        late_texts=tuple(
            (late.item, late.choice or "", _instant(late.instant))
            for late in standing.late
            if late.item in asked
        ),
    )


def conflicts(sitting: Sitting) -> list[ConflictRow]:
    """Return the items that two devices of one candidate answered differently. Two queries."""
    entries = list(
        sitting.entries.filter(standing__conflicts__gt=0)
        .select_related("sitting", "person")
        .order_by("person__name", "id")
    )
    found = joined_many(entries)
    return [
        ConflictRow(
            entry.ref,
            entry.person_id,
            entry.person.name,
            c.item,
            c.counts,
            c.other,
            c.item in essays(entry.form_digest),
        )
        for entry in entries
        for c in found[entry.pk].conflicts
    ]


def remarks(actor: Actor, *, sitting: Sitting | None = None) -> list[Remark]:
    """Return what needs looking at, the oldest first, with its entry; of one sitting if named. One query."""
    if not actor.may(WATCHES):
        return []
    found = Remark.objects.filter(state=RemarkState.OPEN)
    if sitting is not None:
        found = found.filter(entry__sitting=sitting)
    return list(found.select_related("entry__person", "entry__sitting").order_by("id"))


def remark(key: int, actor: Actor) -> Remark | None:
    """Return a remark as a record to act on, for those who watch over sittings. One query."""
    if not actor.may(WATCHES):
        return None
    return Remark.objects.filter(pk=key).select_related("entry__sitting").first()


def in_doubt(entry: Entry) -> bool:
    """Say whether a doubt of this candidate's identity waits for a person. One query."""
    open_ones = Remark.objects.filter(attempt=entry.ref, code=IN_DOUBT, state=RemarkState.OPEN)
    return open_ones.exists()


def doubts(entry: Entry) -> list[tuple[Remark, str]]:
    """Return the doubts of this candidate's identity, the oldest first, each with what was made of it.

    "" where nobody has settled it yet. One query, and one more where there are any.
    """
    found = list(Remark.objects.filter(attempt=entry.ref, code=IN_DOUBT).order_by("id"))
    made = settlements(found)
    return [(remark, made.get(remark.pk, "")) for remark in found]


def settlements(remarks: Iterable[Remark]) -> dict[int, str]:
    """Return what a person made of each remark that is settled, by its key. One query if there is any."""
    keys = [remark.pk for remark in remarks if remark.state == RemarkState.SETTLED]
    if not keys:
        return {}
    events = Event.objects.filter(subject="remark", subject_id__in=keys, type="remark.settled")
    return {key: facts["note"] for key, facts in events.values_list("subject_id", "facts")}


def _chain(clock: Clock) -> ChainRow:
    strand, numbers = clock.strand, clock.strand.numbers()
    return ChainRow(
        chain=strand.chain,
        parent=strand.parent.partition(":")[0],
        links=len(numbers),
        began_at=_instant(clock.at(numbers[0])),
        ended_at=_instant(clock.at(numbers[-1])),
        received_at=_instant(max(at for at, _ in strand.first.values())),
        via=tuple(sorted({via.value for _, via in strand.first.values()})),
    )


def _instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1_000, tz=UTC)
