"""Eight people bring what a laptop kept at one moment; run by test_race.py by itself."""

import json
import sys
from pathlib import Path
from tempfile import mkdtemp

import django

django.setup()


from kompeten.foundation.models import Event  # noqa: E402 (the tables are known only now)
from kompeten.node import actions  # noqa: E402
from kompeten.node.models import Return  # noqa: E402
from tests.make import applications, node  # noqa: E402
from tests.make.exams import CLOSES, KARTIKA  # noqa: E402
from tests.make.races import THREADS, race  # noqa: E402


def brought() -> bytes:
    """Return the file of a laptop on which three people sat."""
    folder = Path(mkdtemp())
    _, _, load = node.given(folder / "ende")
    with node.at_site(folder / "ende"):
        node.worked(load)
        return actions.give_back(load, at=CLOSES)


def take(content: bytes) -> str:
    """Take a file in; say whether it was the first of its kind."""
    return "again" if actions.unpack(content, by=KARTIKA, at=CLOSES).again else "first"


def noted() -> int:
    """Return how many times the ledger says that something came back."""
    return Event.objects.filter(type="parcel.returned").count()


def main() -> None:
    """Set a house up, let the files come, and print what was met."""
    applications.schemes_loaded()
    content = brought()
    same = race(lambda _number: take(content))
    told = {"same": same, "noted": noted(), "kept": Return.objects.count()}
    # Cut off at eight places: eight files of one parcel, each with something whole in it.
    others = race(lambda number: take(content[: -20 - number]))
    told |= {"others": others, "kept_then": Return.objects.count(), "noted_then": noted()}
    json.dump(told | {"threads": THREADS}, sys.stdout)


if __name__ == "__main__":
    main()
