"""What did candidates reach in the written exam? Sealed scores for the rooms ahead."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from kompeten.applications import queries as applications
from kompeten.exams.models import Score
from kompeten.exams.rules.marks import competent
from kompeten.exams.terms import CognitiveScore
from kompeten.schemes import queries as schemes

CHUNK = 500


def settled() -> QuerySet[Score, int]:
    """Return the keys of applications whose written exam is scored, as a subquery."""
    return Score.objects.values_list("application_id", flat=True)


def outcomes(application_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return (points, out of) by application. One query per 500."""
    return {
        score.application_id: (score.points, score.out_of) for score in _scores(application_ids)
    }


def scores(application_ids: Iterable[int]) -> dict[int, CognitiveScore]:
    """Return the sealed scores by application, competent or not by its own scheme version.

    Two queries per 500.
    """
    found = list(_scores(application_ids))
    pinned = {
        key: a.scheme_version_id
        for key, a in applications.by_ids(score.application_id for score in found).items()
    }
    said = schemes.contents(pinned.values())
    return {
        s.application_id: _cognitive(s, said[pinned[s.application_id]].cognitive.pass_percent)
        for s in found
    }


def _scores(application_ids: Iterable[int]) -> Iterator[Score]:
    keys = list(application_ids)
    for start in range(0, len(keys), CHUNK):
        rows = Score.objects.filter(application_id__in=keys[start : start + CHUNK])
        yield from rows.select_related("entry").order_by("id")


def _cognitive(score: Score, pass_percent: int) -> CognitiveScore:
    return CognitiveScore(
        application_id=score.application_id,
        entry_ref=score.entry.ref,
        points=score.points,
        out_of=score.out_of,
        by_domain={domain: (got, of) for domain, (got, of) in score.by_domain.items()},
        pass_percent=pass_percent,
        competent=competent(score.points, score.out_of, pass_percent=pass_percent),
        digest=score.digest,
        scored_at=score.scored_at,
    )
