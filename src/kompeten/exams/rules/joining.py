"""What stands when all records of one attempt are read together? Counts once, never adds up.

Section 8 of docs/rooms/exam-protocol.md. A pure function of the set of what came in: any order, any
repetition and any delay end in the same. Where branches answered one item differently, the branch
that was first durable on it decides, and a person sees the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kompeten.exams.rules import edits
from kompeten.exams.rules import strands as weaving
from kompeten.exams.rules.evidence import Clock, Evidence, judge, sure_openings
from kompeten.exams.rules.strands import ANSWER, EDIT, Strand
from kompeten.exams.terms.joined import Conflict, Joined, Late, Timing
from kompeten.exams.terms.vault import LinkKind, Opening, Received, Stated

# Nobody has so many; whoever makes them shall not hold up the others.
MOST_BRANCHES = 64
MOST_SPOKEN = 512


@dataclass(frozen=True, slots=True)
class Said:
    """One answer on one item: on which strand (by place), at which link, and since when it is durable."""

    place: int
    number: int
    choice: str | None
    received: int


def join(
    received: Iterable[Received],
    stated: Iterable[Stated] = (),
    *,
    openings: Iterable[Opening] = (),
    timing: Timing | None = None,
    since: int = 0,
) -> Joined:
    """Return what stands of one attempt. With a `timing`, late answers are kept apart; else all count.

    Without one `since` says what opening and hand-in are not void: those from then on.
    What was `stated` is passed over where its head is that of a link that is here.
    """
    opened = sorted(openings, key=lambda o: (o.received, o.chain))
    strands = weaving.weave(received, opened)
    told = _unknown(stated, strands)
    found = judge(strands, timing, openings=opened, stated=told) if timing else Evidence()
    answers, conflicts = _answers(strands, told, found)
    texts, more = _texts(strands, found)
    tips = weaving.heads(strands)
    contacts = [at for s in strands for at, _ in s.first.values()]
    contacts += [o.received for o in opened] + [s.received for s in told]
    return Joined(
        answers=answers,
        texts=texts,
        heads=tuple((s.chain, s.last, s.marks[s.last]) for s in tips),
        handed_in=found.handed_in if timing else _any_hand_in(strands, told, since),
        handed_in_via=found.handed_in_via,
        opened=found.opened if timing else _first_opening(strands, opened, since),
        ends=found.ends,
        last_contact=max(contacts, default=None),
        conflicts=conflicts + more,
        late=_late(strands, told, found),
        gaps=weaving.gaps(strands),
        flags=found.flags,
        links=sum(len(s.links) for s in strands),
        owed=any(said.partial for said in told),
        hidden=sum(k.kind == LinkKind.HIDDEN for s in strands for k in s.links.values()),
    )


def _unknown(stated: Iterable[Stated], strands: Iterable[Strand]) -> list[Stated]:
    """Return what says more than the links that are here, once each, by the device's time."""
    by_head: dict[str, Stated] = {}
    for said in sorted(stated, key=lambda s: (s.received, s.seconds, s.count, s.choices)):
        by_head.setdefault(said.head, said)
    if by_head:
        known = {str(s.hash_at(n))[:16] for s in strands for n in s.links}
        by_head = {head: said for head, said in by_head.items() if head not in known}
    return sorted(by_head.values(), key=lambda s: (s.seconds, s.count, s.head))


def _answers(
    strands: Sequence[Strand], told: Sequence[Stated], found: Evidence
) -> tuple[dict[int, str | None], tuple[Conflict, ...]]:
    if len(strands) == 1 and not told:
        (strand,) = strands
        late = found.late
        return {
            link.item: link.choice or None
            for number, link in strand.answers()
            if not late or (0, number) not in late
        }, ()
    by_item: dict[int, list[Said]] = {}
    for place, strand in enumerate(strands):
        for number, link in strand.answers():
            if (place, number) not in found.late:
                said = Said(place, number, link.choice or None, strand.first[number][0])
                by_item.setdefault(link.item, []).append(said)
    one_line = len(weaving.heads(strands)) <= 1
    continues = [one_line and _is_later(state, strands) for state in told]
    for place, state in enumerate(told, len(strands)):
        if (place, 0) not in found.late:
            for item, choice in state.answers.items():
                if choice is not None or continues[place - len(strands)]:
                    speech = Said(place, 0, choice, state.received)
                    by_item.setdefault(item, []).append(speech)
    names = [s.chain for s in strands] + [s.head for s in told]
    saw = _Sight(strands, continues)
    answers, conflicts = {}, []
    for item in sorted(by_item):
        counts, others = _decide(by_item[item], saw, names)
        answers[item] = counts.choice
        conflicts += [
            Conflict(item, counts.choice, o.choice, names[counts.place], names[o.place])
            for o in others
            if o.choice != counts.choice
        ]
    return answers, tuple(conflicts)


