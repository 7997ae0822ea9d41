"""How does the ledger say no?"""


class StepRefused(Exception):
    """A step may not be taken; `reasons` are codes with words in some room's `labels.REASON`.

    `role.not_held`: the actor plays no part that may do this. `role.helped`: not with a helper beside.
    `step.not_open`: the record is past or before this step. Any other code comes from the room's own
    rules.
    """

    def __init__(self, *reasons: str, step: str = "") -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons
        self.step = step


class StaleRecord(Exception):
    """Somebody moved the record between our reading and our writing; look again."""
