"""What does the page of one rating show? Each criterion with its anchors, mark and note."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.portfolios import queries as portfolios
from kompeten.portfolios.terms import DossierState
from kompeten.practicals import labels, queries
from kompeten.practicals.terms import CriterionView, RatingState, SlotState
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes.terms import Component
from kompeten.web.office import asking, hours, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.sheet_forms import Given
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.portfolios.models import Dossier
    from kompeten.practicals.models import Rating

TONE = {RatingState.OPEN: Tone.INFO, RatingState.HANDED_IN: Tone.GOOD}


@dataclass(frozen=True, slots=True)
class Anchor:
    """One mark with the words that describe it."""

    mark: int
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: what to look for, which mark fits, what was seen, what others gave."""

    number: int
    criterion: CriterionView
    domain: Any
    anchors: tuple[Anchor, ...]
    mark: int | None
    is_done: bool
    note: str
    mark_fault: str
    note_fault: str
    others: tuple[tuple[str, int | None, str], ...]


class Desk:
    """One rating as its assessor looks at it; `data` is what they have just sent."""

    def __init__(self, request: Request, rating: "Rating", data: QueryDict | None = None) -> None:
        self.request = request
        self.rating = rating
        self.refused: tuple[str, ...] = ()
        self.faults: Mapping[str, tuple[str, ...]] = {}
        self.view = queries.rating_view(rating, language=asking.language())
        self.form = Given(data or QueryDict(), [c.code for c in self.view.criteria])

    def refuse(self, refusal: StepRefused) -> None:
        """Take in why a step was refused, and which criteria are to blame."""
        self.refused = tuple(words.reason(code) for code in refusal.reasons)
        if refusal.step == "hand_in":
            self.faults = queries.mark_faults(self.rating, self.marks(), self.notes())

    def marks(self) -> dict[str, int]:
        """Return the marks as they now stand: those kept, and those just sent."""
        kept = {c.code: c.mark for c in self.view.criteria if c.mark is not None}
        return kept | self.form.grades()

    def notes(self) -> dict[str, str]:
        """Return the notes as they now stand."""
        return {c.code: c.note for c in self.view.criteria} | self.form.notes()

    def context(self, *, saved: bool = False) -> dict[str, Any]:
        """Return what the template shows. A constant number of queries."""
        view, row = self.view, self.view.row
        lines = self._lines()
        titles = shown.scheme_titles()
        is_open = row.state == RatingState.OPEN
        said = self.form.remark()
        return {
            "view": view,
            "row": row,
            "scheme": titles.get(row.scheme_code, row.scheme_code),
            "component": scheme_labels.COMPONENT[row.component],
            "when": hours.when(row.starts_at, row.ends_at, row.zone),
            "place": row.site_name or _("online"),
            "state": labels.RATING_STATE[row.state],
            "tone": TONE[row.state],
            "is_open": is_open,
            "has_portfolio": is_open and to_be_asked_about(self.rating) is not None,
            "begun": self.request.at >= row.starts_at,
            "is_booked": row.slot_state == SlotState.BOOKED,
            "lines": lines,
            "done": sum(line.is_done for line in lines),
            "points": sum(self.marks().values()),
            "remark": view.remark if said is None else said,
            "verdict": self._verdict(),
            "others": [(o, labels.RATING_STATE[o.state]) for o in view.others],
            "refused": self.refused,
            "saved_at": self.request.at if saved else None,
        }

    def _verdict(self) -> str:
        said = self.form.verdict()
        competent = self.view.competent if said is None else said
        return {True: "K", False: "BK", None: ""}[competent]

    def _lines(self) -> list[Line]:
        marks, notes = self.marks(), self.notes()
        least = self.view.note_characters
        return [
            Line(
                number=number,
                criterion=c,
                domain=scheme_labels.DOMAIN[c.domain],
                anchors=tuple(Anchor(m, text, marks.get(c.code) == m) for m, text in c.anchors),
                mark=marks.get(c.code),
                is_done=c.code in marks and len(notes[c.code].strip()) >= least,
                note=notes[c.code],
                mark_fault=self._fault(c.code, "unmarked", "off_scale"),
                note_fault=self._fault(c.code, "short_notes"),
                others=tuple(
                    (o.name, o.marks.get(c.code), (o.notes or {}).get(c.code, ""))
                    for o in self.view.others
                    if o.marks is not None
                ),
            )
            for number, c in enumerate(self.view.criteria, start=1)
        ]

    def _fault(self, code: str, *kinds: str) -> str:
        blamed = [kind for kind in kinds if code in self.faults.get(kind, ())]
        if not blamed:
            return ""
        return words.reason("notes.short" if blamed[0] == "short_notes" else f"marks.{blamed[0]}")


def to_be_asked_about(rating: "Rating") -> "Dossier | None":
    """Return the accepted portfolio that an interview starts from, or None. At most one query."""
    slot = rating.slot
    if slot.component != Component.INTERVIEW:
        return None
    dossier = portfolios.of_application(slot.application_id)
    if dossier is None or dossier.state not in (DossierState.ACCEPTED, DossierState.ASSESSED):
        return None
    return dossier
