"""Do records keep their bytes when a field comes to their class?"""

from dataclasses import dataclass, field, replace

from kompeten.kernel import canonical
from kompeten.kernel.canonical import LATER
from tests.make.demobank import BLUEPRINT


@dataclass(frozen=True)
class Word:
    text: str
    times: int = field(default=0, metadata=LATER)


def test_a_later_field_is_told_only_when_it_says_something() -> None:
    assert canonical.dumps(Word("a")) == b'{"text":"a"}'
    assert canonical.dumps([Word("a", 2)]) == b'[{"text":"a","times":2}]'


def test_a_blueprint_without_essays_is_written_as_it_always_was() -> None:
    assert set(canonical.plain(BLUEPRINT)) == {"items", "domains", "difficulties"}
    assert canonical.plain(replace(BLUEPRINT, essays=2))["essays"] == 2
