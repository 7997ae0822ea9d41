"""How does a tie come to be known?"""

from collections.abc import Iterable
from datetime import date

from kompeten.impartiality.models import Tie
from kompeten.impartiality.terms import TieKind


def tie_many(
    kind: TieKind,
    pairs: Iterable[tuple[int, int]],
    *,
    since: date,
    source: str,
    until: date | None = None,
) -> None:
    """Note that each (person, candidate) of `pairs` is tied; noting it again changes nothing.

    `source` names the record the tie arose from. One statement per 500 pairs.
    """
    rows = [
        Tie(kind=kind.value, person_id=p, candidate_id=c, since=since, until=until, source=source)
        for p, c in pairs
        if p != c
    ]
    Tie.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
