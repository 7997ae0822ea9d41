"""What is a document on its way? How long it may take, how much may be under way, and what goes wrong."""

from datetime import timedelta

LASTS = timedelta(days=7)
"""For so long after its last part a transfer can be gone on with; a phone without credit waits for payday."""

CLAIM_LASTS = timedelta(minutes=1)
"""For so long whoever completes a transfer is waited for; then their server has died over it."""

MOST_ON_THE_WAY = 60_000_000
"""Bytes announced and not yet arrived, by sender: a dozen of the largest documents."""

LEAST_PART = 1_024
"""Bytes that parts have on average at least: each is a file and a row, and a byte apiece would be millions."""

FREE_PARTS = 64
"""So many parts more a transfer may have: the first ones, and what a line that keeps breaking lets through."""


class OffsetMissed(Exception):
    """A part does not begin where the last one ended; `received` says where that is."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


class TransferBusy(Exception):
    """The same transfer is being completed at this moment, by an earlier request."""


class TransferGone(Exception):
    """Somebody let go of the transfer at this moment, and of what had come of it."""


class TransferDamaged(Exception):
    """All parts are here and do not make the file that was announced; they are gone."""
