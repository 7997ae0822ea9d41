"""May the salt of these entries be deleted, and by whom? Pure."""

from typing import Protocol


class Ordered(Protocol):
    """Who proposed an erasure, and who orders it: their accounts."""

    @property
    def proposed_by(self) -> int: ...

    @property
    def ordered_by(self) -> int: ...


def two_pairs_of_eyes(facts: Ordered) -> tuple[str, ...]:
    """Return why an erasure may not be carried out: nobody carries out their own."""
    return ("erasure.same_person",) if facts.ordered_by == facts.proposed_by else ()


def flaws(ground: str, *, salted: int, is_open: bool) -> tuple[str, ...]:
    """Return why an erasure may not be proposed, as codes; `salted` entries can still be opened.

    >>> flaws("Permohonan 7/2026", salted=1, is_open=False)
    ()
    >>> flaws(" ", salted=0, is_open=True)
    ('erasure.no_ground', 'erasure.nothing', 'erasure.under_way')
    """
    found = {
        "erasure.no_ground": not ground.strip(),
        "erasure.nothing": not salted,
        "erasure.under_way": is_open,
    }
    return tuple(code for code, holds in found.items() if holds)
