"""What stands in a dossier, what is missing, and how does it look on a page?"""

from kompeten.portfolios.models import Dossier, Reading
from kompeten.portfolios.rules import handing
from kompeten.portfolios.rules import words as wording
from kompeten.portfolios.terms import (
    CvPart,
    DossierState,
    DossierView,
    Gaps,
    GroupView,
    Hint,
    ItemView,
    PartView,
    ReadingState,
    Text,
)
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import Bilingual, Part, Question, SchemeContent

LAST = 32_767


def texts(dossier: Dossier, *, upto: int = LAST) -> dict[str, Text]:
    """Return the answers by item, as they stood at the end of round `upto`. One query."""
    rows = dossier.answers.filter(round__lte=upto).order_by("round", "id")
    return {row.item: Text(row.text, row.words, row.round, row.saved_at) for row in rows}


def words(dossier: Dossier, *, upto: int = LAST) -> dict[str, int]:
    """Return how many words each answer has, by item, without reading the answers. One query."""
    rows = dossier.answers.filter(round__lte=upto).order_by("round", "id")
    return dict(rows.values_list("item", "words"))


def parts(dossier: Dossier, *, upto: int = LAST) -> dict[str, CvPart]:
    """Return the parts of the curriculum vitae, as they stood at the end of round `upto`. One query."""
    rows = dossier.parts.filter(round__lte=upto).order_by("round", "id")
    return {row.part: CvPart(tuple(row.entries), row.round, row.saved_at) for row in rows}


def gaps(dossier: Dossier) -> Gaps:
    """Return what keeps the dossier from being handed in. Two queries."""
    content = schemes.content(dossier.scheme_version_id)
    filled = {code for code, part in parts(dossier).items() if part.entries}
    return gaps_in(content, words(dossier), filled)


def gaps_in(content: SchemeContent, words: dict[str, int], filled: set[str]) -> Gaps:
    """Return what is missing of the scheme's instruments."""
    asked = content.instruments
    return handing.gaps(asked.self_description, asked.curriculum_vitae, words=words, filled=filled)


def hints(dossier: Dossier) -> tuple[Hint, ...]:
    """Return what in the answers may tell who a client is; warnings, never refusals. One query."""
    return wording.hints({item: text.text for item, text in texts(dossier).items()})


def view(dossier: Dossier, *, language: str = "id", upto: int = LAST) -> DossierView:
    """Return the dossier with its instruments as a page shows it, as of round `upto`. Two or three queries."""
    content = schemes.content(dossier.scheme_version_id)
    description, vitae = content.instruments.self_description, content.instruments.curriculum_vitae
    written, held = texts(dossier, upto=upto), parts(dossier, upto=upto)
    counted = {item: text.words for item, text in written.items()}
    missing = gaps_in(content, counted, {code for code, part in held.items() if part.entries})
    asked = _returned(dossier)
    return DossierView(
        ref=dossier.ref,
        state=DossierState(dossier.state),
        round=dossier.round,
        due_on=dossier.due_on,
        saved_at=dossier.saved_at,
        title=description.title.of(language),
        guidance=description.guidance.of(language),
        cv_title=vitae.title.of(language),
        cv_guidance=vitae.guidance.of(language),
        groups=tuple(
            GroupView(code=g.code, title=g.title.of(language), guidance=_of(g.guidance, language))
            for g in description.groups
        ),
        items=tuple(
            _item(item, written.get(item.code), asked.get(item.code, ""), language)
            for item in description.items
        ),
        parts=tuple(
            _part(part, held.get(part.code), asked.get(part.code, ""), language)
            for part in vitae.parts
        ),
        words=sum(counted.values()),
        done_share=handing.done_share(description, vitae, missing),
        gaps=missing,
        hints=wording.hints({item: text.text for item, text in written.items()}),
    )


def _returned(dossier: Dossier) -> dict[str, str]:
    """Return what the last reader to send the dossier back asked for, by item or part."""
    if dossier.state != DossierState.RETURNED:
        return {}
    sent = Reading.objects.filter(dossier=dossier, state=ReadingState.SENT_BACK)
    last = sent.filter(round=dossier.round - 1).values_list("returns", flat=True).first()
    return last or {}


def _item(item: Question, written: Text | None, asked: str, language: str) -> ItemView:
    words = written.words if written else 0
    return ItemView(
        code=item.code,
        group=item.group or "",
        domain=item.domain,
        prompt=item.prompt.of(language),
        help=_of(item.help, language),
        required=item.required,
        min_words=item.min_words,
        full_score_words=item.full_score_words,
        text=written.text if written else "",
        words=words,
        fill=handing.fill(item, words),
        saved_at=written.saved_at if written else None,
        returned=asked,
    )


def _part(part: Part, held: CvPart | None, asked: str, language: str) -> PartView:
    return PartView(
        code=part.code,
        letter=part.letter,
        title=part.title.of(language),
        help=_of(part.help, language),
        many=part.many,
        required=part.required,
        fields=part.fields,
        entries=held.entries if held else (),
        saved_at=held.saved_at if held else None,
        returned=asked,
    )


def _of(words: Bilingual | None, language: str) -> str:
    return words.of(language) if words else ""
