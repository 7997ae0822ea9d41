"""Sittings, entries and scores as pages and later rooms read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kompeten.exams.terms.joined import Joined
from kompeten.exams.terms.words import IdentityCheck, NoPhoto
from kompeten.schemes.terms import Component, Outcome


@dataclass(frozen=True, slots=True)
class CognitiveScore:
    """The written exam as later rooms take it over: raw points, and competent by the pinned scheme."""

    application_id: int
    entry_ref: str
    points: int
    out_of: int
    by_domain: Mapping[str, tuple[int, int]]
    pass_percent: int
    competent: bool
    digest: str
    scored_at: datetime

    @property
    def outcome(self) -> Outcome:
        """The same as an outcome of a component."""
        return Outcome(
            component=Component.COGNITIVE,
            competent=self.competent,
            points=self.points,
            out_of=self.out_of,
        )


@dataclass(frozen=True, slots=True)
class SittingRow:
    """A sitting as lists show it; `counts` has entries by state, `site` is empty when it is online."""

    ref: str
    title: str
    state: str
    opens_at: datetime
    closes_at: datetime
    zone: str
    minutes: int
    site: str
    capacity: int | None
    seats: int
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One's own entry as the candidate's list shows it."""

    ref: str
    title: str
    state: str
    sitting_state: str
    opens_at: datetime
    closes_at: datetime
    zone: str
    minutes: int
    site: str
    application_id: int
    started_at: datetime | None
    handed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A check-in that stands: when, how identity was seen, with which photo or why without one."""

    at: datetime
    way: IdentityCheck
    note: str
    photo: str
    without: NoPhoto | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One entry as the invigilator's board shows it; `saved_at` is when something last came.

    `silent_since` is for those at work. `waits_until`: never handed in, and waited for until then.
    `troubles` are codes of `labels.TROUBLE`; `left_page` counts, and is no trouble. `in_doubt`:
    somebody doubts who it is, and nobody has settled it.
    """

    ref: str
    person_id: int
    person_ref: str
    name: str
    state: str
    started_at: datetime | None
    ends_at: datetime | None
    handed_in_at: datetime | None
    saved_at: datetime | None
    batches: int
    extra_minutes: int
    breaks: int = 0
    silent_since: datetime | None = None
    waits_until: datetime | None = None
    troubles: tuple[str, ...] = ()
    left_page: int = 0
    checked_in_at: datetime | None = None
    application_ref: str = ""
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One page load on one device; `via` the ways it came in, instants as the evidence has them."""

    chain: str
    parent: str
    links: int
    began_at: datetime
    ended_at: datetime
    received_at: datetime
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the records of one attempt tell a person who looks: facts, and no verdict.

    `give_back` proposes minutes for `spells` of trouble, as (code of `labels.REASON`, since, until).
    `late_texts` are the essays among what came late, as (item, text, instant).
    """

    joined: Joined
    chains: tuple[ChainRow, ...]
    give_back: int
    spells: tuple[tuple[str, datetime, datetime], ...]
    late_texts: tuple[tuple[int, str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One item that two devices of a candidate answered differently; of an essay both whole texts."""

    entry_ref: str
    person_id: int
    name: str
    item: int
    counts: str | None
    other: str | None
    is_text: bool = False
