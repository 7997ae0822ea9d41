"""How does a decree become paper and law of the house? The director signs it."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, translation

from kompeten.decisions import queries
from kompeten.decisions.adapters import papers
from kompeten.decisions.chart import DECREE
from kompeten.decisions.models import Decision, Decree
from kompeten.decisions.terms import Signing, State
from kompeten.foundation import files, ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import lettering
from kompeten.kernel.actors import Actor
from kompeten.schemes import labels as scheme_labels
from kompeten.schemes import queries as schemes


def sign(decree: Decree, *, place: str, by: Actor, at: datetime) -> None:
    """Sign the decree: its paper is set and kept, and certificates may be issued from its day on.

    :raises StepRefused: `role.not_held`; it was signed before; `decree.unprintable`: a name or the
        place, told after the colon, holds what no paper could show; then nothing is signed
    """
    on = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    paper = _paper(decree, place=place, on=on, by=by)
    named = (place, by.label, *(p.name for p in (*paper.granted, *paper.deferred)))
    if unfit := [text for text in named if not lettering.is_printable(text)]:
        raise StepRefused(*(f"decree.unprintable:{text}" for text in unfit), step="sign")
    content = papers.decree(paper, at=at)
    ref = files.put(content, media_type="application/pdf")
    facts = Signing(digest="sha256:" + ref.sha256, on=on)
    also = {"signed_at": at, "signed_by_id": by.account_id, "sha256": ref.sha256}
    ledger.take(DECREE, "sign", decree, by=by, at=at, facts=facts, also=also)


def _paper(decree: Decree, *, place: str, on: date, by: Actor) -> papers.Paper:
    decisions = list(queries.agenda(decree.meeting))
    with translation.override("id"):
        held_on = decree.meeting.held_at.astimezone(ZoneInfo(decree.meeting.zone)).date()
        return papers.Paper(
            number=decree.number,
            body=settings.OPTIONS.body_name,
            place=place,
            signed_on=on,
            signed_words=f"tanggal {formats.date_format(on, 'DATE_FORMAT')}",
            meeting_words=f"rapat pleno tanggal {formats.date_format(held_on, 'DATE_FORMAT')}",
            signatory=by.label,
            post="Direktur",
            granted=_named([d for d in decisions if d.state == State.GRANTED]),
            deferred=_named([d for d in decisions if d.state == State.DEFERRED]),
            demonstration=settings.OPTIONS.demo,
        )


def _named(decisions: Sequence[Decision]) -> tuple[papers.Named, ...]:
    said = schemes.contents(d.application.scheme_version_id for d in decisions)
    return tuple(
        papers.Named(
            name=d.person.full_name,
            scheme=said[d.application.scheme_version_id].title.id,
            components=", ".join(
                f"{scheme_labels.COMPONENT[m['component']]}: {'K' if m['competent'] else 'BK'}"
                for m in d.sheet.content["means"]
            ),
        )
        for d in decisions
    )
