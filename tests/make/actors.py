"""Who plays in the stories? Named people without rows, for rules and refusals that need no account."""

from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role


def actor(*roles: Role, account_id: int = 1, person_id: int | None = None) -> Actor:
    """Return somebody who plays `roles`."""
    return Actor(account_id, frozenset(roles), person_id)


ANI = actor(Role.APPLICANT, account_id=101)
BUDI = actor(Role.VERIFIER, account_id=102)
CITRA = actor(Role.ASSESSOR, account_id=103)
DEWI = actor(Role.COMMITTEE, account_id=104)
EKO = actor(Role.APPLICANT, account_id=105)
