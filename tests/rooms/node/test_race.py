"""Two who bring the same file at one moment do no harm: one is noted, the other hears so."""

from pathlib import Path

from tests.make import races

SCRIPT = Path(__file__).with_name("race.py")


def test_of_eight_who_bring_the_same_file_one_is_noted(bare: races.Bare, tmp_path: Path) -> None:
    told = races.told(SCRIPT, folder=tmp_path, bare=bare)

    assert told["same"] == ["again"] * 7 + ["first"]
    assert (told["noted"], told["kept"]) == (1, 1)
    # Different files of one parcel: each is noted once, or its bringer is told to look again.
    first = told["others"].count("first")
    assert set(told["others"]) <= {"first", "stale"}
    assert (told["noted_then"], told["kept_then"]) == (1 + first, 1 + first)
