"""What is in the packaged demonstration bank, for rules that need no database?"""

from functools import lru_cache
from importlib.resources import files

from kompeten.itembank.rules import gift, writing
from kompeten.itembank.terms import ItemState, Stocked, UsableCase
from kompeten.schemes.terms import Blueprint, Difficulty, Domain

BLUEPRINT = Blueprint(
    items=100,
    domains={Domain.KNOWLEDGE: 30, Domain.VALUES: 30, Domain.SKILLS: 40},
    difficulties={Difficulty.HARD: 20, Difficulty.MEDIUM: 30, Difficulty.EASY: 50},
)


def demo_files() -> list[str]:
    """Return the texts of the packaged GIFT files, by name."""
    folder = files("kompeten.itembank") / "data" / "demo"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".gift")), key=lambda f: f.name)
    return [file.read_text(encoding="utf-8") for file in found]


@lru_cache(maxsize=1)
def demo_cases() -> tuple[UsableCase, ...]:
    """Return the packaged cases as if all were approved, for rules that need no database."""
    written = [case for text in demo_files() for case in writing.admit(*gift.read(text))]
    return tuple(
        UsableCase(
            case.code,
            tuple(
                Stocked(
                    item_id=number * 10 + position,
                    case_code=case.code,
                    case_version=1,
                    code=item.code,
                    version=1,
                    position=position,
                    state=ItemState.APPROVED,
                    domain=item.domain,
                    difficulty=item.difficulty,
                )
                for position, item in enumerate(case.items, start=1)
            ),
        )
        for number, case in enumerate(written, start=1)
    )
