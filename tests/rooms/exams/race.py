"""Eight people meet the same candidate at the door; run by test_race.py by itself."""

import json
import sys

import django

django.setup()


from kompeten.exams import actions  # noqa: E402 (the tables are known only now)
from kompeten.exams.models import Entry, Remark, Sitting  # noqa: E402
from kompeten.exams.rules import arrivals  # noqa: E402
from kompeten.exams.terms import IdentityCheck  # noqa: E402
from kompeten.foundation import files  # noqa: E402
from kompeten.foundation.ledger import history  # noqa: E402
from tests.make import applications  # noqa: E402
from tests.make import exams as make  # noqa: E402
from tests.make.exams import OPENS, PUTU  # noqa: E402
from tests.make.pictures import face  # noqa: E402
from tests.make.races import THREADS, race  # noqa: E402

SHADES = ("red", "blue", "green", "tan", "gray", "pink", "gold", "navy")


def read(entry: Entry) -> list[Entry]:
    """Return the seat as each of the eight has it on the screen."""
    return [Entry.objects.get(pk=entry.pk) for _ in range(THREADS)]


def race_to_check_in(entry: Entry) -> dict[str, object]:
    """Let eight invigilators note the same arrival, each with a photo of their own."""
    seen = read(entry)

    def note(number: int) -> str:
        photo = face(shade=SHADES[number])
        card = IdentityCheck.CARD
        actions.check_in([seen[number]], way=card, photo=photo, by=PUTU, at=OPENS)
        return "noted"

    met = race(note)
    entry.refresh_from_db()
    told = [(e.type, e.at, e.facts) for e in history("entry", entry.pk)]
    return {
        "met": met,
        "one": arrivals.held(told) == (entry.photo,),
        "there": bool(files.read(entry.photo)),
    }


def race_to_take_back(entry: Entry) -> dict[str, object]:
    """Let the same eight take it back."""
    seen = read(entry)

    def take_back(number: int) -> str:
        actions.withdraw_check_in(seen[number], reason="Salah orang", by=PUTU, at=OPENS)
        return "taken back"

    return {"met": race(take_back)}


def race_to_doubt(entry: Entry) -> dict[str, object]:
    """Let the same eight doubt who it is."""
    seen = read(entry)

    def doubt(number: int) -> str:
        actions.doubt_identity(seen[number], note=f"Ragu {number}", by=PUTU, at=OPENS)
        return "noted"

    met = race(doubt)
    told = [e.type for e in history("entry", entry.pk)].count("entry.identity_doubted")
    return {"met": met, "remarks": Remark.objects.filter(entry=entry).count(), "told": told}


def race_to_sit() -> dict[str, object]:
    """Let eight coordinators give somebody else each the one seat of a small hall."""
    hall = make.sitting(capacity=1)
    waiting = [applications.accepted(n)[0] for n in range(2, 2 + THREADS)]
    seen = [Sitting.objects.get(pk=hall.pk) for _ in waiting]

    def give(number: int) -> str:
        make.seated(seen[number], [waiting[number]])
        return "seated"

    return {"met": race(give), "seats": hall.entries.count()}


if __name__ == "__main__":
    seat, _ = make.one_seated()
    races = (race_to_check_in, race_to_take_back, race_to_doubt)
    told = {run.__name__: run(seat) for run in races} | {race_to_sit.__name__: race_to_sit()}
    json.dump(told, sys.stdout)
