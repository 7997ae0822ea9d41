"""By how much was the node's clock ahead of the phones in the room? Half of them say more, half less."""

import json
from collections.abc import Iterable
from statistics import median_low

from kompeten.exams.terms.vault import Row, RowKind


def skew(rows: Iterable[Row]) -> int | None:
    """Return the milliseconds, None where no row tells: of each phone its last contact is asked.

    A phone's own clock at sending is that of its last link and what its page counted since.
    """
    by_chain: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        if row.kind is not RowKind.SEGMENT:
            continue
        said = json.loads(row.body)
        if said.get("sent") is None:
            continue
        _, _, _, mono, wall = said["links"][-1]
        ahead = row.received - (wall + said["sent"] - mono)
        by_chain[row.attempt, row.chain] = max(
            by_chain.get((row.attempt, row.chain), (0, 0)), (row.received, ahead)
        )
    return median_low(ahead for _, ahead in by_chain.values()) if by_chain else None
