"""Is everything that was acknowledged there? The vault is read whole and held against the receipts."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from kompeten.exams.actions.receiving import journal
from kompeten.exams.queries import vault
from kompeten.exams.terms.vault import RowKind, Stored, Unreadable
from kompeten.ops.bench.people import OPENED

PAGE = 10_000
SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Proof:
    """How many receipts and notes of opening there are, how many of them the vault does not bear out."""

    acknowledged: int
    kept: int
    lost: int
    wrong: int  # rows whose links do not hash to their head, instants that differ, bad signatures


def prove(receipts: list[bytes], *, since: int, rng: random.Random) -> Proof:
    """Hold `receipts` against the rows of the vault above number `since`."""
    owed = {_place(text): text for text in receipts}
    kept = wrong = 0
    for stored in _rows(since):
        kept += 1
        wrong += not _is_whole(stored)
        row = stored.row
        if row.kind is RowKind.OPENING:
            owed.pop(OPENED + f"{row.attempt}.{row.chain}".encode("ascii"), None)
            continue
        place = f"1.{row.attempt}.{row.chain}.{row.first}.{row.last}.{row.head}"
        receipt = owed.pop(place.encode("ascii"), None)
        if receipt is not None and int(receipt.split(b".")[6]) != row.received:
            wrong += 1
    signed = [text.decode("ascii") for text in receipts if not text.startswith(OPENED)]
    wrong += sum(not _is_ours(text) for text in rng.sample(signed, min(SAMPLE, len(signed))))
    return Proof(len(receipts), kept, len(owed), wrong)


def last_number() -> int:
    """Return the number of the vault's last row."""
    return max((stored.id for stored in _rows(0)), default=0)


def _rows(number: int) -> Iterator[Stored]:
    vault_here = journal()
    while page := vault_here.after(number, limit=PAGE):
        yield from page
        number = page[-1].id


def _place(receipt: bytes) -> bytes:
    return receipt if receipt.startswith(OPENED) else b".".join(receipt.split(b".")[:6])


def _is_whole(stored: Stored) -> bool:
    row = stored.row
    if row.kind is RowKind.OPENING:
        return True
    said = json.loads(row.body)
    head = bytes.fromhex(said["before"])
    for number, link in enumerate(said["links"], said["first"]):
        text = "|".join(map(str, (number, *link)))
        head = sha256(head + text.encode("ascii")).digest()
    return head.hex() == row.head


def _is_ours(receipt: str) -> bool:
    try:
        vault.receipt(receipt)
    except Unreadable:
        return False
    return True
