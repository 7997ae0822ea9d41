"""What an applicant says of education and practice: kept as JSON with the application, and read here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from kompeten.kernel.canonical import LATER
from kompeten.schemes.terms import Schooling, Spell, Stage, Standing

# More posts than a working life has; a list that is longer is a mistake or a nuisance.
MOST_SPELLS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter that shows a time of practice; `document` is the code under which its scan stands.

    Source: PANTEK annex 2, letter of work experience: number, date and signatory.
    """

    number: str = ""
    dated_on: date | None = None
    signatory: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSpell:
    """A time of practice in one post; `last_on` is the last day served, None while it goes on."""

    employer: str = ""
    position: str = ""
    from_on: date
    last_on: date | None = None
    hours_a_week: int | None = None
    letter: Letter = Letter()

    @property
    def span(self) -> Spell:
        """Return the time as requirements count it."""
        end = None if self.last_on is None else self.last_on + timedelta(days=1)
        return Spell(start=self.from_on, end=end, hours_a_week=self.hours_a_week)


@dataclass(frozen=True, slots=True)
class Statement:
    """Education and practice; `practice_hours` is a total that somebody certified.

    Lists of offices give `employer`, `position` and `started_on` of the present post, and a total.
    Where there are `spells`, these three repeat the newest of them.
    """

    education: str = ""
    employer: str = ""
    position: str = ""
    started_on: date | None = None
    practice_hours: int | None = None
    training_hours: int | None = None
    recommended_by: tuple[str, ...] = ()
    schooling: Schooling | None = field(default=None, metadata=LATER)
    spells: tuple[WorkSpell, ...] = field(default=(), metadata=LATER)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Statement":
        """Return what is kept as JSON, whatever version of this house wrote it."""
        told = {name: kept[name] for name in _PLAIN if kept.get(name) is not None}
        return cls(
            **told,
            started_on=_day(kept.get("started_on")),
            recommended_by=tuple(kept.get("recommended_by") or ()),
            schooling=_schooling(kept.get("schooling")),
            spells=tuple(_spell(one) for one in kept.get("spells") or ()),
        )

    def with_spells(self, spells: tuple[WorkSpell, ...]) -> "Statement":
        """Return the statement with `spells`, the newest first, and its present post taken from them."""
        ordered = tuple(sorted(spells, key=_recency, reverse=True))
        newest = ordered[0] if ordered else None
        return replace(
            self,
            employer=newest.employer if newest else "",
            position=newest.position if newest else "",
            started_on=newest.from_on if newest else None,
            spells=ordered,
        )

    def posts(self) -> tuple[WorkSpell, ...]:
        """Return the spells; of a statement from before there were any, the present post as one."""
        if self.spells or self.started_on is None:
            return self.spells
        post = WorkSpell(employer=self.employer, position=self.position, from_on=self.started_on)
        return (post,)


_PLAIN = ("education", "employer", "position", "practice_hours", "training_hours")


def _recency(spell: WorkSpell) -> tuple[date, date]:
    return spell.last_on or date.max, spell.from_on


def _spell(kept: Mapping[str, Any]) -> WorkSpell:
    letter = kept["letter"]
    return WorkSpell(
        employer=kept["employer"],
        position=kept["position"],
        from_on=date.fromisoformat(kept["from_on"]),
        last_on=_day(kept["last_on"]),
        hours_a_week=kept["hours_a_week"],
        letter=Letter(**{**letter, "dated_on": _day(letter["dated_on"])}),
    )


def _schooling(kept: Mapping[str, Any] | None) -> Schooling | None:
    if kept is None:
        return None
    return Schooling(
        stage=Stage(kept["stage"]),
        welfare=kept["welfare"],
        standing=Standing(kept["standing"]),
        finished_on=_day(kept["finished_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
