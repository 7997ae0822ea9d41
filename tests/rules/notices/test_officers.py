"""Does everything that the house has promised concern somebody who can act?"""

from kompeten.notices.rules import escalating
from kompeten.schemes.terms import Service


def test_every_promise_has_its_officers() -> None:
    assert set(escalating.OFFICERS) == set(Service)
