"""What does the page of one reading show? Each answer beside its mark and note; others once all are in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.portfolios import labels, queries
from kompeten.portfolios.terms import (
    DossierState,
    DossierView,
    Entry,
    ItemView,
    Mark,
    MarkView,
    OtherReading,
    PartView,
    ReadingState,
)
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes.terms import AnswerField, FieldKind
from kompeten.web.office import asking, shown
from kompeten.web.office.asking import Request
from kompeten.web.office.sheet_forms import BLANK, Chip, Given
from kompeten.web.ui.shapes import Tone

if TYPE_CHECKING:
    from kompeten.portfolios.models import Reading

TONE = {
    ReadingState.OPEN: Tone.INFO,
    ReadingState.HANDED_IN: Tone.GOOD,
    ReadingState.SENT_BACK: Tone.WAIT,
}
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Theirs:
    """What another reader gave for one item."""

    name: str
    mark: Any
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item: what was written, what can be given for it, what was given, what is wrong with it."""

    number: int
    item: ItemView
    heading: str
    chips: tuple[Chip, ...]
    mark: Any
    is_marked: bool
    note: str
    reason: str
    asks: bool
    cap: str
    fault: str
    others: tuple[Theirs, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One part of the curriculum vitae as a reader sees it: each entry as (label, value)."""

    part: PartView
    entries: tuple[tuple[tuple[str, str], ...], ...]
    reason: str
    asks: bool


class Desk:
    """One reading as its reader looks at it; `data` is what they have just sent."""

    def __init__(self, request: Request, reading: "Reading", data: QueryDict | None = None) -> None:
        self.request = request
        self.reading = reading
        self.refused: tuple[str, ...] = ()
        self.faults: Mapping[str, tuple[str, ...]] = {}
        self.view = queries.reading_view(reading, language=asking.language())
        self.bound = data is not None
        self.form = Given(data or QueryDict(), [item.code for item in self.view.items])

    def refuse(self, refusal: StepRefused) -> None:
        """Take in why a step was refused, and which items are to blame."""
        self.refused = tuple(words.reason(code) for code in refusal.reasons)
        if refusal.step == "hand_in":
            whole = self.marks()
            self.faults = queries.mark_faults(self.reading, whole)

    def marks(self) -> dict[str, Mark]:
        """Return the marks as they now stand: those kept, and those just sent."""
        kept: dict[str, Mark] = {m.code: m.mark for m in self.view.items if m.is_marked}
        return kept | self.form.marks()

    def context(self, *, saved: bool = False) -> dict[str, Any]:
        """Return what the template shows. A constant number of queries."""
        view, row = self.view, self.view.row
        is_open = row.state == ReadingState.OPEN
        lines = self._lines()
        marked = sum(line.is_marked for line in lines)
        blanks = [line for line in lines if line.item.required and not line.item.words]
        sends_back = is_open and view.dossier.state == DossierState.HANDED_IN
        titles = shown.scheme_titles()
        return {
            "view": view,
            "row": row,
            "scheme": titles.get(row.scheme_code, row.scheme_code),
            "state": labels.READING_STATE[row.state],
            "tone": TONE[row.state],
            "is_open": is_open,
            "lines": lines,
            "pages": pages(view.dossier, asked=self.form.reasons()),
            "marked": marked,
            "complete": marked == len(lines),
            "verdict": self._verdict(complete=marked == len(lines)),
            "sends_back": sends_back,
            "blanks": blanks if sends_back else [],
            "remark": self._remark(),
            "others": [(o, labels.READING_STATE[o.state]) for o in view.others],
            "all_in": any(o.marks is not None for o in view.others),
            "hidden": bool(view.others) and all(o.marks is None for o in view.others),
            "refused": self.refused,
            "step": self.form.data.get("langkah", ""),
            "saved_at": self.request.at if saved else None,
        }

    def _verdict(self, *, complete: bool) -> str:
        if not complete:
            return ""
        return "K" if self.view.competent else "BK"

    def _remark(self) -> str:
        said = self.form.remark()
        return self.view.remark if said is None else said

    def _lines(self) -> list[Line]:
        titles = {group.code: group.title for group in self.view.dossier.groups}
        whole, lines, last = self.marks(), [], ""
        pairs = zip(self.view.dossier.items, self.view.items, strict=True)
        for number, (item, given) in enumerate(pairs, start=1):
            heading = titles.get(item.group) or str(scheme_labels.DOMAIN[item.domain])
            new = heading if heading != last else ""
            lines.append(self._line(number, item, given, heading=new, whole=whole))
            last = heading
        return lines

    def _line(
        self, number: int, item: ItemView, given: MarkView, *, heading: str, whole: dict[str, Mark]
    ) -> Line:
        code = item.code
        reason = self.form.reasons().get(code, "")
        mark = whole.get(code)
        blamed = [kind for kind, codes in self.faults.items() if code in codes]
        return Line(
            number=number,
            item=item,
            heading=heading,
            chips=self._chips(given, whole),
            mark=labels.BLANK if mark is None else mark,
            is_marked=code in whole,
            note=self.form.notes().get(code, given.note),
            reason=reason,
            asks=bool(reason) or "blank_blocks" in blamed,
            cap=_cap(item, given, most=self.view.most),
            fault=words.reason(f"marks.{blamed[0]}") if blamed else "",
            others=tuple(
                _theirs(other, code) for other in self.view.others if other.marks is not None
            ),
        )

    def _chips(self, given: MarkView, whole: dict[str, Mark]) -> tuple[Chip, ...]:
        chosen = whole.get(given.code, "")
        chips = [
            Chip(
                value=str(mark),
                word=mark,
                chosen=chosen == mark,
                closed=given.is_blank or mark > given.highest,
            )
            for mark in range(self.view.least, self.view.most + 1)
        ]
        return (*chips, Chip(BLANK, labels.BLANK, chosen is None, closed=False))


def pages(view: DossierView, *, asked: Mapping[str, str] = NOTHING) -> list[Page]:
    """Return the parts of the curriculum vitae; `asked` is what a reader wants mended, by part."""
    return [
        Page(
            part=part,
            entries=tuple(_entry(part, entry) for entry in part.entries),
            reason=asked.get(part.code, ""),
            asks=part.code in asked,
        )
        for part in view.parts
    ]


def _entry(part: PartView, entry: Entry) -> tuple[tuple[str, str], ...]:
    language = asking.language()
    filled = [field for field in part.fields if entry.get(field.code)]
    return tuple((field.label.of(language), _said(field, entry[field.code])) for field in filled)


def _said(field: AnswerField, value: str) -> str:
    """Return what was filled in: a choice in its words, a day as people write it."""
    named = {choice.code: choice.title for choice in field.choices}
    if value in named:
        return named[value].of(asking.language())
    if field.kind is FieldKind.DATE:
        return formats.date_format(date.fromisoformat(value), "DATE_FORMAT")
    return value


def _cap(item: ItemView, given: MarkView, *, most: int) -> str:
    if given.is_blank:
        return _("Nothing was written here, so it can only be marked as blank.")
    if given.highest >= most:
        return ""
    said_words = ngettext("%(n)d word", "%(n)d words", item.words) % {"n": item.words}
    sentence = _("%(words)s. From %(needed)d words on, the mark %(most)d is open too.")
    return sentence % {"words": said_words, "needed": item.full_score_words, "most": most}


def _theirs(other: OtherReading, code: str) -> Theirs:
    mark = (other.marks or {}).get(code)
    return Theirs(
        name=other.name,
        mark=labels.BLANK if mark is None else mark,
        note=(other.notes or {}).get(code, ""),
    )
