"""How are times of practice listed on a page? As rows that are added and removed by sending the form."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.http import QueryDict

from kompeten.applications.terms.statement import MOST_SPELLS, Statement, WorkSpell
from kompeten.schemes.terms import Standing
from kompeten.web.candidate.experience_forms import Spell


class RowMaker(Protocol):
    """Makes the form of one row; takes what Django's forms take."""

    def __call__(self, *args: Any, **kwargs: Any) -> Spell:
        """Return the form."""


class Rows:
    """The times of practice as a page shows them: as many rows as there are, and one to begin with.

    A page without JavaScript adds and removes rows by sending the form: then nothing is judged, and
    everything typed stands there again.
    """

    def __init__(
        self, make: RowMaker, sent: QueryDict | None, *, told: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        self.moves = sent is not None and ("add" in sent or "remove" in sent)
        if sent is None:
            self.forms = [
                make(initial=dict(said), prefix=str(n)) for n, said in enumerate(told or ({},))
            ]
            return
        self.forms = [make(sent, prefix=str(n)) for n in range(_count(sent))]
        self.said = [row.spell() for row in self.forms if row.is_valid()]
        if self.moves:
            names = self.forms[0].fields if self.forms else ()
            texts = [
                {name: sent.get(f"{row.prefix}-{name}", "") for name in names} for row in self.forms
            ]
            self.forms = [
                make(initial=said, prefix=str(n)) for n, said in enumerate(_moved(texts, sent))
            ]

    def __iter__(self) -> Iterator[Spell]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def may_grow(self) -> bool:
        """Say whether there may be another row."""
        return len(self.forms) < MOST_SPELLS

    def is_valid(self) -> bool:
        """Say whether every row can be kept."""
        return all(row.is_valid() for row in self.forms)

    def spells(self) -> tuple[WorkSpell, ...]:
        """Return the times of practice as they were sent, as far as they can be read."""
        return tuple(spell for spell in self.said if spell is not None)


def initial(statement: Statement) -> dict[str, Any]:
    """Return what the form shows of a statement."""
    school = statement.schooling
    welfare = {True: "yes", False: "no", None: ""}
    return {
        "education": statement.education,
        "practice_hours": statement.practice_hours,
        "training_hours": statement.training_hours,
        "recommended_by": list(statement.recommended_by),
        "stage": school.stage.value if school else "",
        "welfare": welfare[school.welfare] if school else "",
        "standing": school.standing.value if school else Standing.GRADUATE.value,
        "finished_on": school.finished_on if school else None,
    }


def rows_of(statement: Statement) -> list[dict[str, Any]]:
    """Return what the rows show of a statement; of an older one its present post."""
    posts = statement.posts()
    if not posts and (statement.employer or statement.position):
        return [{"employer": statement.employer, "position": statement.position}]
    return [
        {
            "employer": spell.employer,
            "position": spell.position,
            "from_on": spell.from_on,
            "last_on": spell.last_on,
            "hours_a_week": spell.hours_a_week,
            "number_of_letter": spell.letter.number,
            "dated_on": spell.letter.dated_on,
            "signatory": spell.letter.signatory,
            "document": spell.letter.document,
        }
        for spell in posts
    ]


def _count(sent: QueryDict) -> int:
    told = sent.get("entries", "")
    return min(int(told), MOST_SPELLS) if told.isdecimal() else 0


def _moved(texts: Iterable[dict[str, str]], sent: QueryDict) -> list[dict[str, str]]:
    gone = sent.get("remove", "")
    left = [said for n, said in enumerate(texts) if str(n) != gone]
    if "add" in sent and len(left) < MOST_SPELLS:
        left.append({})
    return left or [{}]
