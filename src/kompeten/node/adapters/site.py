"""What lies on the disk of a site? Its card, the parcels it holds as they came, its notes. No tables.

<data_dir>/node/card.json · house.json · pin · notes.jsonl · <parcel>.parsel
"""

import json
import os
import threading
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from kompeten.kernel import canonical
from kompeten.node.adapters import sealing
from kompeten.node.rules import contents, frames
from kompeten.node.rules.returns import belongs
from kompeten.node.terms import Card, Framed, Load, Note, NoteKind, ParcelRefused, Way


class Site:
    """A node's own folder. Files are written aside and moved, notes are appended and flushed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._writing = threading.Lock()
        self._loads: dict[str, Load] = {}

    def card(self) -> Card | None:
        """Return who this node is; None before `kompeten node init`."""
        path = self.folder / "card.json"
        return contents.card(json.loads(path.read_bytes())) if path.exists() else None

    def house(self) -> Card | None:
        """Return the headquarters of the first parcel; from then on no other is believed."""
        path = self.folder / "house.json"
        return contents.card(json.loads(path.read_bytes())) if path.exists() else None

    def keep_card(self, name: str, card: Card) -> Path:
        """Keep a card as `name`.json and return where."""
        path = self.folder / f"{name}.json"
        self._replace(path, json.dumps(asdict(card), indent=1).encode() + b"\n")
        return path

    def take(self, content: bytes) -> Load:
        """Take a parcel in and keep it as it is; the newer of two for the same sitting is used.

        :raises ParcelRefused: it is not for this node, not whole, changed, or of other headquarters
        """
        load = self._opened(frames.cut(content))
        if self.house() is None:
            self.keep_card("house", load.house)
        self._replace(self.folder / f"{load.parcel}.parsel", content)
        self._loads[load.parcel] = load
        return load

    def loads(self) -> list[Load]:
        """Return what this site holds: of each sitting what was packed last, by opening hour."""
        newest: dict[str, Load] = {}
        for path in sorted(self.folder.glob("*.parsel")):
            load = self._loads.get(path.stem)
            if load is None:
                load = self._loads[path.stem] = self._opened(frames.cut(path.read_bytes()))
            held = newest.get(load.sitting.ref)
            if held is None or (held.packed, held.parcel) < (load.packed, load.parcel):
                newest[load.sitting.ref] = load
        return sorted(newest.values(), key=lambda load: (load.sitting.opens, load.parcel))

    def note(self, kind: NoteKind, *, at: int, **said: Any) -> Note:
        """Note something at `at` (milliseconds); on return it would survive the loss of power."""
        with self._writing:
            number = max((note.number for note in self.notes()), default=0) + 1
            note = Note(number, at, kind, said)
            path = self.folder / "notes.jsonl"
            with path.open("ab") as file:
                if path.stat().st_size and not path.read_bytes().endswith(b"\n"):
                    file.write(b"\n")  # the power went off within a line
                file.write(canonical.dumps(note) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        return note

    def notes(self) -> list[Note]:
        """Return what was noted, in order; a line that the power cut in two is passed over."""
        path = self.folder / "notes.jsonl"
        found = []
        for line in path.read_bytes().splitlines() if path.exists() else ():
            try:
                said = json.loads(line)
                number, kind = int(said["number"]), NoteKind(said["kind"])
                found.append(Note(number, int(said["at"]), kind, said["said"]))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def pin(self) -> str:
        """Return what opens the invigilator's board; empty where none was made."""
        path = self.folder / "pin"
        return path.read_text(encoding="ascii").strip() if path.exists() else ""

    def keep_pin(self, pin: str) -> None:
        """Let `pin` open the board from now on."""
        self._replace(self.folder / "pin", pin.encode("ascii"))

    def _opened(self, framed: Framed) -> Load:
        card = self.card()
        if card is None:
            raise ParcelRefused("node.not_ready")
        belongs(framed, way=Way.OUT, node=card.ref)
        if not framed.whole or not framed.blocks:
            raise ParcelRefused("parcel.cut_off")
        load = contents.load(sealing.peeked(framed))
        known = self.house() or load.house
        if known.sign != load.house.sign:
            raise ParcelRefused("parcel.other_house")
        *_, content = sealing.opened(framed, by=known)
        return contents.load(content)

    def _replace(self, path: Path, content: bytes) -> None:
        aside = path.with_suffix(".new")
        with open(aside, "wb", opener=lambda p, f: os.open(p, f, 0o600)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)


def site() -> Site:
    """Return the folder of this node, the same object while the process lives."""
    return _site(Path(settings.DATA_DIR) / "node")


@lru_cache(maxsize=4)
def _site(folder: Path) -> Site:
    return Site(folder)
