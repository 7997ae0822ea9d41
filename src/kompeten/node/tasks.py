"""What follows a parcel that came back? Its answers are taken out of the vault at once."""

from datetime import datetime

from kompeten.exams import actions as exams
from kompeten.foundation.ledger import after


@after("parcel.returned")
def take_in(*, at: datetime) -> int:
    """Take what came back out of the vault, 500 rows at a time: the sitting may long be closed.

    While a sitting is open others do it every few seconds; after that it would wait for the sweep.
    """
    return exams.drain(at=at)
