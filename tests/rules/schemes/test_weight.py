"""Is what there is to send told in full, and small where a photo may be made small?"""

import pytest

from kompeten.schemes.adapters.reader import packaged
from kompeten.schemes.rules import weight
from kompeten.schemes.rules.weight import Weight
from kompeten.schemes.terms import Route

(TKS,) = (f.content for f in packaged() if f.content.code == "welfare_worker_generalist")


@pytest.mark.parametrize(
    ("route", "told"),
    [
        # Card, portrait, diploma, letter of experience, and one recommendation.
        (Route.DIRECT_ASSESSMENT, Weight(most=12_000_000, shrunk=500_000)),
        # Evidence of practice is a PDF and stays as large as it is; of two papers one is asked for.
        (Route.EDUCATION, Weight(most=20_000_000, shrunk=10_400_000)),
    ],
)
def test_what_is_asked_for_is_weighed_once(route: Route, told: Weight) -> None:
    assert weight.weigh(TKS, route) == told


def test_no_document_grows() -> None:
    assert all(weight.shrunk(kind) <= kind.max_bytes for kind in TKS.documents)
