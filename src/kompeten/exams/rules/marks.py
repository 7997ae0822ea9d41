"""What do answers come to? One point for each right one, none for wrong ones and blanks (WRIT17).

An essay comes to what assessors give it.
"""

from collections.abc import Mapping

from kompeten.exams.terms import Marks
from kompeten.itembank.terms import Key
from kompeten.schemes.terms import Domain


def mark(
    answers: Mapping[int, str | None],
    key: Mapping[int, Key],
    given: Mapping[int, int] | None = None,
) -> Marks:
    """Return the raw points of `answers` under `key`, in all and by domain; `given` are those of essays.

    >>> key = {1: Key("a", Domain.VALUES), 2: Key("b", Domain.SKILLS)}
    >>> marks = mark({1: "a", 2: None}, key)
    >>> marks.points, marks.out_of, marks.answered, marks.by_domain[Domain.SKILLS]
    (1, 2, 1, (0, 1))
    """
    points = dict.fromkeys(Domain, 0)
    out_of = dict.fromkeys(Domain, 0)
    for number, right in key.items():
        out_of[right.domain] += right.points
        if right.is_essay:
            points[right.domain] += (given or {}).get(number, 0)
        else:
            points[right.domain] += answers.get(number) == right.option
    return Marks(
        points=sum(points.values()),
        out_of=sum(out_of.values()),
        answered=sum(answers.get(number) is not None for number in key),
        by_domain={d: (points[d], out_of[d]) for d in Domain if out_of[d]},
    )


def line(answers: Mapping[int, str | None], *, items: int) -> str:
    """Return the answers as one sign per choice item in the order of the form, `-` for a blank.

    >>> line({1: "a", 3: None, 4: "d"}, items=4)
    'a--d'
    """
    return "".join(answers.get(number) or "-" for number in range(1, items + 1))


def competent(points: int, out_of: int, *, pass_percent: int) -> bool:
    """Say whether `points` reach the pass mark, reckoned in whole numbers.

    >>> competent(60, 100, pass_percent=60), competent(59, 100, pass_percent=60)
    (True, False)
    """
    return points * 100 >= pass_percent * out_of
