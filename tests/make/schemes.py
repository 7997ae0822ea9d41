"""How do schemes come into a story? The packaged ones, loaded by the room's own action."""

import random
from datetime import datetime

from kompeten.kernel.actors import SYSTEM
from kompeten.schemes import actions
from tests.make.times import MONDAY


def load(*, at: datetime = MONDAY) -> dict[str, int]:
    """Return the keys of the packaged versions by scheme code, published at `at`."""
    return actions.load_packaged(by=SYSTEM, at=at, rng=random.Random(8))
