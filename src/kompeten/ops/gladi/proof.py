"""Is everything there that was signed for, and does it say what the person last said?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kompeten.exams.queries import vault
from kompeten.exams.terms.vault import Stored


@dataclass(slots=True)
class Proof:
    """What the vault holds against what the devices saw; `says` has a line for each fault of ours."""

    acknowledged: int = 0
    lost: int = 0
    wrong: int = 0
    says: list[str] = field(default_factory=list)

    def __add__(self, other: "Proof") -> "Proof":
        return Proof(
            self.acknowledged + other.acknowledged,
            self.lost + other.lost,
            self.wrong + other.wrong,
            self.says + other.says,
        )


def prove(played: dict[str, Any], kept: Sequence[Stored]) -> Proof:
    """Return what the vault, which holds `kept` of it, says of one sitting that was played.

    Each link under a receipt must be in the vault as the device has it, each link at all since all
    was sent in the end; what stands must be what a lone device shows.
    """
    attempt, proof = played["attempt"], Proof()
    for failure in played["failures"]:
        proof.lost += 1
        proof.says.append(f"{attempt}: {failure}")
    links = vault.links(kept)
    heads = {(one.row.chain, one.row.last, one.row.head) for one in kept}
    _receipts(played, links, heads, proof)
    _chains(played, links, proof)
    if played["answers"] is not None:
        stands = {i: c for i, c in vault.held(kept).answers.items() if c is not None}
        shown = {int(i): c for i, c in played["answers"].items() if c}
        if stands != shown:
            proof.wrong += 1
            proof.says.append(f"{attempt}: {stands} stands, the device shows {shown}")
    return proof


Links = dict[tuple[str, int], tuple[str, int, str, int, int]]


def _receipts(
    played: dict[str, Any], links: Links, heads: set[tuple[str, int, str]], proof: Proof
) -> None:
    signed: dict[str, set[int]] = {}
    for text in played["receipts"]:
        receipt = vault.receipt(text)
        numbers = signed.setdefault(receipt.chain, set())
        numbers.update(range(receipt.first, receipt.last + 1))
        if (receipt.chain, receipt.last, receipt.head) not in heads:
            proof.lost += 1
            proof.says.append(f"{played['attempt']}: {receipt.chain}:{receipt.last} is not there")
    proof.acknowledged = sum(map(len, signed.values()))
    missing = [(c, n) for c, numbers in signed.items() for n in numbers if (c, n) not in links]
    proof.lost += len(missing)
    proof.says += [f"{played['attempt']}: link {c}:{n} is not there" for c, n in missing]


def _chains(played: dict[str, Any], links: Links, proof: Proof) -> None:
    for chain in played["chains"]:
        for number, link in enumerate(chain["links"], 1):
            there = links.get((chain["chain"], number))
            if there is None:
                proof.lost += 1
                proof.says.append(f"{played['attempt']}: {chain['chain']}:{number} never came")
            elif list(there) != link:
                proof.wrong += 1
                proof.says.append(f"{played['attempt']}: {link} came as {list(there)}")