def _texts(
    strands: Sequence[Strand], found: Evidence
) -> tuple[dict[int, str], tuple[Conflict, ...]]:
    """Return the text of each essay as it stood in time, and other texts of other branches.

    Each page load wrote its texts from the beginning, so that none needs what came before it.
    """
    by_item: dict[int, list[Said]] = {}
    for place, strand in enumerate(strands):
        in_time = [
            (number, link)
            for number, link in strand.edits()
            if (place, number) not in found.late and edits.is_whole(link.choice)
        ]
        last = {link.item: number for number, link in in_time}
        seen: set[tuple[int, int]] = set()
        for number, link in in_time:
            received = strand.first[number][0]
            is_last = number == last[link.item]
            # Of what became durable together one is enough; only the last one is read.
            if is_last or (link.item, received) not in seen:
                text = strand.text(link.item, number) if is_last else None
                by_item.setdefault(link.item, []).append(Said(place, number, text, received))
            seen.add((link.item, received))
    names = [s.chain for s in strands]
    saw = _Sight(strands, ())
    texts, conflicts = {}, []
    for item in sorted(by_item):
        counts, others = _decide(by_item[item], saw, names)
        texts[item] = counts.choice or ""
        conflicts += [
            Conflict(item, counts.choice, o.choice, names[counts.place], names[o.place])
            for o in others
            if o.choice != counts.choice
        ]
    return texts, tuple(conflicts)


def _is_later(said: Stated, strands: Sequence[Strand]) -> bool:
    """Say whether a stated state is what became of the links that are here, which are one line.

    It is when its last answer is not before theirs: then the device went on without a line. Else it
    stands beside them as a branch of its own.
    """
    walls = [k.wall // 1_000 for s in strands for k in s.links.values() if k.kind == ANSWER]
    return said.seconds >= max(walls, default=0)


@dataclass(frozen=True, slots=True)
class _Sight:
    """Which answer was given in sight of which?"""

    strands: Sequence[Strand]
    continues: Sequence[bool]

    def __call__(self, later: Said, earlier: Said) -> bool:
        if later.place == earlier.place:
            return later.number > earlier.number
        count = len(self.strands)
        if later.place >= count:
            return self.continues[later.place - count] and earlier.place < later.place
        mine = self.strands[later.place]
        if earlier.place >= count:
            return earlier.received <= mine.until < later.received
        theirs = self.strands[earlier.place]
        if mine.knows(theirs) >= earlier.number:
            return True
        if theirs.knows(mine) >= later.number:
            return False
        return earlier.received <= mine.until < later.received


def _decide(spoken: Sequence[Said], saw: "_Sight", names: Sequence[str]) -> tuple[Said, list[Said]]:
    """Return the answer that counts on one item, and the last words of other branches."""
    last = _unanswered({said.place: said for said in spoken}, saw)
    if len(last) == 1:
        return last[0], []
    near, far = last[:MOST_BRANCHES], last[MOST_BRANCHES:]
    ends = [s for s in near if not any(saw(other, s) for other in near if other is not s)]
    ends = ends or near  # two that each saw the other: only forged hashes and clocks do
    if len(ends) == 1:
        return ends[0], far
    since: dict[int, int] = {}
    for said in sorted(spoken, key=lambda s: s.received)[:MOST_SPOKEN]:
        of = [end for end in ends if end is said or saw(end, said)]
        if len(of) == 1:
            since.setdefault(of[0].place, said.received)
    counts, *others = sorted(
        ends, key=lambda e: (since.get(e.place, e.received), names[e.place], e.number)
    )
    return counts, others + far


def _unanswered(last: dict[int, Said], saw: "_Sight") -> list[Said]:
    """Return the last words that no page load further down the same line took back, oldest first."""
    place_of = {strand: place for place, strand in enumerate(saw.strands)}
    taken_back = set()
    for place in last:
        if place < len(saw.strands):
            for strand, known in saw.strands[place].ancestors():
                older = place_of[strand]
                if older in last and last[older].number <= known:
                    taken_back.add(older)
                    break  # what that one took back in turn is found from there
    kept = [said for place, said in last.items() if place not in taken_back]
    return sorted(kept, key=lambda s: (s.received, s.place))


def _late(strands: Sequence[Strand], told: Sequence[Stated], found: Evidence) -> tuple[Late, ...]:
    kept = []
    texts: dict[
        tuple[int, int], Late
    ] = {}  # by strand and item: each is told once, as it last stood
    for (place, number), (instant, after) in found.late.items():
        if place < len(strands):
            strand = strands[place]
            link, chain = strand.links[number], strand.chain
            answers = {link.item: link.choice or None}
            if link.kind == EDIT:
                known = texts.get((place, link.item))
                if edits.is_whole(link.choice) and (known is None or known.number < number):
                    text = strand.text(link.item, number)
                    texts[place, link.item] = Late(link.item, text, chain, number, instant, after)
                continue
        else:
            said = told[place - len(strands)]
            answers = {i: c for i, c in said.answers.items() if c is not None}
            chain = said.head
        kept += [Late(i, c, chain, number, instant, after) for i, c in answers.items()]
    kept += texts.values()
    return tuple(sorted(kept, key=lambda k: (k.instant, k.chain, k.number, k.item)))


def _first_opening(
    strands: Sequence[Strand], openings: Iterable[Opening], since: int
) -> int | None:
    anchored = (s for s in strands if s.line is not None or s.node is not None)
    found = sure_openings((Clock(s, strands) for s in anchored), openings)
    return min((at for at in found if at >= since), default=None)


def _any_hand_in(strands: Iterable[Strand], told: Iterable[Stated], since: int) -> int | None:
    found = [
        strand.first[number][0]
        for strand in strands
        for number, link in strand.links.items()
        if link.kind == LinkKind.HANDED_IN
    ]
    found += [s.received for s in told if not s.partial]
    return min((at for at in found if at >= since), default=None)
